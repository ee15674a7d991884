#include "store/sqlite/apply.h"

/*
 * Threat row PSK-4: a key belongs to one node of an authority, for ever. Two credentials of one
 * node may share it: a KmID is another name for the key of a KeID.
 */
static hf_status check_twin(struct hf_apply *a, int64_t authority, int64_t node,
                            const struct hf_protected *p)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_CREDENTIAL_TWIN);
    hf_status st;

    hf_bind_blob(&q, hf_bytes_of(p->fingerprint, sizeof p->fingerprint));
    hf_bind_number(&q, authority);
    hf_bind_row(&q, node);
    st = hf_query_next(&q);
    hf_query_end(&q);
    if (st == HF_ERR_UNKNOWN)
        return HF_OK;
    return st == HF_OK ? HF_ERR_CONFLICT : st;
}

static hf_status put_credential(struct hf_apply *a, int64_t authority,
                                const struct hf_credential_record *c, const struct hf_protected *p)
{
    struct hf_query q;
    int64_t node;
    hf_status st;

    HF_TRY(hf_apply_live_node(a, authority, c->node_id, &node));
    if (p->has_fingerprint)
        HF_TRY(check_twin(a, authority, node, p));
    q = hf_query_begin(a->d, HF_SQL_CREDENTIAL_ADD);
    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, c->credential_id);
    hf_bind_row(&q, node);
    hf_bind_blob(&q, hf_bytes_of(p->wrapped, p->wrapped_len));
    hf_bind_blob(&q, hf_bytes_of(p->fingerprint, p->has_fingerprint ? HF_FINGERPRINT_LEN : 0));
    hf_bind_number(&q, c->suid);
    hf_bind_time(&q, c->expires_s);
    hf_bind_number(&q, c->require_pfs);
    hf_bind_bytes(&q, c->issuer_key_id);
    HF_TRY(hf_query_run(&q));
done:
    return st;
}

static hf_status end_credential(struct hf_apply *a, int64_t authority,
                                const struct hf_credential_record *c)
{
    struct hf_query q = hf_query_begin(a->d, HF_SQL_CREDENTIAL_END);
    hf_status st;

    hf_bind_number(&q, authority);
    hf_bind_bytes(&q, c->credential_id);
    hf_bind_number(&q, hf_apply_end_state(c->state));
    HF_TRY(hf_query_run(&q));
    HF_TRY(hf_apply_expect_changed(a));
done:
    return st;
}

hf_status hf_apply_credential(struct hf_apply *a, const struct hf_change *c,
                              const struct hf_protected *p)
{
    bool is_put = c->kind == HF_PUT_CREDENTIAL;
    int64_t authority;
    hf_status st;

    HF_TRY(hf_database_authority(a->d, c->credential.authority, is_put, &authority));
    st = is_put ? put_credential(a, authority, &c->credential, p)
                : end_credential(a, authority, &c->credential);
done:
    return st;
}
