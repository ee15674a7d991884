/* What the files of the MAF share. */
#ifndef HF_ROLE_MAF_MAF_INTERNAL_H
#define HF_ROLE_MAF_MAF_INTERNAL_H

#include "role/maf/known_ids.h"
#include "role/maf/maf.h"
#include "role/tef/exchange.h"

enum {
    HF_MAF_NEGATIVE_S = 30,      /* digest 8 */
    HF_MAF_NEGATIVE_IDS = 65536, /* threat-model, section 5 */
    HF_MAF_RETIRED_IDS = 4096,
    HF_MAF_PULLS_MAX = 1024, /* at the MEF at the same time, from this worker */
};

struct hf_km_pull;

struct hf_maf {
    struct hf_tef tef;
    const struct hf_maf_config *config;
    struct hf_hash_key hash_key;
    struct hf_known_ids *absent;  /* KeIDs that the MEF would not give, for a while */
    struct hf_known_ids *retired; /* KeIDs that have ended, so that nobody looks again */
    struct hf_km_pull *pulls;     /* under way */
    size_t pull_count;
};

static inline struct hf_maf *hf_maf_of(const struct hf_tef_exchange *e)
{
    return e->tef->role;
}

#endif
