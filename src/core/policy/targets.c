#include "core/policy/targets.h"

#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"

bool hf_policy_is_function(struct hf_list fqdns, struct hf_bytes client)
{
    if (!hf_bytes_start_with(client, HF_LITERAL("//")))
        return false;
    for (size_t i = 0; i < fqdns.count; i++)
        if (hf_fqdn_equal(fqdns.at[i], hf_bytes_from(client, 2)))
            return true;
    return false;
}

static hf_status check_entity(const struct hf_target_question *q, struct hf_bytes target,
                              const char **reason)
{
    struct hf_entity_id id;

    if (hf_entity_id_parse(target, &id) != HF_OK || id.kind == HF_ENTITY_FUNCTION) {
        *reason = "a target is not the absolute ID of a CSE or AE";
        return HF_ERR_MALFORMED;
    }
    /* Both ends holding the key of one identity is what a reflected handshake needs (row CH-5). */
    if (hf_entity_id_equal(target, q->source)) {
        *reason = "the source names itself as a target";
        return HF_ERR_MALFORMED;
    }
    return HF_OK;
}

static hf_status check_each(const struct hf_target_question *q, const char **reason)
{
    for (size_t i = 0; i < q->targets.count; i++) {
        hf_status st = HF_OK;

        if (q->suid == HF_SUID_RSPF_MAF && !hf_policy_is_function(q->mafs, q->targets.at[i])) {
            *reason = "the target of a Master Credential is not one of our MAFs";
            st = HF_ERR_DENIED;
        } else if (q->suid != HF_SUID_RSPF_MAF) {
            st = check_entity(q, q->targets.at[i], reason);
        }
        if (st != HF_OK)
            return st;
    }
    return HF_OK;
}

hf_status hf_policy_targets(const struct hf_target_question *q, const char **reason)
{
    if (q->targets.count == 0) {
        *reason = "no target, and no policy here that would name one";
        return HF_ERR_MALFORMED;
    }
    if (q->targets.count > HF_TARGETS_MAX) {
        *reason = "more targets than a key may have";
        return HF_ERR_LIMIT;
    }
    if (q->targets.count > 1 && hf_suid_wants_one_target(q->suid)) {
        *reason = "this use has exactly one target";
        return HF_ERR_MALFORMED;
    }
    if (q->targets.count > 1 && q->is_exported) {
        *reason = "an exported key has exactly one target";
        return HF_ERR_MALFORMED;
    }
    return check_each(q, reason);
}
