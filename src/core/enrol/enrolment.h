/*
 * What a node knows after bootstrapping (founding text 1, item 9: outputs a to d), but the key
 * itself, which is in the secure environment. Plain values; texts are borrowed.
 */
#ifndef HF_CORE_ENROL_ENROLMENT_H
#define HF_CORE_ENROL_ENROLMENT_H

#include "core/record/record.h"

struct hf_enrolment {
    struct hf_bytes provider; /* FQDN of the M2M service provider */
    struct hf_bytes mef_fqdn;
    struct hf_bytes node_id; /* output a */
    struct hf_bytes key_id;  /* KmID, or KeID where the MAF assigned none */
    struct hf_bytes ke_id;   /* KeID of the key registration that Km came from */
    uint64_t expires_s;      /* output c: of Km */
    struct hf_bytes cse_id;  /* output d; empty where the node has none */
    struct hf_list ae_ids;
    struct hf_bytes in_cse_id;
    struct hf_bytes maf_fqdn, maf_address; /* address: numeric; empty: resolve the FQDN */
    uint16_t maf_psk_port;
    struct hf_bytes gateway_address;
    uint16_t gateway_port;
    uint32_t lifetime_s; /* of the enrolment, as the MEF's configuration says; 0: it does not */
    struct hf_bytes mef_registration, maf_registration; /* resource IDs of our client records */
};

enum hf_enrolment_standing {
    HF_ENROLMENT_NONE,    /* never enrolled */
    HF_ENROLMENT_CURRENT, /* in force with this provider: nothing to do */
    HF_ENROLMENT_EXPIRED, /* bootstrap again (founding text 1, item 4) */
    HF_ENROLMENT_FOREIGN, /* with another provider: bootstrap again */
};

/* `e` NULL: there is none. */
enum hf_enrolment_standing hf_enrolment_judge(const struct hf_enrolment *e,
                                              struct hf_bytes provider, struct hf_bytes mef_fqdn,
                                              uint64_t now_s);
/* The absolute ID that the node itself speaks as: its CSE, else its first AE; empty: neither. */
struct hf_bytes hf_enrolment_self(const struct hf_enrolment *e);
/* Is `id` one of the node's own? */
bool hf_enrolment_has(const struct hf_enrolment *e, struct hf_bytes id);

#endif
