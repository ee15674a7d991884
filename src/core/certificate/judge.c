#include "core/certificate/judge.h"

#include "core/certificate/claim.h"
#include "core/certificate/path.h"
#include "core/certificate/refuse.h"

enum { CHAIN_OCTETS_MAX = 32 * 1024 };

/* Before anything is parsed (threat model, PKI-10). */
static hf_status check_sizes(const struct hf_judge_question *q, const char **reason)
{
    size_t octets = 0;

    if (q->count == 0)
        return hf_refuse(reason, HF_ERR_MALFORMED, "There is no certificate.");
    if (q->count > HF_PATH_MAX)
        return hf_refuse(reason, HF_ERR_MALFORMED, "The chain has more than four certificates.");
    for (size_t i = 0; i < q->count; i++) {
        if (q->chain[i].len > CHAIN_OCTETS_MAX - octets)
            return hf_refuse(reason, HF_ERR_MALFORMED, "The chain is longer than 32 KiB.");
        octets += q->chain[i].len;
    }
    return HF_OK;
}

/* TS-0003, 10.1.1: what every flavour has in common.  Whether the key's point is on the curve is
 * not asked: the peer proves in the handshake that it holds the key, and the TLS library, which
 * checks that proof, takes no other point.  Keys that we verify with are checked. */
static hf_status check_leaf(const struct hf_certificate *c, bool is_server, const char **reason)
{
    if (!c->is_p256_uncompressed)
        return hf_refuse(reason, HF_ERR_MALFORMED,
                         "The key is not an uncompressed point of the named curve P-256.");
    if (!c->is_ecdsa_sha256)
        return hf_refuse(reason, HF_ERR_MALFORMED, "The signature is not ECDSA with SHA-256.");
    if (c->is_ca || c->may_sign_certificates)
        return hf_refuse(reason, HF_ERR_MALFORMED, "The certificate is an authority's own.");
    if (!c->has_key_usage || !c->may_sign_data)
        return hf_refuse(reason, HF_ERR_MALFORMED, "keyUsage does not allow digitalSignature.");
    if (c->has_unknown_critical)
        return hf_refuse(reason, HF_ERR_MALFORMED,
                         "The certificate has a critical extension we do not know.");
    if (c->name_constraints.len > 0)
        return hf_refuse(reason, HF_ERR_MALFORMED, "Only an authority may have nameConstraints.");
    if (c->has_extended_key_usage && !(is_server ? c->is_server : c->is_client))
        return hf_refuse(reason, HF_ERR_MALFORMED,
                         is_server ? "extendedKeyUsage does not allow serverAuth."
                                   : "extendedKeyUsage does not allow clientAuth.");
    return HF_OK;
}

static enum hf_anchor_use anchors_for(enum hf_credential_type flavour)
{
    if (flavour == HF_CREDENTIAL_FQDN_CERT)
        return HF_ANCHORS_INFRASTRUCTURE;
    if (flavour == HF_CREDENTIAL_CSE_CERT || flavour == HF_CREDENTIAL_AE_CERT)
        return HF_ANCHORS_ENTITY;
    return HF_ANCHORS_DEVICE;
}

/* TS-0003, 10.1.1.5 for AE-ID; the asker's choice for others (digest, A23). */
static bool must_be_constrained(const struct hf_judge_question *q, enum hf_credential_type flavour)
{
    return flavour == HF_CREDENTIAL_AE_CERT
           || (q->must_be_constrained & hf_flavour_bit(flavour)) != 0;
}

hf_status hf_certificate_judge(const struct hf_judge_question *q, struct hf_arena *a,
                               struct hf_verdict *out)
{
    bool is_server = q->peer_is_server || q->expected_fqdn.len > 0;
    const char *reason = "The certificate could not be judged.";
    struct hf_path path;
    struct hf_claim claim;
    hf_status st;

    HF_TRY(check_sizes(q, &reason));
    HF_TRY(hf_path_begin(&path, q->chain[0], &reason));
    HF_TRY(check_leaf(&path.certificate[0], is_server, &reason));
    HF_TRY(hf_claim_read(path.certificate[0].alt_names, q, a, &claim, &reason));
    HF_TRY(
        hf_path_extend(&path, q->trust, anchors_for(claim.flavour), q->chain, q->count, &reason));
    HF_TRY(hf_path_check_times(&path, q->now_s, &reason));
    HF_TRY(hf_path_check_names(&path, &claim.name, must_be_constrained(q, claim.flavour), &reason));
    HF_TRY(hf_path_check_revocation(&path, q->trust, q->now_s, q->must_have_crl, &reason));
    *out = (struct hf_verdict){claim.flavour, claim.value, path.certificate[0].not_after_s, NULL};

done:
    if (st != HF_OK)
        out->reason = reason;
    return st;
}
