#include "core/certificate/der.h"

enum { LONG_FORM = 0x80, MULTI_OCTET_TAG = 0x1f, LONG_ONE = 0x81, LONG_TWO = 0x82 };

static struct hf_bytes fail(struct hf_reader *r)
{
    r->st = HF_ERR_MALFORMED;
    return (struct hf_bytes){NULL, 0};
}

struct hf_bytes hf_der_get_any(struct hf_reader *r, uint8_t *tag)
{
    size_t len;
    uint8_t first;

    *tag = hf_get_u8(r);
    first = hf_get_u8(r);
    if ((*tag & MULTI_OCTET_TAG) == MULTI_OCTET_TAG)
        return fail(r);
    if (first < LONG_FORM)
        return hf_get_bytes(r, first);
    /* A certificate has at most 16 KiB, so two octets of length say everything there is. */
    if (first == LONG_ONE) {
        len = hf_get_u8(r);
        return len < LONG_FORM ? fail(r) : hf_get_bytes(r, len);
    }
    if (first == LONG_TWO) {
        len = hf_get_u16(r);
        return len <= UINT8_MAX ? fail(r) : hf_get_bytes(r, len);
    }
    return fail(r);
}

struct hf_bytes hf_der_get(struct hf_reader *r, uint8_t tag)
{
    uint8_t found;
    struct hf_bytes content = hf_der_get_any(r, &found);

    return r->st == HF_OK && found == tag ? content : fail(r);
}

struct hf_bytes hf_der_get_whole(struct hf_reader *r, uint8_t tag, struct hf_bytes *whole)
{
    struct hf_bytes before = r->rest, content = hf_der_get(r, tag);

    *whole = r->st == HF_OK ? hf_bytes_first(before, before.len - r->rest.len) : content;
    return content;
}

bool hf_der_is_next(const struct hf_reader *r, uint8_t tag)
{
    return r->st == HF_OK && r->rest.len > 0 && r->rest.at[0] == tag;
}
