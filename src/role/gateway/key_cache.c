#include "role/gateway/key_cache.h"

#include <string.h>

#include "base/memory.h"

enum { ID_MAX = 64, NO_ENTRY = -1 };

struct entry {
    char id[ID_MAX];
    uint8_t id_len; /* 0: free */
    int32_t next;   /* in its bucket */
    uint64_t fresh_until_s;
    struct hf_cached_key key;
};

struct hf_key_cache {
    size_t capacity, hand; /* the hand goes round: the oldest entry gives way */
    struct hf_hash_key hash_key;
    int32_t *buckets;
    struct entry *entries;
};

struct hf_key_cache *hf_key_cache_new(size_t capacity, const struct hf_hash_key *key)
{
    struct hf_key_cache *c = hf_alloc(1, sizeof *c);

    if (c == NULL)
        return NULL;
    c->capacity = capacity;
    c->hash_key = *key;
    c->buckets = hf_alloc(capacity, sizeof *c->buckets);
    c->entries = hf_alloc(capacity, sizeof *c->entries);
    if (c->buckets == NULL || c->entries == NULL) {
        hf_key_cache_free(c);
        return NULL;
    }
    for (size_t i = 0; i < capacity; i++)
        c->buckets[i] = NO_ENTRY;
    return c;
}

void hf_key_cache_free(struct hf_key_cache *c)
{
    if (c == NULL)
        return;
    if (c->entries != NULL)
        hf_wipe(c->entries, c->capacity * sizeof *c->entries);
    hf_free(c->entries);
    hf_free(c->buckets);
    hf_free(c);
}

static int32_t *bucket_of(struct hf_key_cache *c, struct hf_bytes id)
{
    return &c->buckets[hf_keyed_hash(&c->hash_key, id) % c->capacity];
}

static struct hf_bytes id_of(const struct entry *e)
{
    return hf_bytes_of(e->id, e->id_len);
}

static struct entry *find(struct hf_key_cache *c, struct hf_bytes id)
{
    for (int32_t i = *bucket_of(c, id); i != NO_ENTRY; i = c->entries[i].next)
        if (hf_bytes_equal(id_of(&c->entries[i]), id))
            return &c->entries[i];
    return NULL;
}

static void drop(struct hf_key_cache *c, struct entry *e)
{
    int32_t index = (int32_t)(e - c->entries);
    int32_t *link = bucket_of(c, id_of(e));

    while (*link != index)
        link = &c->entries[*link].next;
    *link = e->next;
    hf_wipe(e, sizeof *e);
}

const struct hf_cached_key *hf_key_cache_find(struct hf_key_cache *c, struct hf_bytes relative_id,
                                              uint64_t now_s)
{
    struct entry *e = find(c, relative_id);

    if (e == NULL)
        return NULL;
    if (now_s >= e->fresh_until_s) {
        drop(c, e);
        return NULL;
    }
    return &e->key;
}

void hf_key_cache_put(struct hf_key_cache *c, struct hf_bytes relative_id,
                      const struct hf_cached_key *k, uint64_t fresh_until_s)
{
    struct entry *e = find(c, relative_id);
    int32_t *bucket;

    if (relative_id.len == 0 || relative_id.len > ID_MAX)
        return;
    if (e != NULL)
        drop(c, e);
    e = &c->entries[c->hand];
    c->hand = (c->hand + 1) % c->capacity;
    if (e->id_len != 0)
        drop(c, e);
    memcpy(e->id, relative_id.at, relative_id.len);
    e->id_len = (uint8_t)relative_id.len;
    e->fresh_until_s = fresh_until_s;
    e->key = *k;
    bucket = bucket_of(c, relative_id);
    e->next = *bucket;
    *bucket = (int32_t)(e - c->entries);
}

void hf_key_cache_forget(struct hf_key_cache *c, struct hf_bytes relative_id)
{
    struct entry *e = find(c, relative_id);

    if (e != NULL)
        drop(c, e);
}
