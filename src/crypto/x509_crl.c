#include <time.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/memory.h"
#include "base/wire.h"
#include "crypto/p256_inside.h"
#include "crypto/x509_inside.h"

struct hf_x509_crl {
    X509_CRL *x;
    struct hf_x509_crl_facts facts;
};

enum { DER_SEQUENCE = 0x30, DER_INTEGER = 0x02, SERIAL_MAX = 40 };

static hf_status decode(struct hf_bytes der, X509_CRL **out)
{
    const unsigned char *at = der.at;

    *out = d2i_X509_CRL(NULL, &at, (long)der.len);
    if (*out != NULL && at == der.at + der.len)
        return HF_OK;
    ERR_clear_error();
    return HF_ERR_MALFORMED;
}

static hf_status decode_pem(struct hf_bytes pem, X509_CRL **out)
{
    BIO *text = hf_x509_open_text(pem);
    uint8_t *der = NULL;
    size_t len = 0;
    hf_status st;

    HF_TRY(text != NULL ? HF_OK : HF_ERR_SYSTEM);
    HF_TRY(hf_x509_next_block(text, PEM_STRING_X509_CRL, &der, &len));
    HF_TRY(decode(hf_bytes_of(der, len), out));

done:
    OPENSSL_free(der);
    BIO_free(text);
    return st == HF_ERR_UNKNOWN ? HF_ERR_MALFORMED : st;
}

/* Before 1970 gives 0. */
static hf_status read_time(const ASN1_TIME *t, uint64_t *out_s)
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

/* The octets of a DER name, borrowed. */
static hf_status read_name(const X509_NAME *name, struct hf_bytes *out)
{
    const unsigned char *at = NULL;
    size_t len = 0;

    if (X509_NAME_get0_der(name, &at, &len) != 1)
        return HF_ERR_MALFORMED;
    *out = hf_bytes_of(at, len);
    return HF_OK;
}

/* A critical extension changes what the list means (delta, indirect, only some reasons): such a
 * list is not one we can judge by (RFC 5280, 5.2). */
static hf_status refuse_critical(const X509_CRL *x)
{
    STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED((X509_CRL *)x);

    if (X509_CRL_get_ext_by_critical(x, 1, -1) >= 0)
        return HF_ERR_MALFORMED;
    for (int i = 0; i < sk_X509_REVOKED_num(entries); i++)
        if (X509_REVOKED_get_ext_by_critical(sk_X509_REVOKED_value(entries, i), 1, -1) >= 0)
            return HF_ERR_MALFORMED;
    return HF_OK;
}

static hf_status read_number(const X509_CRL *x, uint64_t *out)
{
    ASN1_INTEGER *number = X509_CRL_get_ext_d2i(x, NID_crl_number, NULL, NULL);
    bool is_number = number != NULL && ASN1_INTEGER_get_uint64(out, number) == 1;

    ASN1_INTEGER_free(number);
    ERR_clear_error();
    return is_number ? HF_OK : HF_ERR_MALFORMED;
}

/* The first look-up sorts the entries; done here, later ones only read and any thread may ask. */
static void sort_entries(X509_CRL *x)
{
    X509_REVOKED *none;
    ASN1_INTEGER *zero = ASN1_INTEGER_new();

    if (zero != NULL)
        (void)X509_CRL_get0_by_serial(x, &none, zero);
    ASN1_INTEGER_free(zero);
}

hf_status hf_x509_crl_parse(struct hf_bytes pem_or_der, struct hf_x509_crl **out)
{
    struct hf_x509_crl *c = NULL;
    hf_status st;

    if (pem_or_der.len > HF_X509_CRL_MAX)
        return HF_ERR_LIMIT;
    if (pem_or_der.len == 0)
        return HF_ERR_MALFORMED;
    c = hf_alloc(1, sizeof *c);
    if (c == NULL)
        return HF_ERR_SYSTEM;
    if (pem_or_der.at[0] == DER_SEQUENCE)
        HF_TRY(decode(pem_or_der, &c->x));
    else
        HF_TRY(decode_pem(pem_or_der, &c->x));
    HF_TRY(read_name(X509_CRL_get_issuer(c->x), &c->facts.issuer));
    HF_TRY(read_time(X509_CRL_get0_lastUpdate(c->x), &c->facts.this_update_s));
    HF_TRY(read_time(X509_CRL_get0_nextUpdate(c->x), &c->facts.next_update_s));
    HF_TRY(read_number(c->x, &c->facts.number));
    HF_TRY(refuse_critical(c->x));
    sort_entries(c->x);
    *out = c;
    c = NULL; /* now the caller's */

done:
    hf_x509_crl_free(c);
    return st;
}

void hf_x509_crl_free(struct hf_x509_crl *c)
{
    if (c == NULL)
        return;
    X509_CRL_free(c->x);
    hf_free(c);
}

void hf_x509_crl_facts(const struct hf_x509_crl *c, struct hf_x509_crl_facts *out)
{
    *out = c->facts;
}

hf_status hf_x509_crl_check_signature(const struct hf_x509_crl *c, const struct hf_p256_key *signer)
{
    return hf_x509_need(X509_CRL_get_signature_nid(c->x) == NID_ecdsa_with_SHA256
                        && X509_CRL_verify(c->x, signer->key) == 1);
}

bool hf_x509_crl_has(const struct hf_x509_crl *c, struct hf_bytes serial)
{
    uint8_t room[SERIAL_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    const unsigned char *at = room;
    ASN1_INTEGER *wanted;
    X509_REVOKED *entry;
    struct hf_bytes der;
    bool listed;

    hf_put_u8(&w, DER_INTEGER);
    hf_put_u8_bytes(&w, serial);
    if (hf_writer_finish(&w, &der) != HF_OK)
        return true; /* no serial that could be looked for: the safe answer */
    wanted = d2i_ASN1_INTEGER(NULL, &at, (long)der.len);
    listed = wanted == NULL || X509_CRL_get0_by_serial(c->x, &entry, wanted) != 0;
    ASN1_INTEGER_free(wanted);
    ERR_clear_error();
    return listed;
}
