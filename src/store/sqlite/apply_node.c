#include "store/sqlite/apply.h"

static hf_status find_row(struct hf_apply *a, int64_t authority, const struct hf_node_record *n,
                          struct hf_row *out)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_NODE_ROW);

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, n->node_id);
    return hf_apply_read_row(&q, out);
}

/* Threat row KM-3: an entity belongs to one live node of an authority. */
static hf_status claim(struct hf_apply *a, int64_t authority, struct hf_bytes entity, int64_t node)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_ENTITY_CLAIM);
    hf_status st;

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, entity);
    hf_bind_number(&q, node);
    HF_TRY(hf_query_run(&q));
    HF_TRY(hf_database_changed(a->d) > 0 ? HF_OK : HF_ERR_CONFLICT);
done:
    return st;
}

static hf_status add_node(struct hf_apply *a, int64_t authority, const struct hf_node_record *n,
                          struct hf_bytes entities, int64_t *row)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_NODE_ADD);
    hf_status st;

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, n->node_id);
    hf_bind_list(&q, entities);
    hf_bind_number(&q, n->has_cse);
    hf_bind_number(&q, n->lifetime_s);
    hf_bind_time(&q, n->created_s);
    hf_bind_time(&q, n->enrolled_s);
    HF_TRY(hf_query_run(&q));
    *row = sqlite3_last_insert_rowid(a->d->db);
done:
    return st;
}

static hf_status replace_node(struct hf_apply *a, int64_t row, const struct hf_node_record *n,
                              struct hf_bytes entities)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_NODE_REPLACE);
    hf_status st;

    hf_bind_number(&q, row);
    hf_bind_list(&q, entities);
    hf_bind_number(&q, n->has_cse);
    hf_bind_number(&q, n->lifetime_s);
    HF_TRY(hf_query_run(&q));
    q = hf_query_begin(a->d, HF_SQL_ENTITY_DROP);
    hf_bind_number(&q, row);
    HF_TRY(hf_query_run(&q));
done:
    return st;
}

static hf_status put_node(struct hf_apply *a, int64_t authority, const struct hf_node_record *n)
{
    struct hf_bytes entities;
    struct hf_row node = {0};
    hf_status st;

    HF_TRY(n->entities.count > HF_ENTITIES_MAX ? HF_ERR_LIMIT : HF_OK);
    HF_TRY(hf_list_pack(n->entities, a->labels, sizeof a->labels, &entities));
    st = find_row(a, authority, n, &node);
    if (st == HF_ERR_UNKNOWN)
        st = add_node(a, authority, n, entities, &node.row);
    else if (st == HF_OK && !node.is_live)
        st = HF_ERR_CONFLICT; /* identifiers never return */
    else if (st == HF_OK)
        st = replace_node(a, node.row, n, entities);
    HF_TRY(st);
    for (size_t i = 0; i < n->entities.count; i++)
        HF_TRY(claim(a, authority, n->entities.at[i], node.row));
done:
    return st;
}

static hf_status touch_node(struct hf_apply *a, int64_t authority, const struct hf_node_record *n)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_NODE_TOUCH);
    hf_status st;

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, n->node_id);
    hf_bind_time(&q, n->enrolled_s);
    HF_TRY(hf_query_run(&q));
    HF_TRY(hf_apply_expect_changed(a));
done:
    return st;
}

/* What hangs on registrations goes before the registrations. */
static hf_status end_node(struct hf_apply *a, int64_t authority, const struct hf_node_record *n)
{
    static const enum hf_statement steps[] = {
        HF_SQL_KEY_END_OF_REGISTRATIONS_OF_NODE,
        HF_SQL_KEY_END_OF_NODE,
        HF_SQL_REGISTRATION_END_OF_NODE,
        HF_SQL_CREDENTIAL_END_OF_NODE,
        HF_SQL_NODE_END,
    };
    struct hf_row node;
    hf_status st;

    HF_TRY(find_row(a, authority, n, &node));
    HF_TRY(node.is_live ? HF_OK : HF_ERR_UNKNOWN);
    for (size_t i = 0; i < HF_COUNT(steps); i++)
        HF_TRY(hf_apply_end_rows(a, steps[i], node.row, n->state));
done:
    return st;
}

hf_status hf_apply_node(struct hf_apply *a, const struct hf_change *c)
{
    int64_t authority;
    hf_status st;

    HF_TRY(hf_database_authority(a->d, c->node.authority, c->kind == HF_PUT_NODE, &authority));
    if (c->kind == HF_PUT_NODE)
        st = put_node(a, authority, &c->node);
    else if (c->kind == HF_TOUCH_NODE)
        st = touch_node(a, authority, &c->node);
    else
        st = end_node(a, authority, &c->node);
done:
    return st;
}
