#include "store/sqlite/sqlite_store.h"

#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/sqlite/audit.h"
#include "store/sqlite/committer.h"
#include "store/sqlite/find.h"
#include "store/sqlite/lock.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/records.h"
#include "store/sqlite/transaction.h"

enum { LISTED_RECORD_MAX = 256 << 10 };

struct hf_sqlite_store {
    char path[PATH_MAX];
    struct hf_secure_environment se;
    struct hf_committer *committer;
    int lock;                      /* -1: not exclusive */
    struct hf_transaction *import; /* between begin and end; NULL otherwise */
    pthread_mutex_t mutex;         /* protects every handle's finished and outstanding */
    pthread_cond_t came_back;
};

/* One worker's. */
struct handle {
    struct hf_sqlite_store *store;
    struct hf_database database;
    void (*wake)(void *context);
    void *context;
    void (*soon)(void *context); /* NULL: each look-up has a snapshot of its own */
    void *soon_context;
    bool has_snapshot;
    struct hf_job *finished, **last;
    size_t outstanding; /* submitted, not handed back yet */
    bool is_awake;      /* has been woken and has not come yet; the writer's mark in one batch */
};

/* A commit under way, with its keys already wrapped. */
struct ticket {
    struct hf_job job;
    struct hf_protected secrets[];
};

const char *hf_sqlite_store_fault(void)
{
    return hf_database_fault();
}

/* On the writer's thread: everything goes to its worker, which is then woken once. */
static void hand_back(void *context, struct hf_job *finished)
{
    struct hf_sqlite_store *s = context;
    struct hf_job *next;

    pthread_mutex_lock(&s->mutex);
    for (struct hf_job *j = finished; j != NULL; j = next) {
        struct handle *h = j->from;

        next = j->next;
        j->next = NULL;
        *h->last = j;
        h->last = &j->next;
        h->outstanding--;
        if (h->wake != NULL && !h->is_awake) {
            h->is_awake = true;
            h->wake(h->context);
        }
    }
    pthread_cond_broadcast(&s->came_back);
    pthread_mutex_unlock(&s->mutex);
}

static hf_status prepare(struct hf_sqlite_store *s)
{
    struct hf_database d;
    hf_status st;

    HF_TRY(hf_store_touch(s->path));
    HF_TRY(hf_database_open(&d, s->path, false));
    st = hf_store_migrate(&d);
    if (st == HF_OK)
        st = hf_store_check_root_key(&d, &s->se);
    if (st == HF_OK)
        st = hf_committer_start(s->path, &s->se, hand_back, s, &s->committer);
    hf_database_close(&d);
done:
    return st;
}

hf_status hf_sqlite_store_open(const char *path, const struct hf_secure_environment *se,
                               bool exclusive, struct hf_sqlite_store **out)
{
    struct hf_sqlite_store *s;
    hf_status st;

    if (strlen(path) >= sizeof s->path) {
        hf_database_set_fault(path, "the name is too long");
        return HF_ERR_STORE;
    }
    s = hf_alloc(1, sizeof *s);
    if (s == NULL)
        return HF_ERR_SYSTEM;
    memcpy(s->path, path, strlen(path) + 1);
    s->se = *se;
    s->lock = -1;
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->came_back, NULL);
    if (exclusive)
        HF_TRY(hf_store_lock(path, &s->lock));
    HF_TRY(prepare(s));
    *out = s;
    s = NULL; /* now the caller's */
done:
    hf_sqlite_store_close(s);
    return st;
}

static void drop_import(struct hf_sqlite_store *s)
{
    if (s->import != NULL)
        hf_transaction_done(s->import);
    hf_free(s->import);
    s->import = NULL;
}

void hf_sqlite_store_close(struct hf_sqlite_store *s)
{
    if (s == NULL)
        return;
    drop_import(s); /* an import that was not ended never was */
    hf_committer_stop(s->committer);
    if (s->lock >= 0)
        close(s->lock);
    pthread_cond_destroy(&s->came_back);
    pthread_mutex_destroy(&s->mutex);
    hf_free(s);
}

static void find(void *self, struct hf_lookup *l)
{
    struct handle *h = self;

    if (h->soon != NULL && !h->has_snapshot) {
        h->has_snapshot = hf_database_run(&h->database, HF_SQL_BEGIN_READING) == HF_OK;
        if (h->has_snapshot)
            h->soon(h->soon_context);
    }
    l->st = hf_store_look_up(&h->database, &h->store->se, l);
    l->done(l);
}

static void refresh(struct handle *h)
{
    if (!h->has_snapshot)
        return;
    h->has_snapshot = false;
    if (hf_database_run(&h->database, HF_SQL_COMMIT) != HF_OK)
        sqlite3_exec(h->database.db, "ROLLBACK", NULL, NULL, NULL);
}

static void free_ticket(struct ticket *t)
{
    hf_free(t); /* wrapped keys are no secret */
}

/* c->st stays as it was: it says HF_OK when the commit is on disk, not a moment earlier. */
static hf_status make_ticket(struct handle *h, struct hf_commit *c, struct ticket **out)
{
    struct ticket *t = hf_alloc(1, sizeof *t + c->count * sizeof t->secrets[0]);
    hf_status st = HF_OK;

    if (t == NULL)
        return HF_ERR_STORE;
    for (size_t i = 0; i < c->count; i++)
        HF_TRY(hf_protect_change(&h->store->se, &c->changes[i], &t->secrets[i]));
    t->job = (struct hf_job){.commits = c, .count = 1, .secrets = t->secrets, .from = h};
    *out = t;
    t = NULL; /* now the caller's */
done:
    free_ticket(t);
    return st;
}

static void submit(struct handle *h, struct hf_job *j)
{
    pthread_mutex_lock(&h->store->mutex);
    h->outstanding++;
    pthread_mutex_unlock(&h->store->mutex);
    hf_committer_submit(h->store->committer, j);
}

static void wait_until_idle(struct handle *h)
{
    pthread_mutex_lock(&h->store->mutex);
    while (h->outstanding > 0)
        pthread_cond_wait(&h->store->came_back, &h->store->mutex);
    pthread_mutex_unlock(&h->store->mutex);
}

static struct hf_job *take_finished(struct handle *h)
{
    struct hf_job *j;

    pthread_mutex_lock(&h->store->mutex);
    j = h->finished;
    h->finished = NULL;
    h->last = &h->finished;
    h->is_awake = false;
    pthread_mutex_unlock(&h->store->mutex);
    return j;
}

/* How many there were. */
static size_t deliver(struct handle *h)
{
    struct hf_job *j = take_finished(h);
    size_t count = 0;

    refresh(h);
    while (j != NULL) {
        struct ticket *t = (struct ticket *)(void *)j;
        struct hf_commit *c = t->job.commits;

        j = j->next;
        c->st = t->job.st;
        free_ticket(t);
        c->done(c); /* may free c, and commit again */
        count++;
    }
    return count;
}

static void commit(void *self, struct hf_commit *c)
{
    struct handle *h = self;
    struct ticket *t = NULL;
    hf_status st = make_ticket(h, c, &t);

    if (st != HF_OK) {
        c->st = st;
        c->done(c);
        return;
    }
    submit(h, &t->job);
    if (h->wake != NULL)
        return;
    wait_until_idle(h);
    deliver(h);
}

static hf_status make_handle(struct hf_sqlite_store *s, struct handle **out)
{
    struct handle *h = hf_alloc(1, sizeof *h);
    hf_status st;

    if (h == NULL)
        return HF_ERR_SYSTEM;
    h->store = s;
    h->last = &h->finished;
    HF_TRY(hf_database_open(&h->database, s->path, true));
    *out = h;
    h = NULL; /* now the caller's */
done:
    hf_free(h);
    return st;
}

hf_status hf_sqlite_store_handle(struct hf_sqlite_store *s, void (*wake)(void *context),
                                 void *context, struct hf_store *out)
{
    struct handle *h;
    hf_status st;

    HF_TRY(make_handle(s, &h));
    h->wake = wake;
    h->context = context;
    *out = (struct hf_store){.self = h, .find = find, .commit = commit};
done:
    return st;
}

void hf_sqlite_store_share_snapshot(struct hf_store *handle, void (*soon)(void *context),
                                    void *context)
{
    struct handle *h = handle->self;

    h->soon = soon;
    h->soon_context = context;
}

void hf_sqlite_store_refresh(struct hf_store *handle)
{
    refresh(handle->self);
}

void hf_sqlite_store_deliver(struct hf_store *handle)
{
    deliver(handle->self);
}

void hf_sqlite_store_release(struct hf_store *handle)
{
    struct handle *h = handle->self;

    if (h == NULL)
        return;
    do { /* what is delivered may commit once more */
        wait_until_idle(h);
    } while (deliver(h) > 0);
    hf_database_close(&h->database);
    hf_free(h);
    handle->self = NULL;
}

hf_status hf_sqlite_store_commit_all(struct hf_sqlite_store *s, struct hf_commit *commits,
                                     size_t count)
{
    struct handle own = {.store = s, .last = &own.finished};
    struct hf_job j = {.commits = commits, .count = count, .from = &own};

    if (count == 0)
        return HF_OK;
    submit(&own, &j);
    wait_until_idle(&own);
    if (count == 1)
        commits[0].st = j.st;
    return j.st;
}

hf_status hf_sqlite_store_begin(struct hf_sqlite_store *s)
{
    hf_status st;

    if (s->import != NULL)
        return HF_ERR_UNEXPECTED;
    s->import = hf_alloc(1, sizeof *s->import);
    if (s->import == NULL)
        return HF_ERR_SYSTEM;
    HF_TRY(hf_transaction_init(s->import, s->path, &s->se));
    HF_TRY(hf_transaction_begin(s->import));
done:
    if (st != HF_OK)
        drop_import(s);
    return st;
}

void hf_sqlite_store_add(struct hf_sqlite_store *s, struct hf_commit *c)
{
    if (s->import == NULL)
        c->st = HF_ERR_UNEXPECTED;
    else
        hf_transaction_add(s->import, c);
}

hf_status hf_sqlite_store_end(struct hf_sqlite_store *s, bool keep)
{
    hf_status st;

    if (s->import == NULL)
        return HF_ERR_UNEXPECTED;
    st = hf_transaction_end(s->import, keep);
    drop_import(s);
    return st;
}

static bool visit(struct hf_query *q, enum hf_listing which, const struct hf_store_visitor *v,
                  struct hf_arena *a, hf_status *st)
{
    union {
        struct hf_node_record node;
        struct hf_credential_record credential;
        struct hf_registration_record registration;
        struct hf_key_record key;
    } r;

    switch (which) {
    case HF_LIST_NODES:
        *st = hf_record_read_node(q, a, &r.node);
        return *st == HF_OK && v->node(v->context, &r.node);
    case HF_LIST_CREDENTIALS:
        *st = hf_record_read_credential(q, NULL, a, &r.credential);
        return *st == HF_OK && v->credential(v->context, &r.credential);
    case HF_LIST_REGISTRATIONS:
        *st = hf_record_read_registration(q, a, &r.registration);
        return *st == HF_OK && v->registration(v->context, &r.registration);
    case HF_LIST_KEYS:
        *st = hf_record_read_key(q, NULL, a, &r.key);
        return *st == HF_OK && v->key(v->context, &r.key);
    }
    *st = HF_ERR_BUG;
    return false;
}

hf_status hf_sqlite_store_list(struct hf_sqlite_store *s, enum hf_listing which,
                               const struct hf_store_visitor *v)
{
    static const enum hf_statement statements[] = {HF_SQL_LIST_NODES, HF_SQL_LIST_CREDENTIALS,
                                                   HF_SQL_LIST_REGISTRATIONS, HF_SQL_LIST_KEYS};
    struct hf_database d;
    struct hf_query q;
    struct hf_arena a;
    bool more = true;
    hf_status st;

    HF_TRY(hf_database_open(&d, s->path, true));
    q = hf_query_begin(&d, statements[which]);
    while (more && (st = hf_query_next(&q)) == HF_OK) {
        hf_arena_init(&a, LISTED_RECORD_MAX);
        more = visit(&q, which, v, &a, &st);
        hf_arena_done(&a);
    }
    hf_query_end(&q);
    hf_database_close(&d);
done:
    return st == HF_ERR_UNKNOWN ? HF_OK : st;
}

hf_status hf_sqlite_store_check_audit(struct hf_sqlite_store *s, uint64_t *broken_at)
{
    struct hf_database d;
    hf_status st;

    HF_TRY(hf_database_open(&d, s->path, true));
    st = hf_audit_check(&d, &s->se, broken_at);
    hf_database_close(&d);
done:
    return st;
}
