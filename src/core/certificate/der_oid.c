#include "core/certificate/der_oid.h"

enum { MORE = 0x80, GROUP_BITS = 7, SECOND_ARCS = 40, LAST_ROOT = 2 };

static hf_status get_arc(struct hf_reader *r, uint64_t *out)
{
    uint64_t arc = 0;
    uint8_t octet = hf_get_u8(r);

    if (octet == MORE)
        return HF_ERR_MALFORMED; /* a leading zero group: not the shortest form */
    for (;;) {
        if (arc > UINT64_MAX >> GROUP_BITS)
            return HF_ERR_LIMIT;
        arc = arc << GROUP_BITS | (octet & (MORE - 1));
        if ((octet & MORE) == 0)
            break;
        octet = hf_get_u8(r);
        if (r->st != HF_OK)
            return HF_ERR_MALFORMED; /* ends inside an arc */
    }
    *out = arc;
    return HF_OK;
}

static hf_status push(struct hf_oid *o, uint64_t arc)
{
    if (o->count == HF_OID_ARCS_MAX)
        return HF_ERR_LIMIT;
    o->arc[o->count++] = arc;
    return HF_OK;
}

static hf_status append_all(struct hf_oid *o, struct hf_reader *r)
{
    uint64_t arc = 0;
    hf_status st = HF_OK;

    while (!hf_reader_is_done(r)) {
        HF_TRY(get_arc(r, &arc));
        HF_TRY(push(o, arc));
    }

done:
    return st;
}

hf_status hf_oid_append(struct hf_oid *io, struct hf_bytes content)
{
    struct hf_reader r = hf_reader_over(content);

    return content.len == 0 ? HF_ERR_MALFORMED : append_all(io, &r);
}

hf_status hf_oid_read(struct hf_bytes content, struct hf_oid *out)
{
    struct hf_reader r = hf_reader_over(content);
    struct hf_oid o = {0};
    uint64_t first = 0, root;
    hf_status st;

    if (content.len == 0)
        return HF_ERR_MALFORMED;
    /* The first two arcs share one number, 40 * root + second. */
    HF_TRY(get_arc(&r, &first));
    root = first / SECOND_ARCS < LAST_ROOT ? first / SECOND_ARCS : LAST_ROOT;
    HF_TRY(push(&o, root));
    HF_TRY(push(&o, first - root * SECOND_ARCS));
    HF_TRY(append_all(&o, &r));
    *out = o;

done:
    return st;
}

bool hf_oid_is_below(const struct hf_oid *o, const struct hf_oid *base)
{
    if (o->count < base->count)
        return false;
    for (size_t i = 0; i < base->count; i++)
        if (o->arc[i] != base->arc[i])
            return false;
    return true;
}

bool hf_oid_equal(const struct hf_oid *a, const struct hf_oid *b)
{
    return a->count == b->count && hf_oid_is_below(a, b);
}

void hf_put_oid(struct hf_writer *w, const struct hf_oid *o)
{
    for (size_t i = 0; i < o->count; i++) {
        if (i > 0)
            hf_put_u8(w, '.');
        hf_put_number(w, o->arc[i]);
    }
}
