/* What the files of the MEF share. */
#ifndef HF_ROLE_MEF_MEF_INTERNAL_H
#define HF_ROLE_MEF_MEF_INTERNAL_H

#include "role/mef/mef.h"
#include "role/tef/exchange.h"

struct hf_maf_provision;

struct hf_mef {
    struct hf_tef tef;
    const struct hf_mef_config *config;
    struct hf_maf_provision *provisions; /* pushes under way */
};

static inline struct hf_mef *hf_mef_of(const struct hf_tef_exchange *e)
{
    return e->tef->role;
}

#endif
