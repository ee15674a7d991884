/*
 * SipHash-2-4 (Aumasson and Bernstein, 2012): where a peer's octets choose a place in a table,
 * nobody outside may foresee the place (threat row DOS-8).
 */
#ifndef HF_BASE_KEYED_HASH_H
#define HF_BASE_KEYED_HASH_H

#include "base/bytes.h"

struct hf_hash_key {
    uint64_t k0, k1;
};

uint64_t hf_keyed_hash(const struct hf_hash_key *key, struct hf_bytes text);

#endif
