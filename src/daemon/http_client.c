#include "daemon/http_client.h"

#include <event2/event.h>

#include "base/memory.h"

enum { READ_LEN = 8192, TICK_MS = 100, IDLE_MS = 50000, UNSENT_MAX = 1 << 18 };

/* One pooled link; `link` NULL is a free place. */
struct place {
    struct hf_http_client *client;
    struct hf_link *link;
    struct hf_http_parser *parser;
    struct hf_http_call *call; /* under way, or NULL */
    bool ready, used, heard;   /* connected; carried a call before; answer has begun */
    uint32_t generation;       /* counts the links that this place has had */
};

struct hf_http_client {
    struct hf_http_client_config config;
    struct place places[HF_CLIENT_LINKS_MAX];
    struct hf_http_call *first, *last;
    size_t queued;
    struct event *tick;
    bool ticking, working, closing;
};

static void work(struct hf_http_client *c);

static void empty_place(struct place *p)
{
    hf_link_free(p->link);
    hf_http_parser_free(p->parser);
    *p = (struct place){.client = p->client, .generation = p->generation + 1};
}

static void answer(struct hf_http_call *call, hf_status st, const struct hf_http_message *m)
{
    call->st = st;
    call->answer = m;
    call->done(call);
}

static void enqueue(struct hf_http_client *c, struct hf_http_call *call, bool in_front)
{
    call->next = in_front ? c->first : NULL;
    if (in_front)
        c->first = call;
    else if (c->last != NULL)
        c->last->next = call;
    if (c->first == NULL)
        c->first = call;
    if (c->last == NULL || !in_front)
        c->last = call;
    c->queued++;
}

static struct hf_http_call *dequeue(struct hf_http_client *c)
{
    struct hf_http_call *call = c->first;

    if (call == NULL)
        return NULL;
    c->first = call->next;
    if (c->first == NULL)
        c->last = NULL;
    c->queued--;
    call->next = NULL;
    return call;
}

/* The link is gone or useless. A dead kept-alive link is no news about the server: try once more.
 */
static void lose_place(struct place *p, hf_status st)
{
    struct hf_http_client *c = p->client;
    struct hf_http_call *call = p->call;
    bool again = call != NULL && p->used && !p->heard && call->may_repeat && !call->repeated
                 && st != HF_ERR_MALFORMED;

    empty_place(p);
    if (again) {
        call->repeated = true;
        enqueue(c, call, true);
    } else if (call != NULL) {
        answer(call, st == HF_ERR_MALFORMED ? st : HF_ERR_UNREACHABLE, NULL);
    }
    if (!c->closing)
        work(c);
}

/* Octets behind an answer were not asked for: they must not answer the next caller (GW-7). */
static bool is_quiet(const struct place *p)
{
    const struct hf_http_message *surplus;

    return !hf_http_is_inside(p->parser) && hf_http_next(p->parser, &surplus) != HF_OK;
}

/* While the caller reads `m` it may call again, but not over this link: it is not ready. */
static void finish_call(struct place *p, const struct hf_http_message *m)
{
    struct hf_http_call *call = p->call;
    bool keep = m->keep_alive;

    p->call = NULL;
    p->ready = false;
    answer(call, HF_OK, m);
    hf_http_drop(p->parser);
    if (!keep || !is_quiet(p)) {
        lose_place(p, HF_ERR_UNREACHABLE);
        return;
    }
    p->ready = true;
    p->used = true;
    p->heard = false;
    work(p->client);
}

/* An answer is whole, or it is not yet. */
static void take_answer(struct place *p)
{
    const struct hf_http_message *m;

    if (hf_http_next(p->parser, &m) == HF_OK)
        finish_call(p, m);
}

static void read_link(struct place *p)
{
    uint8_t room[READ_LEN];
    uint32_t generation = p->generation;
    size_t len;

    while (p->generation == generation && (len = hf_link_read(p->link, room, sizeof room)) > 0) {
        p->heard = true;
        if (p->call == NULL || hf_http_feed(p->parser, hf_bytes_of(room, len)) != HF_OK) {
            lose_place(p, HF_ERR_MALFORMED);
            return;
        }
        take_answer(p);
    }
}

static void end_link(struct place *p)
{
    uint32_t generation = p->generation;

    read_link(p);
    if (p->generation != generation)
        return;
    if (p->call != NULL && hf_http_feed_end(p->parser) == HF_OK)
        take_answer(p);
    if (p->generation == generation)
        lose_place(p, HF_ERR_UNREACHABLE);
}

static void on_link(struct hf_link *l, enum hf_link_event e, void *owner)
{
    struct place *p = owner;

    (void)l;
    switch (e) {
    case HF_LINK_READY:
        p->ready = true;
        if (p->call != NULL && hf_link_write(p->link, p->call->request) != HF_OK)
            lose_place(p, HF_ERR_UNREACHABLE);
        break;
    case HF_LINK_READABLE:
        read_link(p);
        break;
    case HF_LINK_ENDED:
        end_link(p);
        break;
    case HF_LINK_FAILED:
        lose_place(p, HF_ERR_UNREACHABLE);
        break;
    case HF_LINK_WANT_PSK:
    case HF_LINK_WRITTEN:
        break;
    }
}

static hf_status open_place(struct place *p)
{
    struct hf_http_client *c = p->client;
    struct hf_tls_start start = {.verify = c->config.verify,
                                 .verify_context = c->config.verify_context,
                                 .server_name = c->config.server_name};
    struct hf_link_limits limits = {c->config.deadline_ms, IDLE_MS, UNSENT_MAX};

    p->parser = hf_http_parser_new(HF_HTTP_RESPONSES);
    if (p->parser == NULL)
        return HF_ERR_SYSTEM;
    return hf_link_connect(c->config.loop, c->config.address, c->config.port, c->config.tls,
                           c->config.tls == NULL ? NULL : &start, &limits, on_link, p, &p->link);
}

/* A ready idle link first, then a free place, else none. */
static struct place *find_place(struct hf_http_client *c)
{
    struct place *free_place = NULL;

    for (size_t i = 0; i < c->config.links_max; i++) {
        struct place *p = &c->places[i];

        if (p->link != NULL && p->ready && p->call == NULL)
            return p;
        if (p->link == NULL && free_place == NULL)
            free_place = p;
    }
    return free_place;
}

static void start_call(struct place *p, struct hf_http_call *call)
{
    bool fresh = p->link == NULL;

    p->call = call;
    if (fresh && open_place(p) != HF_OK) {
        lose_place(p, HF_ERR_UNREACHABLE);
        return;
    }
    if (call->expects_no_body)
        hf_http_expect_no_body(p->parser);
    if (!fresh && hf_link_write(p->link, call->request) != HF_OK)
        lose_place(p, HF_ERR_UNREACHABLE);
}

static void arm_tick(struct hf_http_client *c)
{
    static const struct timeval tick = {0, TICK_MS * 1000};

    if (!c->ticking)
        c->ticking = event_add(c->tick, &tick) == 0;
}

static void work(struct hf_http_client *c)
{
    struct place *p;

    if (c->working)
        return; /* further up the stack it goes on: a call that fails at once must not nest */
    c->working = true;
    while (c->first != NULL && (p = find_place(c)) != NULL)
        start_call(p, dequeue(c));
    c->working = false;
}

static void expire_queued(struct hf_http_client *c, uint64_t now)
{
    while (c->first != NULL && c->first->deadline_ms <= now)
        answer(dequeue(c), HF_ERR_UNREACHABLE, NULL);
}

static bool is_busy(const struct hf_http_client *c)
{
    for (size_t i = 0; i < c->config.links_max; i++)
        if (c->places[i].call != NULL)
            return true;
    return c->first != NULL;
}

static void on_tick(evutil_socket_t fd, short what, void *context)
{
    struct hf_http_client *c = context;
    uint64_t now = hf_now_ms(c->config.clock);

    (void)fd;
    (void)what;
    c->ticking = false;
    expire_queued(c, now);
    for (size_t i = 0; i < c->config.links_max; i++) {
        struct place *p = &c->places[i];

        if (p->call == NULL || p->call->deadline_ms > now)
            continue;
        p->call->repeated = true; /* its time is over */
        lose_place(p, HF_ERR_UNREACHABLE);
    }
    work(c); /* a call that was taken back may have left a place */
    if (is_busy(c))
        arm_tick(c);
}

hf_status hf_http_client_new(const struct hf_http_client_config *config,
                             struct hf_http_client **out)
{
    struct hf_http_client *c = hf_alloc(1, sizeof *c);

    if (c == NULL)
        return HF_ERR_SYSTEM;
    c->config = *config;
    if (c->config.links_max > HF_CLIENT_LINKS_MAX)
        c->config.links_max = HF_CLIENT_LINKS_MAX;
    for (size_t i = 0; i < HF_CLIENT_LINKS_MAX; i++)
        c->places[i].client = c;
    c->tick = evtimer_new(config->loop, on_tick, c);
    if (c->tick == NULL) {
        hf_free(c);
        return HF_ERR_SYSTEM;
    }
    *out = c;
    return HF_OK;
}

void hf_http_client_free(struct hf_http_client *c)
{
    if (c == NULL)
        return;
    c->closing = true;
    for (size_t i = 0; i < HF_CLIENT_LINKS_MAX; i++) {
        struct place *p = &c->places[i];

        if (p->call != NULL)
            p->call->repeated = true;
        if (p->link != NULL)
            lose_place(p, HF_ERR_UNREACHABLE);
    }
    while (c->first != NULL)
        answer(dequeue(c), HF_ERR_UNREACHABLE, NULL);
    event_free(c->tick);
    hf_free(c);
}

void hf_http_client_use(struct hf_http_client *c, struct hf_tls_context *tls)
{
    c->config.tls = tls;
}

void hf_http_client_call(struct hf_http_client *c, struct hf_http_call *call)
{
    if (c->closing || c->queued >= c->config.queue_max) {
        answer(call, c->closing ? HF_ERR_UNREACHABLE : HF_ERR_LIMIT, NULL);
        return;
    }
    call->repeated = false;
    call->deadline_ms = hf_now_ms(c->config.clock) + c->config.deadline_ms;
    enqueue(c, call, false);
    arm_tick(c);
    work(c);
}

void hf_http_client_cancel(struct hf_http_client *c, struct hf_http_call *call)
{
    struct hf_http_call **link = &c->first, *before = NULL;

    for (; *link != NULL; before = *link, link = &(*link)->next)
        if (*link == call) {
            *link = call->next;
            if (c->last == call)
                c->last = before;
            c->queued--;
            return;
        }
    for (size_t i = 0; i < c->config.links_max; i++)
        if (c->places[i].call == call) {
            c->places[i].call = NULL;
            empty_place(&c->places[i]); /* its answer must not reach the next caller (GW-7) */
        }
}
