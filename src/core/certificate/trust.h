/* What a judge looks things up in: anchors and the CRLs that they signed. */
#ifndef HF_CORE_CERTIFICATE_TRUST_H
#define HF_CORE_CERTIFICATE_TRUST_H

#include "core/certificate/certificate.h"
#include "core/certificate/judge.h"
#include "crypto/x509.h"

enum { HF_ANCHORS_MAX = 64, HF_CRLS_MAX = 64, HF_CRL_GRACE_S = 24 * 3600 };

struct hf_anchor {
    struct hf_certificate certificate; /* its octets are in the trust's arena */
    struct hf_p256_key *key;           /* ready to verify with, for every thread */
};

struct hf_anchors {
    struct hf_anchor at[HF_ANCHORS_MAX];
    size_t count;
};

struct hf_revocations {
    struct hf_x509_crl *crl;
    struct hf_x509_crl_facts facts;
    const struct hf_anchor *signer;
};

struct hf_trust {
    struct hf_arena arena;
    struct hf_anchors by_use[HF_ANCHORS_COUNT];
    struct hf_revocations crls[HF_CRLS_MAX];
    size_t crl_count;
};

/* A CA that may sign certificates, with a key of the profile and nothing critical we do not know.
 */
bool hf_is_authority(const struct hf_certificate *c);
/* The list that the holder of this name and key signed; NULL: none. */
const struct hf_revocations *hf_trust_find_crl(const struct hf_trust *t,
                                               const struct hf_certificate *signer);

#endif
