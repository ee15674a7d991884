#include "core/identity/entity_id.h"

#include "base/wire.h"
#include "core/identity/fqdn.h"

enum { CSE_ASSIGNED = 'C', SP_ASSIGNED = 'S' };

/* 1*unreserved (RFC 3986), but not the two names that a path normaliser swallows. */
static bool is_segment(struct hf_bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];

        if (!hf_is_alnum(c) && c != '-' && c != '.' && c != '_' && c != '~')
            return false;
    }
    return text.len > 0 && !hf_bytes_equal_text(text, ".") && !hf_bytes_equal_text(text, "..");
}

static bool begins_with(struct hf_bytes segment, uint8_t c)
{
    return segment.len > 0 && segment.at[0] == c;
}

/* What follows the provider: "CSE", "CSE/Cstem" or "Sstem". */
static hf_status parse_path(struct hf_bytes path, struct hf_entity_id *e)
{
    struct hf_bytes cse = path, stem = {NULL, 0};
    bool is_ae = hf_bytes_split(path, '/', &cse, &stem);

    if (!is_segment(cse) || (is_ae && !is_segment(stem)))
        return HF_ERR_MALFORMED;
    if (begins_with(cse, SP_ASSIGNED)) {
        e->kind = HF_ENTITY_AE;
        e->stem = cse;
        return is_ae ? HF_ERR_MALFORMED : HF_OK;
    }
    if (is_ae && !begins_with(stem, CSE_ASSIGNED))
        return HF_ERR_MALFORMED;
    e->kind = is_ae ? HF_ENTITY_AE : HF_ENTITY_CSE;
    e->cse = cse;
    e->stem = stem;
    return HF_OK;
}

hf_status hf_entity_id_parse(struct hf_bytes text, struct hf_entity_id *out)
{
    struct hf_entity_id e = {.kind = HF_ENTITY_FUNCTION};
    struct hf_bytes path;
    hf_status st;

    HF_TRY(text.len <= HF_ENTITY_ID_MAX ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(hf_bytes_start_with(text, HF_LITERAL("//")) ? HF_OK : HF_ERR_MALFORMED);
    e.sp = hf_bytes_from(text, 2);
    if (hf_bytes_split(e.sp, '/', &e.sp, &path))
        HF_TRY(parse_path(path, &e));
    HF_TRY(hf_fqdn_is_valid(e.sp) ? HF_OK : HF_ERR_MALFORMED);
    *out = e;

done:
    return st;
}

/* "/CSE1", "/CSE1/C9", "/S7"; nothing for a function. */
static void put_sp_relative(struct hf_writer *w, const struct hf_entity_id *e)
{
    if (e->cse.len > 0) {
        hf_put_u8(w, '/');
        hf_put_bytes(w, e->cse);
    }
    if (e->stem.len > 0) {
        hf_put_u8(w, '/');
        hf_put_bytes(w, e->stem);
    }
}

hf_status hf_entity_id_canonical(struct hf_bytes text, struct hf_arena *a, struct hf_bytes *out)
{
    uint8_t room[HF_ENTITY_ID_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_entity_id e;
    struct hf_bytes id;
    hf_status st;

    HF_TRY(hf_entity_id_parse(text, &e));
    hf_put_text(&w, "//");
    hf_put_fqdn(&w, e.sp);
    put_sp_relative(&w, &e);
    HF_TRY(hf_writer_finish(&w, &id));
    HF_TRY(hf_arena_copy(a, id, out));

done:
    return st;
}

bool hf_entity_id_is_canonical(struct hf_bytes text)
{
    struct hf_entity_id e;

    return hf_entity_id_parse(text, &e) == HF_OK && hf_fqdn_is_canonical(e.sp);
}

bool hf_entity_id_equal(struct hf_bytes a, struct hf_bytes b)
{
    return hf_bytes_equal(a, b);
}

bool hf_entity_id_is_named_by(struct hf_bytes absolute, struct hf_bytes text)
{
    uint8_t room[HF_ENTITY_ID_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_entity_id e, named;
    struct hf_bytes relative;

    if (hf_entity_id_parse(absolute, &e) != HF_OK)
        return false;
    if (hf_entity_id_parse(text, &named) == HF_OK)
        return named.kind == e.kind && hf_fqdn_equal(named.sp, e.sp)
               && hf_bytes_equal(named.cse, e.cse) && hf_bytes_equal(named.stem, e.stem);
    put_sp_relative(&w, &e);
    return hf_writer_finish(&w, &relative) == HF_OK && relative.len > 0
           && hf_bytes_equal(relative, text);
}

bool hf_node_id_is_valid(struct hf_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] <= ' ' || text.at[i] > '~')
            return false;
    return text.len >= 1 && text.len <= HF_NODE_ID_MAX;
}
