#include "net/link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/time.h"
#include "net/link_inside.h"

struct address {
    struct sockaddr_storage at;
    socklen_t len;
};

static hf_status parse_address(const char *text, uint16_t port, struct address *out)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)&out->at;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&out->at;

    *out = (struct address){0};
    if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        out->len = sizeof *v4;
        return HF_OK;
    }
    if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        out->len = sizeof *v6;
        return HF_OK;
    }
    return HF_ERR_MALFORMED;
}

void hf_link_destroy(struct hf_link *l)
{
    hf_tls_free(l->tls);
    hf_buffer_done(&l->in);
    hf_buffer_done(&l->out);
    if (l->fd >= 0)
        (void)close(l->fd);
    hf_free(l);
}

/* Takes `fd` over even when it fails. */
static hf_status open_link(struct event_base *loop, int fd, struct hf_tls_context *tls,
                           const struct hf_tls_start *start, const struct hf_link_limits *limits,
                           hf_link_handler *handler, void *owner, struct hf_link **out)
{
    struct hf_link *l = hf_alloc(1, sizeof *l);
    hf_status st = HF_OK;

    if (l == NULL) {
        (void)close(fd);
        return HF_ERR_SYSTEM;
    }
    l->loop = loop;
    l->fd = fd;
    l->limits = *limits;
    l->handler = handler;
    l->owner = owner;
    l->sentence = "";
    l->deadline_ms = l->armed_ms = HF_NEVER;
    if (tls != NULL)
        HF_TRY(hf_tls_new(tls, start, &l->tls));
    if (event_assign(&l->io, loop, fd, EV_READ | EV_PERSIST, hf_link_on_io, l) != 0
        || event_assign(&l->writable, loop, fd, EV_WRITE, hf_link_on_writable, l) != 0
        || event_assign(&l->timer, loop, -1, 0, hf_link_on_timer, l) != 0)
        st = HF_ERR_SYSTEM;

done:
    if (st != HF_OK) {
        hf_link_destroy(l);
        return st;
    }
    hf_link_set_deadline(l, limits->handshake_ms);
    *out = l;
    return HF_OK;
}

static void note_peer(struct hf_link_peer *p, const struct sockaddr *from)
{
    p->family = from->sa_family;
    if (from->sa_family == AF_INET)
        p->at.v4 = ((const struct sockaddr_in *)from)->sin_addr;
    else if (from->sa_family == AF_INET6)
        p->at.v6 = ((const struct sockaddr_in6 *)from)->sin6_addr;
}

hf_status hf_link_accept(struct event_base *loop, int fd, const struct sockaddr *peer,
                         struct hf_tls_context *tls, const struct hf_tls_start *start,
                         const struct hf_link_limits *limits, hf_link_handler *handler, void *owner,
                         struct hf_link **out)
{
    struct hf_link *l;
    hf_status st;

    HF_TRY(open_link(loop, fd, tls, start, limits, handler, owner, &l));
    if (peer != NULL)
        note_peer(&l->peer, peer);
    l->state = HF_LINK_SECURING;
    hf_link_set_reading(l, true);
    /* The peer's first octets are often there already: look, before the poll says so. */
    l->is_scheduled = true;
    event_active(&l->io, EV_READ, 1);
    *out = l;

done:
    return st;
}

hf_status hf_link_connect(struct event_base *loop, const char *address, uint16_t port,
                          struct hf_tls_context *tls, const struct hf_tls_start *start,
                          const struct hf_link_limits *limits, hf_link_handler *handler,
                          void *owner, struct hf_link **out)
{
    struct address to;
    struct hf_link *l;
    const int yes = 1;
    int fd;
    hf_status st;

    HF_TRY(parse_address(address, port, &to));
    fd = socket(to.at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return HF_ERR_SYSTEM;
    /* Small requests must not wait for each other's acknowledgement. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    HF_TRY(open_link(loop, fd, tls, start, limits, handler, owner, &l));
    l->state = HF_LINK_CONNECTING;
    if (connect(fd, (struct sockaddr *)&to.at, to.len) != 0 && errno != EINPROGRESS) {
        l->why = HF_ERR_UNREACHABLE; /* The owner hears of it as of any other failure. */
        l->sentence = "there is no way to that address";
        hf_link_schedule(l);
    } else {
        l->is_write_armed = true;
        (void)event_add(&l->writable, NULL);
    }
    *out = l;

done:
    return st;
}

/* A peer that closed in order gets its close_notify back, if the socket takes it at once. */
static void say_goodbye(struct hf_link *l)
{
    if (l->tls == NULL || !l->has_ended || l->has_said_close || l->state == HF_LINK_OVER)
        return;
    l->has_said_close = true;
    hf_tls_close(l->tls);
    (void)hf_link_send(l);
}

void hf_link_free(struct hf_link *l)
{
    if (l == NULL || l->is_freed)
        return;
    say_goodbye(l);
    l->is_freed = true;
    hf_link_stop(l); /* before the close: then the number may be another thread's already */
    (void)close(l->fd);
    l->fd = -1;
    if (!l->in_turn)
        hf_link_destroy(l);
}

struct hf_tls *hf_link_tls(struct hf_link *l)
{
    return l->tls;
}

void hf_link_answer_psk(struct hf_link *l, const struct hf_secret *key)
{
    hf_tls_answer_psk(l->tls, key);
    hf_link_schedule(l);
}

void hf_link_abort_psk(struct hf_link *l)
{
    hf_tls_abort(l->tls);
    hf_link_schedule(l);
}

size_t hf_link_read(struct hf_link *l, uint8_t *room, size_t size)
{
    size_t len =
        l->tls != NULL ? hf_tls_read(l->tls, room, size) : hf_buffer_take(&l->in, room, size);

    if (len == size && size > 0)
        return len; /* There may be more. */
    l->is_drained = true;
    if (l->is_undrained) {
        l->is_undrained = false;
        if (!l->is_paused && !l->has_ended)
            hf_link_set_reading(l, true);
        hf_link_schedule(l);
    }
    return len;
}

static hf_status put(struct hf_link *l, struct hf_bytes octets)
{
    return l->tls != NULL ? hf_tls_write(l->tls, octets) : hf_buffer_append(&l->out, octets);
}

hf_status hf_link_write(struct hf_link *l, struct hf_bytes octets)
{
    hf_status st;

    if (l->state != HF_LINK_UP || l->wants_close || l->why != HF_OK)
        return HF_ERR_UNEXPECTED;
    HF_TRY(put(l, octets));
    l->owes_written = true;
    hf_link_schedule(l);
    if (hf_link_unsent(l) <= l->limits.unsent_max)
        return HF_OK;
    /* Too much to wait; what the kernel takes now does not wait. */
    st = hf_link_send(l);
    if (st == HF_OK && hf_link_unsent(l) > l->limits.unsent_max)
        st = HF_ERR_LIMIT;
    if (st != HF_OK) {
        l->why = st;
        l->sentence = "the peer does not read what it is sent";
    }

done:
    return st;
}

void hf_link_close(struct hf_link *l)
{
    if (l->wants_close)
        return;
    l->wants_close = true;
    l->is_undrained = false;
    hf_link_schedule(l);
}

void hf_link_deadline(struct hf_link *l, uint32_t within_ms)
{
    if (l->state != HF_LINK_UP)
        return; /* The handshake has its own. */
    l->within_ms = within_ms;
    hf_link_set_deadline(l, within_ms != 0 ? within_ms : l->limits.idle_ms);
}

void hf_link_pause(struct hf_link *l, bool paused)
{
    if (l->is_paused == paused)
        return;
    l->is_paused = paused;
    if (!paused) {
        l->is_undrained = false;
        hf_link_schedule(l); /* What came before the pause is still to be offered. */
    }
    if (!l->has_ended && l->state != HF_LINK_CONNECTING)
        hf_link_set_reading(l, !paused);
}

hf_status hf_link_why(const struct hf_link *l)
{
    return l->why;
}

const char *hf_link_why_sentence(const struct hf_link *l)
{
    return l->sentence;
}

static void ask_peer(struct hf_link *l)
{
    struct address from = {.len = sizeof from.at};

    if (l->fd >= 0 && getpeername(l->fd, (struct sockaddr *)&from.at, &from.len) == 0)
        note_peer(&l->peer, (struct sockaddr *)&from.at);
}

const char *hf_link_peer_address(const struct hf_link *link)
{
    /* Asked for by few: found when it is asked for. */
    struct hf_link *l = (struct hf_link *)(uintptr_t)link;

    if (l->address[0] != '\0')
        return l->address;
    if (l->peer.family == AF_UNSPEC)
        ask_peer(l);
    if (inet_ntop(l->peer.family, &l->peer.at, l->address, sizeof l->address) == NULL)
        strcpy(l->address, "unknown");
    return l->address;
}
