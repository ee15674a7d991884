/*
 * HTTP client of one worker towards one server: a bounded queue of calls over a small pool of
 * kept-alive links, one call on a link at a time. Answers come through `done`, once, before the
 * deadline or at it.
 */
#ifndef HF_DAEMON_HTTP_CLIENT_H
#define HF_DAEMON_HTTP_CLIENT_H

#include "binding/http/message.h"
#include "net/link.h"
#include "port/clock.h"

struct event_base;
struct hf_http_client;

struct hf_http_client_config {
    struct event_base *loop;
    const struct hf_clock *clock;
    const char *address; /* numeric; kept */
    uint16_t port;
    struct hf_tls_context *tls; /* NULL: plain TCP */
    hf_tls_verify *verify;      /* with TLS */
    void *verify_context;
    struct hf_bytes server_name;
    size_t links_max; /* at most HF_CLIENT_LINKS_MAX */
    size_t queue_max;
    uint32_t deadline_ms; /* from the call to its answer */
};

enum { HF_CLIENT_LINKS_MAX = 64 };

/* The caller owns it and keeps it, with `request`, until `done`. */
struct hf_http_call {
    struct hf_bytes request; /* whole message */
    bool may_repeat;         /* safe to send again on a fresh link when a kept-alive one was dead */
    bool expects_no_body;    /* HEAD */
    void (*done)(struct hf_http_call *c);
    void *context;
    /* HF_OK; HF_ERR_UNREACHABLE no answer; HF_ERR_MALFORMED garbage or too much of it; HF_ERR_LIMIT
     * the queue is full. */
    hf_status st;
    const struct hf_http_message *answer; /* borrowed until `done` returns */
    /* The client's. */
    uint64_t deadline_ms;
    bool repeated;
    struct hf_http_call *next;
};

HF_CHECKED hf_status hf_http_client_new(const struct hf_http_client_config *c,
                                        struct hf_http_client **out);
/* Calls under way are answered HF_ERR_UNREACHABLE. Accepts NULL. */
void hf_http_client_free(struct hf_http_client *c);
/* New links use another context from now on; the old one outlives the links that have it. */
void hf_http_client_use(struct hf_http_client *c, struct hf_tls_context *tls);
void hf_http_client_call(struct hf_http_client *c, struct hf_http_call *call);
/* Takes back a call whose asker has gone: `done` is not called. */
void hf_http_client_cancel(struct hf_http_client *c, struct hf_http_call *call);

#endif
