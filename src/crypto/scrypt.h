/* scrypt (RFC 7914): a sealing key from a passphrase. */
#ifndef HF_CRYPTO_SCRYPT_H
#define HF_CRYPTO_SCRYPT_H

#include "base/secret.h"

struct hf_scrypt_cost {
    uint8_t log2_n; /* 10..20 */
    uint8_t r, p;   /* r 1..16, p 1..4 */
};

/* 32 octets. HF_ERR_LIMIT: a cost outside the bounds above (it may come from a file). */
HF_CHECKED hf_status hf_scrypt(const struct hf_secret *passphrase, struct hf_bytes salt,
                               struct hf_scrypt_cost cost, struct hf_secret *out);

#endif
