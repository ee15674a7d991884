/* Random octets that a test can foresee: a counter, never twice the same. */
#ifndef HF_TESTS_SUPPORT_FAKE_RANDOM_H
#define HF_TESTS_SUPPORT_FAKE_RANDOM_H

#include "port/random.h"

struct fake_random {
    uint64_t drawn; /* set it back to force a collision */
    hf_status st;   /* what the next draws answer */
};

struct hf_random fake_random_handle(struct fake_random *r);

#endif
