/*
 * A revoked key ends the associations that it opened (invariant G5; threat row GW-10): the gateway
 * asks for the key of every association again and again. The MAF hears of it as often as the key
 * cache allows. A MAF that does not answer ends nothing (GW-8): the key's own end does.
 */
#include "daemon/connection.h"
#include "daemon/log.h"
#include "daemon/worker.h"

enum { CONFIRM_S = 5, SCRATCH_MAX = 8192 };

static bool is_news(hf_status st)
{
    return st == HF_ERR_UNKNOWN || st == HF_ERR_DENIED || st == HF_ERR_EXPIRED;
}

static void on_confirmed(struct hf_psk_question *q)
{
    struct hf_connection *c = q->context;
    struct hf_confirmation *f = &c->confirmation;

    f->is_under_way = false;
    hf_secret_wipe(&q->key);
    hf_arena_done(&f->arena);
    if (!hf_connection_paid(c) || !is_news(q->st))
        return;
    hf_log(HF_LOG_INFO, "association ended", "endpoint", c->endpoint->name, "peer",
           hf_link_peer_address(c->link), "reason", q->reason, NULL);
    hf_connection_drain(c);
}

void hf_connection_confirm(struct hf_connection *c, uint64_t now_s)
{
    struct hf_confirmation *f = &c->confirmation;

    if (f->due_s == 0)
        f->due_s = now_s + CONFIRM_S;
    if (f->is_under_way || c->closing || now_s < f->due_s)
        return;
    f->due_s = now_s + CONFIRM_S;
    f->is_under_way = true;
    hf_arena_init(&f->arena, SCRATCH_MAX);
    f->question = (struct hf_psk_question){
        .identity = c->question.psk.identity,
        .server_name = c->endpoint->server_name,
        .arena = &f->arena,
        .done = on_confirmed,
        .context = c,
    };
    hf_connection_owe(c);
    c->endpoint->service.resolve_psk(c->endpoint->service.self, &f->question);
}
