/*
 * AES-256-GCM with a 12-octet nonce and a 16-octet tag. Contexts are kept per thread and reused.
 */
#ifndef HF_CRYPTO_AEAD_H
#define HF_CRYPTO_AEAD_H

#include "base/secret.h"
#include "base/wire.h"

enum { HF_AEAD_KEY_LEN = 32, HF_AEAD_NONCE_LEN = 12, HF_AEAD_TAG_LEN = 16 };

/* Appends ciphertext || tag to `out`. A key/nonce pair is used once. */
HF_CHECKED hf_status hf_aead_seal(const struct hf_secret *key, struct hf_bytes nonce,
                                  struct hf_bytes aad, struct hf_bytes plain,
                                  struct hf_writer *out);
/*
 * `room` gets sealed.len - 16 octets. HF_ERR_CRYPTO: forged or another place (aad); the room is
 * wiped.
 */
HF_CHECKED hf_status hf_aead_open(const struct hf_secret *key, struct hf_bytes nonce,
                                  struct hf_bytes aad, struct hf_bytes sealed, uint8_t *room,
                                  size_t size, size_t *len);

#endif
