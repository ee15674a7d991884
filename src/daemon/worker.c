#include "daemon/worker.h"

#include <event2/event.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/memory.h"
#include "daemon/log.h"
#include "daemon/system_ports.h"

enum { ARENA_MAX = 1 << 20, TICK_S = 1, DRAIN_TICKS = 10 };

/* What other threads leave for a worker, beside the wake-up itself. */
struct mailbox {
    struct hf_worker worker; /* first: the mailbox is the worker's memory */
    atomic_bool stop;
    _Atomic(const struct hf_materials *) fresh, in_use;
    unsigned ticks_left;
};

static void wake(void *context)
{
    struct hf_worker *w = context;
    uint64_t one = 1;
    ssize_t ignored = write(w->wake_fd, &one, sizeof one); /* fails only when it is full: awake */

    (void)ignored;
}

/* The first look-up of a turn: end its snapshot behind everything else that this turn serves. */
static void refresh_soon(void *context)
{
    struct hf_worker *w = context;

    event_active(w->turn_event, EV_TIMEOUT, 0);
}

static void on_turn(evutil_socket_t fd, short what, void *context)
{
    struct hf_worker *w = context;

    (void)fd;
    (void)what;
    hf_sqlite_store_refresh(&w->store);
}

static void drain(struct mailbox *box)
{
    struct hf_worker *w = &box->worker;

    if (w->draining)
        return;
    w->draining = true;
    box->ticks_left = DRAIN_TICKS;
    hf_endpoints_close(w);
    for (struct hf_connection *c = w->connections, *next; c != NULL; c = next) {
        next = c->next;
        hf_connection_drain(c);
    }
    if (w->connections == NULL)
        event_base_loopbreak(w->loop);
}

static void log_fault(void *context, const char *line)
{
    (void)context;
    hf_log(HF_LOG_ERROR, "reload failed", "fault", line, NULL);
}

static void reload(struct hf_worker *w, const struct hf_materials *m)
{
    w->materials = m;
    if (hf_endpoints_secure(w, log_fault, NULL) == HF_OK && hf_remotes_secure(w) == HF_OK)
        hf_log(HF_LOG_INFO, "certificates, anchors and revocation lists reloaded", NULL);
}

static void on_wake(evutil_socket_t fd, short what, void *context)
{
    struct mailbox *box = context;
    struct hf_worker *w = &box->worker;
    const struct hf_materials *fresh;
    uint64_t count;
    ssize_t ignored = read(fd, &count, sizeof count);

    (void)ignored;
    (void)what;
    hf_sqlite_store_deliver(&w->store);
    fresh = atomic_exchange(&box->fresh, NULL);
    if (fresh != NULL) {
        reload(w, fresh);
        atomic_store(&box->in_use, fresh);
    }
    if (atomic_load(&box->stop))
        drain(box);
}

/* Associations end with their key, whatever ends it (threat row GW-10); a drain has an end. */
static void on_tick(evutil_socket_t fd, short what, void *context)
{
    struct mailbox *box = context;
    struct hf_worker *w = &box->worker;
    uint64_t now_s = hf_unix_time_s(&w->clock);

    (void)fd;
    (void)what;
    for (struct hf_connection *c = w->connections, *next; c != NULL; c = next) {
        next = c->next;
        if (!c->known || c->endpoint->role != HF_ROLE_GATEWAY)
            continue;
        if (c->peer.expires_s <= now_s)
            hf_connection_drain(c);
        else
            hf_connection_confirm(c, now_s);
    }
    if (w->draining && (w->connections == NULL || box->ticks_left-- == 0))
        event_base_loopbreak(w->loop);
}

static struct event_base *new_loop(void)
{
    struct event_config *config = event_config_new();
    struct event_base *loop;

    if (config == NULL)
        return NULL;
    event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK); /* one thread: no locks */
    loop = event_base_new_with_config(config);
    event_config_free(config);
    return loop;
}

static hf_status start_events(struct mailbox *box)
{
    static const struct timeval tick = {TICK_S, 0};
    struct hf_worker *w = &box->worker;

    w->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    w->loop = new_loop();
    if (w->wake_fd < 0 || w->loop == NULL)
        return HF_ERR_SYSTEM;
    w->wake_event = event_new(w->loop, w->wake_fd, EV_READ | EV_PERSIST, on_wake, box);
    w->tick_event = event_new(w->loop, -1, EV_PERSIST, on_tick, box);
    w->turn_event = event_new(w->loop, -1, 0, on_turn, w);
    if (w->wake_event == NULL || w->tick_event == NULL || w->turn_event == NULL
        || event_add(w->wake_event, NULL) != 0 || event_add(w->tick_event, &tick) != 0)
        return HF_ERR_SYSTEM;
    return HF_OK;
}

hf_status hf_worker_new(const struct hf_deployment *d, const struct hf_materials *m, hf_say *say,
                        void *context, struct hf_worker **out)
{
    struct mailbox *box = hf_alloc(1, sizeof *box);
    struct hf_worker *w = &box->worker;
    hf_status st;

    if (box == NULL)
        return HF_ERR_SYSTEM;
    w->deployment = d;
    w->materials = m;
    atomic_init(&box->in_use, m);
    w->clock = hf_system_clock();
    w->random = hf_system_random();
    w->wake_fd = -1;
    hf_arena_init(&w->arena, ARENA_MAX);
    HF_TRY(hf_random_get(&w->random, (uint8_t *)&w->half_open.key, sizeof w->half_open.key));
    HF_TRY(start_events(box));
    HF_TRY(hf_sqlite_store_handle(d->store, wake, w, &w->store));
    hf_sqlite_store_share_snapshot(&w->store, refresh_soon, w);
    HF_TRY(hf_remotes_new(w, say, context));
    HF_TRY(hf_roles_new(w));
    hf_endpoints_describe(w);
    HF_TRY(hf_endpoints_secure(w, say, context));
    HF_TRY(hf_endpoints_listen(w, say, context));
    *out = w;
    return HF_OK;
done:
    hf_worker_free(w);
    return st;
}

static void free_contexts(struct hf_worker *w)
{
    for (size_t i = 0; i < HF_ENDPOINT_COUNT; i++)
        hf_tls_context_free(w->endpoints[i].tls);
}

void hf_worker_free(struct hf_worker *w)
{
    if (w == NULL)
        return;
    hf_endpoints_close(w);
    for (struct hf_connection *c = w->connections, *next; c != NULL; c = next) {
        next = c->next;
        hf_connection_drop(c);
    }
    hf_remotes_close(w);
    if (w->store.self != NULL)
        hf_sqlite_store_release(&w->store); /* delivers what was committed meanwhile */
    hf_remotes_free(w);
    hf_roles_free(w);
    free_contexts(w);
    if (w->wake_event != NULL)
        event_free(w->wake_event);
    if (w->tick_event != NULL)
        event_free(w->tick_event);
    if (w->turn_event != NULL)
        event_free(w->turn_event);
    if (w->loop != NULL)
        event_base_free(w->loop);
    if (w->wake_fd >= 0)
        close(w->wake_fd);
    hf_arena_done(&w->arena);
    hf_free(w);
}

void hf_worker_run(struct hf_worker *w)
{
    event_base_dispatch(w->loop);
}

void hf_worker_stop(struct hf_worker *w)
{
    atomic_store(&((struct mailbox *)w)->stop, true);
    wake(w);
}

void hf_worker_reload(struct hf_worker *w, const struct hf_materials *m)
{
    atomic_store(&((struct mailbox *)w)->fresh, m);
    wake(w);
}

const struct hf_materials *hf_worker_materials(const struct hf_worker *w)
{
    return atomic_load(&((const struct mailbox *)w)->in_use);
}
