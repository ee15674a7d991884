#include "core/associate/associate.h"

#include "base/time.h"

enum { HANDSHAKE_MS = 15000, ANSWER_MS = 15000, NO_LIMIT = 0 };

#define RULE(in, on, want, then, within)                                                           \
    {                                                                                              \
        HF_ASSOCIATE_##in, HF_ASSOCIATE_ON_##on, HF_ASSOCIATE_WANT_##want, HF_ASSOCIATE_##then,    \
            within                                                                                 \
    }
/* What ends the exchange in any state that waits for a server. */
#define MAY_FAIL(in)                                                                               \
    RULE(in, REFUSED, CLOSE, FAILED, NO_LIMIT), RULE(in, LOST, CLOSE, FAILED, NO_LIMIT),           \
        RULE(in, LATE, CLOSE, FAILED, NO_LIMIT)

/* A pair that has no row is refused. */
static const struct hf_associate_rule rules[] = {
    RULE(IDLE, BEGUN, CONNECT, CONNECTING, HANDSHAKE_MS),
    RULE(IDLE, REFUSED, CLOSE, FAILED, NO_LIMIT),

    RULE(CONNECTING, SECURED, REGISTER, REGISTERING, ANSWER_MS),
    MAY_FAIL(CONNECTING),

    RULE(REGISTERING, ACCEPTED, REGISTER_KEY, KEYING, ANSWER_MS),
    RULE(REGISTERING, ALREADY, REGISTER_KEY, KEYING, ANSWER_MS),
    MAY_FAIL(REGISTERING),

    RULE(KEYING, ACCEPTED, KEEP_KEY, KEEPING, NO_LIMIT),
    RULE(KEYING, MISMATCHED, WITHDRAW, WITHDRAWING, ANSWER_MS),
    MAY_FAIL(KEYING),

    RULE(KEEPING, KEPT, CLOSE, ASSOCIATED, NO_LIMIT),
    RULE(KEEPING, REFUSED, CLOSE, FAILED, NO_LIMIT),

    RULE(WITHDRAWING, ACCEPTED, CLOSE, FAILED, NO_LIMIT),
    MAY_FAIL(WITHDRAWING),
};

void hf_associate_init(struct hf_associate *a)
{
    *a = (struct hf_associate){HF_ASSOCIATE_IDLE, HF_ASSOCIATE_WANT_NOTHING, HF_NEVER};
}

hf_status hf_associate_handle(struct hf_associate *a, enum hf_associate_event on, uint64_t now_ms)
{
    for (size_t i = 0; i < HF_COUNT(rules); i++) {
        const struct hf_associate_rule *r = &rules[i];

        if (r->in != a->state || r->on != on)
            continue;
        a->state = r->then;
        a->want = r->want;
        a->deadline_ms = r->within_ms == NO_LIMIT ? HF_NEVER : now_ms + r->within_ms;
        return HF_OK;
    }
    return HF_ERR_UNEXPECTED; /* a stray message changes nothing */
}

enum hf_associate_want hf_associate_want(const struct hf_associate *a)
{
    return a->want;
}

uint64_t hf_associate_deadline_ms(const struct hf_associate *a)
{
    return a->deadline_ms;
}

bool hf_associate_is_done(const struct hf_associate *a)
{
    return a->state == HF_ASSOCIATE_ASSOCIATED || a->state == HF_ASSOCIATE_FAILED;
}

bool hf_associate_is_associated(const struct hf_associate *a)
{
    return a->state == HF_ASSOCIATE_ASSOCIATED;
}

const struct hf_associate_rule *hf_associate_rules(size_t *count)
{
    *count = HF_COUNT(rules);
    return rules;
}

#define NAME(name) #name,
static const char *const state_names[] = {HF_ASSOCIATE_STATES(NAME)};
static const char *const event_names[] = {HF_ASSOCIATE_EVENTS(NAME)};
static const char *const want_names[] = {HF_ASSOCIATE_WANTS(NAME)};
#undef NAME

const char *hf_associate_state_name(enum hf_associate_state s)
{
    return state_names[s];
}

const char *hf_associate_event_name(enum hf_associate_event e)
{
    return event_names[e];
}

const char *hf_associate_want_name(enum hf_associate_want w)
{
    return want_names[w];
}
