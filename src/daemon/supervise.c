#include "daemon/supervise.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log.h"
#include "daemon/notify.h"
#include "daemon/worker.h"

enum { EXIT_CONFIGURATION = 78, WORKERS_MAX = 64, MATERIALS_KEPT = 8 };

struct supervision {
    struct hf_deployment deployment;
    struct hf_materials *materials[MATERIALS_KEPT]; /* the last one is in use */
    size_t materials_count;
    struct hf_worker *workers[WORKERS_MAX];
    pthread_t threads[WORKERS_MAX];
    size_t worker_count, thread_count;
};

static void *run(void *worker)
{
    hf_worker_run(worker);
    return NULL;
}

/* Signals are waited for, by this thread alone. */
static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, set, NULL);
}

static void say_to_log(void *context, const char *line)
{
    (void)context;
    hf_log(HF_LOG_ERROR, "reload failed; the old materials stay in use", "fault", line, NULL);
}

static bool is_in_use(const struct supervision *s, const struct hf_materials *m)
{
    for (size_t i = 0; i < s->worker_count; i++)
        if (hf_worker_materials(s->workers[i]) == m)
            return true;
    return false;
}

/* Workers go forward only: what is older than all they use is used by none. */
static void drop_old(struct supervision *s)
{
    size_t old = 0;

    while (old + 1 < s->materials_count && !is_in_use(s, s->materials[old]))
        hf_materials_free(s->materials[old++]);
    s->materials_count -= old;
    memmove(s->materials, s->materials + old, s->materials_count * sizeof s->materials[0]);
}

static void reload(struct supervision *s)
{
    struct hf_materials **fresh = &s->materials[s->materials_count];

    if (s->materials_count == MATERIALS_KEPT) {
        say_to_log(NULL, "the workers have not taken up the ones before; try again later");
        return;
    }
    if (hf_materials_load(s->deployment.config, fresh, say_to_log, NULL) != HF_OK)
        return;
    s->materials_count++;
    for (size_t i = 0; i < s->worker_count; i++)
        hf_worker_reload(s->workers[i], *fresh);
}

static void wait_for_signals(struct supervision *s, const sigset_t *set)
{
    int signal_number;

    for (;;) {
        if (sigwait(set, &signal_number) != 0)
            continue;
        if (signal_number != SIGHUP)
            return;
        drop_old(s);
        reload(s);
    }
}

static hf_status start(struct supervision *s, const struct hf_config *c, hf_say *say, void *context)
{
    hf_status st;

    HF_TRY(hf_materials_load(c, &s->materials[0], say, context));
    s->materials_count = 1;
    HF_TRY(hf_deployment_open(c, &s->deployment, say, context));
    for (; s->worker_count < c->workers; s->worker_count++)
        HF_TRY(hf_worker_new(&s->deployment, s->materials[0], say, context,
                             &s->workers[s->worker_count]));
    for (; s->thread_count < s->worker_count; s->thread_count++)
        if (pthread_create(&s->threads[s->thread_count], NULL, run, s->workers[s->thread_count])
            != 0)
            HF_TRY(HF_ERR_SYSTEM);
done:
    return st;
}

static void stop(struct supervision *s)
{
    for (size_t i = 0; i < s->thread_count; i++)
        hf_worker_stop(s->workers[i]);
    for (size_t i = 0; i < s->thread_count; i++)
        pthread_join(s->threads[i], NULL);
    for (size_t i = 0; i < s->worker_count; i++)
        hf_worker_free(s->workers[i]);
    hf_deployment_close(&s->deployment);
    for (size_t i = 0; i < s->materials_count; i++)
        hf_materials_free(s->materials[i]);
}

int hf_supervise(const struct hf_config *c, hf_say *say, void *context)
{
    static struct supervision s; /* one a process */
    sigset_t set;
    hf_status st;

    block_signals(&set);
    st = start(&s, c, say, context);
    if (st == HF_OK) {
        hf_log(HF_LOG_INFO, "ready", "provider", c->provider, "mef", c->mef.f.fqdn, "maf",
               c->maf.f.fqdn, "gateway", c->gateway.cse, NULL);
        hf_notify("READY=1");
        wait_for_signals(&s, &set);
        hf_notify("STOPPING=1");
        hf_log(HF_LOG_INFO, "draining", NULL);
    }
    stop(&s);
    if (st == HF_OK)
        return EXIT_SUCCESS;
    return st == HF_ERR_MALFORMED || st == HF_ERR_DENIED || st == HF_ERR_CRYPTO ? EXIT_CONFIGURATION
                                                                                : EXIT_FAILURE;
}
