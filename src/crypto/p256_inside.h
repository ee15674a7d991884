/* What verifies, for the files of crypto/ only. */
#ifndef HF_CRYPTO_P256_INSIDE_H
#define HF_CRYPTO_P256_INSIDE_H

#include <openssl/evp.h>

#include "crypto/p256.h"

struct hf_p256_key {
    EVP_PKEY *key;
    EVP_PKEY_CTX *ready; /* begun; each verification runs on a copy, so that threads may share it */
};

#endif
