/*
 * Memory that ends together: everything one request, one record or one configuration needs.
 * Chunks come from hf_alloc as they are needed, up to a limit that has a name.
 */
#ifndef HF_BASE_ARENA_H
#define HF_BASE_ARENA_H

#include "base/bytes.h"
#include "base/status.h"

struct hf_arena_chunk;

struct hf_arena {
    struct hf_arena_chunk *chunk; /* newest first */
    size_t used, limit;           /* octets handed out, and at most */
};

/* Takes nothing yet. */
void hf_arena_init(struct hf_arena *a, size_t limit);
/* Wipes and frees; the arena is as after init. Accepts a zeroed one. */
void hf_arena_done(struct hf_arena *a);

/* Zeroed, aligned for anything; NULL at the limit or out of memory. */
void *hf_arena_take(struct hf_arena *a, size_t count, size_t size);
/* A copy of `b`; `out` gets it. HF_ERR_LIMIT at the limit or out of memory. */
HF_CHECKED hf_status hf_arena_copy(struct hf_arena *a, struct hf_bytes b, struct hf_bytes *out);

#endif
