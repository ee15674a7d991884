#include "role/maf/accept_provision.h"

#include "role/maf/admit_km.h"
#include "role/maf/maf_internal.h"

static hf_status refuse(struct hf_tef_exchange *e, enum hf_rsc rsc, const char *reason)
{
    e->act = NULL;
    e->x->response.rsc = rsc;
    e->x->response.reason = reason;
    return HF_OK;
}

/*
 * The MAF may have pulled meanwhile, or the answer to an earlier push was lost: what is there
 * already is acknowledged (threat row KM-16), anything else is a collision.
 */
static hf_status repeat(struct hf_tef_exchange *e, const struct hf_credential_record *c)
{
    if (c->state != HF_RECORD_LIVE || !hf_secret_equal(&c->key, &e->x->request->content.kv))
        return refuse(e, HF_RSC_CONFLICT, "the identifier is taken");
    e->act = NULL;
    e->x->response.rsc = HF_RSC_CREATED;
    return HF_OK;
}

static hf_status decide(struct hf_tef_exchange *e)
{
    const struct hf_content *c = &e->x->request->content;
    const char *reason = NULL;
    hf_status st;

    if (e->assigned.st == HF_OK)
        return repeat(e, &e->assigned.credential);
    st = hf_km_admit(&(struct hf_km_offer){.authority = e->tef->policy.fqdn,
                                           .credential_id = e->id,
                                           .km = &c->kv,
                                           .suid = c->suid,
                                           .expires_s = e->granted.expires_s,
                                           .source = c->cr,
                                           .node_id = c->nid,
                                           .entities = c->eids,
                                           .has_cse = c->hcse,
                                           .known = hf_tef_node(e),
                                           .now_s = e->now_s},
                     e->changes, &reason);
    if (st == HF_ERR_DENIED)
        return refuse(e, HF_RSC_NO_PRIVILEGE, reason);
    if (st != HF_OK)
        return refuse(e, HF_RSC_BAD_REQUEST, reason);
    e->change_count = HF_KM_CHANGES;
    e->x->response.rsc = HF_RSC_CREATED;
    return HF_OK;
}

const struct hf_tef_procedure hf_maf_accept_provision = {
    .operation = HF_CREATE,
    .on = HF_TEF_PROVISION,
    .act = HF_ACT_PROVISION_KM,
    .loads = 1u << HF_TEF_LOAD_PUSHED_CREDENTIAL | 1u << HF_TEF_LOAD_PUSHED_NODE,
    .decide = decide,
    .audit = "km.provisioned",
    .clause = "TS-0003, 8.8.2.3",
};
