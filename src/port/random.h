/* Random octets, injected: a test sets them. */
#ifndef HF_PORT_RANDOM_H
#define HF_PORT_RANDOM_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

struct hf_random {
    hf_status (*fill)(void *self, uint8_t *out, size_t len);
    void *self;
};

static inline HF_CHECKED hf_status hf_random_get(const struct hf_random *r, uint8_t *out,
                                                 size_t len)
{
    return r->fill(r->self, out, len);
}

#endif
