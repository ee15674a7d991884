#include "net/link_inside.h"

#include <errno.h>
#include <sys/socket.h>

enum {
    SCRATCH_LEN = 16 * 1024 + 512, /* a full TLS record and its head in one read */
    LINGER_MS = 2000,
};

/* One read's worth for all links of a thread: it is emptied before the read is over. */
static _Thread_local uint8_t scratch[SCRATCH_LEN];

static void tell(struct hf_link *l, enum hf_link_event e)
{
    if (!l->is_freed)
        l->handler(l, e, l->owner);
}

static void end(struct hf_link *l, enum hf_link_event e)
{
    if (!hf_link_is_alive(l))
        return;
    l->state = HF_LINK_OVER;
    tell(l, e);
    if (!l->is_freed)
        hf_link_stop(l);
}

static void fail(struct hf_link *l, hf_status why, const char *sentence)
{
    if (!hf_link_is_alive(l))
        return;
    l->why = why;
    l->sentence = sentence;
    end(l, HF_LINK_FAILED);
}

/* What the peer sends is offered; what the owner leaves stays, and the socket waits for it. */
static void offer(struct hf_link *l)
{
    l->is_drained = false;
    tell(l, HF_LINK_READABLE);
    if (!hf_link_is_alive(l) || l->is_drained)
        return;
    l->is_undrained = true;
    hf_link_set_reading(l, false);
}

static void get_ready(struct hf_link *l)
{
    l->state = HF_LINK_UP;
    hf_link_set_deadline(l, l->limits.idle_ms);
    tell(l, HF_LINK_READY);
}

static void note_end(struct hf_link *l)
{
    if (l->has_ended)
        return;
    l->has_ended = true;
    hf_link_set_reading(l, false);
    if (!l->wants_close)
        tell(l, HF_LINK_ENDED);
}

static void advance_plain(struct hf_link *l)
{
    if (l->state == HF_LINK_SECURING)
        get_ready(l);
    if (!hf_link_is_alive(l))
        return;
    if (l->wants_close)
        hf_buffer_done(&l->in);
    else if (hf_buffer_length(&l->in) > 0 && !l->is_paused && !l->is_undrained)
        offer(l);
    if (hf_link_is_alive(l) && l->is_at_end && hf_buffer_length(&l->in) == 0)
        note_end(l);
}

/* Nobody wants it any more: the owner has closed. */
static void discard_plain(struct hf_link *l)
{
    size_t len;

    while ((len = hf_tls_read(l->tls, scratch, sizeof scratch)) > 0)
        hf_wipe(scratch, len);
}

static void fail_tls(struct hf_link *l)
{
    (void)hf_link_send(l); /* The alert; the peer may be gone already. */
    fail(l, hf_tls_why(l->tls), hf_tls_why_sentence(l->tls));
}

static void advance_tls(struct hf_link *l)
{
    while (hf_link_is_alive(l)) {
        switch (hf_tls_advance(l->tls)) {
        case HF_TLS_WAITING:
            return;
        case HF_TLS_WANT_PSK:
            tell(l, HF_LINK_WANT_PSK);
            break;
        case HF_TLS_SECURED:
            get_ready(l);
            break;
        case HF_TLS_READABLE:
            if (l->wants_close) {
                discard_plain(l);
                break;
            }
            if (l->is_paused || l->is_undrained)
                return;
            offer(l);
            break;
        case HF_TLS_CLOSED:
            note_end(l);
            return;
        case HF_TLS_FAILED:
            fail_tls(l);
            return;
        }
    }
}

static void flush(struct hf_link *l)
{
    hf_status st;

    if (!hf_link_is_alive(l))
        return;
    st = hf_link_send(l);
    if (st != HF_OK) {
        fail(l, st, "the connection broke while sending");
        return;
    }
    if (hf_link_unsent(l) == 0 && l->owes_written) {
        l->owes_written = false;
        if (!l->wants_close)
            tell(l, HF_LINK_WRITTEN);
    }
}

/* Our close_notify goes out in one piece with what waits before it. */
static void say_close(struct hf_link *l)
{
    if (!hf_link_is_alive(l) || !l->wants_close || l->has_said_close)
        return;
    l->has_said_close = true;
    if (l->tls != NULL)
        hf_tls_close(l->tls);
}

/* The owner's close, step by step: close_notify and all before it, our end of file, the peer's. */
static void settle_close(struct hf_link *l)
{
    if (!hf_link_is_alive(l) || !l->has_said_close || hf_link_unsent(l) > 0)
        return;
    if (l->has_ended || l->state < HF_LINK_UP) {
        end(l, HF_LINK_ENDED);
        return;
    }
    if (l->state == HF_LINK_LINGERING)
        return;
    /* After close_notify nobody waits for our end of file: it can go with the close. */
    if (l->tls == NULL)
        (void)shutdown(l->fd, SHUT_WR);
    l->state = HF_LINK_LINGERING;
    hf_link_set_deadline(l, LINGER_MS);
    hf_link_set_reading(l, true);
}

static void turn(struct hf_link *l)
{
    l->in_turn = true;
    do {
        l->is_dirty = false;
        if (l->why != HF_OK)
            fail(l, l->why, l->sentence);
        if (hf_link_is_alive(l) && l->state >= HF_LINK_SECURING) {
            if (l->tls != NULL)
                advance_tls(l);
            else
                advance_plain(l);
        }
        say_close(l);
        flush(l);
        settle_close(l);
    } while (l->is_dirty && hf_link_is_alive(l));
    l->in_turn = false;
    if (l->is_freed)
        hf_link_destroy(l);
}

/* After our end of file only the peer's is of interest. */
static void linger(struct hf_link *l, ssize_t got)
{
    if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR)))
        return;
    l->in_turn = true;
    end(l, HF_LINK_ENDED);
    l->in_turn = false;
    if (l->is_freed)
        hf_link_destroy(l);
}

static void take_in(struct hf_link *l, struct hf_bytes octets)
{
    hf_status st = l->tls != NULL ? hf_tls_feed(l->tls, octets) : hf_buffer_append(&l->in, octets);

    if (st != HF_OK) {
        l->why = st;
        l->sentence = "the peer sends more than may wait here";
    }
    hf_link_touch(l);
}

void hf_link_on_io(evutil_socket_t fd, short what, void *context)
{
    struct hf_link *l = context;

    l->is_scheduled = false;
    if ((what & EV_READ) != 0 && l->is_reading) {
        ssize_t n = recv(fd, scratch, sizeof scratch, MSG_DONTWAIT);

        if (l->state == HF_LINK_LINGERING) {
            linger(l, n);
            return;
        }
        if (n > 0) {
            take_in(l, hf_bytes_of(scratch, (size_t)n));
        } else if (n == 0) {
            hf_link_set_reading(l, false);
            l->is_at_end = true;
            if (l->tls != NULL)
                hf_tls_feed_end(l->tls);
        } else if (errno != EAGAIN && errno != EINTR) {
            l->why = HF_ERR_UNREACHABLE;
            l->sentence = "the peer reset the connection";
        }
    }
    turn(l);
}

static void finish_connecting(struct hf_link *l)
{
    int error = 0;
    socklen_t len = sizeof error;

    if (getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &error, &len) != 0 || error != 0) {
        l->why = HF_ERR_UNREACHABLE;
        l->sentence = "nobody accepts the connection there";
        return;
    }
    l->state = HF_LINK_SECURING;
    hf_link_set_reading(l, true);
}

void hf_link_on_writable(evutil_socket_t fd, short what, void *context)
{
    struct hf_link *l = context;

    (void)fd;
    (void)what;
    l->is_write_armed = false;
    if (l->state == HF_LINK_CONNECTING)
        finish_connecting(l);
    turn(l);
}

static const char *lateness(const struct hf_link *l)
{
    switch (l->state) {
    case HF_LINK_CONNECTING:
        return "the connection was not made in time";
    case HF_LINK_SECURING:
        return "the handshake was not done in time";
    case HF_LINK_UP:
    case HF_LINK_LINGERING:
    case HF_LINK_OVER:
        break;
    }
    return "the peer was silent for too long";
}

void hf_link_on_timer(evutil_socket_t fd, short what, void *context)
{
    struct hf_link *l = context;

    (void)fd;
    (void)what;
    if (!hf_link_is_late(l))
        return;
    l->in_turn = true;
    if (l->state == HF_LINK_LINGERING)
        end(l, HF_LINK_ENDED);
    else
        fail(l, HF_ERR_UNREACHABLE, lateness(l));
    l->in_turn = false;
    if (l->is_freed)
        hf_link_destroy(l);
}
