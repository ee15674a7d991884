#include "core/enrol/enrol.h"

#include "base/time.h"

enum { HANDSHAKE_MS = 15000, ANSWER_MS = 15000, NO_LIMIT = 0 };

#define RULE(in, on, want, then, within)                                                           \
    {                                                                                              \
        HF_ENROL_##in, HF_ENROL_ON_##on, HF_ENROL_WANT_##want, HF_ENROL_##then, within             \
    }
/* What ends the bootstrap in any state that waits for a server. */
#define MAY_FAIL(in)                                                                               \
    RULE(in, REFUSED, CLOSE, FAILED, NO_LIMIT), RULE(in, LOST, CLOSE, FAILED, NO_LIMIT),           \
        RULE(in, LATE, CLOSE, FAILED, NO_LIMIT)

/* A pair that has no row is refused. */
static const struct hf_enrol_rule rules[] = {
    RULE(IDLE, BEGUN, CONNECT, CONNECTING, HANDSHAKE_MS),
    RULE(IDLE, BEGUN_OPEN, ASK, ASKING, HANDSHAKE_MS),
    RULE(IDLE, RESUMED, JOIN, JOINING, HANDSHAKE_MS),
    RULE(IDLE, REFUSED, CLOSE, FAILED, NO_LIMIT),

    RULE(ASKING, LISTED, CONNECT, CONNECTING, HANDSHAKE_MS),
    MAY_FAIL(ASKING),

    RULE(CONNECTING, SECURED, REGISTER, REGISTERING, ANSWER_MS),
    MAY_FAIL(CONNECTING),

    RULE(REGISTERING, ACCEPTED, CONFIGURE, CONFIGURING, ANSWER_MS),
    RULE(REGISTERING, ALREADY, RENEW, RENEWING, ANSWER_MS),
    MAY_FAIL(REGISTERING),

    RULE(RENEWING, ACCEPTED, CONFIGURE, CONFIGURING, ANSWER_MS),
    MAY_FAIL(RENEWING),

    RULE(CONFIGURING, ACCEPTED, REGISTER_KEY, KEYING, ANSWER_MS),
    MAY_FAIL(CONFIGURING),

    RULE(KEYING, ACCEPTED, SAVE_CANDIDATE, SAVING, NO_LIMIT),
    RULE(KEYING, MISMATCHED, WITHDRAW, WITHDRAWING, ANSWER_MS),
    MAY_FAIL(KEYING),

    RULE(SAVING, KEPT, JOIN, JOINING, HANDSHAKE_MS),
    RULE(SAVING, REFUSED, CLOSE, FAILED, NO_LIMIT),

    /* Refused here means that the MAF does not accept the key; a lost connection says nothing. */
    RULE(JOINING, SECURED, ADMIT, ADMITTING, ANSWER_MS),
    RULE(JOINING, REFUSED, DROP_CANDIDATE, DROPPING, NO_LIMIT),
    RULE(JOINING, LOST, CLOSE, FAILED, NO_LIMIT),
    RULE(JOINING, LATE, CLOSE, FAILED, NO_LIMIT),

    RULE(ADMITTING, ACCEPTED, KEEP_KEY, KEEPING, NO_LIMIT),
    RULE(ADMITTING, ALREADY, READMIT, READMITTING, ANSWER_MS),
    MAY_FAIL(ADMITTING),

    RULE(READMITTING, ACCEPTED, KEEP_KEY, KEEPING, NO_LIMIT),
    MAY_FAIL(READMITTING),

    RULE(KEEPING, KEPT, CLOSE, ENROLLED, NO_LIMIT),
    RULE(KEEPING, REFUSED, CLOSE, FAILED, NO_LIMIT),

    RULE(WITHDRAWING, ACCEPTED, CLOSE, FAILED, NO_LIMIT),
    MAY_FAIL(WITHDRAWING),

    RULE(DROPPING, KEPT, CLOSE, FAILED, NO_LIMIT),
    RULE(DROPPING, REFUSED, CLOSE, FAILED, NO_LIMIT),
};

void hf_enrol_init(struct hf_enrol *e)
{
    *e = (struct hf_enrol){HF_ENROL_IDLE, HF_ENROL_WANT_NOTHING, HF_NEVER};
}

hf_status hf_enrol_handle(struct hf_enrol *e, enum hf_enrol_event on, uint64_t now_ms)
{
    for (size_t i = 0; i < HF_COUNT(rules); i++) {
        const struct hf_enrol_rule *r = &rules[i];

        if (r->in != e->state || r->on != on)
            continue;
        e->state = r->then;
        e->want = r->want;
        e->deadline_ms = r->within_ms == NO_LIMIT ? HF_NEVER : now_ms + r->within_ms;
        return HF_OK;
    }
    return HF_ERR_UNEXPECTED; /* a stray message changes nothing */
}

enum hf_enrol_want hf_enrol_want(const struct hf_enrol *e)
{
    return e->want;
}

uint64_t hf_enrol_deadline_ms(const struct hf_enrol *e)
{
    return e->deadline_ms;
}

bool hf_enrol_is_done(const struct hf_enrol *e)
{
    return e->state == HF_ENROL_ENROLLED || e->state == HF_ENROL_FAILED;
}

bool hf_enrol_is_enrolled(const struct hf_enrol *e)
{
    return e->state == HF_ENROL_ENROLLED;
}

const struct hf_enrol_rule *hf_enrol_rules(size_t *count)
{
    *count = HF_COUNT(rules);
    return rules;
}

#define NAME(name) #name,
static const char *const state_names[] = {HF_ENROL_STATES(NAME)};
static const char *const event_names[] = {HF_ENROL_EVENTS(NAME)};
static const char *const want_names[] = {HF_ENROL_WANTS(NAME)};
#undef NAME

const char *hf_enrol_state_name(enum hf_enrol_state s)
{
    return state_names[s];
}

const char *hf_enrol_event_name(enum hf_enrol_event e)
{
    return event_names[e];
}

const char *hf_enrol_want_name(enum hf_enrol_want w)
{
    return want_names[w];
}
