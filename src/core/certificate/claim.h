/* What a leaf says it is: its one name, read as one of the flavours of TS-0003, 10.1.1. */
#ifndef HF_CORE_CERTIFICATE_CLAIM_H
#define HF_CORE_CERTIFICATE_CLAIM_H

#include "core/certificate/alt_names.h"
#include "core/certificate/judge.h"

struct hf_claim {
    struct hf_alt_name name; /* borrowed from the certificate */
    enum hf_credential_type flavour;
    struct hf_bytes value; /* canonical, in the arena */
};

/*
 * HF_ERR_MALFORMED  no name, several, or one that is no identity
 * HF_ERR_DENIED     an identity that the question does not ask for
 */
HF_CHECKED hf_status hf_claim_read(struct hf_bytes alt_names, const struct hf_judge_question *q,
                                   struct hf_arena *a, struct hf_claim *out, const char **reason);

#endif
