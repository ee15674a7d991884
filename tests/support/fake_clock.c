#include "support/fake_clock.h"

enum { MS_PER_S = 1000 };

static uint64_t now_ms(void *self)
{
    const struct fake_clock *c = self;

    return c->now_s * MS_PER_S;
}

static uint64_t unix_time_s(void *self)
{
    const struct fake_clock *c = self;

    return c->now_s;
}

struct hf_clock fake_clock_handle(struct fake_clock *c)
{
    return (struct hf_clock){.now_ms = now_ms, .unix_time_s = unix_time_s, .self = c};
}
