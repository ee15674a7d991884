#include "role/tef/exchange.h"

#include "role/tef/answer.h"
#include "role/tef/draw.h"
#include "role/tef/load.h"
#include "role/tef/route.h"

struct hf_change *hf_tef_change(struct hf_tef_exchange *e, enum hf_change_kind kind)
{
    struct hf_change *c = &e->changes[e->change_count++];

    c->kind = kind;
    return c;
}

static struct hf_bytes target_of_audit(const struct hf_tef_exchange *e)
{
    return hf_bytes_is_empty(e->id) ? e->client : e->id;
}

/* The set was not taken: nothing of what the decision would have said may be said. */
static void answer_failed_commit(struct hf_tef_exchange *e, hf_status st)
{
    bool creates = e->procedure->operation == HF_CREATE;

    if (st == HF_ERR_CONFLICT && e->procedure->act == HF_ACT_REGISTER_CLIENT)
        hf_tef_refuse(e, HF_RSC_ALREADY_REGISTERED, "the client was registered meanwhile",
                      "TS-0003, 8.3.5.1");
    else if (st == HF_ERR_CONFLICT)
        hf_tef_refuse(e, HF_RSC_CONFLICT, "an identifier, entity or key is taken",
                      "threat rows KM-3, KM-5 and KM-6");
    else if (st == HF_ERR_UNKNOWN && creates)
        hf_tef_refuse(e, HF_RSC_NO_PRIVILEGE, "what the act rests on ended meanwhile",
                      "threat row KM-11");
    else if (st == HF_ERR_UNKNOWN)
        hf_tef_refuse(e, HF_RSC_NOT_FOUND, "it ended meanwhile", "threat row KM-11");
    else
        hf_tef_fail(e, st);
}

static void committed(struct hf_commit *c)
{
    struct hf_tef_exchange *e = c->context;

    if (c->st != HF_OK) {
        answer_failed_commit(e, c->st);
        return;
    }
    if (e->tef->profile->committed != NULL)
        e->tef->profile->committed(e);
    hf_tef_answer(e);
}

static void commit(struct hf_tef_exchange *e)
{
    if (e->act == NULL) {
        hf_tef_answer(e);
        return;
    }
    e->commit = (struct hf_commit){
        .changes = e->changes,
        .count = e->change_count,
        .audit = {.act = e->act,
                  .authority = e->tef->policy.fqdn,
                  .who = e->x->channel->peer->credential_id,
                  .what = target_of_audit(e),
                  .detail = e->client,
                  .time_s = e->now_s},
        .done = committed,
        .context = e,
    };
    hf_store_commit(&e->tef->ports.store, &e->commit);
}

/* A credential that was loaded and is not live; or one that must be there and is not. */
static bool is_peer_ended(const struct hf_tef_exchange *e)
{
    const struct hf_lookup *l = &e->credential;

    if (l->st == HF_OK)
        return l->credential.state != HF_RECORD_LIVE || l->credential.node_state != HF_RECORD_LIVE;
    return l->st == HF_ERR_UNKNOWN && e->x->channel->peer->proof == HF_PROOF_PSK;
}

static struct hf_policy_answer authorise(struct hf_tef_exchange *e)
{
    const struct hf_request *r = e->x->request;
    const struct hf_peer *peer = e->x->channel->peer;
    const struct hf_tef_profile *profile = e->tef->profile;
    struct hf_policy_answer own = {.rsc = HF_RSC_OK};

    if (e->procedure->act == HF_ACT_REGISTER_CLIENT && profile->judge_registration != NULL)
        own = profile->judge_registration(e);
    if (own.rsc != HF_RSC_OK)
        return own;
    return hf_policy_authorise(&(struct hf_policy_question){
        .policy = &e->tef->policy,
        .act = e->procedure->act,
        .now_s = e->now_s,
        .client = e->client,
        .credential_expires_s = peer->expires_s,
        .lifetime_s = peer->lifetime_s,
        .is_ended = is_peer_ended(e),
        .content_st = r->content_st,
        .content_fault = r->content_fault,
        .content = r->has_content ? &r->content : NULL,
        .registration = hf_tef_registration(e),
        .key = hf_tef_key(e),
    });
}

static void judge(struct hf_tef_exchange *e)
{
    hf_status st;

    e->granted = authorise(e);
    if (e->granted.rsc != HF_RSC_OK) {
        hf_tef_refuse(e, e->granted.rsc, e->granted.reason, e->granted.clause);
        return;
    }
    if (!hf_tef_draw(e))
        return; /* answered */
    e->x->response.clause = e->procedure->clause;
    e->act = e->procedure->audit;
    st = e->procedure->decide(e);
    if (st == HF_OK)
        commit(e);
    else
        hf_tef_fail(e, st);
}

static void load_next(struct hf_tef_exchange *e)
{
    while (e->loaded < HF_TEF_LOAD_COUNT) {
        enum hf_tef_load load = (enum hf_tef_load)e->loaded++;

        if ((e->procedure->loads >> load & 1) != 0 && hf_tef_load(e, load, load_next))
            return;
    }
    judge(e);
}

void hf_tef_resume(struct hf_tef_exchange *e)
{
    hf_tef_route(e, load_next);
}

void hf_tef_serve(void *tef, struct hf_exchange *x)
{
    struct hf_tef *self = tef;
    struct hf_tef_exchange *e = hf_arena_take(x->arena, 1, sizeof *e);

    x->response = (struct hf_response){.request_id = x->request->request_id};
    if (e == NULL) {
        x->response.rsc = HF_RSC_INTERNAL_ERROR;
        x->response.reason = hf_status_sentence(HF_ERR_LIMIT);
        x->done(x);
        return;
    }
    x->role = e;
    e->tef = self;
    e->x = x;
    e->now_s = hf_unix_time_s(&self->ports.clock);
    e->key.st = e->registration.st = e->credential.st = HF_ERR_UNEXPECTED;
    e->assigned.st = e->node.st = HF_ERR_UNEXPECTED;
    if (!hf_tef_admit(e))
        return; /* answered */
    if (self->profile->prepare == NULL || !self->profile->prepare(e))
        hf_tef_resume(e);
}
