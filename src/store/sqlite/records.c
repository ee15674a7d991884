#include "store/sqlite/records.h"

#include <string.h>

#include "store/sqlite/protect.h"

hf_status hf_record_read_node(struct hf_query *q, struct hf_arena *a, struct hf_node_record *out)
{
    memset(out, 0, sizeof *out);
    hf_read_bytes(q, a, &out->authority);
    hf_read_bytes(q, a, &out->node_id);
    hf_read_list(q, a, &out->entities);
    out->has_cse = hf_read_number(q) != 0;
    out->lifetime_s = (uint32_t)hf_read_number(q);
    out->created_s = hf_read_time(q);
    out->enrolled_s = hf_read_time(q);
    out->state = (enum hf_record_state)hf_read_number(q);
    return q->st;
}

hf_status hf_record_read_credential(struct hf_query *q, const struct hf_secure_environment *se,
                                    struct hf_arena *a, struct hf_credential_record *out)
{
    struct hf_bytes wrapped;

    memset(out, 0, sizeof *out);
    hf_read_bytes(q, a, &out->authority);
    hf_read_bytes(q, a, &out->credential_id);
    hf_read_bytes(q, a, &out->node_id);
    wrapped = hf_read_borrowed(q);
    out->suid = (unsigned)hf_read_number(q);
    out->expires_s = hf_read_time(q);
    out->require_pfs = hf_read_number(q) != 0;
    hf_read_bytes(q, a, &out->issuer_key_id);
    out->state = (enum hf_record_state)hf_read_number(q);
    hf_read_list(q, a, &out->entities);
    out->has_cse = hf_read_number(q) != 0;
    out->lifetime_s = (uint32_t)hf_read_number(q);
    out->node_state = (enum hf_record_state)hf_read_number(q);
    if (out->node_id.len == 0)
        out->node_state = HF_RECORD_LIVE; /* of the infrastructure: no node that could end */
    if (q->st != HF_OK || se == NULL)
        return q->st;
    return hf_unprotect(se, "credential", out->authority, out->credential_id, wrapped, &out->key);
}

hf_status hf_record_read_registration(struct hf_query *q, struct hf_arena *a,
                                      struct hf_registration_record *out)
{
    memset(out, 0, sizeof *out);
    hf_read_bytes(q, a, &out->authority);
    hf_read_bytes(q, a, &out->ri);
    hf_read_bytes(q, a, &out->client);
    hf_read_bytes(q, a, &out->admin_fqdn);
    hf_read_bytes(q, a, &out->credential_id);
    hf_read_bytes(q, a, &out->assigned_key_id);
    hf_read_list(q, a, &out->labels);
    out->created_s = hf_read_time(q);
    out->modified_s = hf_read_time(q);
    out->expires_s = hf_read_time(q);
    out->state = (enum hf_record_state)hf_read_number(q);
    return q->st;
}

hf_status hf_record_read_key(struct hf_query *q, const struct hf_secure_environment *se,
                             struct hf_arena *a, struct hf_key_record *out)
{
    struct hf_bytes wrapped;

    memset(out, 0, sizeof *out);
    hf_read_bytes(q, a, &out->authority);
    hf_read_bytes(q, a, &out->relative_id);
    hf_read_bytes(q, a, &out->source);
    hf_read_bytes(q, a, &out->registration);
    hf_read_bytes(q, a, &out->node_id);
    hf_read_bytes(q, a, &out->admin_fqdn);
    hf_read_list(q, a, &out->targets);
    hf_read_list(q, a, &out->labels);
    wrapped = hf_read_borrowed(q);
    out->is_exported = hf_read_number(q) != 0;
    out->suid = (unsigned)hf_read_number(q);
    out->created_s = hf_read_time(q);
    out->modified_s = hf_read_time(q);
    out->expires_s = hf_read_time(q);
    out->state = (enum hf_record_state)hf_read_number(q);
    if (q->st != HF_OK || se == NULL)
        return q->st;
    return hf_unprotect(se, "key", out->authority, out->relative_id, wrapped, &out->key);
}
