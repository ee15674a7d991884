/* Jobs in one transaction: which of them hold, and what happens when the disk does not. */
#ifndef HF_STORE_SQLITE_TRANSACTION_H
#define HF_STORE_SQLITE_TRANSACTION_H

#include "store/sqlite/apply.h"
#include "store/sqlite/audit.h"
#include "store/sqlite/committer.h"

struct hf_transaction {
    struct hf_database database;
    const struct hf_secure_environment *se;
    char *path;
    struct hf_audit_head head;
    struct hf_apply apply;
};

HF_CHECKED hf_status hf_transaction_init(struct hf_transaction *t, const char *path,
                                         const struct hf_secure_environment *se);
void hf_transaction_done(struct hf_transaction *t);
/* Fills the st of every job and commit; HF_OK there means that it is on disk. */
void hf_transaction_run(struct hf_transaction *t, struct hf_job *jobs);
/*
 * One transaction over many commits, one at a time, for an import: begin, then each, then end.
 * A failed commit undoes only itself; `keep` false undoes everything.
 */
HF_CHECKED hf_status hf_transaction_begin(struct hf_transaction *t);
void hf_transaction_add(struct hf_transaction *t, struct hf_commit *c);
HF_CHECKED hf_status hf_transaction_end(struct hf_transaction *t, bool keep);
/* Between transactions: keeps the write-ahead log short. */
void hf_transaction_tidy(struct hf_transaction *t);

#endif
