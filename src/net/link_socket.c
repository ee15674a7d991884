/* A link's socket, poll and timer: nothing here calls the owner. */
#include "net/link_inside.h"

#include <errno.h>
#include <sys/socket.h>
#include <time.h>

#include "base/time.h"

bool hf_link_is_alive(const struct hf_link *l)
{
    return !l->is_freed && l->state != HF_LINK_OVER;
}

static uint64_t now_ms(void)
{
    enum { MS_PER_S = 1000, NS_PER_MS = 1000000 };
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return (uint64_t)t.tv_sec * MS_PER_S + (uint64_t)t.tv_nsec / NS_PER_MS;
}

static void arm_timer(struct hf_link *l, uint64_t now)
{
    enum { MS_PER_S = 1000, US_PER_MS = 1000 };
    uint64_t wait_ms = l->deadline_ms > now ? l->deadline_ms - now : 1;
    struct timeval wait = {.tv_sec = (time_t)(wait_ms / MS_PER_S),
                           .tv_usec = (suseconds_t)(wait_ms % MS_PER_S * US_PER_MS)};

    if (event_add(&l->timer, &wait) == 0)
        l->armed_ms = l->deadline_ms;
}

/* A later deadline costs nothing: the timer finds out when it fires. */
void hf_link_set_deadline(struct hf_link *l, uint32_t within_ms)
{
    uint64_t now = now_ms();

    l->deadline_ms = within_ms == 0 ? HF_NEVER : now + within_ms;
    if (l->deadline_ms < l->armed_ms)
        arm_timer(l, now);
}

bool hf_link_is_late(struct hf_link *l)
{
    uint64_t now = now_ms();

    l->armed_ms = HF_NEVER;
    if (l->deadline_ms == HF_NEVER)
        return false;
    if (now >= l->deadline_ms)
        return true;
    arm_timer(l, now);
    return false;
}

void hf_link_touch(struct hf_link *l)
{
    if (l->state == HF_LINK_UP && l->within_ms == 0)
        hf_link_set_deadline(l, l->limits.idle_ms);
}

void hf_link_schedule(struct hf_link *l)
{
    l->is_dirty = true;
    if (l->in_turn || l->is_scheduled || !hf_link_is_alive(l))
        return;
    l->is_scheduled = true;
    event_active(&l->io, EV_TIMEOUT, 1);
}

void hf_link_set_reading(struct hf_link *l, bool reading)
{
    if (l->is_reading == reading || !hf_link_is_alive(l) || (reading && l->is_at_end))
        return;
    l->is_reading = reading;
    /* Deleting takes a scheduled turn away, and an event that is active cannot be added. */
    if (!reading || l->is_scheduled)
        (void)event_del(&l->io);
    if (reading)
        (void)event_add(&l->io, NULL);
    if (l->is_scheduled)
        event_active(&l->io, EV_TIMEOUT, 1);
}

void hf_link_stop(struct hf_link *l)
{
    (void)event_del(&l->io);
    (void)event_del(&l->writable);
    (void)event_del(&l->timer);
    l->is_reading = l->is_scheduled = l->is_write_armed = false;
    l->armed_ms = HF_NEVER;
}

size_t hf_link_unsent(const struct hf_link *l)
{
    return l->tls != NULL ? hf_tls_output(l->tls).len : hf_buffer_length(&l->out);
}

static void drop_sent(struct hf_link *l, size_t len)
{
    if (l->tls != NULL)
        hf_tls_sent(l->tls, len);
    else
        hf_buffer_drop(&l->out, len);
}

hf_status hf_link_send(struct hf_link *l)
{
    struct hf_bytes out = l->tls != NULL ? hf_tls_output(l->tls) : hf_buffer_octets(&l->out);
    ssize_t n;

    if (out.len == 0 || l->is_write_armed || l->state == HF_LINK_CONNECTING)
        return HF_OK;
    n = send(l->fd, out.at, out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        return HF_ERR_UNREACHABLE;
    if (n > 0) {
        drop_sent(l, (size_t)n);
        hf_link_touch(l);
    }
    if ((n < 0 || (size_t)n < out.len) && hf_link_is_alive(l)) {
        l->is_write_armed = true;
        (void)event_add(&l->writable, NULL);
    }
    return HF_OK;
}
