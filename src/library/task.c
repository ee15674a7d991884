#include <handfast/task.h>

#include <poll.h>
#include <string.h>

#include "base/memory.h"
#include "binding/http/primitive.h"
#include "codec/content.h"
#include "core/derive/derive.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "library/device_state.h"

enum { DAY_S = 86400, REQUEST_MAX = 8192, ANSWER_ARENA_MAX = 16384 };

struct hf_task {
    struct hf_device *device;
    struct hf_node_task node;
    struct hf_node_enrolment *enrolment; /* one of the two */
    struct hf_node_association *association;
    struct hf_node_association_config what; /* of the association; texts in `arena` */
    struct hf_arena arena;
    struct hf_connection connection;
    struct hf_bytes host; /* of the connection */
    bool is_asking;       /* for the list of methods */
    struct hf_report report;
};

static hf_status task_new(struct hf_device *d, struct hf_task **out)
{
    struct hf_task *t = hf_alloc(1, sizeof *t);

    if (t == NULL)
        return HF_ERR_SYSTEM;
    t->device = d;
    hf_arena_init(&t->arena, HF_NODE_ARENA_MAX);
    hf_connection_init(&t->connection);
    *out = t;
    return HF_OK;
}

void hf_task_free(struct hf_task *t)
{
    if (t == NULL)
        return;
    hf_connection_close(&t->connection);
    hf_node_enrolment_free(t->enrolment);
    hf_node_association_free(t->association);
    hf_arena_done(&t->arena);
    hf_free(t);
}

hf_status hf_bootstrap_start(struct hf_device *d, bool again, struct hf_task **out)
{
    struct hf_task *t = NULL;
    hf_status st;

    HF_TRY(task_new(d, &t));
    HF_TRY(hf_node_enrolment_new(&d->config, &d->ports, &t->enrolment));
    t->node = hf_node_enrolment_task(t->enrolment);
    hf_node_enrolment_begin(t->enrolment, again);
    *out = t;
    t = NULL; /* now the caller's */
done:
    hf_task_free(t);
    return st;
}

hf_status hf_associate_start(struct hf_device *d, const char *ae, const char *target,
                             uint32_t lifetime_s, struct hf_task **out)
{
    struct hf_task *t = NULL;
    hf_status st;

    HF_TRY(task_new(d, &t));
    t->what.lifetime_s = lifetime_s == 0 ? DAY_S : lifetime_s;
    HF_TRY(hf_entity_id_canonical(hf_text(ae), &t->arena, &t->what.ae));
    HF_TRY(hf_entity_id_canonical(hf_text(target), &t->arena, &t->what.target));
    HF_TRY(hf_node_association_new(&t->what, &d->ports, &t->association));
    t->node = hf_node_association_task(t->association);
    hf_node_association_begin(t->association);
    *out = t;
    t = NULL; /* now the caller's */
done:
    hf_task_free(t);
    return st;
}

/* Tells the task that its order failed; the connection is of no more use. */
static void fail(struct hf_task *t, hf_status st, const char *why)
{
    char kept[HF_WHY_MAX] = "";

    if (why != NULL)
        memcpy(kept, why, strnlen(why, sizeof kept - 1));
    hf_connection_close(&t->connection);
    t->node.failed(t->node.self, st, why == NULL ? NULL : kept);
}

static void carry_connect(struct hf_task *t, const struct hf_node_order *o)
{
    struct hf_connection_end end = hf_device_end(t->device, &o->end);
    hf_status st = hf_connection_open(&t->connection, &end);

    t->host = o->end.fqdn;
    t->is_asking = o->act == HF_NODE_ASK;
    if (st != HF_OK)
        fail(t, st, st == HF_ERR_UNREACHABLE ? "there is no such address or name" : NULL);
}

static void carry_send(struct hf_task *t, const struct hf_node_order *o)
{
    uint8_t room[REQUEST_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes octets;
    hf_status st;

    HF_TRY(hf_http_write_request(o->request, t->host, &w));
    HF_TRY(hf_writer_finish(&w, &octets));
    HF_TRY(hf_connection_send(&t->connection, octets));
done:
    hf_wipe(room, sizeof room);
    if (st != HF_OK)
        fail(t, st == HF_ERR_UNEXPECTED ? HF_ERR_UNREACHABLE : st, NULL);
}

static void carry_orders(struct hf_task *t)
{
    struct hf_node_order o;

    while (t->node.take_order(t->node.self, &o)) {
        switch (o.act) {
        case HF_NODE_ASK:
        case HF_NODE_CONNECT:
            carry_connect(t, &o);
            break;
        case HF_NODE_SEND:
            carry_send(t, &o);
            break;
        case HF_NODE_CLOSE:
            hf_connection_close(&t->connection);
            break;
        }
    }
}

/* Design page, section 2: what the MEF offers, best first. */
static void ask(struct hf_task *t)
{
    uint8_t room[REQUEST_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes octets;
    hf_status st;

    hf_put_text(&w, "GET /.well-known/handfast HTTP/1.1\r\nHost: ");
    hf_put_bytes(&w, t->host);
    hf_put_text(&w, "\r\nAccept: application/json\r\n\r\n");
    HF_TRY(hf_writer_finish(&w, &octets));
    HF_TRY(hf_connection_send(&t->connection, octets));
done:
    if (st != HF_OK)
        fail(t, st, NULL);
}

static hf_status export_key(void *self, const char *label, struct hf_export *out)
{
    struct hf_connection *c = self;
    struct hf_secret exported = {0};
    hf_status st;

    HF_TRY(hf_tls_export(c->tls, label, &exported));
    HF_TRY(hf_exported_split(&exported, out->id, &out->key));
done:
    hf_secret_wipe(&exported);
    return st;
}

static void tell_secured(struct hf_task *t)
{
    struct hf_channel channel = {.self = &t->connection,
                                 .server_name = t->host,
                                 .suite = hf_tls_suite(t->connection.tls),
                                 .export_key = export_key};

    if (t->is_asking)
        ask(t);
    else
        t->node.secured(t->node.self, &channel);
}

static hf_status tell_list(struct hf_task *t, struct hf_arena *a)
{
    const struct hf_http_message *m = t->connection.message;
    struct hf_method_offer offers[HF_NODE_METHODS_MAX];
    struct hf_node_offer told[HF_NODE_METHODS_MAX];
    size_t count = HF_COUNT(offers);
    struct hf_bytes fqdn;
    hf_status st;

    HF_TRY(m->status == 200 ? HF_OK : HF_ERR_UNKNOWN);
    HF_TRY(hf_method_list_read(m->body, a, &fqdn, offers, &count));
    for (size_t i = 0; i < count; i++)
        told[i] = (struct hf_node_offer){.method = offers[i].method, .port = offers[i].port};
    t->is_asking = false;
    t->node.listed(t->node.self, fqdn, told, count);
done:
    return st;
}

static hf_status tell_answer(struct hf_task *t, struct hf_arena *a)
{
    struct hf_response r = {0};
    hf_status st;

    HF_TRY(hf_http_read_response(t->connection.message, a, &r));
    t->node.answered(t->node.self, &r);
done:
    hf_secret_wipe(&r.content.kv);
    return st;
}

/* The message is borrowed from the connection: it is dropped first thing after it is told. */
static void tell_message(struct hf_task *t)
{
    struct hf_arena a; /* wiped when it is done */
    hf_status st;

    hf_arena_init(&a, ANSWER_ARENA_MAX);
    st = t->is_asking ? tell_list(t, &a) : tell_answer(t, &a);
    hf_connection_drop(&t->connection);
    hf_arena_done(&a);
    if (st != HF_OK)
        fail(t, st, "its answer cannot be read");
}

static void tell_report(struct hf_task *t)
{
    const struct hf_node_outcome *o = t->node.outcome(t->node.self);

    if (o->st != HF_OK)
        (void)hf_report_set(&t->report, o->st, o->sentence, o->clause, o->what_to_do);
}

static enum hf_progress progress(struct hf_task *t)
{
    if (!t->node.is_done(t->node.self))
        return HF_WORKING;
    hf_connection_close(&t->connection);
    tell_report(t);
    return t->report.status == HF_OK ? HF_DONE : HF_FAILED;
}

/* One event of the connection; false: it waits for the peer. */
static bool step_connection(struct hf_task *t)
{
    if (t->connection.fd < 0)
        return false;
    switch (hf_connection_step(&t->connection)) {
    case HF_CONNECTION_SECURED:
        tell_secured(t);
        return true;
    case HF_CONNECTION_MESSAGE:
        tell_message(t);
        return true;
    case HF_CONNECTION_ENDED:
        fail(t, HF_ERR_UNREACHABLE, "it closed the connection");
        return true;
    case HF_CONNECTION_FAILED:
        fail(t, t->connection.st, t->connection.why);
        return true;
    case HF_CONNECTION_WAITING:
        break;
    }
    return false;
}

enum hf_progress hf_task_step(struct hf_task *t)
{
    do {
        carry_orders(t);
    } while (!t->node.is_done(t->node.self) && step_connection(t));
    if (!t->node.is_done(t->node.self)) {
        t->node.tick(t->node.self);
        carry_orders(t);
    }
    return progress(t);
}

int hf_task_fd(const struct hf_task *t)
{
    return t->connection.fd;
}

short hf_task_events(const struct hf_task *t)
{
    return hf_connection_events(&t->connection);
}

int hf_task_timeout_ms(const struct hf_task *t)
{
    return hf_library_timeout_ms(t->node.deadline_ms(t->node.self));
}

bool hf_task_was_current(const struct hf_task *t)
{
    return t->node.outcome(t->node.self)->was_current;
}

const struct hf_report *hf_task_report(const struct hf_task *t)
{
    return &t->report;
}

enum hf_progress hf_task_run(struct hf_task *t)
{
    enum hf_progress p;

    while ((p = hf_task_step(t)) == HF_WORKING) {
        struct pollfd w = {.fd = hf_task_fd(t), .events = hf_task_events(t)};

        (void)poll(&w, 1, hf_task_timeout_ms(t)); /* whatever woke us, the next step looks */
    }
    return p;
}
