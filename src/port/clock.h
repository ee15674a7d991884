/* The time, injected: a test sets it. */
#ifndef HF_PORT_CLOCK_H
#define HF_PORT_CLOCK_H

#include <stdint.h>

struct hf_clock {
    uint64_t (*now_ms)(void *self);      /* monotonic, for deadlines */
    uint64_t (*unix_time_s)(void *self); /* wall clock, for expiry */
    void *self;
};

static inline uint64_t hf_now_ms(const struct hf_clock *c)
{
    return c->now_ms(c->self);
}

static inline uint64_t hf_unix_time_s(const struct hf_clock *c)
{
    return c->unix_time_s(c->self);
}

#endif
