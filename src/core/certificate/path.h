/*
 * The path from a leaf to one of our anchors (RFC 5280, section 6, for the profile of TS-0003,
 * 10.1.1: P-256, ECDSA with SHA-256, few intermediates).
 */
#ifndef HF_CORE_CERTIFICATE_PATH_H
#define HF_CORE_CERTIFICATE_PATH_H

#include "core/certificate/alt_names.h"
#include "core/certificate/trust.h"

enum { HF_PATH_MAX = 4 }; /* certificates below the anchor */

struct hf_path {
    struct hf_certificate certificate[HF_PATH_MAX]; /* leaf first; borrowed from the chain */
    size_t count;
    const struct hf_anchor *anchor;
};

/* Each of these says why in `reason` when it refuses; the statuses are those of the judge. */

/* Reads the leaf, which must stay for as long as the path. */
HF_CHECKED hf_status hf_path_begin(struct hf_path *p, struct hf_bytes leaf, const char **reason);
/* Goes on to an anchor of that use: one signature check for each link. */
HF_CHECKED hf_status hf_path_extend(struct hf_path *p, const struct hf_trust *t,
                                    enum hf_anchor_use use, const struct hf_bytes *chain,
                                    size_t count, const char **reason);
HF_CHECKED hf_status hf_path_check_times(const struct hf_path *p, uint64_t now_s,
                                         const char **reason);
/* Every authority's constraints, on every name below it; `must_be_constrained`: one authority at
 * least must permit a subtree that holds the identity. */
HF_CHECKED hf_status hf_path_check_names(const struct hf_path *p,
                                         const struct hf_alt_name *identity,
                                         bool must_be_constrained, const char **reason);
HF_CHECKED hf_status hf_path_check_revocation(const struct hf_path *p, const struct hf_trust *t,
                                              uint64_t now_s, bool must_have_crl,
                                              const char **reason);

#endif
