#include "role/tef/procedures.h"
#include "role/tef/represent.h"

/* <MAFBase>, <MEFBase> (digest 7.7): whose door this is. */
static hf_status decide(struct hf_tef_exchange *e)
{
    struct hf_response *r = &e->x->response;
    struct hf_content *c = &r->content;

    r->rsc = HF_RSC_OK;
    r->has_content = true;
    c->type = e->tef->profile->base_type;
    c->ty = c->type;
    c->ri = c->rn = HF_LITERAL("-");
    c->fq = e->tef->policy.fqdn;
    c->has = 1u << HF_A_TY | 1u << HF_A_RI | 1u << HF_A_RN | 1u << HF_A_FQ;
    return HF_OK;
}

const struct hf_tef_procedure hf_tef_base_retrieval = {
    .operation = HF_RETRIEVE,
    .on = HF_TEF_BASE,
    .act = HF_ACT_RETRIEVE_BASE,
    .decide = decide,
    .clause = "digest 7.7",
};
