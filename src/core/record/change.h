/*
 * What a decision wants to become true. A set of changes is committed whole or not at all, with its
 * audit event; nothing is answered before.
 */
#ifndef HF_CORE_RECORD_CHANGE_H
#define HF_CORE_RECORD_CHANGE_H

#include "core/record/record.h"

enum hf_change_kind {
    HF_PUT_NODE, /* insert; the same (authority, node_id) again: entities and lifetime replaced */
    HF_PUT_CREDENTIAL,   /* insert only */
    HF_END_CREDENTIAL,   /* to `state`; the key is erased */
    HF_TOUCH_NODE,       /* enrolled_s */
    HF_PUT_REGISTRATION, /* insert; replaces an expired one of the same client and stakeholder */
    HF_SET_REGISTRATION, /* labels, expires_s, modified_s, assigned_key_id */
    HF_END_REGISTRATION, /* to `state`; its keys end with it */
    HF_PUT_KEY,          /* insert only */
    HF_SET_KEY,          /* labels, targets, expires_s, modified_s */
    HF_END_KEY,          /* to `state`; the key is erased */
    HF_END_NODE,         /* to `state`; its credentials, registrations and keys with it */
};

struct hf_change {
    enum hf_change_kind kind;
    union {
        struct hf_node_record node;
        struct hf_credential_record credential;
        struct hf_registration_record registration;
        struct hf_key_record key;
    };
};

/* One line of the audit trail: typed, without key material. */
struct hf_audit_event {
    const char *act; /* "key.registered", a fixed word */
    struct hf_bytes authority;
    struct hf_bytes who;    /* credential ID or "operator" */
    struct hf_bytes what;   /* identifier acted upon */
    struct hf_bytes detail; /* reason or parameters; may be empty */
    uint64_t time_s;
};

#endif
