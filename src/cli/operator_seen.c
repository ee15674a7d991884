#include "cli/operator_seen.h"

#include <string.h>

#include "base/memory.h"
#include "base/wire.h"
#include "crypto/digest.h"
#include "crypto/random.h"

enum { SLOTS_FIRST = 1024, SLOTS_MAX = 1 << 25, PIECES_MAX = 72, LOAD_OF = 8, LOAD_MAX = 7 };

struct slot {
    uint32_t low, high, line; /* line 0: free */
};

hf_status hf_seen_init(struct hf_seen *s)
{
    *s = (struct hf_seen){0};
    return hf_random_fill(s->salt, sizeof s->salt);
}

void hf_seen_done(struct hf_seen *s)
{
    hf_free(s->slots);
    *s = (struct hf_seen){0};
}

/* The slot of that value, or the free one where it belongs. */
static struct slot *place(struct slot *slots, size_t size, uint32_t low, uint32_t high)
{
    size_t at = (((size_t)high << 32) | low) & (size - 1);

    while (slots[at].line != 0 && (slots[at].low != low || slots[at].high != high))
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static hf_status grow(struct hf_seen *s)
{
    size_t size = s->size == 0 ? SLOTS_FIRST : s->size * 2;
    struct slot *old = s->slots, *slots;

    if (size > SLOTS_MAX)
        return HF_ERR_LIMIT;
    slots = hf_alloc(size, sizeof *slots);
    if (slots == NULL)
        return HF_ERR_LIMIT;
    for (size_t i = 0; i < s->size; i++)
        if (old[i].line != 0)
            *place(slots, size, old[i].low, old[i].high) = old[i];
    hf_free(old);
    s->slots = slots;
    s->size = size;
    return HF_OK;
}

static hf_status digest(const struct hf_seen *s, enum hf_seen_kind kind,
                        const struct hf_bytes *pieces, size_t count, uint8_t out[HF_SHA256_LEN])
{
    uint8_t tag = (uint8_t)kind, zero = 0;
    struct hf_bytes all[2 * PIECES_MAX + 2] = {hf_bytes_of(s->salt, sizeof s->salt),
                                               hf_bytes_of(&tag, 1)};
    size_t n = 2;

    if (count > PIECES_MAX)
        return HF_ERR_LIMIT;
    for (size_t i = 0; i < count; i++) {
        all[n++] = pieces[i];
        all[n++] = hf_bytes_of(&zero, 1);
    }
    return hf_sha256_of(all, n, out);
}

hf_status hf_seen_add(struct hf_seen *s, enum hf_seen_kind kind, const struct hf_bytes *pieces,
                      size_t piece_count, uint32_t line, uint32_t *first_line)
{
    uint8_t hash[HF_SHA256_LEN] = {0};
    struct hf_reader r = hf_reader_over(hf_bytes_of(hash, sizeof hash));
    uint32_t low, high;
    struct slot *at;
    hf_status st;

    HF_TRY(digest(s, kind, pieces, piece_count, hash));
    if (s->count >= s->size / LOAD_OF * LOAD_MAX)
        HF_TRY(grow(s));
    low = hf_get_u32(&r);
    high = hf_get_u32(&r);
    at = place(s->slots, s->size, low, high);
    *first_line = at->line;
    if (at->line == 0) {
        *at = (struct slot){low, high, line};
        s->count++;
    }
done:
    return st;
}
