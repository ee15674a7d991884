#include "role/tef/procedures.h"
#include "role/tef/represent.h"

/* TS-0003, 8.3.5.2.9 and 8.8.2.9. The SUID and the key never change (threat row KM-7). */
static hf_status decide(struct hf_tef_exchange *e)
{
    const struct hf_content *asked = &e->x->request->content;
    struct hf_response *response = &e->x->response;
    struct hf_key_record *k = &hf_tef_change(e, HF_SET_KEY)->key;

    *k = *hf_tef_key(e);
    k->modified_s = e->now_s;
    k->expires_s = e->granted.expires_s;
    if (hf_content_has(asked, HF_A_LBL) || (asked->null >> HF_A_LBL & 1) != 0)
        k->labels = asked->lbl;
    if (hf_content_has(asked, HF_A_TGIS))
        k->targets = asked->tgis;

    response->rsc = HF_RSC_UPDATED;
    response->has_content = true;
    hf_represent_key(k, &response->content);
    response->content.has &= asked->has;
    return HF_OK;
}

const struct hf_tef_procedure hf_tef_key_update = {
    .operation = HF_UPDATE,
    .on = HF_TEF_KEY,
    .act = HF_ACT_UPDATE_KEY,
    .loads = 1u << HF_TEF_LOAD_REGISTRATION_OF_KEY | 1u << HF_TEF_LOAD_CREDENTIAL_OF_PEER,
    .decide = decide,
    .audit = "key.updated",
    .clause = "TS-0003, 8.3.5.2.9 and 8.8.2.9",
};
