#include "base/hex.h"
#include "codec/content.h"
#include "codec/utf8.h"

static bool is_plain(uint8_t c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static void put_escape(struct hf_writer *w, uint8_t c)
{
    if (c == '"' || c == '\\') {
        hf_put_u8(w, '\\');
        hf_put_u8(w, c);
        return;
    }
    hf_put_text(w, "\\u00");
    hf_put_u8(w, hf_hex_digit(c >> 4));
    hf_put_u8(w, hf_hex_digit(c & 15));
}

/* What is no character becomes U+FFFD: whatever we are given, we write JSON. */
static size_t put_character(struct hf_writer *w, struct hf_bytes text)
{
    uint32_t c = 0;
    size_t len = hf_utf8_get(text, &c);

    if (len == 0) {
        hf_put_text(w, "\\uFFFD");
        return 1;
    }
    if (len == 1)
        put_escape(w, text.at[0]);
    else
        hf_put_bytes(w, hf_bytes_first(text, len));
    return len;
}

void hf_put_json_string(struct hf_writer *w, struct hf_bytes text)
{
    size_t i = 0;

    hf_put_u8(w, '"');
    while (i < text.len) {
        size_t first = i;

        while (i < text.len && is_plain(text.at[i]))
            i++;
        hf_put_bytes(w, hf_bytes_of(text.at + first, i - first));
        if (i < text.len)
            i += put_character(w, hf_bytes_from(text, i));
    }
    hf_put_u8(w, '"');
}
