/*
 * Which targets a key may be registered for (TS-0003, 8.3.5.2.7 step 3 and 8.8.2.7; digest 8, A27).
 */
#ifndef HF_CORE_POLICY_TARGETS_H
#define HF_CORE_POLICY_TARGETS_H

#include "core/record/record.h"

struct hf_target_question {
    struct hf_list targets; /* as the request names them */
    struct hf_list mafs;    /* FQDNs that SUID 21 may name */
    struct hf_bytes source; /* absolute */
    unsigned suid;
    bool is_exported; /* the key comes from the exporter, so there is one derivation, one target */
};

/*
 * HF_ERR_MALFORMED  how many there are, or their form
 * HF_ERR_LIMIT      more than HF_TARGETS_MAX
 * HF_ERR_DENIED     a MAF that is not ours
 * `reason` is set then.
 */
HF_CHECKED hf_status hf_policy_targets(const struct hf_target_question *q, const char **reason);
/* Is `client` the entity form, "//fqdn", of one of these functions? */
bool hf_policy_is_function(struct hf_list fqdns, struct hf_bytes client);

#endif
