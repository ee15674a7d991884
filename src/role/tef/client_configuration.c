#include "role/tef/procedures.h"
#include "role/tef/represent.h"

/* TS-0003, 8.3.5.2.4 and 8.8.2.4: what the stakeholder lodged for this client. */
static hf_status decide(struct hf_tef_exchange *e)
{
    struct hf_response *r = &e->x->response;
    struct hf_bytes configuration;
    hf_status st = HF_ERR_UNKNOWN;

    if (e->tef->profile->configuration != NULL)
        st = e->tef->profile->configuration(e, &configuration);
    if (st == HF_ERR_UNKNOWN) {
        r->rsc = HF_RSC_NOT_FOUND;
        r->reason = "no configuration is lodged";
        return HF_OK;
    }
    if (st != HF_OK)
        return st;
    r->rsc = HF_RSC_OK;
    r->has_content = true;
    r->content.type = e->tef->profile->client_type;
    r->content.ccfg = configuration;
    hf_content_mark(&r->content, HF_A_CCFG);
    return HF_OK;
}

const struct hf_tef_procedure hf_tef_client_configuration = {
    .operation = HF_RETRIEVE,
    .on = HF_TEF_CONFIGURATION,
    .act = HF_ACT_RETRIEVE_CLIENT,
    .decide = decide,
    .clause = "TS-0003, 8.3.5.2.4 and 8.8.2.4",
};
