/*
 * SHA-256, HMAC-SHA-256 and HKDF-SHA-256 over libcrypto. Algorithms are fetched once per thread.
 */
#ifndef HF_CRYPTO_DIGEST_H
#define HF_CRYPTO_DIGEST_H

#include "base/secret.h"

enum { HF_SHA256_LEN = 32 };

/* HF_ERR_CRYPTO: libcrypto failed. */
HF_CHECKED hf_status hf_sha256(struct hf_bytes data, uint8_t out[HF_SHA256_LEN]);
/* SHA-256 over several pieces, in order. */
HF_CHECKED hf_status hf_sha256_of(const struct hf_bytes *pieces, size_t count,
                                  uint8_t out[HF_SHA256_LEN]);
/* HMAC (RFC 2104) of `data` under `key`; `out` gets 32 octets and may be `key`. */
HF_CHECKED hf_status hf_hmac_sha256(const struct hf_secret *key, struct hf_bytes data,
                                    struct hf_secret *out);
/* The same over several pieces, in order. */
HF_CHECKED hf_status hf_hmac_sha256_of(const struct hf_secret *key, const struct hf_bytes *pieces,
                                       size_t count, struct hf_secret *out);
/* HKDF (RFC 5869) extract and one block of expand: 32 octets. */
HF_CHECKED hf_status hf_hkdf_sha256(const struct hf_secret *key, struct hf_bytes salt,
                                    struct hf_bytes info, struct hf_secret *out);

#endif
