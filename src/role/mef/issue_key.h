/*
 * The key that a target gets (TS-0003, 8.3.5.2.8; digest 3.3 and A7): a Key Value as it was given,
 * an exported key derived for this use and this target, so that Ke itself never leaves.
 */
#ifndef HF_ROLE_MEF_ISSUE_KEY_H
#define HF_ROLE_MEF_ISSUE_KEY_H

#include "role/tef/exchange.h"

struct hf_mef;

HF_CHECKED hf_status hf_mef_key_for(const struct hf_mef *m, const struct hf_key_record *k,
                                    struct hf_bytes target, struct hf_arena *a,
                                    struct hf_secret *out);
/* hf_tef_profile.issue_key: a MAF is told whose key it is as well. */
hf_status hf_mef_issue_key(struct hf_tef_exchange *e, struct hf_content *out);

#endif
