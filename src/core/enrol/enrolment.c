#include "core/enrol/enrolment.h"

#include "core/identity/fqdn.h"

enum hf_enrolment_standing hf_enrolment_judge(const struct hf_enrolment *e,
                                              struct hf_bytes provider, struct hf_bytes mef_fqdn,
                                              uint64_t now_s)
{
    if (e == NULL)
        return HF_ENROLMENT_NONE;
    if (!hf_fqdn_equal(e->provider, provider) || !hf_fqdn_equal(e->mef_fqdn, mef_fqdn))
        return HF_ENROLMENT_FOREIGN;
    return now_s >= e->expires_s ? HF_ENROLMENT_EXPIRED : HF_ENROLMENT_CURRENT;
}

struct hf_bytes hf_enrolment_self(const struct hf_enrolment *e)
{
    if (!hf_bytes_is_empty(e->cse_id))
        return e->cse_id;
    return e->ae_ids.count > 0 ? e->ae_ids.at[0] : (struct hf_bytes){NULL, 0};
}

bool hf_enrolment_has(const struct hf_enrolment *e, struct hf_bytes id)
{
    return !hf_bytes_is_empty(id) && (hf_bytes_equal(e->cse_id, id) || hf_list_has(e->ae_ids, id));
}
