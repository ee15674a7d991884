#include <handfast/session.h>

#include <poll.h>
#include <string.h>

#include "base/memory.h"
#include "core/identity/entity_id.h"
#include "library/call.h"
#include "library/device_state.h"

enum {
    SESSION_ARENA_MAX = 8192,
    HEAD_MAX = 8192,
    BODY_MAX = 32768,
    ANSWER_MS = 30000,
    ID_MAX = 32
};

struct hf_session {
    struct hf_device *device;
    struct hf_arena arena;
    struct hf_association association;
    struct hf_connection connection;
    struct hf_report report;
    uint64_t deadline_ms, id;
    uint8_t *waiting; /* a whole request that the handshake holds up */
    size_t waiting_len;
    bool is_asking, has_answer;
    char rsc[ID_MAX], content_type[ID_MAX * 2];
};

static const char *const clause = "TS-0003, 8.2.2.3";

static hf_status fail(struct hf_session *s, hf_status st, const char *sentence,
                      const char *what_to_do)
{
    s->is_asking = false;
    s->deadline_ms = HF_NEVER;
    if (s->report.status == HF_OK)
        (void)hf_report_set(&s->report, st, sentence, clause, what_to_do);
    hf_connection_close(&s->connection);
    return st;
}

static void set_deadline(struct hf_session *s)
{
    s->deadline_ms = hf_now_ms(&s->device->ports.clock) + ANSWER_MS;
}

static hf_status connect_with(struct hf_session *s, const struct hf_secret *kc)
{
    const struct hf_association *c = &s->association;
    struct hf_connection_end end = {.address = c->address,
                                    .port = c->port,
                                    .server_name = c->server_name,
                                    .psk = kc,
                                    .psk_identity = c->secure_connection_id,
                                    .trust = s->device->trust};

    set_deadline(s);
    return hf_connection_open(&s->connection, &end);
}

static hf_status load(struct hf_session *s, const char *ae, const char *target,
                      struct hf_secret *kc)
{
    struct hf_bytes ae_id, target_id;
    hf_status st;

    HF_TRY(hf_entity_id_canonical(hf_text(ae), &s->arena, &ae_id));
    HF_TRY(hf_entity_id_canonical(hf_text(target), &s->arena, &target_id));
    HF_TRY(hf_node_load_association(&s->device->ports, ae_id, target_id, &s->arena, &s->association,
                                    kc));
    if (hf_unix_time_s(&s->device->ports.clock) >= s->association.expires_s)
        return HF_ERR_EXPIRED;
    return s->association.port != 0 ? HF_OK : HF_ERR_UNREACHABLE;
done:
    return st;
}

hf_status hf_session_start(struct hf_device *d, const char *ae, const char *target,
                           struct hf_session **out)
{
    struct hf_session *s = hf_alloc(1, sizeof *s);
    struct hf_secret kc = {0};
    hf_status st;

    HF_TRY(s != NULL ? HF_OK : HF_ERR_SYSTEM);
    s->device = d;
    s->deadline_ms = HF_NEVER;
    hf_arena_init(&s->arena, SESSION_ARENA_MAX);
    hf_connection_init(&s->connection);
    HF_TRY(load(s, ae, target, &kc));
    HF_TRY(connect_with(s, &kc));
    *out = s;
    s = NULL; /* now the caller's */
done:
    hf_secret_wipe(&kc);
    hf_session_free(s);
    return st;
}

static void drop_waiting(struct hf_session *s)
{
    if (s->waiting != NULL)
        hf_wipe(s->waiting, s->waiting_len);
    hf_free(s->waiting);
    s->waiting = NULL;
    s->waiting_len = 0;
}

void hf_session_free(struct hf_session *s)
{
    if (s == NULL)
        return;
    drop_waiting(s);
    hf_connection_close(&s->connection);
    hf_arena_done(&s->arena);
    hf_free(s);
}

/* Once the handshake is done: what was waiting goes out. */
static void send_waiting(struct hf_session *s)
{
    hf_status st;

    if (s->waiting == NULL)
        return;
    st = hf_connection_send(&s->connection, hf_bytes_of(s->waiting, s->waiting_len));
    drop_waiting(s);
    if (st != HF_OK)
        (void)fail(s, st, "The request could not be sent.", "Start a new session.");
}

hf_status hf_session_request(struct hf_session *s, const struct hf_session_request *r)
{
    size_t size = HEAD_MAX + r->body_len;
    struct hf_writer w;
    struct hf_bytes whole;
    hf_status st;

    if (s->is_asking || s->report.status != HF_OK)
        return HF_ERR_UNEXPECTED;
    if (r->body_len > BODY_MAX)
        return HF_ERR_LIMIT;
    hf_connection_drop(&s->connection);
    s->has_answer = false;
    s->waiting = hf_alloc(1, size);
    HF_TRY(s->waiting != NULL ? HF_OK : HF_ERR_SYSTEM);
    w = hf_writer_over(s->waiting, size);
    HF_TRY(hf_call_write(r, s->association.server_name, s->association.ae, ++s->id, &w));
    HF_TRY(hf_writer_finish(&w, &whole));
    s->waiting_len = whole.len;
    s->is_asking = true;
    set_deadline(s);
    if (s->connection.is_secured)
        send_waiting(s);
    return HF_OK;
done:
    drop_waiting(s);
    return st;
}

static void copy_header(const struct hf_session *s, const char *name, char *room, size_t size)
{
    struct hf_bytes value = hf_http_header(s->connection.message, name);
    size_t len = value.len < size ? value.len : size - 1;

    if (len > 0)
        memcpy(room, value.at, len);
    room[len] = '\0';
}

static void take_answer(struct hf_session *s)
{
    if (!s->is_asking) {
        (void)fail(s, HF_ERR_UNEXPECTED, "The target answers what was not asked.",
                   "Start a new session.");
        return;
    }
    copy_header(s, "X-M2M-RSC", s->rsc, sizeof s->rsc);
    copy_header(s, "Content-Type", s->content_type, sizeof s->content_type);
    s->is_asking = false;
    s->has_answer = true;
    s->deadline_ms = HF_NEVER;
}

static bool step_connection(struct hf_session *s)
{
    char sentence[HF_WHY_MAX + 32] = "The target, the association: ";
    size_t used = strlen(sentence);

    switch (hf_connection_step(&s->connection)) {
    case HF_CONNECTION_WAITING:
        return false;
    case HF_CONNECTION_SECURED:
        send_waiting(s);
        return true;
    case HF_CONNECTION_MESSAGE:
        if (!s->has_answer)
            take_answer(s);
        return false;
    case HF_CONNECTION_ENDED:
        (void)fail(s, HF_ERR_UNREACHABLE, "The target closed the session.", "Start a new one.");
        return false;
    case HF_CONNECTION_FAILED:
        memcpy(sentence + used, s->connection.why, strlen(s->connection.why));
        memcpy(sentence + used + strlen(s->connection.why), ".", 2);
        (void)fail(s, s->connection.st, sentence,
                   "Associate again: the key may have expired or been revoked.");
        return false;
    }
    return false;
}

enum hf_progress hf_session_step(struct hf_session *s)
{
    if (s->report.status != HF_OK)
        return HF_FAILED;
    while (s->report.status == HF_OK && step_connection(s))
        ;
    if (s->report.status == HF_OK && hf_now_ms(&s->device->ports.clock) >= s->deadline_ms)
        (void)fail(s, HF_ERR_UNREACHABLE, "The target did not answer in time.", "Try again later.");
    if (s->report.status != HF_OK)
        return HF_FAILED;
    return s->is_asking || !s->connection.is_secured ? HF_WORKING : HF_DONE;
}

int hf_session_fd(const struct hf_session *s)
{
    return s->connection.fd;
}

short hf_session_events(const struct hf_session *s)
{
    return hf_connection_events(&s->connection);
}

int hf_session_timeout_ms(const struct hf_session *s)
{
    return hf_library_timeout_ms(s->deadline_ms);
}

enum hf_progress hf_session_run(struct hf_session *s)
{
    enum hf_progress p;

    while ((p = hf_session_step(s)) == HF_WORKING) {
        struct pollfd w = {.fd = hf_session_fd(s), .events = hf_session_events(s)};

        (void)poll(&w, 1, hf_session_timeout_ms(s)); /* whatever woke us, the next step looks */
    }
    return p;
}

hf_status hf_session_response(const struct hf_session *s, struct hf_session_response *out)
{
    const struct hf_http_message *m = s->connection.message;

    if (!s->has_answer || m == NULL)
        return HF_ERR_UNKNOWN;
    *out = (struct hf_session_response){.status = m->status,
                                        .rsc = s->rsc,
                                        .content_type = s->content_type,
                                        .body = m->body.at,
                                        .body_len = m->body.len};
    return HF_OK;
}

const struct hf_report *hf_session_report(const struct hf_session *s)
{
    return &s->report;
}

const char *hf_session_suite(const struct hf_session *s)
{
    return s->connection.is_secured ? hf_tls_suite(s->connection.tls) : "";
}
