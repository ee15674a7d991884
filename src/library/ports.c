#include "library/device_state.h"

#include <limits.h>
#include <time.h>

#include "codec/node_facts.h"
#include "crypto/random.h"

enum { MS_PER_S = 1000, NS_PER_MS = 1000000 };

static uint64_t now_ms(void *self)
{
    struct timespec t = {0};

    (void)self;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * MS_PER_S + (uint64_t)t.tv_nsec / NS_PER_MS;
}

static uint64_t unix_time_s(void *self)
{
    (void)self;
    return (uint64_t)time(NULL);
}

struct hf_clock hf_library_clock(void)
{
    return (struct hf_clock){.now_ms = now_ms, .unix_time_s = unix_time_s};
}

int hf_library_timeout_ms(uint64_t deadline_ms)
{
    uint64_t now = now_ms(NULL);

    if (deadline_ms == HF_NEVER)
        return -1;
    if (deadline_ms <= now)
        return 0;
    return deadline_ms - now > INT_MAX ? INT_MAX : (int)(deadline_ms - now);
}

static hf_status fill(void *self, uint8_t *out, size_t len)
{
    (void)self;
    return hf_random_fill(out, len);
}

struct hf_random hf_library_random(void)
{
    return (struct hf_random){.fill = fill};
}

static hf_status read_configuration(void *self, struct hf_bytes json, struct hf_arena *a,
                                    struct hf_enrolment *out)
{
    (void)self;
    return hf_enrolment_read_configuration(json, a, out);
}

static hf_status write_enrolment(void *self, const struct hf_enrolment *e, struct hf_writer *w)
{
    (void)self;
    return hf_enrolment_write(e, w);
}

static hf_status read_enrolment(void *self, struct hf_bytes json, struct hf_arena *a,
                                struct hf_enrolment *out)
{
    (void)self;
    return hf_enrolment_read(json, a, out);
}

static hf_status write_association(void *self, const struct hf_association *c, struct hf_writer *w)
{
    (void)self;
    return hf_association_write(c, w);
}

static hf_status read_association(void *self, struct hf_bytes json, struct hf_arena *a,
                                  struct hf_association *out)
{
    (void)self;
    return hf_association_read(json, a, out);
}

struct hf_node_codec hf_library_codec(void)
{
    return (struct hf_node_codec){.read_configuration = read_configuration,
                                  .write_enrolment = write_enrolment,
                                  .read_enrolment = read_enrolment,
                                  .write_association = write_association,
                                  .read_association = read_association};
}
