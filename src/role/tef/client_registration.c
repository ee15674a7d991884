#include "role/tef/procedures.h"
#include "role/tef/represent.h"

/* TS-0003, 8.3.5.2.3 and 8.8.2.3. */
static hf_status decide(struct hf_tef_exchange *e)
{
    const struct hf_content *asked = &e->x->request->content;
    struct hf_response *response = &e->x->response;
    struct hf_registration_record *r = &hf_tef_change(e, HF_PUT_REGISTRATION)->registration;
    hf_status st;

    HF_TRY(hf_relative_id_of(e->random[0], e->x->arena, &e->id));
    *r = (struct hf_registration_record){
        .authority = e->tef->policy.fqdn,
        .ri = e->id,
        .client = e->client,
        .admin_fqdn = asked->adfq,
        .credential_id = e->x->channel->peer->credential_id,
        .labels = asked->lbl,
        .created_s = e->now_s,
        .modified_s = e->now_s,
        .expires_s = e->granted.expires_s,
        .state = HF_RECORD_LIVE,
    };
    if (e->tef->profile->assign_key != NULL)
        HF_TRY(e->tef->profile->assign_key(e, r));

    response->rsc = HF_RSC_CREATED;
    response->location = e->id;
    response->has_content = true;
    hf_represent_registration(r, e->tef->profile->client_type, &response->content);
done:
    return st;
}

const struct hf_tef_procedure hf_tef_client_registration = {
    .operation = HF_CREATE,
    .on = HF_TEF_CLIENT,
    .act = HF_ACT_REGISTER_CLIENT,
    .loads = 1u << HF_TEF_LOAD_REGISTRATION_OF_CLIENT | 1u << HF_TEF_LOAD_CREDENTIAL_OF_PEER
             | 1u << HF_TEF_LOAD_ASSIGNED_CREDENTIAL,
    .draws = HF_TEF_DRAW_IDENTIFIERS,
    .decide = decide,
    .audit = "client.registered",
    .clause = "TS-0003, 8.3.5.2.3 and 8.8.2.3",
};
