/*
 * The one way to the heap. A test may make the nth allocation fail.
 */
#ifndef HF_BASE_MEMORY_H
#define HF_BASE_MEMORY_H

#include <stddef.h>

/* Zeroed; NULL when there is none (answer HF_ERR_SYSTEM). */
void *hf_alloc(size_t count, size_t size);
/* Accepts NULL. Does not wipe: secrets are wiped by their owner. */
void hf_free(void *at);

/* Tests only: the nth allocation from now fails, once; 0 switches it off. Not for several threads.
 */
void hf_memory_fail_at(size_t nth);

#endif
