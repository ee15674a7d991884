#include "store/memory/copy.h"

hf_status hf_memory_copy_list(struct hf_arena *a, struct hf_list l, struct hf_list *out)
{
    struct hf_bytes *at;
    hf_status st = HF_OK;

    *out = (struct hf_list){0};
    if (l.count == 0)
        return HF_OK;
    at = hf_arena_take(a, l.count, sizeof *at);
    if (at == NULL)
        return HF_ERR_LIMIT;
    for (size_t i = 0; i < l.count; i++)
        HF_TRY(hf_arena_copy(a, l.at[i], &at[i]));
    *out = (struct hf_list){at, l.count};
done:
    return st;
}

hf_status hf_memory_copy_node(struct hf_arena *a, const struct hf_node_record *n,
                              struct hf_node_record *out)
{
    hf_status st;

    *out = *n;
    HF_TRY(hf_arena_copy(a, n->authority, &out->authority));
    HF_TRY(hf_arena_copy(a, n->node_id, &out->node_id));
    HF_TRY(hf_memory_copy_list(a, n->entities, &out->entities));
done:
    return st;
}

hf_status hf_memory_copy_credential(struct hf_arena *a, const struct hf_credential_record *c,
                                    struct hf_credential_record *out)
{
    hf_status st;

    *out = *c;
    out->entities = (struct hf_list){0};
    HF_TRY(hf_arena_copy(a, c->authority, &out->authority));
    HF_TRY(hf_arena_copy(a, c->credential_id, &out->credential_id));
    HF_TRY(hf_arena_copy(a, c->node_id, &out->node_id));
    HF_TRY(hf_arena_copy(a, c->issuer_key_id, &out->issuer_key_id));
done:
    return st;
}

hf_status hf_memory_copy_registration(struct hf_arena *a, const struct hf_registration_record *r,
                                      struct hf_registration_record *out)
{
    hf_status st;

    *out = *r;
    HF_TRY(hf_arena_copy(a, r->authority, &out->authority));
    HF_TRY(hf_arena_copy(a, r->ri, &out->ri));
    HF_TRY(hf_arena_copy(a, r->client, &out->client));
    HF_TRY(hf_arena_copy(a, r->admin_fqdn, &out->admin_fqdn));
    HF_TRY(hf_arena_copy(a, r->credential_id, &out->credential_id));
    HF_TRY(hf_arena_copy(a, r->assigned_key_id, &out->assigned_key_id));
    HF_TRY(hf_memory_copy_list(a, r->labels, &out->labels));
done:
    return st;
}

hf_status hf_memory_copy_key(struct hf_arena *a, const struct hf_key_record *k,
                             struct hf_key_record *out)
{
    hf_status st;

    *out = *k;
    HF_TRY(hf_arena_copy(a, k->authority, &out->authority));
    HF_TRY(hf_arena_copy(a, k->relative_id, &out->relative_id));
    HF_TRY(hf_arena_copy(a, k->source, &out->source));
    HF_TRY(hf_arena_copy(a, k->registration, &out->registration));
    HF_TRY(hf_arena_copy(a, k->node_id, &out->node_id));
    HF_TRY(hf_arena_copy(a, k->admin_fqdn, &out->admin_fqdn));
    HF_TRY(hf_memory_copy_list(a, k->targets, &out->targets));
    HF_TRY(hf_memory_copy_list(a, k->labels, &out->labels));
done:
    return st;
}
