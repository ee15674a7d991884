/* The statuses of the installed header, by name. */
#ifndef HF_TESTS_UNIT_LIBRARY_PUBLIC_LIST_H
#define HF_TESTS_UNIT_LIBRARY_PUBLIC_LIST_H

#include <stddef.h>

struct public_status {
    const char *name;
    int value;
};

extern const struct public_status public_statuses[];
extern const size_t public_status_count;

#endif
