#include "core/certificate/certificate.h"

#include "core/certificate/der_value.h"
#include "core/certificate/extensions.h"
#include "crypto/p256.h"

enum {
    VERSION = HF_DER_CONTEXT | HF_DER_CONSTRUCTED | 0,
    ISSUER_UNIQUE_ID = HF_DER_CONTEXT | 1,
    SUBJECT_UNIQUE_ID = HF_DER_CONTEXT | 2,
    EXTENSIONS = HF_DER_CONTEXT | HF_DER_CONSTRUCTED | 3,
    VERSION_3 = 2,
    SERIAL_MAX = 127, /* RFC 5280 has 20 for its issuers; its readers shall bear more */
    NO_PATH_LENGTH = -1
};

/* AlgorithmIdentifier of ecdsa-with-SHA256, which has no parameters (RFC 5758, 3.2). */
static const uint8_t ECDSA_SHA256[] = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};

/* SubjectPublicKeyInfo of a P-256 key up to its point, and the octet that says "uncompressed"
 * (RFC 5480, 2): named curve, never explicit parameters. */
static const uint8_t P256_HEAD[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                    0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                    0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};

enum { P256_POINT_AT = sizeof P256_HEAD - 1 };

/* An algorithm and at most one element of parameters. */
static hf_status check_algorithm(struct hf_bytes content)
{
    struct hf_reader r = hf_reader_over(content);
    uint8_t tag;

    (void)hf_der_get_oid(&r);
    if (!hf_reader_is_done(&r))
        (void)hf_der_get_any(&r, &tag);
    return hf_reader_finish(&r);
}

/* AttributeTypeAndValue: an OID and one element, of any string type. */
static hf_status check_attribute(struct hf_bytes content)
{
    struct hf_reader r = hf_reader_over(content);
    uint8_t tag;

    (void)hf_der_get_oid(&r);
    (void)hf_der_get_any(&r, &tag);
    return hf_reader_finish(&r);
}

/* RDNSequence. Names are compared octet by octet, so their values stay unread. */
static hf_status check_name(struct hf_bytes content)
{
    struct hf_reader names = hf_reader_over(content);
    hf_status st;

    while (!hf_reader_is_done(&names)) {
        struct hf_reader name = hf_reader_over(hf_der_get(&names, HF_DER_SET));

        do
            HF_TRY(check_attribute(hf_der_get(&name, HF_DER_SEQUENCE)));
        while (!hf_reader_is_done(&name));
        HF_TRY(hf_reader_finish(&name));
    }
    HF_TRY(hf_reader_finish(&names));

done:
    return st;
}

static hf_status read_validity(struct hf_bytes content, struct hf_certificate *c)
{
    struct hf_reader r = hf_reader_over(content);

    c->not_before_s = hf_der_get_time(&r);
    c->not_after_s = hf_der_get_time(&r);
    return hf_reader_finish(&r);
}

static hf_status read_key(struct hf_bytes content, struct hf_certificate *c)
{
    const struct hf_bytes head = hf_bytes_of(P256_HEAD, sizeof P256_HEAD);
    struct hf_reader r = hf_reader_over(content);
    hf_status st;

    if (c->spki.len == P256_POINT_AT + HF_P256_POINT_LEN && hf_bytes_start_with(c->spki, head)) {
        c->is_p256_uncompressed = true;
        c->point = hf_bytes_from(c->spki, P256_POINT_AT);
        return HF_OK;
    }
    HF_TRY(check_algorithm(hf_der_get(&r, HF_DER_SEQUENCE)));
    (void)hf_der_get_octet_bits(&r);
    HF_TRY(hf_reader_finish(&r));

done:
    return st;
}

/* Only version 3 has extensions, and without keyUsage a certificate is of no use here. */
static hf_status check_version(struct hf_bytes content)
{
    struct hf_reader r = hf_reader_over(content);
    bool is_three = hf_der_get_number(&r) == VERSION_3;
    hf_status st = hf_reader_finish(&r);

    return st == HF_OK && !is_three ? HF_ERR_MALFORMED : st;
}

/* Nobody asks for the unique identifiers, but a certificate may have them (RFC 5280, 4.1.2.8). */
static hf_status get_extensions(struct hf_reader *r, struct hf_bytes *out)
{
    struct hf_reader explicitly;

    if (hf_der_is_next(r, ISSUER_UNIQUE_ID))
        (void)hf_der_get(r, ISSUER_UNIQUE_ID);
    if (hf_der_is_next(r, SUBJECT_UNIQUE_ID))
        (void)hf_der_get(r, SUBJECT_UNIQUE_ID);
    if (hf_reader_is_done(r))
        return hf_reader_finish(r);
    explicitly = hf_reader_over(hf_der_get(r, EXTENSIONS));
    *out = hf_der_get(&explicitly, HF_DER_SEQUENCE);
    return hf_reader_finish(&explicitly);
}

/* TBSCertificate (RFC 5280, 4.1.2); `algorithm` is the one that stands beside the signature. */
static hf_status read_tbs(struct hf_bytes content, struct hf_bytes algorithm,
                          struct hf_certificate *c)
{
    struct hf_reader r = hf_reader_over(content);
    struct hf_bytes extensions = {NULL, 0}, key;
    hf_status st;

    HF_TRY(check_version(hf_der_get(&r, VERSION)));
    c->serial = hf_der_get_integer(&r);
    HF_TRY(c->serial.len <= SERIAL_MAX ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(hf_bytes_equal(hf_der_get(&r, HF_DER_SEQUENCE), algorithm) ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(check_name(hf_der_get_whole(&r, HF_DER_SEQUENCE, &c->issuer)));
    HF_TRY(read_validity(hf_der_get(&r, HF_DER_SEQUENCE), c));
    HF_TRY(check_name(hf_der_get_whole(&r, HF_DER_SEQUENCE, &c->subject)));
    key = hf_der_get_whole(&r, HF_DER_SEQUENCE, &c->spki);
    HF_TRY(read_key(key, c));
    HF_TRY(get_extensions(&r, &extensions));
    HF_TRY(hf_reader_finish(&r));
    if (extensions.at != NULL)
        HF_TRY(hf_extensions_read(extensions, c));

done:
    return st;
}

hf_status hf_certificate_read(struct hf_bytes der, struct hf_certificate *out)
{
    struct hf_certificate c = {.path_length = NO_PATH_LENGTH};
    struct hf_reader outer = hf_reader_over(der), r;
    struct hf_bytes tbs, algorithm;
    hf_status st;

    if (der.len > HF_CERTIFICATE_MAX)
        return HF_ERR_LIMIT;
    r = hf_reader_over(hf_der_get(&outer, HF_DER_SEQUENCE));
    HF_TRY(hf_reader_finish(&outer));
    tbs = hf_der_get_whole(&r, HF_DER_SEQUENCE, &c.tbs);
    algorithm = hf_der_get(&r, HF_DER_SEQUENCE);
    c.signature = hf_der_get_octet_bits(&r);
    HF_TRY(hf_reader_finish(&r));
    HF_TRY(check_algorithm(algorithm));
    c.is_ecdsa_sha256 = hf_bytes_equal(algorithm, hf_bytes_of(ECDSA_SHA256, sizeof ECDSA_SHA256));
    HF_TRY(read_tbs(tbs, algorithm, &c));
    *out = c;

done:
    return st;
}
