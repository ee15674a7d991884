#include "store/sqlite/apply.h"

enum hf_record_state hf_apply_end_state(enum hf_record_state asked)
{
    return asked == HF_RECORD_REVOKED ? HF_RECORD_REVOKED : HF_RECORD_ENDED;
}

hf_status hf_apply_read_row(struct hf_query *q, struct hf_row *out)
{
    hf_status st;

    HF_TRY(hf_query_next(q));
    out->row = hf_read_number(q);
    out->is_live = hf_read_number(q) == HF_RECORD_LIVE;
done:
    hf_query_end(q);
    return st;
}

hf_status hf_apply_live_node(struct hf_apply *a, int64_t authority, struct hf_bytes node_id,
                             int64_t *row)
{
    struct hf_query q;
    struct hf_row node;
    hf_status st;

    *row = 0;
    if (node_id.len == 0)
        return HF_OK;
    q = hf_query_begin(a->d, HF_SQL_NODE_ROW);
    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, node_id);
    HF_TRY(hf_apply_read_row(&q, &node));
    HF_TRY(node.is_live ? HF_OK : HF_ERR_UNKNOWN);
    *row = node.row;
done:
    return st;
}

hf_status hf_apply_expect_changed(const struct hf_apply *a)
{
    return hf_database_changed(a->d) > 0 ? HF_OK : HF_ERR_UNKNOWN;
}

hf_status hf_apply_end_rows(struct hf_apply *a, enum hf_statement which, int64_t row,
                            enum hf_record_state state)
{
    struct hf_query q = hf_query_begin(a->d, which);

    hf_bind_number(&q, row);
    hf_bind_number(&q, hf_apply_end_state(state));
    return hf_query_run(&q);
}

hf_status hf_apply_change(struct hf_apply *a, const struct hf_change *c,
                          const struct hf_protected *p)
{
    switch (c->kind) {
    case HF_PUT_NODE:
    case HF_TOUCH_NODE:
    case HF_END_NODE:
        return hf_apply_node(a, c);
    case HF_PUT_CREDENTIAL:
    case HF_END_CREDENTIAL:
        return hf_apply_credential(a, c, p);
    case HF_PUT_REGISTRATION:
    case HF_SET_REGISTRATION:
    case HF_END_REGISTRATION:
        return hf_apply_registration(a, c);
    case HF_PUT_KEY:
    case HF_SET_KEY:
    case HF_END_KEY:
        return hf_apply_key(a, c, p);
    }
    return HF_ERR_BUG;
}
