#include "role/tef/answer.h"

#include "role/tef/represent.h"

enum { RETRY_AFTER_S = 1 };

void hf_tef_answer(struct hf_tef_exchange *e)
{
    e->x->done(e->x);
}

static void refusal_audited(struct hf_commit *c)
{
    /* A refusal stands whether or not it could be written down. */
    hf_tef_answer(c->context);
}

static void audit_refusal(struct hf_tef_exchange *e)
{
    e->commit = (struct hf_commit){
        .audit = {.act = "request.refused",
                  .authority = e->tef->policy.fqdn,
                  .who = e->x->channel->peer->credential_id,
                  .what = hf_bytes_is_empty(e->client) ? e->x->request->from : e->client,
                  .detail = hf_text(e->x->response.reason),
                  .time_s = e->now_s},
        .done = refusal_audited,
        .context = e,
    };
    hf_store_commit(&e->tef->ports.store, &e->commit);
}

/*
 * Threat row KM-16: a client whose answer was lost asks again, and is told what it has. The record
 * is its own; nobody else is ever answered 4117 about it.
 */
static void recall_registration(struct hf_tef_exchange *e)
{
    const struct hf_registration_record *r = hf_tef_registration(e);

    if (r == NULL)
        return;
    e->x->response.location = r->ri;
    e->x->response.has_content = true;
    hf_represent_registration(r, e->tef->profile->client_type, &e->x->response.content);
}

void hf_tef_refuse(struct hf_tef_exchange *e, enum hf_rsc rsc, const char *reason,
                   const char *clause)
{
    struct hf_response *r = &e->x->response;
    bool close = r->close || e->granted.close || rsc == HF_RSC_SECURITY_ASSOCIATION_REQUIRED;

    hf_secret_wipe(&r->content.kv);
    *r = (struct hf_response){.rsc = rsc,
                              .request_id = e->x->request->request_id,
                              .close = close,
                              .reason = reason,
                              .clause = clause};
    if (rsc == HF_RSC_ALREADY_REGISTERED)
        recall_registration(e);
    if (rsc == HF_RSC_NO_PRIVILEGE || rsc == HF_RSC_ORIGINATOR_NOT_AUTHENTICATED)
        audit_refusal(e);
    else
        hf_tef_answer(e);
}

void hf_tef_fail(struct hf_tef_exchange *e, hf_status st)
{
    struct hf_response *r = &e->x->response;

    hf_secret_wipe(&r->content.kv);
    *r = (struct hf_response){.rsc = HF_RSC_INTERNAL_ERROR,
                              .request_id = e->x->request->request_id,
                              .retry_after_s = st == HF_ERR_UNREACHABLE ? RETRY_AFTER_S : 0,
                              .reason = hf_status_sentence(st),
                              .clause = "digest 8; invariant G4"};
    hf_tef_answer(e);
}
