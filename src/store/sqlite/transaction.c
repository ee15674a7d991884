#include "store/sqlite/transaction.h"

#include <string.h>

#include "base/memory.h"

enum {
    CHECKPOINT_FRAMES = 1024,             /* 4 MiB: a look-up walks every version of a page in it */
    FRAMES_MAX = 128 * CHECKPOINT_FRAMES, /* readers are waited for beyond this */
};

hf_status hf_transaction_init(struct hf_transaction *t, const char *path,
                              const struct hf_secure_environment *se)
{
    size_t size = strlen(path) + 1;

    t->se = se;
    t->apply.d = &t->database;
    t->path = hf_alloc(size, 1);
    if (t->path == NULL)
        return HF_ERR_SYSTEM;
    memcpy(t->path, path, size);
    return hf_database_open(&t->database, path, false);
}

void hf_transaction_done(struct hf_transaction *t)
{
    hf_database_close(&t->database);
    hf_free(t->path);
    t->path = NULL;
}

static hf_status apply_commit(struct hf_transaction *t, const struct hf_commit *c,
                              const struct hf_protected *secrets)
{
    struct hf_protected own;
    hf_status st = HF_OK;

    t->apply.now_s = c->audit.time_s;
    for (size_t i = 0; i < c->count; i++) {
        const struct hf_protected *p = secrets == NULL ? &own : &secrets[i];

        if (secrets == NULL)
            HF_TRY(hf_protect_change(t->se, &c->changes[i], &own));
        HF_TRY(hf_apply_change(&t->apply, &c->changes[i], p));
    }
    HF_TRY(hf_audit_append(&t->database, &t->head, &c->audit));
done:
    return st;
}

/*
 * The commit of a worker is the worker's until it is handed back, with j->st: to touch it here
 * would say HF_OK before the disk has it. Only whoever waits for several gets each one's status.
 */
static void note_status(struct hf_job *j, size_t i, hf_status st)
{
    if (j->count > 1)
        j->commits[i].st = st;
}

/* A job of several commits tells which one failed; the others were not carried out for its sake. */
static hf_status apply_job(struct hf_transaction *t, struct hf_job *j)
{
    hf_status st = HF_OK;

    for (size_t i = 0; i < j->count && st == HF_OK; i++) {
        st = apply_commit(t, &j->commits[i], j->secrets);
        note_status(j, i, st);
    }
    return st;
}

static bool is_broken(const struct hf_transaction *t)
{
    return t->database.code != 0 || t->database.db == NULL;
}

/* Takes back what a failed job did, where savepoints are set. */
static hf_status undo(struct hf_transaction *t, const struct hf_audit_head *head)
{
    t->head = *head;
    hf_database_forget_authorities(&t->database);
    return hf_database_run(&t->database, HF_SQL_UNDO);
}

/*
 * Without savepoints, which cost a tenth of everything, a job that fails after it changed something
 * is a reason to start over with them: HF_ERR_UNEXPECTED.
 */
static hf_status run_job(struct hf_transaction *t, struct hf_job *j, bool with_savepoints)
{
    struct hf_audit_head head = t->head;
    sqlite3_int64 changes = sqlite3_total_changes64(t->database.db);
    hf_status st = HF_OK;

    if (with_savepoints)
        HF_TRY(hf_database_run(&t->database, HF_SQL_SAVEPOINT));
    j->st = apply_job(t, j);
    HF_TRY(is_broken(t) ? HF_ERR_STORE : HF_OK);
    if (with_savepoints) {
        if (j->st != HF_OK)
            HF_TRY(undo(t, &head));
        HF_TRY(hf_database_run(&t->database, HF_SQL_RELEASE));
    } else if (j->st != HF_OK && sqlite3_total_changes64(t->database.db) != changes) {
        st = HF_ERR_UNEXPECTED;
    }
done:
    return st;
}

static hf_status run_jobs(struct hf_transaction *t, struct hf_job *jobs, bool with_savepoints)
{
    struct hf_audit_head before;
    hf_status st;

    HF_TRY(hf_database_run(&t->database, HF_SQL_BEGIN));
    HF_TRY(hf_audit_load_head(&t->database, &t->head));
    before = t->head;
    for (struct hf_job *j = jobs; j != NULL; j = j->next)
        HF_TRY(run_job(t, j, with_savepoints));
    if (t->head.id != before.id)
        HF_TRY(hf_audit_seal(&t->database, t->se, &t->head));
done:
    return st;
}

static void answer_all(struct hf_job *jobs, hf_status st)
{
    for (struct hf_job *j = jobs; j != NULL; j = j->next) {
        j->st = st;
        for (size_t i = 0; i < j->count; i++)
            note_status(j, i, st);
    }
}

/* A job that failed: where it had several commits, the good ones share its fate. */
static void answer_failed(struct hf_job *jobs)
{
    for (struct hf_job *j = jobs; j != NULL; j = j->next)
        for (size_t i = 0; j->count > 1 && j->st != HF_OK && i < j->count; i++)
            if (j->commits[i].st == HF_OK)
                j->commits[i].st = HF_ERR_STORE;
}

static hf_status roll_back(struct hf_transaction *t)
{
    hf_database_forget_authorities(&t->database);
    return hf_database_run(&t->database, HF_SQL_ROLLBACK);
}

/* fsync errors are told once, so nothing of the old connection is trusted again. */
static hf_status open_again(struct hf_transaction *t)
{
    hf_database_close(&t->database);
    return hf_database_open(&t->database, t->path, false);
}

/*
 * After a COMMIT that failed, its pages may lie complete in the log, unsynced, and come back to
 * life when the machine restarts. One small transaction over them settles it. Where even that
 * fails, the outcome is not known.
 */
static hf_status settle(struct hf_transaction *t, uint64_t now_s)
{
    const struct hf_audit_event e = {.act = "store.reopened",
                                     .who = HF_LITERAL("store"),
                                     .detail = HF_LITERAL("a commit failed"),
                                     .time_s = now_s};
    hf_status st;

    HF_TRY(hf_database_run(&t->database, HF_SQL_BEGIN));
    HF_TRY(hf_audit_load_head(&t->database, &t->head));
    HF_TRY(hf_audit_append(&t->database, &t->head, &e));
    HF_TRY(hf_audit_seal(&t->database, t->se, &t->head));
    HF_TRY(hf_database_run(&t->database, HF_SQL_COMMIT));
done:
    return st == HF_OK ? HF_ERR_STORE : HF_ERR_UNREACHABLE;
}

/* Whatever is wrong, no job of this transaction is acknowledged. */
static void give_up(struct hf_transaction *t, struct hf_job *jobs, bool at_commit)
{
    bool is_full = (t->database.code & 0xff) == SQLITE_FULL; /* the last page is not in the log */
    hf_status st = open_again(t);

    if (at_commit && !is_full)
        st = st == HF_OK ? settle(t, jobs->commits[0].audit.time_s) : HF_ERR_UNREACHABLE;
    else
        st = HF_ERR_STORE;
    if (is_broken(t) && t->database.db != NULL)
        (void)!open_again(t);
    answer_all(jobs, st);
}

void hf_transaction_run(struct hf_transaction *t, struct hf_job *jobs)
{
    bool is_alone = jobs->next == NULL;
    hf_status st;

    if (t->database.db == NULL && open_again(t) != HF_OK) {
        answer_all(jobs, HF_ERR_STORE);
        return;
    }
    st = run_jobs(t, jobs, false);
    if (st == HF_ERR_UNEXPECTED && !is_alone) {
        st = roll_back(t);
        if (st == HF_OK)
            st = run_jobs(t, jobs, true);
    }
    if (st == HF_ERR_UNEXPECTED && is_alone) {
        st = roll_back(t);
    } else if (st == HF_OK) {
        st = hf_database_run(&t->database, HF_SQL_COMMIT);
        if (st != HF_OK) {
            give_up(t, jobs, true);
            return;
        }
    }
    if (st != HF_OK)
        give_up(t, jobs, false);
    else
        answer_failed(jobs);
}

hf_status hf_transaction_begin(struct hf_transaction *t)
{
    hf_status st;

    HF_TRY(hf_database_run(&t->database, HF_SQL_BEGIN));
    HF_TRY(hf_audit_load_head(&t->database, &t->head));
done:
    return st;
}

void hf_transaction_add(struct hf_transaction *t, struct hf_commit *c)
{
    struct hf_job j = {.commits = c, .count = 1};
    hf_status st = is_broken(t) ? HF_ERR_STORE : run_job(t, &j, true);

    c->st = st == HF_OK ? j.st : HF_ERR_STORE;
}

hf_status hf_transaction_end(struct hf_transaction *t, bool keep)
{
    hf_status st;

    if (!keep || is_broken(t)) {
        st = roll_back(t);
        return keep ? HF_ERR_STORE : st;
    }
    HF_TRY(hf_audit_seal(&t->database, t->se, &t->head));
    HF_TRY(hf_database_run(&t->database, HF_SQL_COMMIT));
done:
    return st;
}

void hf_transaction_tidy(struct hf_transaction *t)
{
    struct hf_database *d = &t->database;

    if (d->db == NULL || d->wal_frames < CHECKPOINT_FRAMES)
        return;
    /* A failure here loses nothing: the log stays until the next time. */
    sqlite3_wal_checkpoint_v2(d->db, NULL,
                              d->wal_frames < FRAMES_MAX ? SQLITE_CHECKPOINT_PASSIVE
                                                         : SQLITE_CHECKPOINT_RESTART,
                              NULL, NULL);
    d->wal_frames = 0;
}
