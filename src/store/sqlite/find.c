#include "store/sqlite/find.h"

#include "store/sqlite/records.h"

static hf_status read_record(struct hf_query *q, const struct hf_secure_environment *se,
                             struct hf_lookup *l)
{
    switch (l->kind) {
    case HF_FIND_CREDENTIAL:
        return hf_record_read_credential(q, se, l->arena, &l->credential);
    case HF_FIND_REGISTRATION:
    case HF_FIND_REGISTRATION_OF_CLIENT:
        return hf_record_read_registration(q, l->arena, &l->registration);
    case HF_FIND_KEY:
        return hf_record_read_key(q, se, l->arena, &l->key);
    case HF_FIND_NODE:
    case HF_FIND_NODE_OF_ENTITY:
        return hf_record_read_node(q, l->arena, &l->node);
    }
    return HF_ERR_BUG;
}

static hf_status ask(struct hf_database *d, const struct hf_secure_environment *se,
                     enum hf_statement which, int64_t authority, struct hf_lookup *l)
{
    struct hf_query q = hf_query_begin(d, which);
    hf_status st;

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, l->id);
    if (l->kind == HF_FIND_REGISTRATION_OF_CLIENT)
        hf_bind_bytes(&q, l->admin_fqdn);
    HF_TRY(hf_query_next(&q));
    HF_TRY(read_record(&q, se, l));
done:
    hf_query_end(&q);
    return st;
}

hf_status hf_store_look_up(struct hf_database *d, const struct hf_secure_environment *se,
                           struct hf_lookup *l)
{
    static const enum hf_statement statements[] = {
        [HF_FIND_CREDENTIAL] = HF_SQL_FIND_CREDENTIAL,
        [HF_FIND_REGISTRATION] = HF_SQL_FIND_REGISTRATION,
        [HF_FIND_REGISTRATION_OF_CLIENT] = HF_SQL_FIND_REGISTRATION_LIVE,
        [HF_FIND_KEY] = HF_SQL_FIND_KEY,
        [HF_FIND_NODE] = HF_SQL_FIND_NODE,
        [HF_FIND_NODE_OF_ENTITY] = HF_SQL_FIND_NODE_OF_ENTITY,
    };
    int64_t authority;
    hf_status st;

    HF_TRY(hf_database_authority(d, l->authority, false, &authority));
    st = ask(d, se, statements[l->kind], authority, l);
    if (st == HF_ERR_UNKNOWN && l->kind == HF_FIND_REGISTRATION_OF_CLIENT)
        st = ask(d, se, HF_SQL_FIND_REGISTRATION_LAST, authority, l);
done:
    return st;
}
