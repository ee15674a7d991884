/*
 * Who does this certificate chain prove? (TS-0003, 6.4 and 6.6 of the digest: 8.1.2.2 to 8.1.2.5,
 * 10.1.1.)  Path validation, chain profile, name constraints, flavour and revocation are ours; the
 * TLS library's verdict is not asked.  Pure: time comes in as an argument.
 */
#ifndef HF_CORE_CERTIFICATE_JUDGE_H
#define HF_CORE_CERTIFICATE_JUDGE_H

#include "base/arena.h"
#include "core/identity/key_id.h"

struct hf_trust; /* anchors by flavour, and CRLs; read-only after it is built, shared by threads */

enum hf_anchor_use {
    HF_ANCHORS_DEVICE,         /* device (31) and Node-ID (34) certificates */
    HF_ANCHORS_ENTITY,         /* CSE-ID (32) and AE-ID (33) */
    HF_ANCHORS_INFRASTRUCTURE, /* FQDN certificates of MEF and MAF (90) */
    HF_ANCHORS_COUNT
};

HF_CHECKED hf_status hf_trust_new(struct hf_trust **out);
void hf_trust_free(struct hf_trust *t); /* accepts NULL */
/* PEM, one or more CA certificates: P-256, keyUsage with keyCertSign. HF_ERR_MALFORMED: another
 * thing; HF_ERR_LIMIT: more than 64 of one use. */
HF_CHECKED hf_status hf_trust_add_anchors(struct hf_trust *t, enum hf_anchor_use use,
                                          struct hf_bytes pem);
/*
 * DER, or PEM of one or more CRLs, by anchors already there; on failure those before it are in.
 * HF_ERR_MALFORMED  no CRL, or one without number or nextUpdate, or indirect, or a delta
 * HF_ERR_CRYPTO     by nobody we trust
 * HF_ERR_CONFLICT   its number is lower than that of the CRL we have (a replay, PKI-8)
 */
HF_CHECKED hf_status hf_trust_add_crl(struct hf_trust *t, struct hf_bytes crl);

struct hf_judge_question {
    const struct hf_trust *trust;
    const struct hf_bytes *chain; /* DER, leaf first */
    size_t count;
    uint64_t now_s;
    struct hf_bytes
        in_cse; /* absolute; turns a CSE-ID certificate's name into a CSE-ID; may be empty */
    /* What the asker would accept; bits 1u << (type - 30), HF_CREDENTIAL_FQDN_CERT: bit 31. */
    uint32_t accepted;
    struct hf_bytes expected_fqdn; /* a client that verifies a server: its FQDN; else empty */
    const struct hf_bytes *infrastructure; /* FQDNs that count as MEF or MAF, never as a CSE */
    size_t infrastructure_count;
    /* Which extendedKeyUsage counts where there is one; an `expected_fqdn` means a server. */
    bool peer_is_server;
    /* Bits as in `accepted`: flavours that need an authority with nameConstraints above them
       (digest, A23); AE-ID always does (TS-0003, 10.1.1.5). Constraints present always count. By
       default, 0, an anchor without any vouches for every other name of its use, CSE-IDs and FQDNs
       too: whom an operator makes an anchor is the limit then. */
    uint32_t must_be_constrained;
    bool must_have_crl; /* every issuer in the path must have a CRL; else those that have one */
};

/* The bit of a certificate flavour in `accepted`. */
uint32_t hf_flavour_bit(enum hf_credential_type flavour);

struct hf_verdict {
    enum hf_credential_type type;
    struct hf_bytes value; /* canonical: dotted OID, absolute CSE-ID or AE-ID, Node-ID, FQDN */
    uint64_t expires_s;    /* notAfter of the leaf */
    const char *reason;    /* set on refusal: one sentence for the operator */
};

/*
 * `chain` is in order, each certified by the next; what follows the one that an anchor certified is
 * not looked at.
 * HF_ERR_MALFORMED  not the profile of 10.1.1 (curve, point, hash, key usage, sizes, names)
 * HF_ERR_CRYPTO     no path to an anchor of that flavour, or a name constraint is broken
 * HF_ERR_EXPIRED    now is outside a validity period, or the CRL is stale beyond its grace (24 h)
 * HF_ERR_DENIED     revoked, flavour not accepted, or another FQDN than expected
 * `out->reason` is set then; the rest is untouched.
 */
HF_CHECKED hf_status hf_certificate_judge(const struct hf_judge_question *q, struct hf_arena *a,
                                          struct hf_verdict *out);

#endif
