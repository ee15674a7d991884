#include "role/maf/known_ids.h"

#include "base/memory.h"

struct entry {
    uint64_t hash; /* 0: empty */
    uint64_t until_s;
    hf_status st;
};

struct hf_known_ids {
    struct hf_hash_key key;
    size_t mask;
    struct entry at[];
};

struct hf_known_ids *hf_known_ids_new(const struct hf_hash_key *key, size_t count)
{
    struct hf_known_ids *k = hf_alloc(1, sizeof *k + count * sizeof k->at[0]);

    if (k == NULL)
        return NULL;
    k->key = *key;
    k->mask = count - 1;
    return k;
}

void hf_known_ids_free(struct hf_known_ids *k)
{
    hf_free(k);
}

void hf_known_ids_add(struct hf_known_ids *k, struct hf_bytes id, hf_status st, uint64_t until_s)
{
    uint64_t hash = hf_keyed_hash(&k->key, id);

    k->at[hash & k->mask] = (struct entry){.hash = hash, .until_s = until_s, .st = st};
}

bool hf_known_ids_has(const struct hf_known_ids *k, struct hf_bytes id, uint64_t now_s,
                      hf_status *st)
{
    uint64_t hash = hf_keyed_hash(&k->key, id);
    const struct entry *e = &k->at[hash & k->mask];

    if (hash == 0 || e->hash != hash || now_s >= e->until_s)
        return false;
    *st = e->st;
    return true;
}
