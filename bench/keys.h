/* The keys of the benchmark's nodes: SHA-256("handfast bench" || N). Not secret. */
#ifndef HF_BENCH_KEYS_H
#define HF_BENCH_KEYS_H

#include <gnutls/crypto.h>
#include <stdint.h>
#include <stdio.h>

enum { BENCH_NODES = 64, BENCH_KEY_LEN = 32 };

static inline void bench_key(unsigned node, uint8_t out[BENCH_KEY_LEN])
{
    char text[64];
    int len = snprintf(text, sizeof text, "handfast bench %u", node);

    gnutls_hash_fast(GNUTLS_DIG_SHA256, text, (size_t)len, out);
}

#endif
