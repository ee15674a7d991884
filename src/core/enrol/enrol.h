/*
 * Bootstrapping as the node sees it (TS-0003, 8.3.2 and 8.3.5.2; founding text 1, item 7): from a
 * bootstrap credential to a Master Credential Km that the MAF has accepted. A table of rules, no
 * I/O: tell it what happened, ask what it wants next, ask its deadline, ask whether it is done.
 *
 * The key that is in force stays until the new one is proven at the MAF (threat row DEV-6): a new
 * key is saved as a candidate first, and replaces the old one in a single write at the end.
 * The diagram in docs/protocol/enrolment.md is printed from the rules.
 */
#ifndef HF_CORE_ENROL_ENROL_H
#define HF_CORE_ENROL_ENROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define HF_ENROL_STATES(X)                                                                         \
    X(IDLE)                                                                                        \
    X(ASKING)      /* the MEF for its methods, on a connection of its own */                       \
    X(CONNECTING)  /* MEF Handshake, 8.3.5.2.2 */                                                  \
    X(REGISTERING) /* MEF Client Registration, 8.3.5.2.3 */                                        \
    X(RENEWING)    /* MEF Client Registration Update, 8.3.5.2.5 */                                 \
    X(CONFIGURING) /* MEF Client Configuration Retrieval, 8.3.5.2.4 */                             \
    X(KEYING)      /* MEF Key Registration with SUID 21, 8.3.5.2.7 */                              \
    X(SAVING)      /* the candidate key goes into the secure environment */                        \
    X(JOINING)     /* MAF Handshake with KeID and Km, 8.8.2.2 */                                   \
    X(ADMITTING)   /* MAF Client Registration, 8.8.2.3 */                                          \
    X(READMITTING) /* MAF Client Registration Update, 8.8.2.5 */                                   \
    X(KEEPING)     /* the candidate becomes the key in force */                                    \
    X(WITHDRAWING) /* a registration whose identifier is not ours is deleted */                    \
    X(DROPPING)    /* a candidate that the MAF does not accept is forgotten */                     \
    X(ENROLLED)                                                                                    \
    X(FAILED)

#define HF_ENROL_EVENTS(X)                                                                         \
    X(BEGUN)      /* one method is configured */                                                   \
    X(BEGUN_OPEN) /* several are: ask the MEF which it has */                                      \
    X(RESUMED)    /* a saved candidate waits for its proof */                                      \
    X(LISTED)     /* the MEF's methods are known and one is ours */                                \
    X(SECURED)    /* the handshake is done and the server is who it should be */                   \
    X(ACCEPTED)   /* the answer that was hoped for */                                              \
    X(ALREADY)    /* 4117, and the registration is known here */                                   \
    X(MISMATCHED) /* the key identifier is another than ours */                                    \
    X(KEPT)       /* the secure environment has done it */                                         \
    X(REFUSED)    /* by the server, or by our own checks */                                        \
    X(LOST)       /* no connection, or it broke */                                                 \
    X(LATE)       /* the deadline passed */

#define HF_ENROL_WANTS(X)                                                                          \
    X(NOTHING)                                                                                     \
    X(ASK)                                                                                         \
    X(CONNECT)                                                                                     \
    X(REGISTER)                                                                                    \
    X(RENEW)                                                                                       \
    X(CONFIGURE)                                                                                   \
    X(REGISTER_KEY)                                                                                \
    X(SAVE_CANDIDATE)                                                                              \
    X(JOIN)                                                                                        \
    X(ADMIT)                                                                                       \
    X(READMIT)                                                                                     \
    X(KEEP_KEY)                                                                                    \
    X(WITHDRAW)                                                                                    \
    X(DROP_CANDIDATE)                                                                              \
    X(CLOSE)

#define HF_ENROL_STATE(name) HF_ENROL_##name,
#define HF_ENROL_EVENT(name) HF_ENROL_ON_##name,
#define HF_ENROL_WANT(name)  HF_ENROL_WANT_##name,
enum hf_enrol_state { HF_ENROL_STATES(HF_ENROL_STATE) HF_ENROL_STATE_COUNT };
enum hf_enrol_event { HF_ENROL_EVENTS(HF_ENROL_EVENT) HF_ENROL_EVENT_COUNT };
enum hf_enrol_want { HF_ENROL_WANTS(HF_ENROL_WANT) HF_ENROL_WANT_COUNT };
#undef HF_ENROL_STATE
#undef HF_ENROL_EVENT
#undef HF_ENROL_WANT

/* Caller's memory; read it through the functions below. */
struct hf_enrol {
    enum hf_enrol_state state;
    enum hf_enrol_want want;
    uint64_t deadline_ms;
};

struct hf_enrol_rule {
    enum hf_enrol_state in;
    enum hf_enrol_event on;
    enum hf_enrol_want want;
    enum hf_enrol_state then;
    uint32_t within_ms; /* time allowed in the new state; 0 is for ever */
};

void hf_enrol_init(struct hf_enrol *e);
/* HF_ERR_UNEXPECTED: no rule for it; nothing changed. */
HF_CHECKED hf_status hf_enrol_handle(struct hf_enrol *e, enum hf_enrol_event on, uint64_t now_ms);
enum hf_enrol_want hf_enrol_want(const struct hf_enrol *e);
uint64_t hf_enrol_deadline_ms(const struct hf_enrol *e); /* HF_NEVER: none */
bool hf_enrol_is_done(const struct hf_enrol *e);
bool hf_enrol_is_enrolled(const struct hf_enrol *e);

/* For the test of every pair, and the diagram. */
const struct hf_enrol_rule *hf_enrol_rules(size_t *count);
const char *hf_enrol_state_name(enum hf_enrol_state s);
const char *hf_enrol_event_name(enum hf_enrol_event e);
const char *hf_enrol_want_name(enum hf_enrol_want w);

#endif
