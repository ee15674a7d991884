/*
 * One request on its way: load the records, authorise, draw, decide, commit, answer. This is the
 * only path, so nothing is acknowledged before it is durable (invariant G4).
 */
#ifndef HF_ROLE_TEF_EXCHANGE_H
#define HF_ROLE_TEF_EXCHANGE_H

#include "role/tef/tef.h"

struct hf_tef_exchange {
    struct hf_tef *tef;
    struct hf_exchange *x;
    const struct hf_tef_procedure *procedure;
    uint64_t now_s;
    struct hf_bytes client; /* the proven identity that this request uses */
    struct hf_bytes id;     /* canonical; of the registration or key named, existing or new */

    /* Look-ups; st is HF_ERR_UNEXPECTED until they are asked. */
    struct hf_lookup key, registration, credential, assigned, node;
    size_t loaded;
    void (*then)(struct hf_tef_exchange *e);   /* after the look-up under way */
    void (*resume)(struct hf_tef_exchange *e); /* after the routing */

    struct hf_policy_answer granted;
    uint8_t random[2][HF_RELATIVE_ID_LEN];
    struct hf_export exported;

    const char *act; /* its word in the audit trail; NULL: nothing to commit */
    struct hf_change changes[HF_TEF_CHANGES_MAX];
    size_t change_count;
    struct hf_commit commit;
};

/* What was found, or NULL. */
struct hf_key_record *hf_tef_key(struct hf_tef_exchange *e);
struct hf_registration_record *hf_tef_registration(struct hf_tef_exchange *e);
struct hf_credential_record *hf_tef_credential(struct hf_tef_exchange *e);
struct hf_node_record *hf_tef_node(struct hf_tef_exchange *e);

/* The next change of the set, zeroed, with its kind. */
struct hf_change *hf_tef_change(struct hf_tef_exchange *e, enum hf_change_kind kind);
/* Asks the store; `then` goes on, unless the store failed, which answers 5000. */
void hf_tef_find(struct hf_tef_exchange *e, struct hf_lookup *l, enum hf_lookup_kind kind,
                 struct hf_bytes id, void (*then)(struct hf_tef_exchange *e));
/* Goes on after the profile's `prepare`. */
void hf_tef_resume(struct hf_tef_exchange *e);

#endif
