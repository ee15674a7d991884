/* Compiled as an application is: with what is installed and nothing else. */
#include "unit/library/public_list.h"

#include <handfast/handfast.h>

#define ROW(name)                                                                                  \
    {                                                                                              \
#name, (int)name                                                                           \
    }

const struct public_status public_statuses[] = {
    ROW(HF_OK),           ROW(HF_ERR_MALFORMED), ROW(HF_ERR_UNEXPECTED),
    ROW(HF_ERR_UNKNOWN),  ROW(HF_ERR_EXPIRED),   ROW(HF_ERR_DENIED),
    ROW(HF_ERR_CONFLICT), ROW(HF_ERR_LIMIT),     ROW(HF_ERR_UNREACHABLE),
    ROW(HF_ERR_CRYPTO),   ROW(HF_ERR_STORE),     ROW(HF_ERR_SYSTEM),
    ROW(HF_ERR_BUG),
};

const size_t public_status_count = sizeof public_statuses / sizeof public_statuses[0];
