/*
 * From an association to the CSE behind the gateway. The upstream request is built anew from what
 * was parsed, never copied (threat rows GW-2, GW-3); the originator is what the association proves
 * (GW-1).
 */
#include "base/memory.h"
#include "daemon/connection.h"
#include "daemon/log.h"
#include "daemon/worker.h"

enum { HEAD_EXTRA = 512, ANSWER_MAX = HF_HTTP_HEAD_MAX + HF_HTTP_BODY_MAX + HEAD_EXTRA };

/* Headers that travel. Anything else is ours to say, or nobody's. */
static const char *const request_headers[] = {
    "X-M2M-RI", "X-M2M-RVI", "X-M2M-OT",     "X-M2M-RET", "X-M2M-RST", "X-M2M-OET",    "X-M2M-RTU",
    "X-M2M-EC", "X-M2M-VSI", "Content-Type", "Accept",    "If-Match",  "If-None-Match"};
static const char *const answer_headers[] = {
    "X-M2M-RI",  "X-M2M-RVI",    "X-M2M-RSC",        "X-M2M-OT", "X-M2M-RST",  "X-M2M-EC",
    "X-M2M-VSI", "Content-Type", "Content-Location", "ETag",     "Retry-After"};

static void put_header(struct hf_writer *w, const char *name, struct hf_bytes value)
{
    hf_put_text(w, name);
    hf_put_text(w, ": ");
    hf_put_bytes(w, value);
    hf_put_text(w, "\r\n");
}

static void put_known_headers(struct hf_writer *w, const struct hf_http_message *m,
                              const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct hf_bytes value = hf_http_header(m, names[i]);

        if (value.at != NULL)
            put_header(w, names[i], value);
    }
}

/* Twice the same header that travels is ambiguous: which one would the CSE believe? */
static bool is_ambiguous(const struct hf_http_message *m)
{
    for (size_t i = 0; i < HF_COUNT(request_headers); i++)
        if (hf_http_header_count(m, request_headers[i]) > 1)
            return true;
    return hf_http_header_count(m, "X-M2M-Origin") > 1;
}

static void put_length_and_body(struct hf_writer *w, struct hf_bytes body)
{
    hf_put_text(w, "Content-Length: ");
    hf_put_number(w, body.len);
    hf_put_text(w, "\r\n\r\n");
    hf_put_bytes(w, body);
}

static hf_status write_upstream(struct hf_connection *c, const struct hf_http_message *m,
                                struct hf_bytes origin, struct hf_bytes *out)
{
    size_t size = HF_HTTP_HEAD_MAX + HEAD_EXTRA + m->body.len;
    uint8_t *room = hf_arena_take(&c->work, size, 1);
    struct hf_writer w = hf_writer_over(room, size);

    if (room == NULL)
        return HF_ERR_LIMIT;
    hf_put_bytes(&w, m->method);
    hf_put_u8(&w, ' ');
    hf_put_bytes(&w, m->target);
    hf_put_text(&w, " HTTP/1.1\r\n");
    put_header(&w, "Host", c->endpoint->server_name);
    put_header(&w, "X-M2M-Origin", origin);
    put_known_headers(&w, m, request_headers, HF_COUNT(request_headers));
    put_length_and_body(&w, m->body);
    return hf_writer_finish(&w, out);
}

/* A refusal of the gateway itself, with the oneM2M code and the request's identifier. */
static void refuse(struct hf_connection *c, const char *status, const char *rsc,
                   struct hf_bytes request_id, const char *reason)
{
    uint8_t room[HEAD_EXTRA + HF_HTTP_HEAD_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes octets;

    hf_log(HF_LOG_INFO, "request refused", "endpoint", c->endpoint->name, "peer",
           hf_link_peer_address(c->link), "rsc", rsc, "reason", reason, NULL);
    hf_put_text(&w, "HTTP/1.1 ");
    hf_put_text(&w, status);
    hf_put_text(&w, " \r\n");
    put_header(&w, "X-M2M-RSC", hf_text(rsc));
    if (request_id.len > 0)
        put_header(&w, "X-M2M-RI", request_id);
    put_length_and_body(&w, HF_LITERAL(""));
    if (hf_writer_finish(&w, &octets) == HF_OK)
        hf_connection_answer(c, octets, c->job.forward.keep_alive);
    else
        hf_connection_drop(c);
}

static void answer_from_upstream(struct hf_connection *c, const struct hf_http_message *m)
{
    size_t size = HF_HTTP_HEAD_MAX + HEAD_EXTRA + m->body.len;
    uint8_t *room = hf_arena_take(&c->work, size, 1);
    struct hf_writer w = hf_writer_over(room, size);
    struct hf_bytes octets;

    if (room == NULL) {
        hf_connection_drop(c);
        return;
    }
    hf_put_text(&w, "HTTP/1.1 ");
    hf_put_number(&w, m->status);
    hf_put_text(&w, " \r\n");
    put_known_headers(&w, m, answer_headers, HF_COUNT(answer_headers));
    if (!c->job.forward.keep_alive)
        put_header(&w, "Connection", HF_LITERAL("close"));
    put_length_and_body(&w, m->body);
    if (hf_writer_finish(&w, &octets) == HF_OK)
        hf_connection_answer(c, octets, c->job.forward.keep_alive);
    else
        hf_connection_drop(c);
}

static void on_upstream(struct hf_http_call *call)
{
    struct hf_connection *c = call->context;

    call->done = NULL; /* no longer under way: nothing to give up */
    if (!hf_connection_paid(c))
        return;
    if (call->st == HF_OK)
        answer_from_upstream(c, call->answer);
    else
        refuse(c, "504", "5103", c->request.request_id,
               "the CSE behind the gateway does not answer");
}

void hf_forward_give_up(struct hf_connection *c)
{
    if (c->endpoint->serve != hf_serve_forward || c->job.forward.call.done == NULL)
        return;
    hf_http_client_cancel(c->endpoint->worker->upstream, &c->job.forward.call);
    c->job.forward.call.done = NULL;
    c->owed--;
}

static void forward(struct hf_connection *c, const struct hf_http_message *m,
                    struct hf_bytes origin)
{
    struct hf_http_call *call = &c->job.forward.call;

    if (write_upstream(c, m, origin, &call->request) != HF_OK) {
        refuse(c, "400", "4000", c->request.request_id, "the request does not fit the limits");
        return;
    }
    call->may_repeat = !hf_bytes_equal_text(m->method, "POST");
    call->expects_no_body = hf_bytes_equal_text(m->method, "HEAD");
    call->done = on_upstream;
    call->context = c;
    hf_connection_owe(c);
    hf_http_client_call(c->endpoint->worker->upstream, call);
}

static bool is_method(struct hf_bytes method)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "DELETE"};

    for (size_t i = 0; i < HF_COUNT(methods); i++)
        if (hf_bytes_equal_text(method, methods[i]))
            return true;
    return false;
}

void hf_serve_forward(struct hf_connection *c, const struct hf_http_message *m)
{
    struct hf_bytes request_id = hf_http_header(m, "X-M2M-RI"), origin;
    uint64_t now_s = hf_unix_time_s(&c->endpoint->worker->clock);

    c->job.forward = (struct hf_forward){.keep_alive = m->keep_alive};
    c->request.request_id = (struct hf_bytes){NULL, 0};
    if (c->peer.expires_s <= now_s) {
        c->job.forward.keep_alive = false;
        refuse(c, "403", "4107", request_id, "the association's key has expired; associate again");
    } else if (is_ambiguous(m)) {
        refuse(c, "400", "4000", (struct hf_bytes){NULL, 0}, "a header is there twice");
    } else if (!hf_connection_is_addressed(c, m)) {
        refuse(c, "400", "4000", request_id,
               "Host names another authority than the server name did");
    } else if (!is_method(m->method)) {
        refuse(c, "405", "4005", request_id, "no method of the oneM2M binding");
    } else if (hf_gateway_judge_origin(&c->peer, hf_http_header(m, "X-M2M-Origin"), &origin)
               != HF_OK) {
        refuse(c, "403", "4106", request_id, "X-M2M-Origin is not whom the association proves");
    } else if (hf_arena_copy(&c->work, request_id, &c->request.request_id) != HF_OK) {
        hf_connection_drop(c);
    } else {
        forward(c, m, origin);
    }
}
