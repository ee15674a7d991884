#include <limits.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "base/time.h"
#include "base/wire.h"
#include "crypto/x509_inside.h"
#include "crypto/x509_names.h"

enum { ISSUED_SERIAL_LEN = 16, CONFIG_MAX = 64, SERIAL_DER_MAX = 40 };

/* What a memory BIO holds, as the caller's octets. */
static hf_status take_text(BIO *from, struct hf_arena *a, struct hf_bytes *out)
{
    char *at = NULL;
    long len = BIO_get_mem_data(from, &at);

    if (len <= 0)
        return HF_ERR_CRYPTO;
    return hf_arena_copy(a, hf_bytes_of(at, (size_t)len), out);
}

hf_status hf_x509_new_key(struct hf_arena *a, struct hf_bytes *key_pem)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    BIO *text = BIO_new(BIO_s_secmem());
    hf_status st;

    HF_TRY(hf_x509_need(key != NULL && text != NULL));
    HF_TRY(hf_x509_need(PEM_write_bio_PrivateKey(text, key, NULL, NULL, 0, NULL, NULL) == 1));
    HF_TRY(take_text(text, a, key_pem));

done:
    BIO_free(text);
    EVP_PKEY_free(key);
    return st;
}

static hf_status read_key(struct hf_bytes pem, EVP_PKEY **out)
{
    BIO *text = hf_x509_open_text(pem);
    /* The empty pass phrase keeps libcrypto from asking a terminal for one. */
    char no_pass_phrase[] = "";

    if (text == NULL)
        return HF_ERR_SYSTEM;
    *out = PEM_read_bio_PrivateKey(text, NULL, NULL, no_pass_phrase);
    BIO_free(text);
    ERR_clear_error();
    return *out != NULL ? HF_OK : HF_ERR_MALFORMED;
}

static hf_status read_certificate(struct hf_bytes pem, struct hf_arena *a, X509 **out)
{
    struct hf_bytes der = {NULL, 0};
    const unsigned char *at;
    size_t count = 0;
    hf_status st;

    HF_TRY(hf_x509_read_pem(pem, a, &der, 1, &count));
    at = der.at;
    *out = d2i_X509(NULL, &at, (long)der.len);
    HF_TRY(*out != NULL && at == der.at + der.len ? HF_OK : HF_ERR_MALFORMED);

done:
    ERR_clear_error();
    return st;
}

static hf_status set_time(ASN1_TIME *t, uint64_t s)
{
    return s > HF_TIME_MAX_S ? HF_ERR_MALFORMED : hf_x509_need(ASN1_TIME_set(t, (time_t)s) != NULL);
}

static hf_status set_serial(X509 *x)
{
    uint8_t octets[ISSUED_SERIAL_LEN];
    BIGNUM *n = NULL;
    hf_status st;

    HF_TRY(hf_x509_need(RAND_bytes(octets, sizeof octets) == 1));
    octets[0] = (uint8_t)((octets[0] & 0x3f) | 0x40); /* positive, and always of one length */
    n = BN_bin2bn(octets, sizeof octets, NULL);
    HF_TRY(hf_x509_need(n != NULL && BN_to_ASN1_INTEGER(n, X509_get_serialNumber(x)) != NULL));

done:
    BN_free(n);
    return st;
}

static hf_status set_subject(X509 *x, const char *common_name)
{
    return hf_x509_need(X509_NAME_add_entry_by_NID(X509_get_subject_name(x), NID_commonName,
                                                   MBSTRING_UTF8, (const uint8_t *)common_name, -1,
                                                   -1, 0)
                        == 1);
}

/* An extension by its configuration text; `value` is never a caller's. */
static hf_status add_configured(X509V3_CTX *context, X509 *x, int nid, const char *value)
{
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, context, nid, value);
    bool added = e != NULL && X509_add_ext(x, e, -1) == 1;

    X509_EXTENSION_free(e);
    return hf_x509_need(added);
}

static hf_status add_raw(X509 *x, const ASN1_OBJECT *kind, bool critical, struct hf_bytes der)
{
    ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
    X509_EXTENSION *e = NULL;
    hf_status st;

    HF_TRY(der.len <= INT_MAX ? HF_OK : HF_ERR_LIMIT);
    HF_TRY(hf_x509_need(value != NULL && ASN1_OCTET_STRING_set(value, der.at, (int)der.len) == 1));
    e = X509_EXTENSION_create_by_OBJ(NULL, kind, critical, value);
    HF_TRY(hf_x509_need(e != NULL && X509_add_ext(x, e, -1) == 1));

done:
    X509_EXTENSION_free(e);
    ASN1_OCTET_STRING_free(value);
    return st;
}

static hf_status add_usage(X509V3_CTX *context, X509 *x, const struct hf_x509_order *o)
{
    char basic[CONFIG_MAX];
    struct hf_writer w = hf_writer_over(basic, sizeof basic);
    hf_status st;

    hf_put_text(&w, o->is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (o->is_ca && o->limits_path) {
        hf_put_text(&w, ",pathlen:");
        hf_put_number(&w, o->path_length);
    }
    HF_TRY(hf_writer_finish_text(&w));
    HF_TRY(add_configured(context, x, NID_basic_constraints, basic));
    if (!o->without_key_usage)
        HF_TRY(add_configured(context, x, NID_key_usage,
                              o->is_ca ? "critical,keyCertSign,cRLSign"
                                       : "critical,digitalSignature"));
    if (o->for_server && o->for_client)
        HF_TRY(add_configured(context, x, NID_ext_key_usage, "serverAuth,clientAuth"));
    else if (o->for_server || o->for_client)
        HF_TRY(add_configured(context, x, NID_ext_key_usage,
                              o->for_server ? "serverAuth" : "clientAuth"));

done:
    return st;
}

static hf_status add_names(X509 *x, const struct hf_x509_order *o)
{
    const ASN1_OBJECT *alt_names = OBJ_nid2obj(NID_subject_alt_name);
    const ASN1_OBJECT *constraints = OBJ_nid2obj(NID_name_constraints);
    ASN1_OBJECT *extra = NULL;
    hf_status st;

    if (o->raw_alt_names.len > 0)
        HF_TRY(add_raw(x, alt_names, false, o->raw_alt_names));
    else
        HF_TRY(hf_x509_add_alt_name(x, o));
    if (o->raw_name_constraints.len > 0)
        HF_TRY(add_raw(x, constraints, true, o->raw_name_constraints));
    else
        HF_TRY(hf_x509_add_constraints(x, o));
    if (o->extra_critical_oid != NULL) {
        extra = OBJ_txt2obj(o->extra_critical_oid, 1);
        HF_TRY(extra != NULL ? HF_OK : HF_ERR_MALFORMED);
        HF_TRY(add_raw(x, extra, true, HF_LITERAL("\x05")));
    }

done:
    ASN1_OBJECT_free(extra);
    return st;
}

/* Fills everything but the signature; `issuer` is `x` itself when it signs itself. */
static hf_status fill(X509 *x, const struct hf_x509_order *o, EVP_PKEY *key, X509 *issuer)
{
    X509V3_CTX context;
    hf_status st;

    HF_TRY(hf_x509_need(X509_set_version(x, X509_VERSION_3) == 1));
    HF_TRY(set_serial(x));
    HF_TRY(set_subject(x, o->common_name));
    HF_TRY(hf_x509_need(X509_set_issuer_name(x, X509_get_subject_name(issuer)) == 1));
    HF_TRY(set_time(X509_getm_notBefore(x), o->not_before_s));
    HF_TRY(set_time(X509_getm_notAfter(x), o->not_after_s));
    HF_TRY(hf_x509_need(X509_set_pubkey(x, key) == 1));
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, x, NULL, NULL, 0);
    HF_TRY(add_usage(&context, x, o));
    HF_TRY(add_configured(&context, x, NID_subject_key_identifier, "hash"));
    /* Where the issuer names its key; an issuer that does not is no reason to fail. */
    if (X509_get_ext_by_NID(issuer, NID_subject_key_identifier, -1) >= 0)
        HF_TRY(add_configured(&context, x, NID_authority_key_identifier, "keyid:always"));
    HF_TRY(add_names(x, o));

done:
    return st;
}

hf_status hf_x509_issue(const struct hf_x509_order *o, struct hf_bytes subject_key_pem,
                        struct hf_bytes issuer_pem, struct hf_bytes issuer_key_pem,
                        struct hf_arena *a, struct hf_bytes *certificate_pem)
{
    bool self_signed = issuer_pem.len == 0 && issuer_key_pem.len == 0;
    EVP_PKEY *key = NULL, *signer = NULL;
    X509 *issuer = NULL;
    X509 *x = X509_new();
    BIO *text = BIO_new(BIO_s_mem());
    hf_status st;

    HF_TRY(hf_x509_need(x != NULL && text != NULL));
    HF_TRY(read_key(subject_key_pem, &key));
    if (!self_signed) {
        HF_TRY(read_certificate(issuer_pem, a, &issuer));
        HF_TRY(read_key(issuer_key_pem, &signer));
    }
    HF_TRY(fill(x, o, key, self_signed ? x : issuer));
    HF_TRY(hf_x509_need(X509_sign(x, self_signed ? key : signer, EVP_sha256()) > 0));
    HF_TRY(hf_x509_need(PEM_write_bio_X509(text, x) == 1));
    HF_TRY(take_text(text, a, certificate_pem));

done:
    BIO_free(text);
    X509_free(x);
    X509_free(issuer);
    EVP_PKEY_free(signer);
    EVP_PKEY_free(key);
    return st;
}

/* DER integer content to a number. */
static hf_status add_serial(X509_CRL *crl, struct hf_bytes serial, const ASN1_TIME *since)
{
    uint8_t room[SERIAL_DER_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    const unsigned char *at = room;
    X509_REVOKED *entry = X509_REVOKED_new();
    ASN1_INTEGER *number = NULL;
    struct hf_bytes der;
    hf_status st;

    hf_put_u8(&w, V_ASN1_INTEGER);
    hf_put_u8_bytes(&w, serial);
    HF_TRY(hf_writer_finish(&w, &der));
    number = d2i_ASN1_INTEGER(NULL, &at, (long)der.len);
    HF_TRY(hf_x509_need(number != NULL && entry != NULL));
    HF_TRY(hf_x509_need(X509_REVOKED_set_serialNumber(entry, number) == 1));
    HF_TRY(hf_x509_need(X509_REVOKED_set_revocationDate(entry, (ASN1_TIME *)since) == 1));
    HF_TRY(hf_x509_need(X509_CRL_add0_revoked(crl, entry) == 1));
    entry = NULL; /* now the list's */

done:
    ASN1_INTEGER_free(number);
    X509_REVOKED_free(entry);
    return st;
}

static hf_status set_crl_times(X509_CRL *crl, uint64_t this_update_s, uint64_t next_update_s)
{
    ASN1_TIME *t = ASN1_TIME_new();
    hf_status st;

    HF_TRY(hf_x509_need(t != NULL));
    HF_TRY(set_time(t, this_update_s));
    HF_TRY(hf_x509_need(X509_CRL_set1_lastUpdate(crl, t) == 1));
    HF_TRY(set_time(t, next_update_s));
    HF_TRY(hf_x509_need(X509_CRL_set1_nextUpdate(crl, t) == 1));

done:
    ASN1_TIME_free(t);
    return st;
}

static hf_status set_crl_number(X509_CRL *crl, uint64_t number)
{
    ASN1_INTEGER *n = ASN1_INTEGER_new();
    bool done = n != NULL && ASN1_INTEGER_set_uint64(n, number) == 1
                && X509_CRL_add1_ext_i2d(crl, NID_crl_number, n, 0, 0) == 1;

    ASN1_INTEGER_free(n);
    return hf_x509_need(done);
}

hf_status hf_x509_issue_crl(struct hf_bytes issuer_pem, struct hf_bytes issuer_key_pem,
                            const struct hf_bytes *serials, size_t count, uint64_t number,
                            uint64_t this_update_s, uint64_t next_update_s, struct hf_arena *a,
                            struct hf_bytes *crl_pem)
{
    X509 *issuer = NULL;
    EVP_PKEY *signer = NULL;
    X509_CRL *crl = X509_CRL_new();
    BIO *text = BIO_new(BIO_s_mem());
    hf_status st;

    HF_TRY(hf_x509_need(crl != NULL && text != NULL));
    HF_TRY(read_certificate(issuer_pem, a, &issuer));
    HF_TRY(read_key(issuer_key_pem, &signer));
    HF_TRY(hf_x509_need(X509_CRL_set_version(crl, X509_CRL_VERSION_2) == 1));
    HF_TRY(hf_x509_need(X509_CRL_set_issuer_name(crl, X509_get_subject_name(issuer)) == 1));
    HF_TRY(set_crl_times(crl, this_update_s, next_update_s));
    HF_TRY(set_crl_number(crl, number));
    for (size_t i = 0; i < count; i++)
        HF_TRY(add_serial(crl, serials[i], X509_CRL_get0_lastUpdate(crl)));
    HF_TRY(hf_x509_need(X509_CRL_sort(crl) == 1));
    HF_TRY(hf_x509_need(X509_CRL_sign(crl, signer, EVP_sha256()) > 0));
    HF_TRY(hf_x509_need(PEM_write_bio_X509_CRL(text, crl) == 1));
    HF_TRY(take_text(text, a, crl_pem));

done:
    BIO_free(text);
    X509_CRL_free(crl);
    EVP_PKEY_free(signer);
    X509_free(issuer);
    return st;
}
