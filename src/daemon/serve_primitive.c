/* From HTTP message to primitive to role, and back: what MEF and MAF listeners serve. */
#include "base/memory.h"
#include "binding/http/primitive.h"
#include "codec/content.h"
#include "daemon/connection.h"
#include "daemon/log.h"
#include "daemon/worker.h"

enum { OFFERS_MAX = 4, ANSWER_HEAD_MAX = 256, METHOD_LIST_MAX = 1024 };

static const struct hf_bytes method_list_target = {(const uint8_t *)"/.well-known/handfast", 21};

static void note_refusal(struct hf_connection *c, const struct hf_response *r)
{
    char rsc[8];
    struct hf_writer w = hf_writer_over(rsc, sizeof rsc);

    hf_put_number(&w, (uint64_t)r->rsc);
    if (hf_writer_finish_text(&w) != HF_OK)
        return;
    hf_log(HF_LOG_INFO, "request refused", "endpoint", c->endpoint->name, "peer",
           c->link == NULL ? NULL : hf_link_peer_address(c->link), "rsc", rsc, "reason", r->reason,
           "clause", r->clause, NULL);
}

static void send_response(struct hf_connection *c, const struct hf_response *r)
{
    uint8_t room[HF_HTTP_ANSWER_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    bool keep_alive = !r->close && !c->closing;
    struct hf_bytes octets;

    if (r->reason != NULL && r->rsc >= HF_RSC_BAD_REQUEST)
        note_refusal(c, r);
    if (hf_http_write_response(r, keep_alive, &w) != HF_OK
        || hf_writer_finish(&w, &octets) != HF_OK)
        hf_connection_drop(c);
    else
        hf_connection_answer(c, octets, keep_alive);
    hf_wipe(room, w.used); /* a key may have been in it */
}

static void on_served(struct hf_exchange *x)
{
    struct hf_connection *c = x->context;

    if (!hf_connection_paid(c))
        return;
    send_response(c, &x->response);
}

static void refuse(struct hf_connection *c, enum hf_rsc rsc, const char *reason)
{
    struct hf_response r = {.rsc = rsc, .request_id = c->request.request_id, .reason = reason};

    send_response(c, &r);
}

/* The MEF's methods with their ports, best first (design page, section 2: negotiation). */
static void answer_method_list(struct hf_connection *c)
{
    const struct hf_mef_config *mef = c->endpoint->worker->mef_config;
    struct hf_method_offer offers[OFFERS_MAX];
    uint8_t body_room[METHOD_LIST_MAX], room[METHOD_LIST_MAX + ANSWER_HEAD_MAX];
    struct hf_writer body = hf_writer_over(body_room, sizeof body_room);
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes octets;
    size_t count = mef->method_count < OFFERS_MAX ? mef->method_count : OFFERS_MAX;

    for (size_t i = 0; i < count; i++)
        offers[i] = (struct hf_method_offer){mef->methods[i].method, mef->methods[i].port};
    if (hf_method_list_write(mef->fqdn, offers, count, &body) != HF_OK) {
        hf_connection_drop(c);
        return;
    }
    hf_put_text(&w, "HTTP/1.1 200 \r\nContent-Type: application/json\r\n"
                    "Cache-Control: no-store\r\nContent-Length: ");
    hf_put_number(&w, body.used);
    hf_put_text(&w, "\r\n\r\n");
    hf_put_bytes(&w, hf_bytes_of(body_room, body.used));
    if (hf_writer_finish(&w, &octets) != HF_OK)
        hf_connection_drop(c);
    else
        hf_connection_answer(c, octets, true);
}

void hf_serve_primitive(struct hf_connection *c, const struct hf_http_message *m)
{
    struct hf_exchange *x = &c->job.exchange;
    enum hf_rsc refusal = HF_RSC_BAD_REQUEST;

    *x = (struct hf_exchange){.request = &c->request,
                              .channel = &c->channel,
                              .arena = &c->work,
                              .done = on_served,
                              .context = c};
    c->request = (struct hf_request){0};
    if (!hf_connection_is_addressed(c, m)) {
        refuse(c, HF_RSC_BAD_REQUEST, "Host names another authority than the server name did");
        return;
    }
    if (c->endpoint->role == HF_ROLE_MEF && hf_bytes_equal(m->target, method_list_target)
        && hf_bytes_equal_text(m->method, "GET")) {
        answer_method_list(c);
        return;
    }
    if (c->peer.proof == HF_PROOF_NONE) {
        refuse(c, HF_RSC_SECURITY_ASSOCIATION_REQUIRED, "the peer has proven no identity");
        return;
    }
    if (!m->keep_alive)
        c->closing = true;
    if (hf_http_read_request(m, &c->work, &c->request, &refusal) != HF_OK) {
        refuse(c, refusal, "the request is not of the binding's form");
        return;
    }
    hf_connection_owe(c);
    c->endpoint->service.serve(c->endpoint->service.self, x);
}
