/*
 * What the store remembers, as plain values: nodes, credentials, client registrations, keys.
 * Everything variable is borrowed, from the arena of whoever loaded or built the record.
 */
#ifndef HF_CORE_RECORD_RECORD_H
#define HF_CORE_RECORD_RECORD_H

#include "base/secret.h"
#include "base/time.h"
#include "core/identity/suid.h"

enum {
    HF_ENTITIES_MAX = 64, /* entity IDs one node speaks for */
    HF_TARGETS_MAX = 64,
    HF_LABELS_MAX = 16,
    HF_LABEL_MAX_LEN = 64,
};

/* A short list of texts. */
struct hf_list {
    const struct hf_bytes *at;
    size_t count;
};

bool hf_list_has(struct hf_list l, struct hf_bytes item); /* exact octets */

enum hf_record_state {
    HF_RECORD_LIVE = 1,
    HF_RECORD_ENDED,   /* de-registered, retired, replaced: a tombstone, its key erased */
    HF_RECORD_REVOKED, /* ended by the operator: live associations are closed as well */
};

/* A node of the provider, as its enrolment rules describe it. Unique: (authority, node_id). */
struct hf_node_record {
    struct hf_bytes authority; /* FQDN of the MEF or MAF that knows it */
    struct hf_bytes node_id;
    struct hf_list entities; /* absolute IDs: the CSE-ID first where it has one, then AE-IDs */
    bool has_cse;            /* entities.at[0] is its CSE-ID */
    uint32_t lifetime_s;     /* Enrolment Expiry granted at each bootstrap */
    uint64_t created_s;
    uint64_t enrolled_s; /* last bootstrap; 0 never */
    enum hf_record_state state;
};

/*
 * One way a peer proves itself to one function. Unique: (authority, credential_id), for ever; each
 * key at most once per authority (keyed fingerprint).
 */
struct hf_credential_record {
    struct hf_bytes authority;
    struct hf_bytes credential_id; /* "10-KpmID", "11-KeID", "31-oid", ... */
    struct hf_bytes node_id;       /* of the same authority */
    struct hf_secret key;          /* empty for a certificate, and in listings */
    unsigned suid;                 /* 10, 11, 21, 40, 41 */
    uint64_t expires_s;
    bool require_pfs;
    struct hf_bytes issuer_key_id; /* MAF: the KeID whose pull made this KmID; else empty */
    enum hf_record_state state;
    /* Filled on load from the node, so that one look-up tells who the peer is. */
    struct hf_list entities;
    bool has_cse;
    uint32_t lifetime_s;
    enum hf_record_state node_state;
};

/* <mefClientReg> or <mafClientReg>. Unique: (authority, ri); live ones: (authority, client,
 * admin_fqdn). */
struct hf_registration_record {
    struct hf_bytes authority;
    struct hf_bytes ri;              /* 32 hex digits, random */
    struct hf_bytes client;          /* absolute entity ID */
    struct hf_bytes admin_fqdn;      /* the administrating stakeholder */
    struct hf_bytes credential_id;   /* that it was made with */
    struct hf_bytes assigned_key_id; /* MAF: KmID given with it; else empty */
    struct hf_list labels;
    uint64_t created_s, modified_s, expires_s;
    enum hf_record_state state;
};

/* <symmKeyReg>. Unique: (authority, relative_id), for ever. */
struct hf_key_record {
    struct hf_bytes authority;
    struct hf_bytes relative_id;  /* canonical: 32 hex digits in upper case */
    struct hf_bytes source;       /* absolute entity ID of the Source client */
    struct hf_bytes registration; /* ri of the client registration it hangs on */
    struct hf_bytes node_id;      /* of the Source */
    struct hf_bytes admin_fqdn;
    struct hf_list targets, labels;
    struct hf_secret key; /* as registered: Kc, Ke or the given value */
    bool is_exported;     /* from the TLS exporter, not a Key Value */
    unsigned suid;
    uint64_t created_s, modified_s, expires_s;
    enum hf_record_state state;
};

#endif
