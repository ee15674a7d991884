/* Memory for keys: never swapped, never in a core dump, zeroed when given back. */
#ifndef HF_SECURE_ENVIRONMENT_SOFT_LOCKED_H
#define HF_SECURE_ENVIRONMENT_SOFT_LOCKED_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

struct hf_locked {
    uint8_t *at;
    size_t len;
};

/* At least `len` zeroed octets. HF_ERR_SYSTEM: no memory, or not allowed to lock that much. */
HF_CHECKED hf_status hf_locked_take(size_t len, struct hf_locked *out);
/* Accepts a zeroed one. */
void hf_locked_free(struct hf_locked *l);

#endif
