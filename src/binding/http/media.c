#include "binding/http/media.h"

enum { TYPE_MAX = 65535 };

static struct hf_bytes trim(struct hf_bytes b)
{
    while (b.len > 0 && (b.at[0] == ' ' || b.at[0] == '\t'))
        b = hf_bytes_from(b, 1);
    while (b.len > 0 && (b.at[b.len - 1] == ' ' || b.at[b.len - 1] == '\t'))
        b.len--;
    return b;
}

/* The piece before `separator`, trimmed; the rest stays in *list. */
static struct hf_bytes take_piece(struct hf_bytes *list, uint8_t separator)
{
    struct hf_bytes piece = *list, rest = {0};

    if (!hf_bytes_split(*list, separator, &piece, &rest))
        rest = (struct hf_bytes){0};
    *list = rest;
    return trim(piece);
}

static bool is(struct hf_bytes text, const char *expected)
{
    return hf_bytes_equal_ignoring_case(text, hf_text(expected));
}

static bool is_json(struct hf_bytes media)
{
    return is(media, HF_HTTP_MEDIA_JSON) || is(media, "application/json");
}

static hf_status read_parameter(struct hf_bytes parameter, unsigned *type)
{
    struct hf_bytes name, value;
    uint64_t n;

    if (!hf_bytes_split(parameter, '=', &name, &value))
        return HF_ERR_MALFORMED;
    if (is(name, "charset"))
        return is(value, "utf-8") ? HF_OK : HF_ERR_UNKNOWN;
    if (!is(name, "ty") || *type != 0 || !hf_bytes_to_number(value, TYPE_MAX, &n) || n == 0)
        return HF_ERR_MALFORMED;
    *type = (unsigned)n;
    return HF_OK;
}

hf_status hf_http_media_read(struct hf_bytes content_type, unsigned *type)
{
    struct hf_bytes rest = content_type;
    unsigned found = 0;
    hf_status st = HF_OK;

    if (!is_json(take_piece(&rest, ';')))
        return HF_ERR_UNKNOWN;
    while (rest.at != NULL)
        HF_TRY(read_parameter(take_piece(&rest, ';'), &found));
    *type = found;
done:
    return st;
}

/* "q=0", "q=0.", "q=0.000": not wanted (RFC 9110, 12.4.2). */
static bool is_refusal(struct hf_bytes parameter)
{
    struct hf_bytes name, value;

    if (!hf_bytes_split(parameter, '=', &name, &value) || !is(name, "q"))
        return false;
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] != '0' && value.at[i] != '.')
            return false;
    return true;
}

static bool is_range_for_json(struct hf_bytes range)
{
    struct hf_bytes media = take_piece(&range, ';');

    if (!is_json(media) && !is(media, "*/*") && !is(media, "application/*"))
        return false;
    while (range.at != NULL)
        if (is_refusal(take_piece(&range, ';')))
            return false;
    return true;
}

bool hf_http_media_is_accepted(struct hf_bytes accept)
{
    while (accept.at != NULL)
        if (is_range_for_json(take_piece(&accept, ',')))
            return true;
    return false;
}
