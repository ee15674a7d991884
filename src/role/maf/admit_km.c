#include "role/maf/admit_km.h"

#include "core/identity/entity_id.h"
#include "core/policy/authorise.h"
#include "core/policy/key_value.h"

static hf_status refuse(hf_status st, const char *sentence, const char **reason)
{
    *reason = sentence;
    return st;
}

static hf_status check_entities(const struct hf_km_offer *o, const char **reason)
{
    struct hf_entity_id id;

    if (o->entities.count == 0 || o->entities.count > HF_ENTITIES_MAX)
        return refuse(HF_ERR_MALFORMED, "the MEF names no entity, or too many", reason);
    for (size_t i = 0; i < o->entities.count; i++) {
        if (hf_entity_id_parse(o->entities.at[i], &id) != HF_OK || id.kind == HF_ENTITY_FUNCTION)
            return refuse(HF_ERR_MALFORMED, "the MEF names an entity that is no CSE or AE", reason);
        if (i == 0 && o->has_cse && id.kind != HF_ENTITY_CSE)
            return refuse(HF_ERR_MALFORMED, "the MEF names a CSE that is none", reason);
    }
    if (!hf_list_has(o->entities, o->source))
        return refuse(HF_ERR_MALFORMED, "the Source is not among its node's entities", reason);
    return HF_OK;
}

static hf_status check(const struct hf_km_offer *o, struct hf_bytes node_id, const char **reason)
{
    if (o->suid != HF_SUID_RSPF_MAF)
        return refuse(HF_ERR_DENIED, "the key is not one for a MAF", reason);
    if (hf_is_over(o->expires_s, o->now_s))
        return refuse(HF_ERR_EXPIRED, "the Master Credential has expired", reason);
    if (!hf_node_id_is_valid(node_id))
        return refuse(HF_ERR_MALFORMED, "the MEF names no node", reason);
    if (o->known != NULL && o->known->state != HF_RECORD_LIVE)
        return refuse(HF_ERR_DENIED, "the node has ended here", reason);
    return hf_policy_key_value(o->km, o->suid, reason);
}

hf_status hf_km_admit(const struct hf_km_offer *o, struct hf_change out[HF_KM_CHANGES],
                      const char **reason)
{
    struct hf_bytes node_id = o->node_id;
    hf_status st;

    HF_TRY(check_entities(o, reason));
    if (hf_bytes_is_empty(node_id))
        node_id = o->entities.at[0];
    HF_TRY(check(o, node_id, reason));
    out[0] = (struct hf_change){
        .kind = HF_PUT_NODE,
        .node = {.authority = o->authority,
                 .node_id = node_id,
                 .entities = o->entities,
                 .has_cse = o->has_cse,
                 .created_s = o->now_s,
                 .enrolled_s = o->now_s,
                 .state = HF_RECORD_LIVE}
    };
    out[1] = (struct hf_change){
        .kind = HF_PUT_CREDENTIAL,
        .credential = {.authority = o->authority,
                       .credential_id = o->credential_id,
                       .node_id = node_id,
                       .key = *o->km,
                       .suid = o->suid,
                       .expires_s = o->expires_s,
                       .require_pfs = o->require_pfs,
                       .state = HF_RECORD_LIVE}
    };
done:
    return st;
}
