#include "binding/http/chunk.h"

#include "binding/http/message.h"

enum { CR = 0x0d, LF = 0x0a, SIZE_DIGITS_MAX = 8 };

static int digit_of(uint8_t c)
{
    if (hf_is_digit(c))
        return c - '0';
    c = hf_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static hf_status take_size(struct hf_http_chunk *c, uint8_t octet)
{
    int digit = digit_of(octet);

    if (octet == CR && c->digits > 0) {
        c->state = HF_CHUNK_SIZE_LF;
        return HF_OK;
    }
    if (digit < 0 || c->digits == SIZE_DIGITS_MAX)
        return HF_ERR_MALFORMED;
    c->digits++;
    c->left = c->left << 4 | (uint32_t)digit;
    return c->left > HF_HTTP_BODY_MAX ? HF_ERR_LIMIT : HF_OK;
}

static hf_status expect(struct hf_http_chunk *c, uint8_t octet, uint8_t expected,
                        enum hf_chunk_state then)
{
    if (octet != expected)
        return HF_ERR_MALFORMED;
    c->state = then;
    return HF_OK;
}

/* One octet outside of the data. */
static hf_status take_octet(struct hf_http_chunk *c, uint8_t octet)
{
    switch (c->state) {
    case HF_CHUNK_SIZE:
        return take_size(c, octet);
    case HF_CHUNK_SIZE_LF:
        return expect(c, octet, LF, c->left > 0 ? HF_CHUNK_DATA : HF_CHUNK_END_CR);
    case HF_CHUNK_DATA_CR:
        return expect(c, octet, CR, HF_CHUNK_DATA_LF);
    case HF_CHUNK_DATA_LF:
        c->digits = 0;
        return expect(c, octet, LF, HF_CHUNK_SIZE);
    case HF_CHUNK_END_CR:
        return expect(c, octet, CR, HF_CHUNK_END_LF);
    case HF_CHUNK_END_LF:
        return expect(c, octet, LF, HF_CHUNK_DONE);
    case HF_CHUNK_DATA:
    case HF_CHUNK_DONE:
        break;
    }
    return HF_ERR_BUG;
}

static size_t skip_data(struct hf_http_chunk *c, size_t available)
{
    size_t n = available < c->left ? available : c->left;

    c->left -= (uint32_t)n;
    if (c->left == 0)
        c->state = HF_CHUNK_DATA_CR;
    return n;
}

hf_status hf_http_chunk_scan(struct hf_http_chunk *c, struct hf_bytes octets, size_t *taken)
{
    size_t i = 0;
    hf_status st = HF_OK;

    while (i < octets.len && c->state != HF_CHUNK_DONE) {
        if (c->state == HF_CHUNK_DATA) {
            i += skip_data(c, octets.len - i);
            continue;
        }
        HF_TRY(take_octet(c, octets.at[i]));
        i++;
    }
    *taken = i;
done:
    return st;
}
