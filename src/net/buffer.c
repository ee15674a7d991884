#include "net/buffer.h"

#include <string.h>

#include "base/memory.h"

enum { FIRST_SIZE = 512 };

size_t hf_buffer_length(const struct hf_buffer *b)
{
    return b->end - b->start;
}

struct hf_bytes hf_buffer_octets(const struct hf_buffer *b)
{
    if (b->at == NULL)
        return (struct hf_bytes){NULL, 0};
    return hf_bytes_of(b->at + b->start, hf_buffer_length(b));
}

/* Moves what is there into a larger room; the old one may have held plain text of a plain link. */
static hf_status grow(struct hf_buffer *b, size_t wanted)
{
    size_t len = hf_buffer_length(b), size = FIRST_SIZE;
    uint8_t *room;

    while (size < wanted)
        size *= 2;
    room = hf_alloc(1, size);
    if (room == NULL)
        return HF_ERR_SYSTEM;
    if (len > 0)
        memcpy(room, b->at + b->start, len);
    hf_free(b->at);
    *b = (struct hf_buffer){room, 0, len, size};
    return HF_OK;
}

hf_status hf_buffer_append(struct hf_buffer *b, struct hf_bytes octets)
{
    hf_status st = HF_OK;

    if (octets.len == 0)
        return HF_OK;
    if (octets.len > SIZE_MAX / 4 - b->end)
        return HF_ERR_LIMIT;
    if (b->end + octets.len > b->size)
        HF_TRY(grow(b, hf_buffer_length(b) + octets.len));
    memcpy(b->at + b->end, octets.at, octets.len);
    b->end += octets.len;

done:
    return st;
}

void hf_buffer_drop(struct hf_buffer *b, size_t len)
{
    if (len >= hf_buffer_length(b))
        hf_buffer_done(b);
    else
        b->start += len;
}

size_t hf_buffer_take(struct hf_buffer *b, uint8_t *room, size_t size)
{
    struct hf_bytes some = hf_bytes_first(hf_buffer_octets(b), size);

    if (some.len > 0)
        memcpy(room, some.at, some.len);
    hf_buffer_drop(b, some.len);
    return some.len;
}

void hf_buffer_done(struct hf_buffer *b)
{
    hf_free(b->at);
    *b = (struct hf_buffer){0};
}
