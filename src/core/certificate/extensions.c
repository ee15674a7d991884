#include "core/certificate/extensions.h"

#include "core/certificate/der_value.h"

/* keyUsage counts its bits from the highest (RFC 5280, 4.2.1.3). */
enum { DIGITAL_SIGNATURE = 0x8000, KEY_CERT_SIGN = 0x0400, CRL_SIGN = 0x0200 };

static hf_status read_basic_constraints(struct hf_bytes value, struct hf_certificate *c)
{
    struct hf_reader outer = hf_reader_over(value);
    struct hf_reader r = hf_reader_over(hf_der_get(&outer, HF_DER_SEQUENCE));
    hf_status st;

    HF_TRY(hf_reader_finish(&outer));
    c->has_basic_constraints = true;
    c->is_ca = hf_der_get_flag(&r);
    if (c->is_ca && hf_der_is_next(&r, HF_DER_INTEGER))
        c->path_length = hf_der_get_number(&r);
    HF_TRY(hf_reader_finish(&r));

done:
    return st;
}

static hf_status read_key_usage(struct hf_bytes value, struct hf_certificate *c)
{
    struct hf_reader r = hf_reader_over(value);
    uint16_t bits = hf_der_get_named_bits(&r);

    c->has_key_usage = true;
    c->may_sign_data = (bits & DIGITAL_SIGNATURE) != 0;
    c->may_sign_certificates = (bits & KEY_CERT_SIGN) != 0;
    c->may_sign_crls = (bits & CRL_SIGN) != 0;
    return hf_reader_finish(&r);
}

static hf_status read_extended_key_usage(struct hf_bytes value, struct hf_certificate *c)
{
    const struct hf_bytes any = HF_LITERAL("\x55\x1d\x25\x00"),
                          server = HF_LITERAL("\x2b\x06\x01\x05\x05\x07\x03\x01"),
                          client = HF_LITERAL("\x2b\x06\x01\x05\x05\x07\x03\x02");
    struct hf_reader outer = hf_reader_over(value);
    struct hf_reader r = hf_reader_over(hf_der_get(&outer, HF_DER_SEQUENCE));
    hf_status st;

    HF_TRY(hf_reader_finish(&outer));
    HF_TRY(r.rest.len > 0 ? HF_OK : HF_ERR_MALFORMED);
    c->has_extended_key_usage = true;
    while (!hf_reader_is_done(&r)) {
        struct hf_bytes use = hf_der_get_oid(&r);

        c->is_server |= hf_bytes_equal(use, server) || hf_bytes_equal(use, any);
        c->is_client |= hf_bytes_equal(use, client) || hf_bytes_equal(use, any);
    }
    HF_TRY(hf_reader_finish(&r));

done:
    return st;
}

/* Read where a name is judged; here only kept. */
static hf_status keep_alt_names(struct hf_bytes value, struct hf_certificate *c)
{
    c->alt_names = value;
    return value.len > 0 ? HF_OK : HF_ERR_MALFORMED;
}

static hf_status keep_name_constraints(struct hf_bytes value, struct hf_certificate *c)
{
    c->name_constraints = value;
    return value.len > 0 ? HF_OK : HF_ERR_MALFORMED;
}

/* Key identifiers only help to find a path; ours are found by name and proved by signature. */
static hf_status pass_over(struct hf_bytes value, struct hf_certificate *c)
{
    (void)value;
    (void)c;
    return HF_OK;
}

/* id-ce is 2.5.29, and each of these has one arc more (RFC 5280, 4.2.1). */
static const struct kind {
    uint8_t arc;
    hf_status (*read)(struct hf_bytes value, struct hf_certificate *c);
} kinds[] = {
    {14, pass_over              }, /* subjectKeyIdentifier */
    {15, read_key_usage         },
    {17, keep_alt_names         },
    {19, read_basic_constraints },
    {30, keep_name_constraints  },
    {35, pass_over              }, /* authorityKeyIdentifier */
    {37, read_extended_key_usage},
};

static const struct kind *find_kind(struct hf_bytes oid)
{
    const struct hf_bytes id_ce = HF_LITERAL("\x55\x1d");

    if (oid.len != id_ce.len + 1 || !hf_bytes_start_with(oid, id_ce))
        return NULL;
    for (size_t i = 0; i < HF_COUNT(kinds); i++)
        if (kinds[i].arc == oid.at[id_ce.len])
            return &kinds[i];
    return NULL;
}

static hf_status read_extension(struct hf_bytes content, struct hf_certificate *c,
                                struct hf_bytes *oid)
{
    struct hf_reader r = hf_reader_over(content);
    const struct kind *kind;
    struct hf_bytes value;
    bool is_critical;
    hf_status st;

    *oid = hf_der_get_oid(&r);
    is_critical = hf_der_get_flag(&r);
    value = hf_der_get(&r, HF_DER_OCTET_STRING);
    HF_TRY(hf_reader_finish(&r));
    kind = find_kind(*oid);
    if (kind != NULL)
        HF_TRY(kind->read(value, c));
    else
        c->has_unknown_critical |= is_critical;

done:
    return st;
}

/* The same extension twice is no certificate (RFC 5280, 4.2), whichever of the two one would take.
 */
static bool is_new(const struct hf_bytes *seen, size_t count, struct hf_bytes oid)
{
    for (size_t i = 0; i < count; i++)
        if (hf_bytes_equal(seen[i], oid))
            return false;
    return true;
}

hf_status hf_extensions_read(struct hf_bytes content, struct hf_certificate *out)
{
    struct hf_reader r = hf_reader_over(content);
    struct hf_bytes seen[HF_CERTIFICATE_EXTENSIONS_MAX];
    size_t count = 0;
    hf_status st;

    HF_TRY(content.len > 0 ? HF_OK : HF_ERR_MALFORMED);
    while (!hf_reader_is_done(&r)) {
        struct hf_bytes extension = hf_der_get(&r, HF_DER_SEQUENCE);

        HF_TRY(count < HF_COUNT(seen) ? HF_OK : HF_ERR_LIMIT);
        HF_TRY(read_extension(extension, out, &seen[count]));
        HF_TRY(is_new(seen, count, seen[count]) ? HF_OK : HF_ERR_MALFORMED);
        count++;
    }
    HF_TRY(hf_reader_finish(&r));

done:
    return st;
}
