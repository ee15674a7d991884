/*
 * HTTP/1.1 messages, strictly (RFC 9112; threat row GW-3): http_parser behind a wrapper that also
 * refuses space before colon, bare LF, folding, no or two Hosts, Content-Length with
 * Transfer-Encoding, repeated Content-Length, chunk extensions, trailers, Expect, Upgrade, any
 * version but 1.1 (responses: or 1.0), and any head over its limit. Both have to agree on where a
 * message ends. An idle parser holds no buffer.
 * Push octets in, get whole messages out; pipelined ones stay in the parser until asked for.
 */
#ifndef HF_BINDING_HTTP_MESSAGE_H
#define HF_BINDING_HTTP_MESSAGE_H

#include "base/arena.h"

enum {
    HF_HTTP_HEAD_MAX = 8192,
    HF_HTTP_BODY_MAX = 65536,
    HF_HTTP_HEADERS_MAX = 48,
    HF_HTTP_PIPELINE_MAX = 8,    /* whole requests waiting behind the one being served */
    HF_HTTP_WAITING_MAX = 65536, /* octets of those together */
};

struct hf_http_header {
    struct hf_bytes name, value; /* value without surrounding white space */
};

struct hf_http_message {
    /* request */
    struct hf_bytes method, target; /* target: origin form, starts with "/" */
    /* response */
    unsigned status;
    /* both */
    struct hf_http_header headers[HF_HTTP_HEADERS_MAX];
    size_t header_count;
    struct hf_bytes body;
    bool keep_alive;
};

/* The first header of that name (ASCII case ignored); none gives an empty value with NULL `at`. */
struct hf_bytes hf_http_header(const struct hf_http_message *m, const char *name);
size_t hf_http_header_count(const struct hf_http_message *m, const char *name);

struct hf_http_parser;
enum hf_http_kind { HF_HTTP_REQUESTS, HF_HTTP_RESPONSES };

struct hf_http_parser *hf_http_parser_new(enum hf_http_kind kind); /* NULL: out of memory */
void hf_http_parser_free(struct hf_http_parser *p);                /* accepts NULL; wipes */
/*
 * HF_ERR_MALFORMED  not HTTP as above; nothing more is accepted
 * HF_ERR_LIMIT      head, header count, body or pipeline over its limit
 * HF_ERR_SYSTEM     no memory
 * After any of them the same is answered for ever. Interim responses (1xx) are skipped.
 */
HF_CHECKED hf_status hf_http_feed(struct hf_http_parser *p, struct hf_bytes octets);
/* Responses that end with the connection. */
HF_CHECKED hf_status hf_http_feed_end(struct hf_http_parser *p);
/*
 * The next whole message, borrowed until hf_http_drop; HF_ERR_UNKNOWN: none yet. On
 * HF_ERR_MALFORMED from feed, messages before the bad one are still there.
 */
HF_CHECKED hf_status hf_http_next(struct hf_http_parser *p, const struct hf_http_message **out);
void hf_http_drop(struct hf_http_parser *p);
/* Something of a next message has arrived (for header and body deadlines). */
bool hf_http_is_inside(const struct hf_http_parser *p);
/* A response to HEAD, or expected without body. */
void hf_http_expect_no_body(struct hf_http_parser *p);

#endif
