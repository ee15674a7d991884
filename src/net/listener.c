#include "net/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"

enum {
    ACCEPTS_A_TURN = 16, /* then others have their turn */
    EXHAUSTED_MS = 100,  /* how long we wait when there are no descriptors left */
    DEFER_S = 1,         /* a connection is ours when the peer has said something */
};

struct hf_listener {
    int fd;
    struct event *readable, *retry;
    hf_listener_handler *handler;
    void *owner;
    bool is_paused, in_turn, is_closed;
};

static void destroy(struct hf_listener *l)
{
    if (l->readable != NULL)
        event_free(l->readable);
    if (l->retry != NULL)
        event_free(l->retry);
    if (l->fd >= 0)
        (void)close(l->fd);
    hf_free(l);
}

static void rest(struct hf_listener *l)
{
    const struct timeval wait = {.tv_usec = EXHAUSTED_MS * 1000};

    (void)event_del(l->readable);
    (void)event_add(l->retry, &wait);
}

static void on_retry(evutil_socket_t fd, short what, void *context)
{
    struct hf_listener *l = context;

    (void)fd;
    (void)what;
    if (!l->is_paused)
        (void)event_add(l->readable, NULL);
}

/* These leave a connection in the queue: without a rest the loop would spin. */
static bool is_exhaustion(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

static void on_readable(evutil_socket_t fd, short what, void *context)
{
    struct hf_listener *l = context;

    (void)what;
    l->in_turn = true;
    for (int i = 0; i < ACCEPTS_A_TURN && !l->is_paused && !l->is_closed; i++) {
        struct sockaddr_storage peer;
        socklen_t len = sizeof peer;
        int accepted = accept4(fd, (struct sockaddr *)&peer, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (accepted >= 0) {
            l->handler(accepted, (struct sockaddr *)&peer, l->owner);
        } else if (is_exhaustion(errno)) {
            rest(l);
            break;
        } else if (errno == EAGAIN) {
            break;
        }
    }
    l->in_turn = false;
    if (l->is_closed)
        destroy(l);
}

static int bind_to(int fd, const char *address, uint16_t port, int family)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    const int yes = 1;

    if (family == AF_INET) {
        (void)inet_pton(AF_INET, address, &v4.sin_addr);
        return bind(fd, (struct sockaddr *)&v4, sizeof v4);
    }
    (void)inet_pton(AF_INET6, address, &v6.sin6_addr);
    if (setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) != 0)
        return -1;
    return bind(fd, (struct sockaddr *)&v6, sizeof v6);
}

/* 0: not a numeric address. */
static int family_of(const char *address)
{
    struct in6_addr room;

    if (inet_pton(AF_INET, address, &room) == 1)
        return AF_INET;
    return inet_pton(AF_INET6, address, &room) == 1 ? AF_INET6 : 0;
}

static hf_status open_socket(struct hf_listener *l, const char *address, uint16_t port)
{
    const int yes = 1, defer_s = DEFER_S;
    int family = family_of(address);

    if (family == 0)
        return HF_ERR_MALFORMED;
    l->fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (l->fd < 0 || setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0
        || setsockopt(l->fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) != 0
        || bind_to(l->fd, address, port, family) != 0)
        return HF_ERR_SYSTEM;
    /* Small answers must not wait for each other's acknowledgement; what we accept inherits it. */
    if (setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) != 0)
        return HF_ERR_SYSTEM;
    /* Saves a wake-up a connection, and a mute one costs us nothing at all; not needed to work. */
    (void)setsockopt(l->fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &defer_s, sizeof defer_s);
    return listen(l->fd, SOMAXCONN) == 0 ? HF_OK : HF_ERR_SYSTEM;
}

hf_status hf_listener_open(struct event_base *loop, const char *address, uint16_t port,
                           hf_listener_handler *handler, void *owner, struct hf_listener **out)
{
    struct hf_listener *l = hf_alloc(1, sizeof *l);
    int error;
    hf_status st;

    if (l == NULL)
        return HF_ERR_SYSTEM;
    l->fd = -1;
    l->handler = handler;
    l->owner = owner;
    HF_TRY(open_socket(l, address, port));
    l->readable = event_new(loop, l->fd, EV_READ | EV_PERSIST, on_readable, l);
    l->retry = event_new(loop, -1, 0, on_retry, l);
    if (l->readable == NULL || l->retry == NULL || event_add(l->readable, NULL) != 0)
        st = HF_ERR_SYSTEM;

done:
    if (st != HF_OK) {
        error = errno;
        destroy(l);
        errno = error; /* The caller tells the operator why it could not bind. */
        return st;
    }
    *out = l;
    return HF_OK;
}

uint16_t hf_listener_port(const struct hf_listener *l)
{
    struct sockaddr_storage at = {0};
    socklen_t len = sizeof at;

    if (getsockname(l->fd, (struct sockaddr *)&at, &len) != 0)
        return 0;
    return ntohs(at.ss_family == AF_INET ? ((struct sockaddr_in *)&at)->sin_port
                                         : ((struct sockaddr_in6 *)&at)->sin6_port);
}

void hf_listener_pause(struct hf_listener *l, bool paused)
{
    if (l->is_paused == paused)
        return;
    l->is_paused = paused;
    (void)event_del(l->retry);
    if (paused)
        (void)event_del(l->readable);
    else
        (void)event_add(l->readable, NULL);
}

void hf_listener_close(struct hf_listener *l)
{
    if (l == NULL || l->is_closed)
        return;
    l->is_closed = true;
    if (!l->in_turn)
        destroy(l);
}
