/*
 * Keys that the MAF has handed to this gateway, for a short while (threat rows KM-4, GW-4, GW-6):
 * known ones with their source, and refused ones so that a random identifier costs the MAF little.
 * Least recently made entries give way; a key that goes is wiped.
 */
#ifndef HF_ROLE_GATEWAY_KEY_CACHE_H
#define HF_ROLE_GATEWAY_KEY_CACHE_H

#include "base/keyed_hash.h"
#include "base/secret.h"
#include "core/identity/entity_id.h"
#include "core/identity/key_id.h"

struct hf_key_cache;

struct hf_cached_key {
    bool is_refusal;
    struct hf_secret key;
    unsigned suid;
    uint64_t expires_s; /* of the key */
    char source[HF_ENTITY_ID_MAX + 1];
};

/* `capacity` entries, placed by a keyed hash (threat row DOS-8). NULL: out of memory. */
struct hf_key_cache *hf_key_cache_new(size_t capacity, const struct hf_hash_key *key);
void hf_key_cache_free(struct hf_key_cache *c); /* accepts NULL; wipes */
/* NULL: unknown or not fresh any more. Borrowed until the next put. */
const struct hf_cached_key *hf_key_cache_find(struct hf_key_cache *c, struct hf_bytes relative_id,
                                              uint64_t now_s);
/* Fresh until `fresh_until_s`. Copies. A relative ID longer than 64 octets is not kept. */
void hf_key_cache_put(struct hf_key_cache *c, struct hf_bytes relative_id,
                      const struct hf_cached_key *k, uint64_t fresh_until_s);
void hf_key_cache_forget(struct hf_key_cache *c, struct hf_bytes relative_id);

#endif
