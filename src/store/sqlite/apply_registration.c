#include "store/sqlite/apply.h"

static hf_status ask_node(struct hf_apply *a, enum hf_statement which, int64_t authority,
                          struct hf_bytes name, struct hf_row *out)
{
    struct hf_query q = hf_query_begin(a->d, which);

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, name);
    return hf_apply_read_row(&q, out);
}

/*
 * The node that a registration belongs to, row 0 for none: its credential's, or the one that claims
 * the client. HF_ERR_UNKNOWN: that node has ended (threat row KM-11).
 */
static hf_status node_of_client(struct hf_apply *a, int64_t authority,
                                const struct hf_registration_record *g, int64_t *row)
{
    struct hf_row node = {0};
    hf_status st;

    *row = 0;
    st = ask_node(a, HF_SQL_NODE_ROW_OF_CREDENTIAL, authority, g->credential_id, &node);
    if (st == HF_ERR_UNKNOWN)
        st = ask_node(a, HF_SQL_NODE_ROW_OF_ENTITY, authority, g->client, &node);
    if (st == HF_ERR_UNKNOWN || (st == HF_OK && node.row == 0))
        return HF_OK;
    HF_TRY(st);
    HF_TRY(node.is_live ? HF_OK : HF_ERR_UNKNOWN);
    *row = node.row;
done:
    return st;
}

static hf_status end_row(struct hf_apply *a, int64_t row, enum hf_record_state state)
{
    hf_status st;

    HF_TRY(hf_apply_end_rows(a, HF_SQL_KEY_END_OF_REGISTRATION, row, state));
    HF_TRY(hf_apply_end_rows(a, HF_SQL_REGISTRATION_END, row, state));
done:
    return st;
}

/* Makes place: an expired registration of the same client and stakeholder ends here. */
static hf_status end_expired(struct hf_apply *a, int64_t authority,
                             const struct hf_registration_record *g)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_REGISTRATION_ROW_OF_CLIENT);
    uint64_t expires_s = 0;
    int64_t row = 0;
    hf_status st;

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, g->client);
    hf_bind_bytes(&q, g->admin_fqdn);
    st = hf_query_next(&q);
    if (st == HF_OK) {
        row = hf_read_number(&q);
        expires_s = hf_read_time(&q);
    }
    hf_query_end(&q);
    if (st == HF_ERR_UNKNOWN)
        return HF_OK;
    HF_TRY(st);
    HF_TRY(expires_s > a->now_s ? HF_ERR_CONFLICT : HF_OK);
    HF_TRY(end_row(a, row, HF_RECORD_ENDED));
done:
    return st;
}

static hf_status put_registration(struct hf_apply *a, int64_t authority,
                                  const struct hf_registration_record *g)
{
    struct hf_bytes labels;
    struct hf_query q;
    int64_t node;
    hf_status st;

    HF_TRY(hf_list_pack(g->labels, a->labels, sizeof a->labels, &labels));
    HF_TRY(node_of_client(a, authority, g, &node));
    HF_TRY(end_expired(a, authority, g));
    q = hf_query_begin(a->d, HF_SQL_REGISTRATION_ADD);
    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, g->ri);
    hf_bind_bytes(&q, g->client);
    hf_bind_bytes(&q, g->admin_fqdn);
    hf_bind_row(&q, node);
    hf_bind_bytes(&q, g->credential_id);
    hf_bind_bytes(&q, g->assigned_key_id);
    hf_bind_list(&q, labels);
    hf_bind_time(&q, g->created_s);
    hf_bind_time(&q, g->modified_s);
    hf_bind_time(&q, g->expires_s);
    HF_TRY(hf_query_run(&q));
done:
    return st;
}

static hf_status set_registration(struct hf_apply *a, int64_t authority,
                                  const struct hf_registration_record *g)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_REGISTRATION_SET);
    struct hf_bytes labels;
    hf_status st;

    HF_TRY(hf_list_pack(g->labels, a->labels, sizeof a->labels, &labels));
    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, g->ri);
    hf_bind_list(&q, labels);
    hf_bind_bytes(&q, g->assigned_key_id);
    hf_bind_time(&q, g->modified_s);
    hf_bind_time(&q, g->expires_s);
    HF_TRY(hf_query_run(&q));
    HF_TRY(hf_apply_expect_changed(a));
done:
    hf_query_end(&q);
    return st;
}

static hf_status end_registration(struct hf_apply *a, int64_t authority,
                                  const struct hf_registration_record *g)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_REGISTRATION_ROW);
    int64_t row = 0;
    hf_status st;

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, g->ri);
    st = hf_query_next(&q);
    if (st == HF_OK)
        row = hf_read_number(&q);
    hf_query_end(&q);
    HF_TRY(st);
    HF_TRY(end_row(a, row, g->state));
done:
    return st;
}

hf_status hf_apply_registration(struct hf_apply *a, const struct hf_change *c)
{
    const struct hf_registration_record *g = &c->registration;
    int64_t authority;
    hf_status st;

    HF_TRY(hf_database_authority(a->d, g->authority, c->kind == HF_PUT_REGISTRATION, &authority));
    if (c->kind == HF_PUT_REGISTRATION)
        st = put_registration(a, authority, g);
    else if (c->kind == HF_SET_REGISTRATION)
        st = set_registration(a, authority, g);
    else
        st = end_registration(a, authority, g);
done:
    return st;
}
