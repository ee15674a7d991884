#include "role/tef/procedures.h"

/* TS-0003, 8.3.5.2.10 and 8.8.2.10: the key is no longer distributed, its identifier never reused.
 */
static hf_status decide(struct hf_tef_exchange *e)
{
    struct hf_change *c = hf_tef_change(e, HF_END_KEY);

    c->key = *hf_tef_key(e);
    c->key.state = HF_RECORD_ENDED;
    e->x->response.rsc = HF_RSC_DELETED;
    return HF_OK;
}

const struct hf_tef_procedure hf_tef_key_deregistration = {
    .operation = HF_DELETE,
    .on = HF_TEF_KEY,
    .act = HF_ACT_DEREGISTER_KEY,
    .loads = 1u << HF_TEF_LOAD_REGISTRATION_OF_KEY,
    .decide = decide,
    .audit = "key.deregistered",
    .clause = "TS-0003, 8.3.5.2.10 and 8.8.2.10",
};
