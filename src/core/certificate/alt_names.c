#include "core/certificate/alt_names.h"

#include "core/certificate/der.h"

/* GeneralName is a CHOICE of context tags (RFC 5280, 4.2.1.6). */
enum general_name {
    OTHER_NAME = HF_DER_CONTEXT | HF_DER_CONSTRUCTED | 0,
    RFC822_NAME = HF_DER_CONTEXT | 1,
    DNS_NAME = HF_DER_CONTEXT | 2,
    X400_ADDRESS = HF_DER_CONTEXT | HF_DER_CONSTRUCTED | 3,
    DIRECTORY_NAME = HF_DER_CONTEXT | HF_DER_CONSTRUCTED | 4,
    EDI_PARTY_NAME = HF_DER_CONTEXT | HF_DER_CONSTRUCTED | 5,
    UNIFORM_RESOURCE_IDENTIFIER = HF_DER_CONTEXT | 6,
    IP_ADDRESS = HF_DER_CONTEXT | 7,
    REGISTERED_ID = HF_DER_CONTEXT | 8,
    OTHER_NAME_VALUE = HF_DER_CONTEXT | HF_DER_CONSTRUCTED | 0,
};

static const struct hf_oid device_indication = {
    4, {0, 2, 481, 1}
};
static const struct hf_oid permanent_identifier = {
    9, {1, 3, 6, 1, 5, 5, 7, 8, 3}
};

static hf_status read_device(struct hf_reader *value, struct hf_alt_name *out)
{
    struct hf_bytes arcs = hf_der_get(value, HF_DER_RELATIVE_OID);
    hf_status st;

    HF_TRY(hf_reader_finish(value));
    HF_TRY(hf_oid_append(&out->oid, arcs));
    out->kind = HF_ALT_DEVICE;

done:
    return st;
}

static hf_status read_permanent(struct hf_reader *value, struct hf_alt_name *out)
{
    struct hf_reader inner = hf_reader_over(hf_der_get(value, HF_DER_SEQUENCE));
    struct hf_bytes text = hf_der_get(&inner, HF_DER_UTF8_STRING);
    hf_status st;

    HF_TRY(hf_reader_finish(value));
    HF_TRY(hf_reader_finish(&inner));
    out->text = text;
    out->kind = HF_ALT_PERMANENT;

done:
    return st;
}

/* OtherName ::= SEQUENCE { type-id, value [0] EXPLICIT ANY }, implicitly tagged. */
static hf_status read_other_name(struct hf_bytes content, struct hf_alt_name *out)
{
    struct hf_reader r = hf_reader_over(content);
    struct hf_bytes type_id = hf_der_get(&r, HF_DER_OID);
    struct hf_reader value = hf_reader_over(hf_der_get(&r, OTHER_NAME_VALUE));
    hf_status st;

    HF_TRY(hf_reader_finish(&r));
    HF_TRY(hf_oid_read(type_id, &out->oid));
    if (hf_oid_equal(&out->oid, &device_indication))
        HF_TRY(read_device(&value, out));
    else if (hf_oid_equal(&out->oid, &permanent_identifier))
        HF_TRY(read_permanent(&value, out));

done:
    return st;
}

static hf_status read_directory_name(struct hf_bytes content, struct hf_alt_name *out)
{
    struct hf_reader r = hf_reader_over(content);

    out->kind = HF_ALT_DIRECTORY;
    out->text = hf_der_get(&r, HF_DER_SEQUENCE);
    return hf_reader_finish(&r);
}

static hf_status read_name(uint8_t tag, struct hf_bytes content, struct hf_alt_name *out)
{
    *out = (struct hf_alt_name){.kind = HF_ALT_FOREIGN, .text = content};
    switch (tag) {
    case OTHER_NAME:
        return read_other_name(content, out);
    case DIRECTORY_NAME:
        return read_directory_name(content, out);
    case DNS_NAME:
        out->kind = HF_ALT_DNS;
        return HF_OK;
    case UNIFORM_RESOURCE_IDENTIFIER:
        out->kind = HF_ALT_URI;
        return HF_OK;
    case REGISTERED_ID:
        out->kind = HF_ALT_REGISTERED;
        return hf_oid_read(content, &out->oid);
    case RFC822_NAME:
    case X400_ADDRESS:
    case EDI_PARTY_NAME:
    case IP_ADDRESS:
        return HF_OK;
    default:
        return HF_ERR_MALFORMED;
    }
}

void hf_alt_name_get(struct hf_reader *r, struct hf_alt_name *out)
{
    uint8_t tag;
    struct hf_bytes content = hf_der_get_any(r, &tag);

    if (r->st == HF_OK)
        r->st = read_name(tag, content, out);
}

hf_status hf_alt_names_read(struct hf_bytes der, struct hf_alt_name names[HF_ALT_NAMES_MAX],
                            size_t *count)
{
    struct hf_reader outer = hf_reader_over(der);
    struct hf_reader r = hf_reader_over(hf_der_get(&outer, HF_DER_SEQUENCE));
    size_t n = 0;
    hf_status st;

    HF_TRY(hf_reader_finish(&outer));
    while (!hf_reader_is_done(&r)) {
        HF_TRY(n < HF_ALT_NAMES_MAX ? HF_OK : HF_ERR_LIMIT);
        hf_alt_name_get(&r, &names[n++]);
    }
    HF_TRY(r.st);
    HF_TRY(n > 0 ? HF_OK : HF_ERR_MALFORMED);
    *count = n;

done:
    return st;
}
