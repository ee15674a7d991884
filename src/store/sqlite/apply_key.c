#include "store/sqlite/apply.h"

/* Threat row KM-11: a key cannot be hung on a registration that ended meanwhile. */
static hf_status live_registration(struct hf_apply *a, int64_t authority, struct hf_bytes ri,
                                   int64_t *row)
{
    struct hf_query q;
    hf_status st;

    *row = 0;
    if (ri.len == 0)
        return HF_OK;
    q = hf_query_begin(a->d, HF_SQL_REGISTRATION_ROW);
    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, ri);
    st = hf_query_next(&q);
    if (st == HF_OK)
        *row = hf_read_number(&q);
    hf_query_end(&q);
    return st;
}

static hf_status pack_lists(struct hf_apply *a, const struct hf_key_record *k,
                            struct hf_bytes *targets, struct hf_bytes *labels)
{
    hf_status st;

    HF_TRY(hf_list_pack(k->targets, a->targets, sizeof a->targets, targets));
    HF_TRY(hf_list_pack(k->labels, a->labels, sizeof a->labels, labels));
done:
    return st;
}

/* Threat row KM-5: an insert, never more; a used identifier fails on the unique index. */
static hf_status put_key(struct hf_apply *a, int64_t authority, const struct hf_key_record *k,
                         const struct hf_protected *p)
{
    struct hf_bytes targets, labels;
    struct hf_query q;
    int64_t node, registration;
    hf_status st;

    HF_TRY(pack_lists(a, k, &targets, &labels));
    HF_TRY(hf_apply_live_node(a, authority, k->node_id, &node));
    HF_TRY(live_registration(a, authority, k->registration, &registration));
    q = hf_query_begin(a->d, HF_SQL_KEY_ADD);
    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, k->relative_id);
    hf_bind_bytes(&q, k->source);
    hf_bind_row(&q, registration);
    hf_bind_row(&q, node);
    hf_bind_bytes(&q, k->admin_fqdn);
    hf_bind_list(&q, targets);
    hf_bind_list(&q, labels);
    hf_bind_blob(&q, hf_bytes_of(p->wrapped, p->wrapped_len));
    hf_bind_number(&q, k->is_exported);
    hf_bind_number(&q, k->suid);
    hf_bind_time(&q, k->created_s);
    hf_bind_time(&q, k->modified_s);
    hf_bind_time(&q, k->expires_s);
    HF_TRY(hf_query_run(&q));
done:
    return st;
}

static hf_status set_key(struct hf_apply *a, int64_t authority, const struct hf_key_record *k)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_KEY_SET);
    struct hf_bytes targets, labels;
    hf_status st;

    HF_TRY(pack_lists(a, k, &targets, &labels));
    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, k->relative_id);
    hf_bind_list(&q, targets);
    hf_bind_list(&q, labels);
    hf_bind_time(&q, k->modified_s);
    hf_bind_time(&q, k->expires_s);
    HF_TRY(hf_query_run(&q));
    HF_TRY(hf_apply_expect_changed(a));
done:
    hf_query_end(&q);
    return st;
}

static hf_status end_key(struct hf_apply *a, int64_t authority, const struct hf_key_record *k)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_KEY_END);
    hf_status st;

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, k->relative_id);
    hf_bind_number(&q, hf_apply_end_state(k->state));
    HF_TRY(hf_query_run(&q));
    HF_TRY(hf_apply_expect_changed(a));
done:
    return st;
}

hf_status hf_apply_key(struct hf_apply *a, const struct hf_change *c, const struct hf_protected *p)
{
    int64_t authority;
    hf_status st;

    HF_TRY(hf_database_authority(a->d, c->key.authority, c->kind == HF_PUT_KEY, &authority));
    if (c->kind == HF_PUT_KEY)
        st = put_key(a, authority, &c->key, p);
    else if (c->kind == HF_SET_KEY)
        st = set_key(a, authority, &c->key);
    else
        st = end_key(a, authority, &c->key);
done:
    return st;
}
