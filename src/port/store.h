/*
 * What a role asks of the store. Asynchronous by shape: `done` is called once, on the worker that
 * asked, perhaps before the call returns. A handle belongs to one worker.
 */
#ifndef HF_PORT_STORE_H
#define HF_PORT_STORE_H

#include "base/arena.h"
#include "core/record/change.h"

enum hf_lookup_kind {
    HF_FIND_CREDENTIAL,             /* id = credential_id */
    HF_FIND_REGISTRATION,           /* id = ri */
    HF_FIND_REGISTRATION_OF_CLIENT, /* id = client, admin_fqdn: the live or last one */
    HF_FIND_KEY,                    /* id = relative_id */
    HF_FIND_NODE,                   /* id = node_id */
    HF_FIND_NODE_OF_ENTITY,         /* id = entity ID */
};

/*
 * A look-up. The asker owns it, fills the first part and keeps it until `done`.
 * Records of any state are found, tombstones too: judging is the asker's business.
 */
struct hf_lookup {
    enum hf_lookup_kind kind;
    struct hf_bytes authority, id, admin_fqdn;
    struct hf_arena *arena; /* the record's variable parts are put here */
    void (*done)(struct hf_lookup *l);
    void *context;
    /* Filled by the store. HF_OK, HF_ERR_UNKNOWN, HF_ERR_CRYPTO (cannot unwrap), HF_ERR_STORE. */
    hf_status st;
    union {
        struct hf_credential_record credential;
        struct hf_registration_record registration;
        struct hf_key_record key;
        struct hf_node_record node;
    };
};

/*
 * A set of changes with its audit event. Everything is borrowed until `done`.
 * st: HF_OK it is on disk; HF_ERR_CONFLICT an identifier, entity or key is taken; HF_ERR_UNKNOWN
 * the record to change is gone; HF_ERR_STORE nothing was changed; HF_ERR_UNREACHABLE the outcome is
 * not known.
 */
struct hf_commit {
    const struct hf_change *changes;
    size_t count;
    struct hf_audit_event audit;
    void (*done)(struct hf_commit *c);
    void *context;
    hf_status st;
    struct hf_commit *next; /* the store's */
};

/* Listing for people: called once a record, keys left out; `more` false stops. */
struct hf_store_visitor {
    bool (*node)(void *context, const struct hf_node_record *n);
    bool (*credential)(void *context, const struct hf_credential_record *c);
    bool (*registration)(void *context, const struct hf_registration_record *r);
    bool (*key)(void *context, const struct hf_key_record *k);
    void *context;
};

struct hf_store {
    void *self;
    void (*find)(void *self, struct hf_lookup *l);
    void (*commit)(void *self, struct hf_commit *c);
};

static inline void hf_store_find(const struct hf_store *s, struct hf_lookup *l)
{
    s->find(s->self, l);
}

static inline void hf_store_commit(const struct hf_store *s, struct hf_commit *c)
{
    s->commit(s->self, c);
}

#endif
