/* A clock that a test sets. */
#ifndef HF_TESTS_SUPPORT_FAKE_CLOCK_H
#define HF_TESTS_SUPPORT_FAKE_CLOCK_H

#include "port/clock.h"

struct fake_clock {
    uint64_t now_s;
};

struct hf_clock fake_clock_handle(struct fake_clock *c);

#endif
