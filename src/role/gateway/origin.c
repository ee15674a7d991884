#include "core/identity/entity_id.h"
#include "role/gateway/gateway.h"

hf_status hf_gateway_judge_origin(const struct hf_peer *peer, struct hf_bytes claimed,
                                  struct hf_bytes *origin)
{
    if (peer->entities.count == 0)
        return HF_ERR_DENIED;
    if (hf_bytes_is_empty(claimed)) {
        *origin = peer->entities.at[0];
        return HF_OK;
    }
    for (size_t i = 0; i < peer->entities.count; i++)
        if (hf_entity_id_is_named_by(peer->entities.at[i], claimed)) {
            *origin = claimed; /* in the form that the client and its CSE agreed on */
            return HF_OK;
        }
    return HF_ERR_DENIED;
}
