#include "daemon/connection.h"

#include <unistd.h>

#include "base/memory.h"
#include "core/derive/derive.h"
#include "core/identity/fqdn.h"
#include "daemon/log.h"
#include "daemon/worker.h"

enum {
    HANDSHAKE_MS = 10000,
    MESSAGE_MS = 10000,  /* for the head, and for each MESSAGE_STEP octets after it */
    MESSAGE_STEP = 5000, /* 500 octets a second: threat model, section 5 */
    IDLE_MS = 60000,
    UNSENT_MAX = 1 << 17,
    READ_LEN = 4096,
    ARENA_MAX = 64 * 1024,
    WORK_MAX = 256 * 1024,
};

static void advance(struct hf_connection *c);

static void enlist(struct hf_connection *c)
{
    struct hf_worker *w = c->endpoint->worker;

    c->next = w->connections;
    if (c->next != NULL)
        c->next->previous = c;
    w->connections = c;
    w->connection_count++;
}

static void delist(struct hf_connection *c)
{
    struct hf_worker *w = c->endpoint->worker;

    if (c->previous != NULL)
        c->previous->next = c->next;
    else
        w->connections = c->next;
    if (c->next != NULL)
        c->next->previous = c->previous;
    w->connection_count--;
}

/* Frees what is gone: no link, and nobody owes an answer. */
static void settle(struct hf_connection *c)
{
    if (c->link != NULL || c->owed > 0 || c->held)
        return;
    delist(c);
    hf_http_parser_free(c->parser);
    hf_arena_done(&c->work);
    hf_arena_done(&c->arena);
    hf_free(c);
}

static void cut(struct hf_connection *c)
{
    hf_half_open_leave(&c->endpoint->worker->half_open, &c->half_open);
    hf_link_free(c->link);
    c->link = NULL;
    hf_forward_give_up(c);
}

void hf_connection_drop(struct hf_connection *c)
{
    if (c->link != NULL)
        cut(c);
    settle(c);
}

void hf_connection_drain(struct hf_connection *c)
{
    c->closing = true;
    if (c->serving || c->link == NULL)
        return;
    if (c->known)
        hf_link_close(c->link);
    else
        hf_connection_drop(c);
}

void hf_connection_owe(struct hf_connection *c)
{
    c->owed++;
}

bool hf_connection_paid(struct hf_connection *c)
{
    c->owed--;
    if (c->link != NULL)
        return true;
    settle(c);
    return false;
}

static void refuse(struct hf_connection *c, const char *sentence, const char *reason)
{
    hf_log(HF_LOG_INFO, sentence, "endpoint", c->endpoint->name, "peer",
           c->link == NULL ? NULL : hf_link_peer_address(c->link), "reason", reason, NULL);
}

/* The channel's exporter, as port/channel.h wants it: label in, identifier and key out. */
static hf_status export_key(void *self, const char *label, struct hf_export *out)
{
    struct hf_connection *c = self;
    struct hf_secret exported = {0};
    hf_status st;

    if (c->link == NULL)
        return HF_ERR_UNREACHABLE; /* the peer left while its request was being decided */
    st = hf_tls_export(hf_link_tls(c->link), label, &exported);
    if (st == HF_OK)
        st = hf_exported_split(&exported, out->id, &out->key);
    hf_secret_wipe(&exported);
    return st;
}

/* The peer is settled: from here on messages are served. */
static void admit(struct hf_connection *c)
{
    struct hf_tls *tls = hf_link_tls(c->link);

    c->channel = (struct hf_channel){
        .self = c,
        .peer = &c->peer,
        .server_name = c->endpoint->server_name,
        .suite = hf_tls_suite(tls),
        .bound_client = &c->bound_client,
        .export_key = export_key,
    };
    c->known = true;
    advance(c);
}

static void on_psk(struct hf_psk_question *q)
{
    struct hf_connection *c = q->context;

    if (!hf_connection_paid(c)) {
        hf_secret_wipe(&q->key);
        return;
    }
    c->peer = q->peer;
    c->require_pfs = q->require_pfs;
    if (q->st == HF_OK)
        hf_link_answer_psk(c->link, &q->key);
    else
        refuse(c, "pre-shared key refused", q->reason);
    hf_secret_wipe(&q->key);
    if (q->st == HF_ERR_UNREACHABLE)
        hf_link_abort_psk(c->link);
    else if (q->st != HF_OK)
        hf_link_answer_psk(c->link, NULL);
}

static void ask_for_psk(struct hf_connection *c)
{
    c->question.psk = (struct hf_psk_question){
        .server_name = c->endpoint->server_name,
        .arena = &c->arena,
        .done = on_psk,
        .context = c,
    };
    if (hf_arena_copy(&c->arena, hf_tls_identity(hf_link_tls(c->link)), &c->question.psk.identity)
        != HF_OK) {
        hf_connection_drop(c);
        return;
    }
    hf_connection_owe(c);
    c->endpoint->service.resolve_psk(c->endpoint->service.self, &c->question.psk);
}

static hf_status verify(void *context, const struct hf_bytes *chain, size_t count)
{
    struct hf_connection *c = context;
    struct hf_worker *w = c->endpoint->worker;
    struct hf_judge_question q = {
        .trust = w->materials->of[c->endpoint->role].trust,
        .chain = chain,
        .count = count,
        .now_s = hf_unix_time_s(&w->clock),
        .in_cse = hf_text(w->deployment->config->in_cse),
        .accepted = c->endpoint->accepted,
    };
    struct hf_bytes functions[2] = {hf_text(w->deployment->config->mef.f.fqdn),
                                    hf_text(w->deployment->config->maf.f.fqdn)};
    hf_status st;

    q.infrastructure = functions;
    q.infrastructure_count = HF_COUNT(functions);
    st = hf_certificate_judge(&q, &c->arena, &c->verdict);
    if (st != HF_OK)
        refuse(c, "certificate refused", c->verdict.reason);
    return st;
}

static void on_identified(struct hf_identify_question *q)
{
    struct hf_connection *c = q->context;

    if (!hf_connection_paid(c))
        return;
    if (q->st != HF_OK) {
        refuse(c, "certificate refused", q->reason);
        hf_connection_drop(c);
        return;
    }
    c->peer = q->peer;
    if (c->peer.expires_s > c->verdict.expires_s)
        c->peer.expires_s = c->verdict.expires_s; /* proven until the certificate ends, no longer */
    admit(c);
}

static void ask_who(struct hf_connection *c)
{
    c->question.identify = (struct hf_identify_question){
        .type = c->verdict.type,
        .value = c->verdict.value,
        .server_name = c->endpoint->server_name,
        .arena = &c->arena,
        .done = on_identified,
        .context = c,
    };
    hf_connection_owe(c);
    c->endpoint->service.identify(c->endpoint->service.self, &c->question.identify);
}

static void on_secured(struct hf_connection *c)
{
    struct hf_tls *tls = hf_link_tls(c->link);

    hf_half_open_leave(&c->endpoint->worker->half_open, &c->half_open);
    c->parser = hf_http_parser_new(HF_HTTP_REQUESTS);
    if (c->parser == NULL) {
        hf_connection_drop(c);
    } else if (!c->endpoint->is_psk) {
        if (hf_tls_has_peer_certificate(tls))
            ask_who(c);
        else
            admit(c); /* nothing is proven: only public answers */
    } else if (c->require_pfs && !hf_tls_is_forward_secret(tls)) {
        refuse(c, "association refused", "this credential requires forward secrecy");
        hf_connection_drop(c);
    } else {
        admit(c);
    }
}

/* A message must come at a fair pace, from its first octet to its last (threat row DOS-4). */
static void pace(struct hf_connection *c, size_t got)
{
    if (c->serving || !hf_http_is_inside(c->parser)) {
        if (c->message_left != 0)
            hf_link_deadline(c->link, 0);
        c->message_left = 0;
    } else if (c->message_left == 0) {
        hf_link_deadline(c->link, MESSAGE_MS);
        c->message_left = MESSAGE_STEP;
    } else if (got >= c->message_left) {
        hf_link_deadline(c->link, MESSAGE_MS);
        c->message_left = MESSAGE_STEP;
    } else {
        c->message_left -= got;
    }
}

/* Octets that are no HTTP: say so once where the peer is known, and end. */
static void refuse_octets(struct hf_connection *c, hf_status st)
{
    static const char malformed[] = "HTTP/1.1 400 \r\nX-M2M-RSC: 4000\r\nConnection: close\r\n"
                                    "Cache-Control: no-store\r\nContent-Length: 0\r\n\r\n";
    static const char too_large[] = "HTTP/1.1 413 \r\nX-M2M-RSC: 4000\r\nConnection: close\r\n"
                                    "Cache-Control: no-store\r\nContent-Length: 0\r\n\r\n";
    bool limit = st == HF_ERR_LIMIT;

    refuse(c, "request refused", limit ? "larger than its limit" : "not HTTP/1.1, strictly read");
    c->closing = true;
    if (hf_link_write(c->link, limit ? hf_text(too_large) : hf_text(malformed)) == HF_OK)
        hf_link_close(c->link);
    else
        hf_connection_drop(c);
}

/* Serves what waits in the parser, one message after the other, without recursion. */
static void serve_waiting(struct hf_connection *c)
{
    const struct hf_http_message *m;

    while (c->link != NULL && c->known && !c->serving && !c->closing
           && hf_http_next(c->parser, &m) == HF_OK) {
        c->serving = true;
        c->endpoint->serve(c, m);
    }
}

/* The same from outside; a holder further up the stack does it itself. */
static void advance(struct hf_connection *c)
{
    if (c->held)
        return;
    c->held = true;
    serve_waiting(c);
    c->held = false;
    settle(c);
}

/* Everything that has come goes to the parser; nothing is freed meanwhile. */
static hf_status take_octets(struct hf_connection *c)
{
    uint8_t room[READ_LEN];
    hf_status st = HF_OK;
    size_t len;

    while (c->link != NULL && (len = hf_link_read(c->link, room, sizeof room)) > 0) {
        if (st != HF_OK || c->closing)
            continue; /* read and forgotten */
        st = hf_http_feed(c->parser, hf_bytes_of(room, len));
        pace(c, len);
    }
    hf_wipe(room, sizeof room);
    return st;
}

static void on_readable(struct hf_connection *c)
{
    hf_status st;

    c->held = true;
    st = take_octets(c);
    serve_waiting(c);
    if (st != HF_OK && c->link != NULL && !c->serving && !c->closing)
        refuse_octets(c, st);
    else if (st != HF_OK)
        c->closing = true; /* the one being served is still answered */
    c->held = false;
    settle(c);
}

static void on_link(struct hf_link *l, enum hf_link_event e, void *owner)
{
    struct hf_connection *c = owner;

    switch (e) {
    case HF_LINK_WANT_PSK:
        ask_for_psk(c);
        break;
    case HF_LINK_READY:
        on_secured(c);
        break;
    case HF_LINK_READABLE:
        on_readable(c);
        break;
    case HF_LINK_WRITTEN:
        break;
    case HF_LINK_FAILED:
        if (hf_log_is_on(HF_LOG_INFO) && !c->known)
            refuse(c, "handshake refused", hf_link_why_sentence(l));
        hf_connection_drop(c);
        break;
    case HF_LINK_ENDED:
        hf_connection_drop(c);
        break;
    }
}

bool hf_connection_is_addressed(const struct hf_connection *c, const struct hf_http_message *m)
{
    struct hf_bytes host = hf_http_header(m, "Host"), port;

    (void)hf_bytes_split(host, ':', &host, &port);
    return hf_fqdn_equal(host, c->endpoint->server_name);
}

void hf_connection_answer(struct hf_connection *c, struct hf_bytes octets, bool keep_alive)
{
    bool stay = keep_alive && !c->closing;

    hf_status st = c->link == NULL ? HF_ERR_UNEXPECTED : hf_link_write(c->link, octets);

    c->serving = false;
    hf_http_drop(c->parser);
    hf_arena_done(&c->work); /* the octets may have been in it */
    if (c->link == NULL)
        return;
    if (st != HF_OK) {
        hf_connection_drop(c);
        return;
    }
    if (!stay) {
        c->closing = true;
        hf_link_close(c->link);
        return;
    }
    pace(c, 0);
    advance(c);
}

void hf_connection_accept(struct hf_endpoint *e, int fd, const struct sockaddr *peer)
{
    static const struct hf_link_limits limits = {HANDSHAKE_MS, IDLE_MS, UNSENT_MAX};
    struct hf_worker *w = e->worker;
    struct hf_connection *c = hf_alloc(1, sizeof *c), *surplus;
    struct hf_tls_start start = {.verify = verify, .verify_context = c};

    if (c == NULL) {
        close(fd);
        return;
    }
    c->endpoint = e;
    hf_arena_init(&c->arena, ARENA_MAX);
    hf_arena_init(&c->work, WORK_MAX);
    enlist(c);
    if (hf_link_accept(w->loop, fd, peer, e->tls, &start, &limits, on_link, c, &c->link) != HF_OK
        || hf_half_open_enter(&w->half_open, &c->half_open, hf_link_peer_address(c->link), c)
               != HF_OK) {
        hf_connection_drop(c);
        return;
    }
    surplus = hf_half_open_surplus(&w->half_open);
    if (surplus != NULL)
        hf_connection_drop(surplus);
}
