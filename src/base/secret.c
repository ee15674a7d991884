#include "base/secret.h"

#include <assert.h>
#include <string.h>

hf_status hf_secret_set(struct hf_secret *out, struct hf_bytes octets)
{
    if (octets.len > HF_SECRET_MAX)
        return HF_ERR_LIMIT;
    if (octets.len > 0)
        memmove(out->hidden, octets.at, octets.len); /* may be a piece of `out` itself */
    hf_wipe(out->hidden + octets.len, HF_SECRET_MAX - octets.len);
    out->len = (uint8_t)octets.len;
    return HF_OK;
}

hf_status hf_secret_join(struct hf_secret *out, const struct hf_secret *a,
                         const struct hf_secret *b)
{
    struct hf_secret joined = {0};

    if ((size_t)a->len + b->len > HF_SECRET_MAX)
        return HF_ERR_LIMIT;
    memcpy(joined.hidden, a->hidden, a->len);
    memcpy(joined.hidden + a->len, b->hidden, b->len);
    joined.len = (uint8_t)(a->len + b->len);
    *out = joined;
    hf_secret_wipe(&joined);
    return HF_OK;
}

uint8_t *hf_secret_room(struct hf_secret *s, size_t len)
{
    assert(len <= HF_SECRET_MAX);
    s->len = (uint8_t)len;
    return s->hidden;
}

struct hf_bytes hf_secret_reveal(const struct hf_secret *s)
{
    return (struct hf_bytes){s->hidden, s->len};
}

bool hf_secret_is_empty(const struct hf_secret *s)
{
    return s->len == 0;
}

bool hf_secret_equal(const struct hf_secret *a, const struct hf_secret *b)
{
    return hf_equal_in_constant_time(hf_secret_reveal(a), hf_secret_reveal(b));
}

void hf_secret_wipe(struct hf_secret *s)
{
    if (s != NULL)
        hf_wipe(s, sizeof *s);
}

void hf_wipe(void *at, size_t len)
{
    if (len > 0)
        explicit_bzero(at, len);
}

bool hf_equal_in_constant_time(struct hf_bytes a, struct hf_bytes b)
{
    uint8_t difference = 0;

    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        difference |= (uint8_t)(a.at[i] ^ b.at[i]);
    return difference == 0;
}
