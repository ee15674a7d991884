#include "role/tef/procedures.h"
#include "role/tef/represent.h"

/*
 * TS-0003, 8.3.5.2.8 and 8.8.2.8: the Source sees what it registered, without the key; a target
 * gets the key. That it left is written down before it leaves (invariant G8). The registration it
 * hangs on and the peer's credential are looked at again, so that an end counts at once (G5).
 */
static hf_status decide(struct hf_tef_exchange *e)
{
    struct hf_response *response = &e->x->response;
    const struct hf_key_record *k = hf_tef_key(e);

    response->rsc = HF_RSC_OK;
    response->has_content = true;
    if (!e->granted.as_target) {
        hf_represent_key(k, &response->content);
        return HF_OK;
    }
    hf_represent_key_to_target(k, &response->content);
    hf_content_mark(&response->content, HF_A_KV);
    e->act = "key.issued";
    return e->tef->profile->issue_key(e, &response->content);
}

const struct hf_tef_procedure hf_tef_key_retrieval = {
    .operation = HF_RETRIEVE,
    .on = HF_TEF_KEY,
    .act = HF_ACT_RETRIEVE_KEY,
    .loads = 1u << HF_TEF_LOAD_REGISTRATION_OF_KEY | 1u << HF_TEF_LOAD_CREDENTIAL_OF_PEER
             | 1u << HF_TEF_LOAD_NODE_OF_KEY,
    .decide = decide,
    .clause = "TS-0003, 8.3.5.2.8 and 8.8.2.8",
};
