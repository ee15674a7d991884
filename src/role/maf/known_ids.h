/*
 * Identifiers that we remember something about for a while. Bounded and lossy: a later one may push
 * an earlier one out, and which one is nobody's to choose (keyed hash, threat row DOS-8).
 */
#ifndef HF_ROLE_MAF_KNOWN_IDS_H
#define HF_ROLE_MAF_KNOWN_IDS_H

#include "base/keyed_hash.h"
#include "base/status.h"

struct hf_known_ids;

/* Room for `count` of them, a power of two. NULL: out of memory. */
struct hf_known_ids *hf_known_ids_new(const struct hf_hash_key *key, size_t count);
void hf_known_ids_free(struct hf_known_ids *k); /* accepts NULL */
/* Remembers `st` of `id` until `until_s`; HF_NEVER: until something else takes the place. */
void hf_known_ids_add(struct hf_known_ids *k, struct hf_bytes id, hf_status st, uint64_t until_s);
bool hf_known_ids_has(const struct hf_known_ids *k, struct hf_bytes id, uint64_t now_s,
                      hf_status *st);

#endif
