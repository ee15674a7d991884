/*
 * The node's exchanges as whoever owns the connection sees them: take an order, carry it out, tell
 * what came of it. Not thread-safe; no loop, no socket, no TLS here.
 *
 *     while (task.take_order(task.self, &order)) carry out order
 *     then wait for octets or for task.deadline_ms, and call tick
 */
#ifndef HF_ROLE_NODE_TASK_H
#define HF_ROLE_NODE_TASK_H

#include "core/associate/association.h"
#include "core/enrol/enrolment.h"
#include "core/primitive/primitive.h"
#include "port/channel.h"
#include "port/clock.h"
#include "port/secure_environment.h"

enum { HF_NODE_METHODS_MAX = 4, HF_NODE_ARENA_MAX = 32768 };

/* Who to connect to, and how to prove oneself to them. */
struct hf_node_end {
    struct hf_bytes fqdn, address; /* address: numeric; empty: resolve the FQDN */
    uint16_t port;
    bool with_certificate, with_psk; /* neither: only the server proves itself */
    struct hf_bytes psk_identity;
    const struct hf_secret *psk;
};

enum hf_node_act {
    HF_NODE_ASK,     /* connect to `end` and GET its list of methods; then `listed` */
    HF_NODE_CONNECT, /* a fresh connection to `end`, an older one is closed; then `secured` */
    HF_NODE_SEND,    /* `request` on the connection; then `answered` */
    HF_NODE_CLOSE,   /* the connection is not needed any more */
};

/* Borrowed until the next event. */
struct hf_node_order {
    enum hf_node_act act;
    struct hf_node_end end;
    const struct hf_request *request;
};

struct hf_node_offer {
    struct hf_bytes method; /* "certificate", "psk" */
    uint16_t port;
};

/* How it ended, for people. */
struct hf_node_outcome {
    hf_status st;
    bool was_current;       /* an enrolment in force: nothing was done */
    char sentence[200];     /* of a failure; empty otherwise */
    const char *clause;     /* NULL: none */
    const char *what_to_do; /* NULL: nothing in particular */
};

struct hf_node_task {
    void *self;
    /* False: nothing to do now. Each order is given once. */
    bool (*take_order)(void *self, struct hf_node_order *out);
    /* After ASK: the list is for `fqdn`. */
    void (*listed)(void *self, struct hf_bytes fqdn, const struct hf_node_offer *offers,
                   size_t count);
    /* After CONNECT: the channel is good for the length of the call. */
    void (*secured)(void *self, const struct hf_channel *channel);
    void (*answered)(void *self, const struct hf_response *r);
    /*
     * An order failed. HF_ERR_UNREACHABLE: there is no connection, or it broke; anything else: the
     * peer or our own checks refused. `why` NULL: the status says it all.
     */
    void (*failed)(void *self, hf_status st, const char *why);
    void (*tick)(void *self);
    uint64_t (*deadline_ms)(void *self);
    bool (*is_done)(void *self);
    const struct hf_node_outcome *(*outcome)(void *self);
};

/* Texts to values and back, as codec/ does it: a role sees no codec. Texts out are in `a`. */
struct hf_node_codec {
    void *self;
    /* The MEF client configuration; sets what it says, leaves the rest of `out`. */
    hf_status (*read_configuration)(void *self, struct hf_bytes json, struct hf_arena *a,
                                    struct hf_enrolment *out);
    /* The public facts beside a key in the secure environment. */
    hf_status (*write_enrolment)(void *self, const struct hf_enrolment *e, struct hf_writer *w);
    hf_status (*read_enrolment)(void *self, struct hf_bytes json, struct hf_arena *a,
                                struct hf_enrolment *out);
    hf_status (*write_association)(void *self, const struct hf_association *c, struct hf_writer *w);
    hf_status (*read_association)(void *self, struct hf_bytes json, struct hf_arena *a,
                                  struct hf_association *out);
};

struct hf_node_ports {
    struct hf_clock clock;
    struct hf_secure_environment secure_environment;
    struct hf_node_codec codec;
};

#endif
