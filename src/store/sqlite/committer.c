#include "store/sqlite/committer.h"

#include <limits.h>
#include <pthread.h>
#include <string.h>

#include "base/memory.h"
#include "store/sqlite/transaction.h"

enum { BATCH_MAX = 1024 };

struct hf_committer {
    pthread_t thread;
    pthread_mutex_t lock; /* protects first, last, is_closing */
    pthread_cond_t arrived;
    struct hf_job *first, **last;
    bool is_closing;
    void (*hand_back)(void *context, struct hf_job *finished);
    void *context;
    struct hf_transaction transaction; /* the thread's own */
};

/* The next jobs for one transaction: imports go alone. NULL: closing, and nothing is left. */
static struct hf_job *take_batch(struct hf_committer *c)
{
    struct hf_job *batch, *last;

    pthread_mutex_lock(&c->lock);
    while (c->first == NULL && !c->is_closing)
        pthread_cond_wait(&c->arrived, &c->lock);
    batch = last = c->first;
    for (size_t n = 1; last != NULL && last->next != NULL; n++) {
        if (n == BATCH_MAX || last->count > 1 || last->next->count > 1)
            break;
        last = last->next;
    }
    if (last != NULL) {
        c->first = last->next;
        last->next = NULL;
    }
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
    hf_status st;

    if (c == NULL)
        return HF_ERR_SYSTEM;
    c->last = &c->first;
    c->hand_back = hand_back;
    c->context = context;
    HF_TRY(hf_transaction_init(&c->transaction, path, se));
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->arrived, NULL);
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
    j->next = NULL;
    pthread_mutex_lock(&c->lock);
    *c->last = j;
    c->last = &j->next;
    pthread_cond_signal(&c->arrived);
    pthread_mutex_unlock(&c->lock);
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
