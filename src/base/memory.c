#include "base/memory.h"

#include <stdlib.h>

static size_t fail_countdown;

void *hf_alloc(size_t count, size_t size)
{
    if (fail_countdown > 0 && --fail_countdown == 0)
        return NULL;
    return calloc(count, size);
}

void hf_free(void *at)
{
    free(at);
}

void hf_memory_fail_at(size_t nth)
{
    fail_countdown = nth;
}
