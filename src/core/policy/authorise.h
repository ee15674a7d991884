/*
 * Who may do what at a MEF or MAF: the one function that every procedure asks (TS-0003, 8.3.5 and
 * 8.8.2; digest 5.6, 5.10, 8 and 10).  Pure: records, time and the proven identity come in, and
 * every answer carries its reason and clause.
 *
 * Something that belongs to somebody else, is over, or never was, gets one and the same answer
 * (threat rows KM-2 and KM-14): 4004 with nothing in it. Only the reason, which is never sent,
 * tells them apart.
 */
#ifndef HF_CORE_POLICY_AUTHORISE_H
#define HF_CORE_POLICY_AUTHORISE_H

#include "core/primitive/primitive.h"

/* What a function is willing to do; made once from its configuration. Canonical identifiers. */
struct hf_policy {
    bool is_mef;                /* otherwise a MAF */
    struct hf_bytes fqdn;       /* its own */
    struct hf_list admin_fqdns; /* stakeholders that it serves */
    struct hf_list functions;   /* FQDNs: a MEF's MAFs; a MAF's MEF */
    uint32_t registration_lifetime_max_s, key_lifetime_max_s;
    uint32_t key_lifetime_s; /* where a request names none */
};

enum hf_act {
    HF_ACT_RETRIEVE_BASE,
    HF_ACT_REGISTER_CLIENT,
    HF_ACT_RETRIEVE_CLIENT, /* the registration, or the configuration lodged with it */
    HF_ACT_UPDATE_CLIENT,
    HF_ACT_DEREGISTER_CLIENT,
    HF_ACT_REGISTER_KEY,
    HF_ACT_RETRIEVE_KEY,
    HF_ACT_UPDATE_KEY,
    HF_ACT_DEREGISTER_KEY,
    HF_ACT_PROVISION_KM, /* a MEF pushes Km to a MAF */
    HF_ACT_COUNT
};

/* Everything is borrowed for the length of the call. */
struct hf_policy_question {
    const struct hf_policy *policy;
    enum hf_act act;
    uint64_t now_s;
    struct hf_bytes client;        /* proven: one absolute ID of the peer */
    uint64_t credential_expires_s; /* of what it was proven with; HF_NEVER none */
    uint32_t lifetime_s;           /* enrolment lifetime of its node; 0 none */
    bool is_ended;                 /* its credential or node is no longer live */
    hf_status content_st;          /* whether `content` could be read */
    const char *content_fault;     /* why not; may be NULL */
    const struct hf_content *content;
    /*
     * NULL where there is none. To register a client or key: the registration of `client` with the
     * stakeholder named. Otherwise: the registration acted upon, or that the key hangs on.
     */
    const struct hf_registration_record *registration;
    const struct hf_key_record *key;
};

struct hf_policy_answer {
    enum hf_rsc rsc;    /* HF_RSC_OK: it may. Otherwise the refusal */
    const char *reason; /* a fixed sentence */
    const char *clause;
    uint64_t expires_s; /* granted end, where the act sets one */
    bool as_target;     /* a key is retrieved by a target of it: with the key */
    bool close;         /* refused, and the channel is not to be trusted further */
};

struct hf_policy_answer hf_policy_authorise(const struct hf_policy_question *q);

/* Its time has come exactly when it may no longer be used: at `expires_s` it is over. */
static inline bool hf_is_over(uint64_t expires_s, uint64_t now_s)
{
    return now_s >= expires_s;
}

#endif
