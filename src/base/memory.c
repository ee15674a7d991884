#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* glibc's calloc passes by the fast lists of its threads; above this it does not matter. */
enum { SMALL_MAX = 4096 };

static size_t fail_countdown;

void *hf_alloc(size_t count, size_t size)
{
    void *at;

    if (fail_countdown > 0 && --fail_countdown == 0)
        return NULL;
    if (size != 0 && count > SMALL_MAX / size)
        return calloc(count, size);
    at = malloc(count * size);
    if (at != NULL)
        memset(at, 0, count * size);
    return at;
}

void hf_free(void *at)
{
    free(at);
}

void hf_memory_fail_at(size_t nth)
{
    fail_countdown = nth;
}
