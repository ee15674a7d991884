#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

#include "base/memory.h"
#include "base/secret.h"

enum { CHUNK_LEN = 1024, ALIGNMENT = alignof(max_align_t) };

struct hf_arena_chunk {
    struct hf_arena_chunk *next;
    size_t size, used;
    alignas(max_align_t) uint8_t room[];
};

void hf_arena_init(struct hf_arena *a, size_t limit)
{
    *a = (struct hf_arena){.limit = limit};
}

void hf_arena_done(struct hf_arena *a)
{
    struct hf_arena_chunk *c = a->chunk;

    while (c != NULL) {
        struct hf_arena_chunk *next = c->next;

        hf_wipe(c->room, c->used);
        hf_free(c);
        c = next;
    }
    a->chunk = NULL;
    a->used = 0;
}

static struct hf_arena_chunk *add_chunk(struct hf_arena *a, size_t len)
{
    size_t size = len > CHUNK_LEN ? len : CHUNK_LEN;
    struct hf_arena_chunk *c = hf_alloc(1, sizeof *c + size);

    if (c == NULL)
        return NULL;
    c->size = size;
    c->next = a->chunk;
    a->chunk = c;
    return c;
}

void *hf_arena_take(struct hf_arena *a, size_t count, size_t size)
{
    struct hf_arena_chunk *c = a->chunk;
    size_t len;
    void *at;

    if (size != 0 && count > a->limit / size)
        return NULL;
    len = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (len > a->limit - a->used)
        return NULL;
    if (c == NULL || len > c->size - c->used)
        c = add_chunk(a, len);
    if (c == NULL)
        return NULL;
    at = c->room + c->used;
    c->used += len;
    a->used += len;
    return at;
}

hf_status hf_arena_copy(struct hf_arena *a, struct hf_bytes b, struct hf_bytes *out)
{
    uint8_t *at = hf_arena_take(a, b.len, 1);

    if (at == NULL)
        return HF_ERR_LIMIT;
    if (b.len > 0)
        memcpy(at, b.at, b.len);
    *out = hf_bytes_of(at, b.len);
    return HF_OK;
}
