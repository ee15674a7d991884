/* The names an issued certificate carries, and those its CA may vouch for (TS-0003, 10.1.1). */
#ifndef HF_CRYPTO_X509_NAMES_H
#define HF_CRYPTO_X509_NAMES_H

#include <openssl/x509.h>

#include "crypto/x509.h"

/* subjectAltName of an order that has a name. HF_ERR_MALFORMED: two kinds, or no such name. */
HF_CHECKED hf_status hf_x509_add_alt_name(X509 *x, const struct hf_x509_order *o);
/* nameConstraints of an order that has permitted subtrees. HF_ERR_MALFORMED. */
HF_CHECKED hf_status hf_x509_add_constraints(X509 *x, const struct hf_x509_order *o);

#endif
