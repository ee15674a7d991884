/*
 * One TCP connection on a libevent loop, with TLS on it or without. The owner gets events and
 * writes octets; sockets, buffers, deadlines and half-open accounting are here. A link lives on the
 * thread of its loop. The owner frees it with hf_link_free, never inside its own callback stack
 * twice; freeing inside a callback is allowed.
 */
#ifndef HF_NET_LINK_H
#define HF_NET_LINK_H

#include "net/tls.h"

struct event_base;
struct sockaddr;
struct hf_link;

enum hf_link_event {
    HF_LINK_WANT_PSK, /* hf_tls_identity(hf_link_tls(l)); answer with hf_link_answer_psk */
    HF_LINK_READY,    /* connected, and secured where there is TLS */
    HF_LINK_READABLE, /* call hf_link_read until it gives 0 */
    HF_LINK_WRITTEN,  /* everything written has gone to the kernel */
    HF_LINK_ENDED,    /* the peer closed in order */
    HF_LINK_FAILED,   /* handshake, socket or deadline; hf_link_why says */
};

typedef void hf_link_handler(struct hf_link *l, enum hf_link_event e, void *owner);

struct hf_link_limits {
    uint32_t handshake_ms; /* connect and handshake together */
    uint32_t idle_ms;      /* nothing read or written */
    size_t unsent_max;     /* octets waiting for a slow reader; more ends the link */
};

/*
 * Takes over `fd` (non-blocking, TCP_NODELAY set), even when it fails. `peer` as the listener gave
 * it, NULL: the socket is asked when somebody wants to know. `tls` NULL: plain.
 */
HF_CHECKED hf_status hf_link_accept(struct event_base *loop, int fd, const struct sockaddr *peer,
                                    struct hf_tls_context *tls, const struct hf_tls_start *start,
                                    const struct hf_link_limits *limits, hf_link_handler *handler,
                                    void *owner, struct hf_link **out);
/* `address` is numeric IPv4 or IPv6. The outcome comes as HF_LINK_READY or HF_LINK_FAILED. */
HF_CHECKED hf_status hf_link_connect(struct event_base *loop, const char *address, uint16_t port,
                                     struct hf_tls_context *tls, const struct hf_tls_start *start,
                                     const struct hf_link_limits *limits, hf_link_handler *handler,
                                     void *owner, struct hf_link **out);
void hf_link_free(struct hf_link *l); /* accepts NULL; closes the socket at once */

struct hf_tls *hf_link_tls(struct hf_link *l);                           /* NULL on a plain link */
void hf_link_answer_psk(struct hf_link *l, const struct hf_secret *key); /* NULL: decoy */
void hf_link_abort_psk(struct hf_link *l); /* its home did not answer */
size_t hf_link_read(struct hf_link *l, uint8_t *room, size_t size);
HF_CHECKED hf_status hf_link_write(struct hf_link *l, struct hf_bytes octets);
/* Sends what waits, then close_notify and end; HF_LINK_ENDED or _FAILED follows. */
void hf_link_close(struct hf_link *l);
/* A new deadline from now, HF_LINK_FAILED when it passes; 0 goes back to the idle limit. */
void hf_link_deadline(struct hf_link *l, uint32_t within_ms);
/* Stops reading from the socket (back-pressure), or goes on. */
void hf_link_pause(struct hf_link *l, bool paused);
hf_status hf_link_why(const struct hf_link *l);
const char *hf_link_why_sentence(const struct hf_link *l);
/* Numeric address of the peer. */
const char *hf_link_peer_address(const struct hf_link *l);

#endif
