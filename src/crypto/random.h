/*
 * The operating system's generator (getrandom through libcrypto's seeded one is not used: no fork
 * hazard, every return is checked, a repeated block is an error: threat row HOST-3).
 */
#ifndef HF_CRYPTO_RANDOM_H
#define HF_CRYPTO_RANDOM_H

#include "base/secret.h"

/* HF_ERR_SYSTEM: no random numbers; issue nothing. */
HF_CHECKED hf_status hf_random_fill(uint8_t *out, size_t len);

#endif
