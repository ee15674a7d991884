/*
 * A Master Credential from the MEF becomes a node and its credential here, whether it was pulled
 * (TS-0003, 8.8.2.3) or pushed. Pure.
 */
#ifndef HF_ROLE_MAF_ADMIT_KM_H
#define HF_ROLE_MAF_ADMIT_KM_H

#include "core/record/change.h"

enum { HF_KM_CHANGES = 2 };

/* What the MEF says. Borrowed; so are the changes made of it. */
struct hf_km_offer {
    struct hf_bytes authority;     /* this MAF */
    struct hf_bytes credential_id; /* "11-KeID", canonical */
    const struct hf_secret *km;
    unsigned suid;
    uint64_t expires_s;
    struct hf_bytes source;  /* the entity that registered the key; one of `entities` */
    struct hf_bytes node_id; /* empty: the first entity stands for it */
    struct hf_list entities;
    bool has_cse;
    bool require_pfs;
    const struct hf_node_record *known; /* the node as it is on record, or NULL */
    uint64_t now_s;
};

/*
 * HF_ERR_DENIED     another use than SUID 21, or the node has ended here (a revoked node does not
 *                   come back by way of the MEF)
 * HF_ERR_EXPIRED    it is over
 * HF_ERR_MALFORMED  an identifier, or the key
 * `reason` is set then.
 */
HF_CHECKED hf_status hf_km_admit(const struct hf_km_offer *o, struct hf_change out[HF_KM_CHANGES],
                                 const char **reason);

#endif
