/*
 * Security association establishment as Entity A sees it (TS-0003, 8.2.2.3 and 8.8.2; founding text
 * 2, items 5 to 9): with Km at hand, a key Kc for one application and one target, exported from a
 * fresh MAF Handshake and registered with SUID 32. A table of rules, no I/O, in the shape of
 * core/enrol.
 *
 * One exporter-derived registration a connection (design page, rulings): each association makes a
 * connection of its own. The diagram in docs/protocol/association.md is printed from the rules.
 */
#ifndef HF_CORE_ASSOCIATE_ASSOCIATE_H
#define HF_CORE_ASSOCIATE_ASSOCIATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define HF_ASSOCIATE_STATES(X)                                                                     \
    X(IDLE)                                                                                        \
    X(CONNECTING)  /* MAF Handshake, 8.8.2.2 */                                                    \
    X(REGISTERING) /* MAF Client Registration of this application, 8.8.2.3 */                      \
    X(KEYING)      /* MAF Key Registration with SUID 32, 8.8.2.7 */                                \
    X(KEEPING)     /* Kc goes into the secure environment */                                       \
    X(WITHDRAWING) /* a registration whose identifier is not ours is deleted */                    \
    X(ASSOCIATED)                                                                                  \
    X(FAILED)

#define HF_ASSOCIATE_EVENTS(X)                                                                     \
    X(BEGUN)                                                                                       \
    X(SECURED)    /* the handshake is done */                                                      \
    X(ACCEPTED)   /* the answer that was hoped for */                                              \
    X(ALREADY)    /* 4117: the application is registered, which is as good */                      \
    X(MISMATCHED) /* the key identifier is another than ours */                                    \
    X(KEPT)       /* the secure environment has done it */                                         \
    X(REFUSED)    /* by the server, or by our own checks */                                        \
    X(LOST)       /* no connection, or it broke */                                                 \
    X(LATE)       /* the deadline passed */

#define HF_ASSOCIATE_WANTS(X)                                                                      \
    X(NOTHING)                                                                                     \
    X(CONNECT)                                                                                     \
    X(REGISTER)                                                                                    \
    X(REGISTER_KEY)                                                                                \
    X(KEEP_KEY)                                                                                    \
    X(WITHDRAW)                                                                                    \
    X(CLOSE)

#define HF_ASSOCIATE_STATE(name) HF_ASSOCIATE_##name,
#define HF_ASSOCIATE_EVENT(name) HF_ASSOCIATE_ON_##name,
#define HF_ASSOCIATE_WANT(name)  HF_ASSOCIATE_WANT_##name,
enum hf_associate_state { HF_ASSOCIATE_STATES(HF_ASSOCIATE_STATE) HF_ASSOCIATE_STATE_COUNT };
enum hf_associate_event { HF_ASSOCIATE_EVENTS(HF_ASSOCIATE_EVENT) HF_ASSOCIATE_EVENT_COUNT };
enum hf_associate_want { HF_ASSOCIATE_WANTS(HF_ASSOCIATE_WANT) HF_ASSOCIATE_WANT_COUNT };
#undef HF_ASSOCIATE_STATE
#undef HF_ASSOCIATE_EVENT
#undef HF_ASSOCIATE_WANT

/* Caller's memory; read it through the functions below. */
struct hf_associate {
    enum hf_associate_state state;
    enum hf_associate_want want;
    uint64_t deadline_ms;
};

struct hf_associate_rule {
    enum hf_associate_state in;
    enum hf_associate_event on;
    enum hf_associate_want want;
    enum hf_associate_state then;
    uint32_t within_ms; /* time allowed in the new state; 0 is for ever */
};

void hf_associate_init(struct hf_associate *a);
/* HF_ERR_UNEXPECTED: no rule for it; nothing changed. */
HF_CHECKED hf_status hf_associate_handle(struct hf_associate *a, enum hf_associate_event on,
                                         uint64_t now_ms);
enum hf_associate_want hf_associate_want(const struct hf_associate *a);
uint64_t hf_associate_deadline_ms(const struct hf_associate *a); /* HF_NEVER: none */
bool hf_associate_is_done(const struct hf_associate *a);
bool hf_associate_is_associated(const struct hf_associate *a);

/* For the test of every pair, and the diagram. */
const struct hf_associate_rule *hf_associate_rules(size_t *count);
const char *hf_associate_state_name(enum hf_associate_state s);
const char *hf_associate_event_name(enum hf_associate_event e);
const char *hf_associate_want_name(enum hf_associate_want w);

#endif
