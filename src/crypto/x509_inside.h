/* What the x509_*.c files share. */
#ifndef HF_CRYPTO_X509_INSIDE_H
#define HF_CRYPTO_X509_INSIDE_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "crypto/x509.h"

/* A libcrypto call that must succeed. */
hf_status hf_x509_need(bool worked);
/* A text as a read-only memory BIO; NULL when it is too long. */
BIO *hf_x509_open_text(struct hf_bytes text);
/* The next block of a PEM text with that label, as DER to be freed by OPENSSL_free.
 * HF_ERR_UNKNOWN: no more. */
HF_CHECKED hf_status hf_x509_next_block(BIO *pem, const char *label, uint8_t **der, size_t *len);

#endif
