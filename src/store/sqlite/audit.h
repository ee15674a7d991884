/* The audit trail as a chain of hashes, its end authenticated under the root key (ADM-4). */
#ifndef HF_STORE_SQLITE_AUDIT_H
#define HF_STORE_SQLITE_AUDIT_H

#include "core/record/change.h"
#include "crypto/digest.h"
#include "port/secure_environment.h"
#include "store/sqlite/database.h"

/* The last row. */
struct hf_audit_head {
    uint64_t id; /* 0: the trail is empty */
    uint8_t hash[HF_SHA256_LEN];
};

/* Inside a transaction: another process may have written meanwhile. */
HF_CHECKED hf_status hf_audit_load_head(struct hf_database *d, struct hf_audit_head *out);
HF_CHECKED hf_status hf_audit_append(struct hf_database *d, struct hf_audit_head *head,
                                     const struct hf_audit_event *e);
/* Once a transaction, after the last append. */
HF_CHECKED hf_status hf_audit_seal(struct hf_database *d, const struct hf_secure_environment *se,
                                   const struct hf_audit_head *head);
/* HF_ERR_CRYPTO and *broken_at: the first row that is not what was appended. */
HF_CHECKED hf_status hf_audit_check(struct hf_database *d, const struct hf_secure_environment *se,
                                    uint64_t *broken_at);

#endif
