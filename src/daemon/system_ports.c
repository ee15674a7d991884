#include "daemon/system_ports.h"

#include <time.h>

#include "crypto/random.h"

static uint64_t now_ms(void *self)
{
    struct timespec t;

    (void)self;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static uint64_t unix_time_s(void *self)
{
    struct timespec t;

    (void)self;
    clock_gettime(CLOCK_REALTIME, &t);
    return (uint64_t)t.tv_sec;
}

struct hf_clock hf_system_clock(void)
{
    return (struct hf_clock){now_ms, unix_time_s, NULL};
}

static hf_status fill(void *self, uint8_t *out, size_t len)
{
    (void)self;
    return hf_random_fill(out, len);
}

struct hf_random hf_system_random(void)
{
    return (struct hf_random){fill, NULL};
}
