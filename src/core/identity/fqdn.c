#include "core/identity/fqdn.h"

/* The name without the one trailing dot that says it is complete. */
static struct hf_bytes without_root(struct hf_bytes text)
{
    return hf_bytes_end_with(text, HF_LITERAL(".")) ? hf_bytes_first(text, text.len - 1) : text;
}

bool hf_fqdn_is_label(struct hf_bytes text)
{
    if (text.len == 0 || text.len > HF_LABEL_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!hf_is_alnum(text.at[i]) && text.at[i] != '-')
            return false;
    return text.at[0] != '-' && text.at[text.len - 1] != '-';
}

bool hf_fqdn_is_valid(struct hf_bytes text)
{
    struct hf_bytes label, rest = without_root(text);
    size_t labels = 1;

    if (rest.len > HF_FQDN_MAX)
        return false;
    while (hf_bytes_split(rest, '.', &label, &rest)) {
        if (!hf_fqdn_is_label(label))
            return false;
        labels++;
    }
    return hf_fqdn_is_label(rest) && labels >= 2;
}

bool hf_fqdn_is_canonical(struct hf_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != hf_to_lower(text.at[i]))
            return false;
    return hf_fqdn_is_valid(text) && !hf_bytes_end_with(text, HF_LITERAL("."));
}

void hf_put_fqdn(struct hf_writer *w, struct hf_bytes fqdn)
{
    struct hf_bytes name = without_root(fqdn);

    for (size_t i = 0; i < name.len; i++)
        hf_put_u8(w, hf_to_lower(name.at[i]));
}

hf_status hf_fqdn_canonical(struct hf_bytes text, struct hf_arena *a, struct hf_bytes *out)
{
    uint8_t room[HF_FQDN_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes name;
    hf_status st;

    HF_TRY(hf_fqdn_is_valid(text) ? HF_OK : HF_ERR_MALFORMED);
    hf_put_fqdn(&w, text);
    HF_TRY(hf_writer_finish(&w, &name));
    HF_TRY(hf_arena_copy(a, name, out));

done:
    return st;
}

bool hf_fqdn_equal(struct hf_bytes a, struct hf_bytes b)
{
    return hf_bytes_equal_ignoring_case(without_root(a), without_root(b));
}
