#include "role/tef/peer.h"

#include "core/identity/fqdn.h"

hf_status hf_tef_judge_credential(const struct hf_credential_record *c, uint64_t now_s,
                                  const char **reason)
{
    if (c->state != HF_RECORD_LIVE) {
        *reason = c->state == HF_RECORD_REVOKED ? "the credential is revoked"
                                                : "the credential has been replaced or retired";
        return HF_ERR_DENIED;
    }
    if (c->node_state != HF_RECORD_LIVE) {
        *reason = "the node of the credential has ended";
        return HF_ERR_DENIED;
    }
    if (hf_is_over(c->expires_s, now_s)) {
        *reason = "the credential has expired";
        return HF_ERR_EXPIRED;
    }
    return HF_OK;
}

struct hf_peer hf_tef_peer_of(const struct hf_credential_record *c, enum hf_proof proof,
                              enum hf_credential_type type)
{
    return (struct hf_peer){
        .proof = proof,
        .type = type,
        .credential_id = c->credential_id,
        .node_id = c->node_id,
        .entities = c->entities,
        .has_cse = c->has_cse,
        .lifetime_s = c->lifetime_s,
        .expires_s = c->expires_s,
        .issuer_key_id = c->issuer_key_id,
    };
}

void hf_tef_answer_psk(struct hf_psk_question *q, hf_status st, const char *reason)
{
    q->st = st;
    q->reason = reason;
    q->done(q);
}

void hf_tef_answer_psk_with(const struct hf_tef *tef, struct hf_psk_question *q,
                            const struct hf_credential_record *c, uint32_t suids, bool require_pfs)
{
    const char *reason = NULL;
    hf_status st = hf_tef_judge_credential(c, hf_unix_time_s(&tef->ports.clock), &reason);

    /* Threat row PSK-8: a key opens only the door it was made for. */
    if (st == HF_OK && (c->suid >= 32 || (suids >> c->suid & 1) == 0)) {
        st = HF_ERR_DENIED;
        reason = "the key is for another use";
    }
    if (st == HF_OK && hf_secret_is_empty(&c->key)) {
        st = HF_ERR_DENIED;
        reason = "the credential has no key";
    }
    if (st == HF_OK) {
        q->key = c->key;
        q->peer = hf_tef_peer_of(
            c, HF_PROOF_PSK, tef->policy.is_mef ? HF_CREDENTIAL_MEF_KEY : HF_CREDENTIAL_MAF_KEY);
        q->require_pfs = require_pfs || c->require_pfs;
    }
    hf_tef_answer_psk(q, st, reason);
}

hf_status hf_tef_read_identity(const struct hf_tef *tef, struct hf_psk_question *q,
                               struct hf_bytes own_fqdn, struct hf_bytes other_fqdn,
                               struct hf_bytes *canonical, struct hf_key_id *parts)
{
    hf_status st;

    /* Threat row CH-12: the name asked for, ours, and the one in the identifier agree. */
    if (!hf_bytes_is_empty(q->server_name) && !hf_fqdn_equal(q->server_name, tef->policy.fqdn))
        return HF_ERR_DENIED;
    HF_TRY(hf_key_id_canonical(q->identity, q->arena, canonical));
    HF_TRY(hf_key_id_parse(*canonical, parts));
    if (!hf_bytes_equal(parts->fqdn, own_fqdn)
        && (hf_bytes_is_empty(other_fqdn) || !hf_bytes_equal(parts->fqdn, other_fqdn)))
        return HF_ERR_DENIED;
done:
    return st;
}
