#include "role/tef/procedures.h"
#include "role/tef/represent.h"

/* A client looks at its own registration (digest 7.7). */
static hf_status decide(struct hf_tef_exchange *e)
{
    struct hf_response *response = &e->x->response;

    response->rsc = HF_RSC_OK;
    response->has_content = true;
    hf_represent_registration(hf_tef_registration(e), e->tef->profile->client_type,
                              &response->content);
    return HF_OK;
}

const struct hf_tef_procedure hf_tef_client_retrieval = {
    .operation = HF_RETRIEVE,
    .on = HF_TEF_CLIENT,
    .act = HF_ACT_RETRIEVE_CLIENT,
    .decide = decide,
    .clause = "digest 7.7",
};
