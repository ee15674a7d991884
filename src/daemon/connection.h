/*
 * One accepted connection: link, proof of the peer, HTTP messages, one at a time. What a message
 * means is the endpoint's business: serve_primitive.c (MEF, MAF) or serve_forward.c (gateway).
 * It lives on its worker and ends when the link is gone and nobody owes it an answer.
 */
#ifndef HF_DAEMON_CONNECTION_H
#define HF_DAEMON_CONNECTION_H

#include "binding/http/message.h"
#include "core/certificate/judge.h"
#include "daemon/half_open.h"
#include "daemon/http_client.h"
#include "net/link.h"
#include "port/service.h"

struct hf_endpoint;
struct sockaddr;

/* A request on its way through the gateway. */
struct hf_forward {
    struct hf_http_call call;
    bool keep_alive;
};

/* Whether the key of an association is still one (confirm.c). */
struct hf_confirmation {
    struct hf_psk_question question;
    struct hf_arena arena;
    uint64_t due_s;
    bool is_under_way;
};

struct hf_connection {
    struct hf_endpoint *endpoint;
    struct hf_link *link; /* NULL once it is gone */
    struct hf_http_parser *parser;
    struct hf_connection *previous, *next; /* of the worker */
    struct hf_half_open_entry half_open;

    struct hf_arena arena; /* of the peer */
    struct hf_peer peer;
    struct hf_bytes bound_client;
    struct hf_channel channel;
    struct hf_verdict verdict; /* certificate modes */
    union {
        struct hf_psk_question psk;
        struct hf_identify_question identify;
    } question;

    struct hf_arena work; /* of the message being served */
    struct hf_request request;
    union {
        struct hf_exchange exchange;
        struct hf_forward forward;
    } job;

    struct hf_confirmation confirmation; /* gateway */

    unsigned owed;       /* answers that somebody owes us */
    size_t message_left; /* octets until the deadline of a message moves on (500 octets a second) */
    bool known;          /* the peer is settled: messages may be served */
    bool held;           /* in use further up the stack: not to be freed, not to be served */
    bool serving, closing, require_pfs;
};

/* Takes over `fd`. On failure the descriptor is closed. */
void hf_connection_accept(struct hf_endpoint *e, int fd, const struct sockaddr *peer);
/* Ends it now, whatever it does. */
void hf_connection_drop(struct hf_connection *c);
/* No further message after the one being served; an idle one ends at once. */
void hf_connection_drain(struct hf_connection *c);

/* Host names the authority that the peer asked for by SNI (threat row CH-12); a port may follow. */
bool hf_connection_is_addressed(const struct hf_connection *c, const struct hf_http_message *m);
/* For the servers of messages: the whole answer; the message is done then. */
void hf_connection_answer(struct hf_connection *c, struct hf_bytes octets, bool keep_alive);
/* Somebody will answer later, perhaps when the peer has gone. */
void hf_connection_owe(struct hf_connection *c);
/* The answer is there. False: the peer has gone, and `c` may have been freed. */
bool hf_connection_paid(struct hf_connection *c);

/* serve_primitive.c, serve_forward.c: look at `m` (borrowed until the answer) and answer, now or
 * later. */
void hf_serve_primitive(struct hf_connection *c, const struct hf_http_message *m);
void hf_serve_forward(struct hf_connection *c, const struct hf_http_message *m);
/* confirm.c: asks, when it is time, whether the association's key was revoked meanwhile. */
void hf_connection_confirm(struct hf_connection *c, uint64_t now_s);
/* The peer has gone: what still runs for it upstream is given up. */
void hf_forward_give_up(struct hf_connection *c);

#endif
