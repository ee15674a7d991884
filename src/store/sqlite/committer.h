/*
 * The one writer: a thread that carries out what has gathered in one transaction, and hands the
 * finished jobs back after the transaction is on disk, never before (threat row STO-5).
 * After a failure nothing is tried again: the connection is opened anew.
 */
#ifndef HF_STORE_SQLITE_COMMITTER_H
#define HF_STORE_SQLITE_COMMITTER_H

#include "port/secure_environment.h"
#include "port/store.h"
#include "store/sqlite/protect.h"

struct hf_committer;

/* Whoever submits owns the job until it is handed back, and what its commits borrow. */
struct hf_job {
    struct hf_job *next;
    struct hf_commit *commits;
    size_t count;                       /* carried out all or not at all */
    const struct hf_protected *secrets; /* one a change of the only commit; NULL: made here */
    hf_status st;
    void *from;
};

/*
 * Opens a read-write connection on `path` and starts the thread. `hand_back` is called on it with
 * the finished jobs, in the order of submission.
 */
HF_CHECKED hf_status hf_committer_start(const char *path, const struct hf_secure_environment *se,
                                        void (*hand_back)(void *context, struct hf_job *finished),
                                        void *context, struct hf_committer **out);
void hf_committer_submit(struct hf_committer *c, struct hf_job *j); /* any thread */
/* Carries out what waits and ends. Accepts NULL. */
void hf_committer_stop(struct hf_committer *c);

#endif
