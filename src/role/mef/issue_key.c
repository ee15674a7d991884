#include "role/mef/issue_key.h"

#include "core/derive/derive.h"
#include "core/identity/fqdn.h"
#include "role/mef/mef_internal.h"
#include "role/tef/represent.h"

hf_status hf_mef_key_for(const struct hf_mef *m, const struct hf_key_record *k,
                         struct hf_bytes target, struct hf_arena *a, struct hf_secret *out)
{
    struct hf_bytes fqdn;
    hf_status st;

    if (!k->is_exported || m->config->exported_verbatim) {
        *out = k->key;
        return HF_OK;
    }
    if (m->config->legacy_labels && k->suid == HF_SUID_RSPF_SAEF)
        return hf_kpsa_derive(&k->key, target, out);
    HF_TRY(hf_fqdn_of_target(target, m->config->in_cse, a, &fqdn));
    if (m->config->legacy_labels && k->suid == HF_SUID_RSPF_MAF)
        HF_TRY(hf_km_derive(&k->key, fqdn, out));
    else
        HF_TRY(hf_usage_constrained_derive(&k->key, k->suid, fqdn, out));
done:
    return st;
}

/* [P] digest 7.7: all that speaks with this key, so that the MAF can tell who its client is. */
static void describe_source(const struct hf_node_record *node, struct hf_content *out)
{
    out->nid = node->node_id;
    out->eids = node->entities;
    out->hcse = node->has_cse;
    hf_content_mark(out, HF_A_NID);
    hf_content_mark(out, HF_A_EIDS);
    hf_content_mark(out, HF_A_HCSE);
}

hf_status hf_mef_issue_key(struct hf_tef_exchange *e, struct hf_content *out)
{
    const struct hf_key_record *k = hf_tef_key(e);
    const struct hf_node_record *node = hf_tef_node(e);

    if (k->suid == HF_SUID_RSPF_MAF && node != NULL)
        describe_source(node, out);
    return hf_mef_key_for(hf_mef_of(e), k, e->client, e->x->arena, &out->kv);
}
