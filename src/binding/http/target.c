#include "binding/http/target.h"

#include <string.h>

#include "base/hex.h"
#include "base/wire.h"
#include "core/identity/fqdn.h"
#include "core/identity/key_id.h"

enum { SEGMENT_MAX = 128, PREFIX_LEN = 3, HEX_ID_LEN = 2 * HF_RELATIVE_ID_LEN };

static bool is_one_of(uint8_t c, const char *set)
{
    return c != 0 && strchr(set, c) != NULL;
}

/* A lone mark is a step up, or a form of target, and never an identifier. */
static bool is_segment(struct hf_bytes s)
{
    if (s.len == 0 || s.len > SEGMENT_MAX || hf_bytes_equal_text(s, "..")
        || (s.len == 1 && is_one_of(s.at[0], "._~")))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!hf_is_alnum(s.at[i]) && !is_one_of(s.at[i], "-._~"))
            return false;
    return true;
}

static bool is_base(struct hf_bytes segment)
{
    return hf_bytes_equal_text(segment, "-") || hf_bytes_equal_text(segment, "MAFBase")
           || hf_bytes_equal_text(segment, "MEFBase");
}

/* hexBinary is upper case where it is compared (design page, rulings). */
static hf_status copy_segment(struct hf_bytes segment, struct hf_arena *a, struct hf_bytes *out)
{
    uint8_t id[HF_RELATIVE_ID_LEN];

    if (segment.len == HEX_ID_LEN && hf_hex_parse(segment, id, sizeof id) == HF_OK)
        return hf_relative_id_of(id, a, out);
    return hf_arena_copy(a, segment, out);
}

static hf_status join(struct hf_bytes parent, struct hf_bytes child, struct hf_arena *a,
                      struct hf_bytes *out)
{
    uint8_t room[2 * SEGMENT_MAX + 1];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes whole;
    hf_status st;

    hf_put_bytes(&w, parent);
    hf_put_u8(&w, '/');
    hf_put_bytes(&w, child);
    HF_TRY(hf_writer_finish(&w, &whole));
    HF_TRY(hf_arena_copy(a, whole, out));
done:
    return st;
}

/* Children of the base are addressed by themselves: "-/X" is "X". */
static struct hf_bytes without_base(struct hf_bytes path)
{
    struct hf_bytes first, rest;

    if (hf_bytes_split(path, '/', &first, &rest) && is_base(first))
        return rest.len > 0 ? rest : first;
    return path;
}

/* One resource, or one child of it. */
static hf_status read_path(struct hf_bytes path, struct hf_arena *a, struct hf_bytes *out)
{
    struct hf_bytes whole = without_base(path), first = whole, second;
    bool has_second = hf_bytes_split(whole, '/', &first, &second);
    struct hf_bytes parent;
    hf_status st;

    if (!is_segment(first) || (has_second && (is_base(first) || !is_segment(second))))
        return HF_ERR_MALFORMED;
    if (is_base(first))
        return hf_arena_copy(a, HF_LITERAL("-"), out);
    if (!has_second)
        return copy_segment(first, a, out);
    HF_TRY(copy_segment(first, a, &parent));
    HF_TRY(join(parent, second, a, out));
done:
    return st;
}

/* SP-relative and absolute forms both name the function by its FQDN: it has no other name. */
static hf_status read_authority(struct hf_bytes rest, struct hf_arena *a, struct hf_http_to *out)
{
    struct hf_bytes fqdn, path;
    hf_status st;

    if (!hf_bytes_split(rest, '/', &fqdn, &path))
        return HF_ERR_MALFORMED;
    HF_TRY(hf_fqdn_canonical(fqdn, a, &out->fqdn));
    HF_TRY(read_path(path, a, &out->to));
done:
    return st;
}

hf_status hf_http_target_read(struct hf_bytes target, struct hf_arena *a, struct hf_http_to *out)
{
    struct hf_bytes path = target, query = {0};
    struct hf_http_to t = {0};
    hf_status st;

    if (hf_bytes_split(target, '?', &path, &query)) {
        if (!hf_bytes_equal_text(query, "atrl=ccfg"))
            return HF_ERR_MALFORMED;
        t.wants_configuration = true;
    }
    if (path.len == 0 || path.at[0] != '/')
        return HF_ERR_MALFORMED;
    if (hf_bytes_start_with(path, HF_LITERAL("/~/"))
        || hf_bytes_start_with(path, HF_LITERAL("/_/")))
        HF_TRY(read_authority(hf_bytes_from(path, PREFIX_LEN), a, &t));
    else
        HF_TRY(read_path(hf_bytes_from(path, 1), a, &t.to));
    *out = t;
done:
    return st;
}
