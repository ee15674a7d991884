#include "store/sqlite/committer.h"

#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "store/sqlite/transaction.h"

/*
 * Under load a commit waits a little for company: a sync costs as much for one as for fifty. Alone,
 * it does not wait: load is when the batch before had more than one.
 */
enum { BATCH_MAX = 1024, GATHER_ENOUGH = 32, GATHER_NS = 5000000, SECOND_NS = 1000000000 };

struct hf_committer {
    pthread_t thread;
    pthread_mutex_t lock; /* protects first, last, waiting, is_closing */
    pthread_cond_t arrived;
    struct hf_job *first, **last;
    size_t waiting; /* jobs between first and last */
    bool is_closing;
    bool had_company; /* the writer's own: the batch before had more than one job */
    void (*hand_back)(void *context, struct hf_job *finished);
    void *context;
    struct hf_transaction transaction; /* the thread's own */
};

/* The lock is held. */
static void wait_for_jobs(struct hf_committer *c)
{
    struct timespec until;

    while (c->first == NULL && !c->is_closing)
        pthread_cond_wait(&c->arrived, &c->lock);
    if (!c->had_company || c->waiting >= GATHER_ENOUGH || c->is_closing)
        return;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += GATHER_NS;
    if (until.tv_nsec >= SECOND_NS) {
        until.tv_nsec -= SECOND_NS;
        until.tv_sec++;
    }
    while (c->waiting < GATHER_ENOUGH && !c->is_closing)
        if (pthread_cond_timedwait(&c->arrived, &c->lock, &until) != 0)
            return;
}

/* The next jobs for one transaction: imports go alone. NULL: closing, and nothing is left. */
static struct hf_job *take_batch(struct hf_committer *c)
{
    struct hf_job *batch, *last;
    size_t n = 1;

    pthread_mutex_lock(&c->lock);
    wait_for_jobs(c);
    batch = last = c->first;
    for (; last != NULL && last->next != NULL; n++) {
        if (n == BATCH_MAX || last->count > 1 || last->next->count > 1)
            break;
        last = last->next;
    }
    if (last != NULL) {
        c->first = last->next;
        last->next = NULL;
        c->waiting -= n;
    }
    c->had_company = n > 1;
    if (c->first == NULL)
        c->last = &c->first;
    pthread_mutex_unlock(&c->lock);
    return batch;
}

static void *run(void *self)
{
    struct hf_committer *c = self;
    struct hf_job *batch;

    while ((batch = take_batch(c)) != NULL) {
        hf_transaction_run(&c->transaction, batch);
        c->hand_back(c->context, batch);
        hf_transaction_tidy(&c->transaction);
    }
    return NULL;
}

hf_status hf_committer_start(const char *path, const struct hf_secure_environment *se,
                             void (*hand_back)(void *context, struct hf_job *finished),
                             void *context, struct hf_committer **out)
{
    struct hf_committer *c = hf_alloc(1, sizeof *c);
    pthread_condattr_t monotonic;
    hf_status st;

    if (c == NULL)
        return HF_ERR_SYSTEM;
    c->last = &c->first;
    c->hand_back = hand_back;
    c->context = context;
    HF_TRY(hf_transaction_init(&c->transaction, path, se));
    pthread_mutex_init(&c->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&c->arrived, &monotonic);
    pthread_condattr_destroy(&monotonic);
    HF_TRY(pthread_create(&c->thread, NULL, run, c) == 0 ? HF_OK : HF_ERR_SYSTEM);
    *out = c;
    return HF_OK;

done:
    hf_transaction_done(&c->transaction);
    hf_free(c);
    return st;
}

void hf_committer_submit(struct hf_committer *c, struct hf_job *j)
{
    bool wake;

    j->next = NULL;
    pthread_mutex_lock(&c->lock);
    *c->last = j;
    c->last = &j->next;
    c->waiting++;
    wake = c->waiting == 1 || c->waiting == GATHER_ENOUGH;
    pthread_mutex_unlock(&c->lock);
    if (wake)
        pthread_cond_signal(&c->arrived);
}

void hf_committer_stop(struct hf_committer *c)
{
    if (c == NULL)
        return;
    pthread_mutex_lock(&c->lock);
    c->is_closing = true;
    pthread_cond_signal(&c->arrived);
    pthread_mutex_unlock(&c->lock);
    pthread_join(c->thread, NULL);
    hf_transaction_done(&c->transaction);
    pthread_cond_destroy(&c->arrived);
    pthread_mutex_destroy(&c->lock);
    hf_free(c);
}
