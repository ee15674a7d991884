#include "crypto/x509.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/memory.h"
#include "base/time.h"
#include "crypto/x509_inside.h"

/* SubjectPublicKeyInfo of a P-256 key up to and with the octet that says "uncompressed point"
 * (RFC 5480, 2): named curve, never explicit parameters. */
static const uint8_t P256_SPKI_HEAD[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                         0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                         0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};

enum { P256_POINT_LEN = 64, SHORT_HEADER_LEN = 2, SHORT_LEN_MAX = 127 };

hf_status hf_x509_need(bool worked)
{
    if (worked)
        return HF_OK;
    ERR_clear_error();
    return HF_ERR_CRYPTO;
}

hf_status hf_x509_time(const ASN1_TIME *t, uint64_t *out_s)
{
    struct tm when;
    time_t s;

    if (t == NULL || ASN1_TIME_to_tm(t, &when) != 1) {
        ERR_clear_error();
        return HF_ERR_MALFORMED;
    }
    s = timegm(&when);
    *out_s = s < 0 ? 0 : (uint64_t)s;
    return HF_OK;
}

hf_status hf_x509_name(const X509_NAME *name, struct hf_bytes *out)
{
    const unsigned char *at = NULL;
    size_t len = 0;

    if (X509_NAME_get0_der(name, &at, &len) != 1)
        return HF_ERR_MALFORMED;
    *out = hf_bytes_of(at, len);
    return HF_OK;
}

BIO *hf_x509_open_text(struct hf_bytes text)
{
    if (text.len > INT_MAX)
        return NULL;
    return BIO_new_mem_buf(text.len == 0 ? (const void *)"" : text.at, (int)text.len);
}

hf_status hf_x509_next_block(BIO *pem, const char *label, uint8_t **der, size_t *len)
{
    char *name = NULL, *header = NULL;
    unsigned char *data = NULL;
    long size = 0;
    bool wanted;

    do {
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
        name = header = NULL;
        data = NULL;
        if (PEM_read_bio(pem, &name, &header, &data, &size) != 1) {
            bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;

            ERR_clear_error();
            return ended ? HF_ERR_UNKNOWN : HF_ERR_MALFORMED;
        }
        wanted = strcmp(name, label) == 0;
    } while (!wanted);
    OPENSSL_free(name);
    OPENSSL_free(header);
    *der = data;
    *len = (size_t)size;
    return HF_OK;
}

/* The value of the one extension of that kind; none is no failure, two are (RFC 5280, 4.2). */
static hf_status find_value(const X509 *x, int nid, struct hf_bytes *out)
{
    int at = X509_get_ext_by_NID(x, nid, -1);
    const ASN1_OCTET_STRING *value;

    *out = (struct hf_bytes){NULL, 0};
    if (at < 0)
        return HF_OK;
    if (X509_get_ext_by_NID(x, nid, at) >= 0)
        return HF_ERR_MALFORMED;
    value = X509_EXTENSION_get_data(X509_get_ext(x, at));
    *out = hf_bytes_of(ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value));
    return out->len > 0 ? HF_OK : HF_ERR_MALFORMED;
}

static bool is_usual(int nid)
{
    static const int usual[] = {NID_basic_constraints,       NID_key_usage,
                                NID_subject_alt_name,        NID_name_constraints,
                                NID_ext_key_usage,           NID_subject_key_identifier,
                                NID_authority_key_identifier};

    for (size_t i = 0; i < HF_COUNT(usual); i++)
        if (usual[i] == nid)
            return true;
    return false;
}

static bool has_unknown_critical(const X509 *x)
{
    for (int i = 0; i < X509_get_ext_count(x); i++) {
        X509_EXTENSION *e = X509_get_ext(x, i);

        if (X509_EXTENSION_get_critical(e) && !is_usual(OBJ_obj2nid(X509_EXTENSION_get_object(e))))
            return true;
    }
    return false;
}

/* Decodes one extension: HF_ERR_MALFORMED when it is there twice or cannot be read. */
static hf_status decode(const X509 *x, int nid, void **out)
{
    int found = 0;

    *out = X509_get_ext_d2i(x, nid, &found, NULL);
    if (*out != NULL || found == -1)
        return HF_OK;
    ERR_clear_error();
    return HF_ERR_MALFORMED;
}

static hf_status read_basic_constraints(const X509 *x, struct hf_x509_facts *f)
{
    void *decoded;
    BASIC_CONSTRAINTS *b;
    long length = -1;
    hf_status st = decode(x, NID_basic_constraints, &decoded);

    f->path_length = -1;
    if (st != HF_OK || decoded == NULL)
        return st;
    b = decoded;
    f->has_basic_constraints = true;
    f->is_ca = b->ca != 0;
    if (b->pathlen != NULL) {
        length = ASN1_INTEGER_get(b->pathlen); /* -1: does not fit, or is negative */
        st = length < 0 || !f->is_ca ? HF_ERR_MALFORMED : HF_OK;
    }
    f->path_length = length;
    BASIC_CONSTRAINTS_free(b);
    return st;
}

static hf_status read_key_usage(const X509 *x, struct hf_x509_facts *f)
{
    enum { DIGITAL_SIGNATURE = 0, KEY_CERT_SIGN = 5 }; /* RFC 5280, 4.2.1.3 */
    void *bits;
    hf_status st = decode(x, NID_key_usage, &bits);

    if (st != HF_OK || bits == NULL)
        return st;
    f->has_key_usage = true;
    f->may_sign_data = ASN1_BIT_STRING_get_bit(bits, DIGITAL_SIGNATURE) == 1;
    f->may_sign_certificates = ASN1_BIT_STRING_get_bit(bits, KEY_CERT_SIGN) == 1;
    ASN1_BIT_STRING_free(bits);
    return HF_OK;
}

static hf_status read_extended_key_usage(const X509 *x, struct hf_x509_facts *f)
{
    void *uses;
    hf_status st = decode(x, NID_ext_key_usage, &uses);

    if (st != HF_OK || uses == NULL)
        return st;
    f->has_extended_key_usage = true;
    for (int i = 0; i < sk_ASN1_OBJECT_num(uses); i++) {
        int nid = OBJ_obj2nid(sk_ASN1_OBJECT_value(uses, i));

        f->is_server |= nid == NID_server_auth || nid == NID_anyExtendedKeyUsage;
        f->is_client |= nid == NID_client_auth || nid == NID_anyExtendedKeyUsage;
    }
    EXTENDED_KEY_USAGE_free(uses);
    return HF_OK;
}

static hf_status read_serial(struct hf_x509 *c)
{
    int len = i2d_ASN1_INTEGER(X509_get0_serialNumber(c->x), &c->serial);

    /* RFC 5280 allows 20 octets, so a header of two is the only one there is. */
    if (len <= SHORT_HEADER_LEN || len > SHORT_HEADER_LEN + SHORT_LEN_MAX)
        return HF_ERR_MALFORMED;
    c->facts.serial = hf_bytes_of(c->serial + SHORT_HEADER_LEN, (size_t)len - SHORT_HEADER_LEN);
    return HF_OK;
}

static hf_status read_key(struct hf_x509 *c)
{
    int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(c->x), &c->spki);
    struct hf_bytes head = hf_bytes_of(P256_SPKI_HEAD, sizeof P256_SPKI_HEAD);
    struct hf_bytes spki;

    if (len <= 0)
        return HF_ERR_MALFORMED;
    spki = hf_bytes_of(c->spki, (size_t)len);
    c->facts.spki = spki;
    /* libcrypto hands no key out whose point is not on its curve. */
    c->facts.is_p256_uncompressed = spki.len == head.len + P256_POINT_LEN
                                    && hf_bytes_start_with(spki, head)
                                    && X509_get0_pubkey(c->x) != NULL;
    c->facts.is_ecdsa_sha256 = X509_get_signature_nid(c->x) == NID_ecdsa_with_SHA256;
    return HF_OK;
}

static hf_status read_facts(struct hf_x509 *c)
{
    struct hf_x509_facts *f = &c->facts;
    hf_status st;

    HF_TRY(hf_x509_name(X509_get_subject_name(c->x), &f->subject));
    HF_TRY(hf_x509_name(X509_get_issuer_name(c->x), &f->issuer));
    HF_TRY(hf_x509_time(X509_get0_notBefore(c->x), &f->not_before_s));
    HF_TRY(hf_x509_time(X509_get0_notAfter(c->x), &f->not_after_s));
    HF_TRY(read_serial(c));
    HF_TRY(read_key(c));
    HF_TRY(read_basic_constraints(c->x, f));
    HF_TRY(read_key_usage(c->x, f));
    HF_TRY(read_extended_key_usage(c->x, f));
    HF_TRY(find_value(c->x, NID_subject_alt_name, &f->alt_names));
    HF_TRY(find_value(c->x, NID_name_constraints, &f->name_constraints));
    f->has_unknown_critical = has_unknown_critical(c->x);

done:
    ERR_clear_error();
    return st;
}

hf_status hf_x509_parse(struct hf_bytes der, struct hf_x509 **out)
{
    const unsigned char *at = der.at;
    struct hf_x509 *c = NULL;
    hf_status st;

    if (der.len > HF_X509_MAX)
        return HF_ERR_LIMIT;
    c = hf_alloc(1, sizeof *c);
    if (c == NULL)
        return HF_ERR_SYSTEM;
    c->x = d2i_X509(NULL, &at, (long)der.len);
    if (c->x == NULL || at != der.at + der.len) {
        ERR_clear_error();
        HF_TRY(HF_ERR_MALFORMED);
    }
    HF_TRY(read_facts(c));
    *out = c;
    c = NULL; /* now the caller's */

done:
    hf_x509_free(c);
    return st;
}

void hf_x509_free(struct hf_x509 *c)
{
    if (c == NULL)
        return;
    X509_free(c->x);
    OPENSSL_free(c->serial);
    OPENSSL_free(c->spki);
    hf_free(c);
}

hf_status hf_x509_parse_pem(struct hf_bytes pem, struct hf_x509 **out, size_t room, size_t *count)
{
    BIO *text = hf_x509_open_text(pem);
    uint8_t *der = NULL;
    size_t len = 0, n = 0;
    hf_status st;

    HF_TRY(text != NULL ? HF_OK : HF_ERR_SYSTEM);
    while ((st = hf_x509_next_block(text, PEM_STRING_X509, &der, &len)) == HF_OK) {
        st = n == room ? HF_ERR_LIMIT : hf_x509_parse(hf_bytes_of(der, len), &out[n]);
        OPENSSL_free(der);
        HF_TRY(st);
        n++;
    }
    HF_TRY(st == HF_ERR_UNKNOWN && n > 0 ? HF_OK : HF_ERR_MALFORMED);
    *count = n;

done:
    for (size_t i = 0; st != HF_OK && i < n; i++) {
        hf_x509_free(out[i]);
        out[i] = NULL;
    }
    BIO_free(text);
    return st;
}

void hf_x509_facts(const struct hf_x509 *c, struct hf_x509_facts *out)
{
    *out = c->facts;
}

hf_status hf_x509_check_signature(const struct hf_x509 *c, const struct hf_x509 *issuer)
{
    EVP_PKEY *key = X509_get0_pubkey(issuer->x);

    return hf_x509_need(key != NULL && X509_verify(c->x, key) == 1);
}
