#include "role/tef/procedures.h"
#include "role/tef/represent.h"

/* TS-0003, 8.3.5.2.5: what was asked for, with its value now; a MAF may add a KmID (8.8.2.5). */
static void represent(struct hf_tef_exchange *e, const struct hf_registration_record *r)
{
    const struct hf_content *asked = &e->x->request->content;
    struct hf_response *response = &e->x->response;
    struct hf_content *c = &response->content;

    response->rsc = HF_RSC_UPDATED;
    response->has_content = true;
    hf_represent_registration(r, e->tef->profile->client_type, c);
    c->has &= asked->has | 1u << HF_A_ASKI;
}

static hf_status decide(struct hf_tef_exchange *e)
{
    const struct hf_content *asked = &e->x->request->content;
    struct hf_registration_record *r = &hf_tef_change(e, HF_SET_REGISTRATION)->registration;
    hf_status st = HF_OK;

    *r = *hf_tef_registration(e);
    r->modified_s = e->now_s;
    r->expires_s = e->granted.expires_s;
    if (hf_content_has(asked, HF_A_LBL) || (asked->null >> HF_A_LBL & 1) != 0)
        r->labels = asked->lbl;
    if (e->tef->profile->assign_key != NULL)
        HF_TRY(e->tef->profile->assign_key(e, r));
    represent(e, r);
done:
    return st;
}

const struct hf_tef_procedure hf_tef_client_update = {
    .operation = HF_UPDATE,
    .on = HF_TEF_CLIENT,
    .act = HF_ACT_UPDATE_CLIENT,
    .loads = 1u << HF_TEF_LOAD_CREDENTIAL_OF_PEER | 1u << HF_TEF_LOAD_ASSIGNED_CREDENTIAL,
    .draws = HF_TEF_DRAW_IDENTIFIERS,
    .decide = decide,
    .audit = "client.updated",
    .clause = "TS-0003, 8.3.5.2.5 and 8.8.2.5",
};
