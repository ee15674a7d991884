/*
 * Keys wrapped under a root key: version || salt || AES-256-GCM(HKDF(root, salt, place), place).
 * The 32-octet salt is fresh for every wrapping, so every record has a key of its own and a
 * repeated nonce cannot happen (threat rows STO-1, STO-2, STO-4). Thread-safe.
 */
#ifndef HF_SECURE_ENVIRONMENT_SOFT_WRAP_H
#define HF_SECURE_ENVIRONMENT_SOFT_WRAP_H

#include "base/secret.h"
#include "base/wire.h"
#include "port/random.h"

HF_CHECKED hf_status hf_soft_wrap(const struct hf_secret *root, const struct hf_random *random,
                                  struct hf_bytes place, const struct hf_secret *key,
                                  struct hf_writer *out);
/* HF_ERR_CRYPTO: forged, of another root key, or from another place; `out` is as it was. */
HF_CHECKED hf_status hf_soft_unwrap(const struct hf_secret *root, struct hf_bytes place,
                                    struct hf_bytes wrapped, struct hf_secret *out);

#endif
