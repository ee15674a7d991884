#include "base/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void hf_put_base64(struct hf_writer *w, struct hf_bytes b)
{
    for (size_t i = 0; i < b.len; i += 3) {
        size_t n = b.len - i < 3 ? b.len - i : 3;
        uint32_t group = (uint32_t)b.at[i] << 16;

        group |= n > 1 ? (uint32_t)b.at[i + 1] << 8 : 0;
        group |= n > 2 ? (uint32_t)b.at[i + 2] : 0;
        hf_put_u8(w, (uint8_t)alphabet[group >> 18 & 63]);
        hf_put_u8(w, (uint8_t)alphabet[group >> 12 & 63]);
        hf_put_u8(w, (uint8_t)(n > 1 ? alphabet[group >> 6 & 63] : '='));
        hf_put_u8(w, (uint8_t)(n > 2 ? alphabet[group & 63] : '='));
    }
}

static int value_of(uint8_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (hf_is_digit(c))
        return c - '0' + 52;
    if (c == '+')
        return 62;
    return c == '/' ? 63 : -1;
}

/* One group of four characters, `used` of them before the padding, to used-1 octets. */
static hf_status parse_group(const uint8_t *four, size_t used, struct hf_writer *w)
{
    uint32_t group = 0;

    for (size_t i = 0; i < 4; i++) {
        int v = i < used ? value_of(four[i]) : 0;

        if (v < 0)
            return HF_ERR_MALFORMED;
        group = group << 6 | (uint32_t)v;
    }
    if ((used == 2 && (group & 0xffff) != 0) || (used == 3 && (group & 0xff) != 0))
        return HF_ERR_MALFORMED;
    hf_put_u8(w, (uint8_t)(group >> 16));
    if (used > 2)
        hf_put_u8(w, (uint8_t)(group >> 8));
    if (used > 3)
        hf_put_u8(w, (uint8_t)group);
    return HF_OK;
}

hf_status hf_base64_parse(struct hf_bytes text, uint8_t *room, size_t size, size_t *len)
{
    struct hf_writer w = hf_writer_over(room, size);
    struct hf_bytes out;
    hf_status st;

    if (text.len % 4 != 0)
        return HF_ERR_MALFORMED;
    for (size_t i = 0; i < text.len; i += 4) {
        const uint8_t *four = text.at + i;
        size_t used = 4;

        if (i + 4 == text.len && four[3] == '=')
            used = four[2] == '=' ? 2 : 3;
        HF_TRY(parse_group(four, used, &w));
    }
    HF_TRY(hf_writer_finish(&w, &out));
    *len = out.len;
done:
    return st;
}
