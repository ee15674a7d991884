#include "support/fake_random.h"

enum { MULTIPLIER = 167, INCREMENT = 13 };

/* Every draw starts anew from its number, so that the nth draw is the same in every run. */
static hf_status fill(void *self, uint8_t *out, size_t len)
{
    struct fake_random *r = self;
    uint64_t n = ++r->drawn;

    for (size_t i = 0; i < len && r->st == HF_OK; i++) {
        out[i] = (uint8_t)(n >> (i % sizeof n * 8) ^ (i * MULTIPLIER + INCREMENT));
        if (i % sizeof n == sizeof n - 1)
            n = n * MULTIPLIER + i;
    }
    return r->st;
}

struct hf_random fake_random_handle(struct fake_random *r)
{
    return (struct hf_random){.fill = fill, .self = r};
}
