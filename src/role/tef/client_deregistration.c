#include "role/tef/procedures.h"

/* TS-0003, 8.3.5.2.6 and 8.8.2.6. The client's keys end with it (digest, section 10). */
static hf_status decide(struct hf_tef_exchange *e)
{
    struct hf_change *c = hf_tef_change(e, HF_END_REGISTRATION);

    c->registration = *hf_tef_registration(e);
    c->registration.state = HF_RECORD_ENDED;
    e->x->response.rsc = HF_RSC_DELETED;
    return HF_OK;
}

const struct hf_tef_procedure hf_tef_client_deregistration = {
    .operation = HF_DELETE,
    .on = HF_TEF_CLIENT,
    .act = HF_ACT_DEREGISTER_CLIENT,
    .decide = decide,
    .audit = "client.deregistered",
    .clause = "TS-0003, 8.3.5.2.6 and 8.8.2.6",
};
