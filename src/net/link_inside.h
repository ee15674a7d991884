/*
 * The inside of a link, for link*.c only.
 *
 * Everything a link does happens in a turn: octets came, the socket can take some, or somebody
 * called from outside and scheduled one.  A turn asks TLS for its events, calls the owner, and
 * sends what all of that produced in one piece.  So the owner is never called from within its own
 * call, and a link freed in a turn is taken apart when the turn ends.
 */
#ifndef HF_NET_LINK_INSIDE_H
#define HF_NET_LINK_INSIDE_H

#include "net/buffer.h"
#include "net/link.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <netinet/in.h>

enum hf_link_state {
    HF_LINK_CONNECTING,
    HF_LINK_SECURING, /* or about to say ready, on a plain link */
    HF_LINK_UP,
    HF_LINK_LINGERING, /* all is sent; waits for the peer's end, so that nothing is cut off */
    HF_LINK_OVER,      /* the last event was given */
};

/* `family` AF_UNSPEC: not known. */
struct hf_link_peer {
    int family;
    union {
        struct in_addr v4;
        struct in6_addr v6;
    } at;
};

struct hf_link {
    struct event_base *loop;
    int fd;
    enum hf_link_state state;
    struct event io; /* readable; persistent; activated by hand for a turn */
    struct event writable, timer;
    struct hf_tls *tls;       /* NULL: plain */
    struct hf_buffer in, out; /* of a plain link */
    struct hf_link_limits limits;
    hf_link_handler *handler;
    void *owner;
    uint64_t deadline_ms, armed_ms; /* the timer is late by design: it looks again when it fires */
    uint32_t within_ms;             /* the owner's own deadline; 0: the idle limit */
    bool in_turn, is_scheduled, is_dirty, is_freed;
    bool is_reading, is_paused, is_drained, is_undrained;
    bool is_write_armed, owes_written;
    bool wants_close, has_said_close;
    bool is_at_end; /* the socket has nothing more */
    bool has_ended; /* and the owner had all of it, or the peer said close_notify */
    hf_status why;  /* not HF_OK in a living link: it fails in the next turn */
    const char *sentence;
    struct hf_link_peer peer;
    char address[INET6_ADDRSTRLEN]; /* of the peer; empty: nobody has asked */
};

void hf_link_on_io(evutil_socket_t fd, short what, void *context);
void hf_link_on_writable(evutil_socket_t fd, short what, void *context);
void hf_link_on_timer(evutil_socket_t fd, short what, void *context);

/* link_socket.c: nothing of it calls the owner. */
bool hf_link_is_alive(const struct hf_link *l);
void hf_link_touch(struct hf_link *l);   /* something moved: the idle limit begins anew */
bool hf_link_is_late(struct hf_link *l); /* in the timer: is it time, or must it be set again? */
void hf_link_schedule(struct hf_link *l);
void hf_link_set_reading(struct hf_link *l, bool reading);
void hf_link_set_deadline(struct hf_link *l, uint32_t within_ms); /* 0: never */
/* Tries once; leaves the rest to the writable event. HF_ERR_UNREACHABLE: the socket is broken. */
hf_status hf_link_send(struct hf_link *l);
size_t hf_link_unsent(const struct hf_link *l);
void hf_link_stop(struct hf_link *l);    /* no event will come */
void hf_link_destroy(struct hf_link *l); /* outside a turn */

#endif
