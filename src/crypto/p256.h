/*
 * Verifying ECDSA with SHA-256 on P-256, the one signature of the certificate profile (TS-0003,
 * 10.1.1).  A key is made once and then shared by threads: it is only read.
 */
#ifndef HF_CRYPTO_P256_H
#define HF_CRYPTO_P256_H

#include "base/bytes.h"
#include "base/status.h"

enum { HF_P256_POINT_LEN = 65 }; /* 0x04, x, y */

struct hf_p256_key;

/*
 * The public key that an uncompressed point is.
 * HF_ERR_MALFORMED  not such a point, or not on the curve
 * HF_ERR_SYSTEM     no memory
 */
HF_CHECKED hf_status hf_p256_key_new(struct hf_bytes point, struct hf_p256_key **out);
void hf_p256_key_free(struct hf_p256_key *k); /* accepts NULL */
/* Is `signature`, an Ecdsa-Sig-Value in DER and nothing behind it, that of `message` by this key?
 * HF_ERR_CRYPTO: no. */
HF_CHECKED hf_status hf_p256_verify(const struct hf_p256_key *k, struct hf_bytes message,
                                    struct hf_bytes signature);

#endif
