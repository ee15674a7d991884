#include "base/wire.h"

#include <string.h>

#include "base/hex.h"

struct hf_reader hf_reader_over(struct hf_bytes b)
{
    return (struct hf_reader){b, HF_OK};
}

struct hf_bytes hf_get_bytes(struct hf_reader *r, size_t len)
{
    struct hf_bytes got = {r->rest.at, len};

    if (r->st != HF_OK || len > r->rest.len) {
        r->st = HF_ERR_MALFORMED;
        return (struct hf_bytes){NULL, 0};
    }
    if (len > 0) {
        r->rest.at += len;
        r->rest.len -= len;
    }
    return got;
}

static uint64_t get_number(struct hf_reader *r, size_t octets)
{
    struct hf_bytes b = hf_get_bytes(r, octets);
    uint64_t n = 0;

    for (size_t i = 0; i < b.len; i++)
        n = n << 8 | b.at[i];
    return n;
}

uint8_t hf_get_u8(struct hf_reader *r)
{
    return (uint8_t)get_number(r, 1);
}

uint16_t hf_get_u16(struct hf_reader *r)
{
    return (uint16_t)get_number(r, 2);
}

uint32_t hf_get_u24(struct hf_reader *r)
{
    return (uint32_t)get_number(r, 3);
}

uint32_t hf_get_u32(struct hf_reader *r)
{
    return (uint32_t)get_number(r, 4);
}

uint64_t hf_get_u64(struct hf_reader *r)
{
    return get_number(r, 8);
}

struct hf_bytes hf_get_u8_bytes(struct hf_reader *r)
{
    return hf_get_bytes(r, hf_get_u8(r));
}

struct hf_bytes hf_get_u16_bytes(struct hf_reader *r)
{
    return hf_get_bytes(r, hf_get_u16(r));
}

struct hf_bytes hf_get_u24_bytes(struct hf_reader *r)
{
    return hf_get_bytes(r, hf_get_u24(r));
}

bool hf_reader_is_done(const struct hf_reader *r)
{
    return r->st != HF_OK || r->rest.len == 0;
}

hf_status hf_reader_finish(const struct hf_reader *r)
{
    if (r->st != HF_OK)
        return r->st;
    return r->rest.len == 0 ? HF_OK : HF_ERR_MALFORMED;
}

struct hf_writer hf_writer_over(void *room, size_t size)
{
    return (struct hf_writer){room, size, 0, HF_OK};
}

/* The next `len` octets of the room, or NULL and a remembered failure. */
static uint8_t *take(struct hf_writer *w, size_t len)
{
    uint8_t *at = w->room + w->used;

    if (w->st != HF_OK || len > w->size - w->used) {
        w->st = HF_ERR_LIMIT;
        return NULL;
    }
    w->used += len;
    return at;
}

static void put_number(struct hf_writer *w, uint64_t v, size_t octets)
{
    uint8_t *at = take(w, octets);

    for (size_t i = 0; at != NULL && i < octets; i++)
        at[i] = (uint8_t)(v >> (8 * (octets - 1 - i)));
}

void hf_put_u8(struct hf_writer *w, uint8_t v)
{
    put_number(w, v, 1);
}

void hf_put_u16(struct hf_writer *w, uint16_t v)
{
    put_number(w, v, 2);
}

void hf_put_u24(struct hf_writer *w, uint32_t v)
{
    if (v > 0xffffff)
        w->st = HF_ERR_LIMIT;
    put_number(w, v, 3);
}

void hf_put_u32(struct hf_writer *w, uint32_t v)
{
    put_number(w, v, 4);
}

void hf_put_u64(struct hf_writer *w, uint64_t v)
{
    put_number(w, v, 8);
}

void hf_put_bytes(struct hf_writer *w, struct hf_bytes b)
{
    uint8_t *at = take(w, b.len);

    if (at != NULL && b.len > 0)
        memcpy(at, b.at, b.len);
}

void hf_put_text(struct hf_writer *w, const char *text)
{
    hf_put_bytes(w, hf_text(text));
}

void hf_put_number(struct hf_writer *w, uint64_t n)
{
    uint8_t digits[20];
    size_t first = sizeof digits;

    do {
        digits[--first] = (uint8_t)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    hf_put_bytes(w, hf_bytes_of(digits + first, sizeof digits - first));
}

void hf_put_hex(struct hf_writer *w, struct hf_bytes b)
{
    for (size_t i = 0; i < b.len; i++) {
        hf_put_u8(w, hf_hex_digit(b.at[i] >> 4));
        hf_put_u8(w, hf_hex_digit(b.at[i] & 15));
    }
}

void hf_put_len16(struct hf_writer *w, size_t len)
{
    if (len > UINT16_MAX)
        w->st = HF_ERR_LIMIT;
    hf_put_u16(w, (uint16_t)len);
}

void hf_put_u8_bytes(struct hf_writer *w, struct hf_bytes b)
{
    if (b.len > UINT8_MAX)
        w->st = HF_ERR_LIMIT;
    hf_put_u8(w, (uint8_t)b.len);
    hf_put_bytes(w, b);
}

void hf_put_u16_bytes(struct hf_writer *w, struct hf_bytes b)
{
    hf_put_len16(w, b.len);
    hf_put_bytes(w, b);
}

hf_status hf_writer_finish(const struct hf_writer *w, struct hf_bytes *out)
{
    if (w->st != HF_OK)
        return w->st;
    *out = hf_bytes_of(w->room, w->used);
    return HF_OK;
}

hf_status hf_writer_finish_text(struct hf_writer *w)
{
    hf_put_u8(w, 0);
    return w->st;
}
