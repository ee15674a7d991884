/* Entities as domain names, and back (TS-0001, 6.5.1.1; digest 2.2 and A4). */
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"

static void put_lower(struct hf_writer *w, struct hf_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        hf_put_u8(w, hf_to_lower(text.at[i]));
}

/* Label and dot. CSE-IDs and stems may hold characters that DNS forbids. */
static hf_status put_label(struct hf_writer *w, struct hf_bytes id)
{
    if (!hf_fqdn_is_label(id))
        return HF_ERR_MALFORMED;
    put_lower(w, id);
    hf_put_u8(w, '.');
    return HF_OK;
}

/* Is `in` the IN-CSE above this entity, and not the entity's own CSE? */
static bool is_above(const struct hf_entity_id *in, const struct hf_entity_id *e)
{
    return hf_fqdn_equal(in->sp, e->sp) && !hf_bytes_equal_ignoring_case(in->cse, e->cse);
}

/* The IN-CSE; one of no provider where `text` is empty. */
static hf_status parse_in_cse(struct hf_bytes text, struct hf_entity_id *out)
{
    hf_status st = HF_OK;

    *out = (struct hf_entity_id){0};
    if (text.len == 0)
        return HF_OK;
    HF_TRY(hf_entity_id_parse(text, out));
    HF_TRY(out->kind == HF_ENTITY_CSE ? HF_OK : HF_ERR_MALFORMED);

done:
    return st;
}

static hf_status put_name(struct hf_writer *w, const struct hf_entity_id *e, struct hf_bytes in_cse)
{
    struct hf_entity_id in;
    hf_status st;

    HF_TRY(parse_in_cse(in_cse, &in));
    if (e->kind == HF_ENTITY_AE)
        HF_TRY(put_label(w, e->stem));
    if (e->cse.len > 0)
        HF_TRY(put_label(w, e->cse));
    if (e->cse.len > 0 && is_above(&in, e))
        HF_TRY(put_label(w, in.cse));
    hf_put_fqdn(w, e->sp);

done:
    return st;
}

static hf_status name_of(const struct hf_entity_id *e, struct hf_bytes in_cse, struct hf_arena *a,
                         struct hf_bytes *out)
{
    uint8_t room[HF_FQDN_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes name;
    hf_status st;

    HF_TRY(put_name(&w, e, in_cse));
    HF_TRY(hf_writer_finish(&w, &name) == HF_OK ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(hf_arena_copy(a, name, out));

done:
    return st;
}

hf_status hf_public_name_of_cse(struct hf_bytes cse_id, struct hf_bytes in_cse, struct hf_arena *a,
                                struct hf_bytes *out)
{
    struct hf_entity_id e;
    hf_status st;

    HF_TRY(hf_entity_id_parse(cse_id, &e));
    HF_TRY(e.kind == HF_ENTITY_CSE ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(name_of(&e, in_cse, a, out));

done:
    return st;
}

hf_status hf_fqdn_of_target(struct hf_bytes target_id, struct hf_bytes in_cse, struct hf_arena *a,
                            struct hf_bytes *out)
{
    struct hf_entity_id e;
    hf_status st;

    if (hf_fqdn_is_valid(target_id))
        return hf_fqdn_canonical(target_id, a, out);
    HF_TRY(hf_entity_id_parse(target_id, &e));
    HF_TRY(name_of(&e, in_cse, a, out));

done:
    return st;
}

/* //sp/<label> in lower case. */
static hf_status cse_id_of(struct hf_bytes label, struct hf_bytes sp, struct hf_arena *a,
                           struct hf_bytes *out)
{
    uint8_t room[HF_ENTITY_ID_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes id;
    hf_status st;

    hf_put_text(&w, "//");
    hf_put_fqdn(&w, sp);
    hf_put_text(&w, "/");
    put_lower(&w, label);
    HF_TRY(hf_writer_finish(&w, &id) == HF_OK ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(hf_arena_copy(a, id, out));

done:
    return st;
}

hf_status hf_cse_id_of_public_name(struct hf_bytes name, struct hf_bytes in_cse, struct hf_arena *a,
                                   struct hf_bytes *out)
{
    struct hf_bytes first, rest, second, domain;
    struct hf_entity_id in;
    hf_status st;

    HF_TRY(hf_fqdn_is_valid(name) ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(in_cse.len > 0 ? parse_in_cse(in_cse, &in) : HF_ERR_MALFORMED);
    HF_TRY(hf_bytes_split(name, '.', &first, &rest) ? HF_OK : HF_ERR_MALFORMED);
    if (hf_fqdn_equal(rest, in.sp) && hf_bytes_equal_ignoring_case(first, in.cse))
        return cse_id_of(first, in.sp, a, out);
    HF_TRY(hf_bytes_split(rest, '.', &second, &domain) ? HF_OK : HF_ERR_UNKNOWN);
    HF_TRY(hf_fqdn_equal(domain, in.sp) && hf_bytes_equal_ignoring_case(second, in.cse)
               ? HF_OK
               : HF_ERR_UNKNOWN);
    HF_TRY(cse_id_of(first, in.sp, a, out));

done:
    return st;
}
