#include "base/bytes.h"

#include <string.h>

struct hf_bytes hf_bytes_of(const void *at, size_t len)
{
    return (struct hf_bytes){at, len};
}

struct hf_bytes hf_text(const char *text)
{
    return (struct hf_bytes){(const uint8_t *)text, text == NULL ? 0 : strlen(text)};
}

struct hf_bytes hf_bytes_from(struct hf_bytes b, size_t offset)
{
    if (offset >= b.len)
        return (struct hf_bytes){NULL, 0};
    return (struct hf_bytes){b.at + offset, b.len - offset};
}

struct hf_bytes hf_bytes_first(struct hf_bytes b, size_t len)
{
    return (struct hf_bytes){b.at, len < b.len ? len : b.len};
}

bool hf_bytes_is_empty(struct hf_bytes b)
{
    return b.len == 0;
}

bool hf_bytes_equal(struct hf_bytes a, struct hf_bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool hf_bytes_equal_text(struct hf_bytes a, const char *b)
{
    return hf_bytes_equal(a, hf_text(b));
}

bool hf_bytes_equal_ignoring_case(struct hf_bytes a, struct hf_bytes b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (hf_to_lower(a.at[i]) != hf_to_lower(b.at[i]))
            return false;
    return true;
}

bool hf_bytes_start_with(struct hf_bytes b, struct hf_bytes prefix)
{
    return b.len >= prefix.len && hf_bytes_equal(hf_bytes_first(b, prefix.len), prefix);
}

bool hf_bytes_end_with(struct hf_bytes b, struct hf_bytes suffix)
{
    return b.len >= suffix.len
           && (suffix.len == 0 || hf_bytes_equal(hf_bytes_from(b, b.len - suffix.len), suffix));
}

int hf_bytes_compare(struct hf_bytes a, struct hf_bytes b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);

    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static void cut(struct hf_bytes b, size_t where, struct hf_bytes *before, struct hf_bytes *after)
{
    struct hf_bytes first = {b.at, where};
    struct hf_bytes rest = {b.at + where + 1, b.len - where - 1};

    *before = first;
    *after = rest;
}

bool hf_bytes_split(struct hf_bytes b, uint8_t separator, struct hf_bytes *before,
                    struct hf_bytes *after)
{
    for (size_t i = 0; i < b.len; i++)
        if (b.at[i] == separator) {
            cut(b, i, before, after);
            return true;
        }
    return false;
}

bool hf_bytes_split_last(struct hf_bytes b, uint8_t separator, struct hf_bytes *before,
                         struct hf_bytes *after)
{
    for (size_t i = b.len; i > 0; i--)
        if (b.at[i - 1] == separator) {
            cut(b, i - 1, before, after);
            return true;
        }
    return false;
}

bool hf_bytes_to_number(struct hf_bytes b, uint64_t max, uint64_t *out)
{
    uint64_t n = 0;

    if (b.len == 0 || (b.len > 1 && b.at[0] == '0'))
        return false;
    for (size_t i = 0; i < b.len; i++) {
        uint64_t digit = (uint64_t)b.at[i] - '0';

        if (!hf_is_digit(b.at[i]) || digit > max || n > (max - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *out = n;
    return true;
}

bool hf_is_alpha(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool hf_is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

bool hf_is_alnum(uint8_t c)
{
    return hf_is_alpha(c) || hf_is_digit(c);
}

uint8_t hf_to_lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

uint8_t hf_to_upper(uint8_t c)
{
    return c >= 'a' && c <= 'z' ? (uint8_t)(c - ('a' - 'A')) : c;
}
