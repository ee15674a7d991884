#include "core/policy/client.h"

#include "core/identity/entity_id.h"

static hf_status select_entity(struct hf_list entities, bool has_cse, struct hf_bytes from,
                               struct hf_bytes *out)
{
    if (hf_bytes_is_empty(from)) {
        if (entities.count != 1 && !(has_cse && entities.count > 0))
            return HF_ERR_DENIED;
        *out = entities.at[0];
        return HF_OK;
    }
    for (size_t i = 0; i < entities.count; i++) {
        if (!hf_entity_id_is_named_by(entities.at[i], from))
            continue;
        *out = entities.at[i];
        return HF_OK;
    }
    return HF_ERR_DENIED;
}

hf_status hf_policy_client(struct hf_list entities, bool has_cse, struct hf_bytes bound,
                           struct hf_bytes from, struct hf_bytes *out)
{
    struct hf_bytes client;
    hf_status st;

    /* A channel that spoke for somebody goes on to do so when the request does not say. */
    HF_TRY(select_entity(entities, has_cse, hf_bytes_is_empty(from) ? bound : from, &client));
    if (!hf_bytes_is_empty(bound) && !hf_entity_id_equal(bound, client))
        return HF_ERR_DENIED;
    *out = client;
done:
    return st;
}
