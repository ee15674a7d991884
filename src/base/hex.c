#include "base/hex.h"

uint8_t hf_hex_digit(unsigned value)
{
    return (uint8_t) "0123456789ABCDEF"[value & 15];
}

static int digit_value(uint8_t c)
{
    if (hf_is_digit(c))
        return c - '0';
    c = hf_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

hf_status hf_hex_parse(struct hf_bytes text, uint8_t *out, size_t len)
{
    if (text.len != 2 * len)
        return HF_ERR_MALFORMED;
    for (size_t i = 0; i < text.len; i++)
        if (digit_value(text.at[i]) < 0)
            return HF_ERR_MALFORMED;
    for (size_t i = 0; i < len; i++)
        out[i] = (uint8_t)(digit_value(text.at[2 * i]) << 4 | digit_value(text.at[2 * i + 1]));
    return HF_OK;
}
