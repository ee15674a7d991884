#include "codec/utf8.h"

#include "base/status.h"

struct range {
    uint32_t first, last;
};

/* Octets after the first, by the first; 0 where no character starts. */
static size_t length_of(uint8_t first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

static bool is_character(uint32_t c, size_t len)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

    return c >= smallest[len] && c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
}

size_t hf_utf8_get(struct hf_bytes b, uint32_t *character)
{
    static const uint8_t bits_of_first[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    size_t len = length_of(b.at[0]);
    uint32_t c = b.at[0] & bits_of_first[len];

    if (len == 0 || len > b.len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if ((b.at[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (b.at[i] & 0x3fU);
    }
    if (!is_character(c, len))
        return 0;
    *character = c;
    return len;
}

/* C0, DEL and C1 controls; marks and overrides of direction; line separators; the byte order mark.
 */
static bool is_unprintable(uint32_t c)
{
    static const struct range ranges[] = {
        {0,      0x1f  },
        {0x7f,   0x9f  },
        {0x61c,  0x61c },
        {0x200e, 0x200f},
        {0x2028, 0x202e},
        {0x2066, 0x2069},
        {0xfeff, 0xfeff},
        {0xfff9, 0xfffb},
    };

    for (size_t i = 0; i < HF_COUNT(ranges); i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

bool hf_utf8_prints(struct hf_bytes text)
{
    while (text.len > 0) {
        uint32_t c = 0;
        size_t len = hf_utf8_get(text, &c);

        if (len == 0 || is_unprintable(c))
            return false;
        text = hf_bytes_from(text, len);
    }
    return true;
}
