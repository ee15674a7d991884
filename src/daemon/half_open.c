#include "daemon/half_open.h"

#include <arpa/inet.h>
#include <string.h>

enum { IPV6_PREFIX_LEN = 8 };

static uint32_t bucket_of(const struct hf_half_open *b, const char *address)
{
    uint8_t prefix[16] = {0};
    size_t len = IPV6_PREFIX_LEN;

    if (inet_pton(AF_INET6, address, prefix) != 1) {
        len = 4;
        if (inet_pton(AF_INET, address, prefix) != 1)
            len = 0;
    }
    return (uint32_t)(hf_keyed_hash(&b->key, hf_bytes_of(prefix, len)) % HF_HALF_OPEN_BUCKETS);
}

hf_status hf_half_open_enter(struct hf_half_open *b, struct hf_half_open_entry *e,
                             const char *address, void *owner)
{
    uint32_t bucket = bucket_of(b, address);

    if (b->by_source[bucket] >= HF_HALF_OPEN_PER_SOURCE_MAX)
        return HF_ERR_LIMIT;
    b->by_source[bucket]++;
    b->count++;
    *e = (struct hf_half_open_entry){.older = b->newest, .source = bucket + 1, .owner = owner};
    if (b->newest != NULL)
        b->newest->newer = e;
    else
        b->oldest = e;
    b->newest = e;
    return HF_OK;
}

void hf_half_open_leave(struct hf_half_open *b, struct hf_half_open_entry *e)
{
    if (e->source == 0)
        return;
    b->by_source[e->source - 1]--;
    b->count--;
    if (e->older != NULL)
        e->older->newer = e->newer;
    else
        b->oldest = e->newer;
    if (e->newer != NULL)
        e->newer->older = e->older;
    else
        b->newest = e->older;
    memset(e, 0, sizeof *e);
}

void *hf_half_open_surplus(const struct hf_half_open *b)
{
    return b->count > HF_HALF_OPEN_MAX ? b->oldest->owner : NULL;
}
