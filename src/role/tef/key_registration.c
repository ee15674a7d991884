#include "role/tef/procedures.h"
#include "role/tef/represent.h"

/* An exported key is named by the exporter (10.3.4, 10.3.5), a Key Value by us (digest A8). */
static hf_status put_key(struct hf_tef_exchange *e, struct hf_key_record *k)
{
    const struct hf_content *asked = &e->x->request->content;

    k->is_exported = !hf_content_has(asked, HF_A_KV);
    k->key = k->is_exported ? e->exported.key : asked->kv;
    return hf_relative_id_of(k->is_exported ? e->exported.id : e->random[0], e->x->arena,
                             &k->relative_id);
}

/* TS-0003, 8.3.5.2.7 and 8.8.2.7. */
static hf_status decide(struct hf_tef_exchange *e)
{
    const struct hf_content *asked = &e->x->request->content;
    struct hf_response *response = &e->x->response;
    struct hf_key_record *k = &hf_tef_change(e, HF_PUT_KEY)->key;
    hf_status st;

    k->authority = e->tef->policy.fqdn;
    k->source = e->client;
    k->registration = hf_tef_registration(e)->ri;
    k->node_id = e->x->channel->peer->node_id;
    k->admin_fqdn = asked->adfq;
    k->targets = asked->tgis;
    k->labels = asked->lbl;
    k->suid = asked->suid;
    k->created_s = k->modified_s = e->now_s;
    k->expires_s = e->granted.expires_s;
    k->state = HF_RECORD_LIVE;
    HF_TRY(put_key(e, k));
    e->id = k->relative_id;
    if (e->tef->profile->note_key != NULL)
        HF_TRY(e->tef->profile->note_key(e, k));

    response->rsc = HF_RSC_CREATED;
    response->location = k->relative_id;
    response->has_content = true;
    hf_represent_key(k, &response->content);
done:
    return st;
}

const struct hf_tef_procedure hf_tef_key_registration = {
    .operation = HF_CREATE,
    .on = HF_TEF_KEY,
    .act = HF_ACT_REGISTER_KEY,
    .loads = 1u << HF_TEF_LOAD_REGISTRATION_OF_CLIENT | 1u << HF_TEF_LOAD_CREDENTIAL_OF_PEER,
    .draws = HF_TEF_DRAW_KEY,
    .decide = decide,
    .audit = "key.registered",
    .clause = "TS-0003, 8.3.5.2.7 and 8.8.2.7",
};
