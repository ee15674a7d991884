/* What the x509_*.c files share: the libcrypto objects behind our names. */
#ifndef HF_CRYPTO_X509_INSIDE_H
#define HF_CRYPTO_X509_INSIDE_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "crypto/x509.h"

struct hf_x509 {
    X509 *x;
    uint8_t *serial, *spki; /* DER; the facts borrow from them */
    struct hf_x509_facts facts;
};

/* A libcrypto call that must succeed. */
hf_status hf_x509_need(bool worked);
/* Before 1970 gives 0. HF_ERR_MALFORMED: not a time, or none. */
HF_CHECKED hf_status hf_x509_time(const ASN1_TIME *t, uint64_t *out_s);
/* The octets of a DER name, borrowed. */
HF_CHECKED hf_status hf_x509_name(const X509_NAME *name, struct hf_bytes *out);
/* A text as a read-only memory BIO; NULL when it is too long. */
BIO *hf_x509_open_text(struct hf_bytes text);
/* The next block of a PEM text with that label, as DER to be freed by OPENSSL_free.
 * HF_ERR_UNKNOWN: no more. */
HF_CHECKED hf_status hf_x509_next_block(BIO *pem, const char *label, uint8_t **der, size_t *len);

#endif
