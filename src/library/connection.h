/*
 * One TCP connection with TLS and HTTP responses on it, for a client that owns no loop: tell it to
 * step when its socket is ready, and it tells what came.
 *
 * Bounded towards a hostile server (threat row DEV-7): what waits to be read, a response's head and
 * body, and the arena are limited; with the TLS library's own memory left out, a connection stays
 * below 64 KiB.
 */
#ifndef HF_LIBRARY_CONNECTION_H
#define HF_LIBRARY_CONNECTION_H

#include "binding/http/message.h"
#include "core/certificate/judge.h"
#include "net/tls.h"

enum { HF_RESPONSE_MAX = 40960, HF_WHY_MAX = 120 };

/* Everything is borrowed for the length of hf_connection_open, but `trust` and `server_name`. */
struct hf_connection_end {
    struct hf_bytes address; /* numeric; empty: `server_name` is resolved, which may block */
    uint16_t port;
    struct hf_bytes server_name;
    const struct hf_secret *psk; /* NULL: certificates */
    struct hf_bytes psk_identity;
    struct hf_bytes certificate_pem, private_key_pem; /* empty: only the server proves itself */
    const struct hf_trust *trust;
};

enum hf_connection_event {
    HF_CONNECTION_WAITING,
    HF_CONNECTION_SECURED, /* once */
    HF_CONNECTION_MESSAGE, /* hf_connection_message is there until hf_connection_drop */
    HF_CONNECTION_ENDED,   /* the peer closed in order */
    HF_CONNECTION_FAILED,  /* `st` and `why` say */
};

struct hf_connection {
    int fd;                                   /* -1: closed */
    bool is_connecting, is_secured, is_ended; /* ended: the peer's octets */
    struct hf_tls_context *context;
    struct hf_tls *tls;
    struct hf_http_parser *parser;
    const struct hf_http_message *message;
    size_t received; /* plain octets since the last message */
    struct hf_bytes server_name;
    const struct hf_trust *trust;
    hf_status st;
    char why[HF_WHY_MAX];
};

void hf_connection_init(struct hf_connection *c);
/* The outcome comes from hf_connection_step. HF_ERR_UNREACHABLE: no such address or route. */
HF_CHECKED hf_status hf_connection_open(struct hf_connection *c,
                                        const struct hf_connection_end *end);
/* Accepts one that was only initialised; ready for another open. */
void hf_connection_close(struct hf_connection *c);

enum hf_connection_event hf_connection_step(struct hf_connection *c);
short hf_connection_events(const struct hf_connection *c); /* POLLIN, POLLOUT */
HF_CHECKED hf_status hf_connection_send(struct hf_connection *c, struct hf_bytes octets);
void hf_connection_drop(struct hf_connection *c); /* the message is read */

#endif
