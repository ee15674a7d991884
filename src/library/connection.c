#include "library/connection.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ_MAX = 4096, HOST_MAX = 256, PORT_TEXT_MAX = 8, JUDGE_ARENA_MAX = 16384 };

void hf_connection_init(struct hf_connection *c)
{
    *c = (struct hf_connection){.fd = -1};
}

void hf_connection_close(struct hf_connection *c)
{
    if (c->tls != NULL && c->is_secured) {
        struct hf_bytes last;

        hf_tls_close(c->tls);
        last = hf_tls_output(c->tls);
        if (send(c->fd, last.at, last.len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
            c->is_secured = false; /* the peer is gone already, and so are we */
    }
    hf_http_parser_free(c->parser);
    hf_tls_free(c->tls);
    hf_tls_context_free(c->context);
    if (c->fd >= 0)
        close(c->fd);
    hf_connection_init(c);
}

static enum hf_connection_event fail(struct hf_connection *c, hf_status st, const char *why)
{
    if (c->st == HF_OK) {
        c->st = st;
        snprintf(c->why, sizeof c->why, "%s", why);
    }
    return HF_CONNECTION_FAILED;
}

/* Who the server is, judged by our own rules; the TLS library's verdict is not asked. */
static hf_status judge(void *context, const struct hf_bytes *chain, size_t count)
{
    struct hf_connection *c = context;
    struct hf_judge_question q = {.trust = c->trust,
                                  .chain = chain,
                                  .count = count,
                                  .now_s = (uint64_t)time(NULL),
                                  .accepted = hf_flavour_bit(HF_CREDENTIAL_FQDN_CERT),
                                  .expected_fqdn = c->server_name,
                                  .infrastructure = &c->server_name,
                                  .infrastructure_count = 1,
                                  .peer_is_server = true};
    struct hf_verdict v = {.reason = "the certificate was refused"};
    struct hf_arena a;
    hf_status st;

    hf_arena_init(&a, JUDGE_ARENA_MAX);
    st = hf_certificate_judge(&q, &a, &v);
    if (st != HF_OK)
        (void)fail(c, st, v.reason);
    hf_arena_done(&a);
    return st;
}

static hf_status start_tls(struct hf_connection *c, const struct hf_connection_end *end)
{
    struct hf_tls_config config = {.mode = end->psk != NULL ? HF_TLS_CLIENT_PSK
                                                            : HF_TLS_CLIENT_CERTIFICATE,
                                   .certificate_pem = end->certificate_pem,
                                   .private_key_pem = end->private_key_pem,
                                   .tls13 = true};
    struct hf_tls_start start = {.verify = judge,
                                 .verify_context = c,
                                 .server_name = end->server_name,
                                 .psk_identity = end->psk_identity,
                                 .psk = end->psk};
    hf_status st;

    HF_TRY(hf_tls_context_new(&config, &c->context));
    HF_TRY(hf_tls_new(c->context, &start, &c->tls));
    c->parser = hf_http_parser_new(HF_HTTP_RESPONSES);
    HF_TRY(c->parser != NULL ? HF_OK : HF_ERR_SYSTEM);
done:
    return st;
}

static hf_status text_of(struct hf_bytes b, char *room, size_t size)
{
    if (b.len == 0 || b.len >= size || memchr(b.at, 0, b.len) != NULL)
        return HF_ERR_MALFORMED;
    memcpy(room, b.at, b.len);
    room[b.len] = '\0';
    return HF_OK;
}

static hf_status start_tcp(struct hf_connection *c, const struct addrinfo *to)
{
    int on = 1;

    c->fd = socket(to->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0)
        return HF_ERR_SYSTEM;
    /* Small messages both ways: waiting for more costs 40 ms (design page, section 5). */
    if (setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0)
        return HF_ERR_SYSTEM;
    c->is_connecting = true;
    if (connect(c->fd, to->ai_addr, to->ai_addrlen) != 0 && errno != EINPROGRESS)
        return HF_ERR_UNREACHABLE;
    return HF_OK;
}

hf_status hf_connection_open(struct hf_connection *c, const struct hf_connection_end *end)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV}, *to = NULL;
    bool is_numeric = end->address.len > 0;
    char host[HOST_MAX], port[PORT_TEXT_MAX];
    hf_status st;

    hf_connection_close(c);
    c->server_name = end->server_name;
    c->trust = end->trust;
    if (is_numeric)
        hints.ai_flags |= AI_NUMERICHOST;
    snprintf(port, sizeof port, "%u", (unsigned)end->port);
    HF_TRY(text_of(is_numeric ? end->address : end->server_name, host, sizeof host));
    HF_TRY(getaddrinfo(host, port, &hints, &to) == 0 ? HF_OK : HF_ERR_UNREACHABLE);
    HF_TRY(start_tls(c, end));
    HF_TRY(start_tcp(c, to));
done:
    if (to != NULL)
        freeaddrinfo(to);
    if (st != HF_OK)
        hf_connection_close(c);
    return st;
}

/* False: still connecting, or failed (c->st says). */
static bool is_connected(struct hf_connection *c)
{
    struct pollfd p = {.fd = c->fd, .events = POLLOUT};
    int error = 0;
    socklen_t len = sizeof error;

    if (!c->is_connecting)
        return true;
    if (poll(&p, 1, 0) <= 0)
        return false;
    if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &len) != 0 || error != 0) {
        (void)fail(c, HF_ERR_UNREACHABLE, "no connection to its address and port");
        return false;
    }
    c->is_connecting = false;
    return true;
}

/* Sends what TLS has to say; false: the connection is broken. */
static bool flush(struct hf_connection *c)
{
    for (;;) {
        struct hf_bytes out = hf_tls_output(c->tls);
        ssize_t n;

        if (out.len == 0)
            return true;
        n = send(c->fd, out.at, out.len, MSG_NOSIGNAL);
        if (n > 0) {
            hf_tls_sent(c->tls, (size_t)n);
            continue;
        }
        return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
    }
}

/* What the peer sent, into TLS; false: nothing is there now. */
static bool receive(struct hf_connection *c)
{
    uint8_t room[READ_MAX];
    ssize_t n = recv(c->fd, room, sizeof room, 0);

    if (n > 0) {
        if (hf_tls_feed(c->tls, hf_bytes_of(room, (size_t)n)) != HF_OK)
            (void)fail(c, HF_ERR_LIMIT, "it sends more than a handshake or record may have");
        return c->st == HF_OK;
    }
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return false;
    if (c->is_ended)
        (void)fail(c, HF_ERR_UNREACHABLE, "the peer left");
    c->is_ended = true;
    hf_tls_feed_end(c->tls);
    return c->st == HF_OK;
}

static enum hf_connection_event next_message(struct hf_connection *c)
{
    hf_status st = hf_http_next(c->parser, &c->message);

    if (st == HF_OK)
        c->received = 0;
    return st == HF_OK ? HF_CONNECTION_MESSAGE : HF_CONNECTION_WAITING;
}

static enum hf_connection_event read_plain(struct hf_connection *c)
{
    uint8_t room[READ_MAX];
    size_t n;
    hf_status st = HF_OK;

    while (st == HF_OK && (n = hf_tls_read(c->tls, room, sizeof room)) > 0) {
        c->received += n;
        st = c->received > HF_RESPONSE_MAX ? HF_ERR_LIMIT
                                           : hf_http_feed(c->parser, hf_bytes_of(room, n));
    }
    hf_wipe(room, sizeof room);
    if (st != HF_OK)
        return fail(c, st, st == HF_ERR_LIMIT ? "its answer is too long" : "its answer is no HTTP");
    return next_message(c);
}

static enum hf_connection_event finish(struct hf_connection *c)
{
    if (hf_http_feed_end(c->parser) != HF_OK)
        return fail(c, HF_ERR_UNREACHABLE, "it closed the connection in the middle of an answer");
    return next_message(c) == HF_CONNECTION_MESSAGE ? HF_CONNECTION_MESSAGE : HF_CONNECTION_ENDED;
}

/* A peer that only goes away has not refused anything. */
static enum hf_connection_event fail_as_tls(struct hf_connection *c)
{
    hf_status st = hf_tls_why(c->tls);

    (void)flush(c); /* the alert, if it still goes */
    return fail(c, st == HF_ERR_UNEXPECTED ? HF_ERR_UNREACHABLE : st, hf_tls_why_sentence(c->tls));
}

/* One event of TLS, as one of ours; HF_CONNECTION_WAITING: it wants octets. */
static enum hf_connection_event advance(struct hf_connection *c)
{
    switch (hf_tls_advance(c->tls)) {
    case HF_TLS_SECURED:
        c->is_secured = true;
        return HF_CONNECTION_SECURED;
    case HF_TLS_READABLE:
        return read_plain(c);
    case HF_TLS_CLOSED:
        return finish(c);
    case HF_TLS_FAILED:
    case HF_TLS_WANT_PSK:
        return fail_as_tls(c);
    case HF_TLS_WAITING:
        break;
    }
    return HF_CONNECTION_WAITING;
}

enum hf_connection_event hf_connection_step(struct hf_connection *c)
{
    enum hf_connection_event e;

    if (c->fd < 0 || c->st != HF_OK)
        return HF_CONNECTION_FAILED;
    if (!is_connected(c))
        return c->st == HF_OK ? HF_CONNECTION_WAITING : HF_CONNECTION_FAILED;
    if (c->message != NULL)
        return HF_CONNECTION_MESSAGE;
    do {
        e = advance(c);
        if (c->st == HF_OK && !flush(c))
            return fail(c, HF_ERR_UNREACHABLE, "the connection broke");
    } while (e == HF_CONNECTION_WAITING && receive(c));
    return c->st == HF_OK ? e : HF_CONNECTION_FAILED;
}

short hf_connection_events(const struct hf_connection *c)
{
    if (c->fd < 0)
        return 0;
    if (c->is_connecting)
        return POLLOUT;
    return hf_tls_output(c->tls).len > 0 ? POLLIN | POLLOUT : POLLIN;
}

hf_status hf_connection_send(struct hf_connection *c, struct hf_bytes octets)
{
    hf_status st;

    HF_TRY(c->fd >= 0 && c->is_secured ? HF_OK : HF_ERR_UNEXPECTED);
    HF_TRY(hf_tls_write(c->tls, octets));
    HF_TRY(flush(c) ? HF_OK : HF_ERR_UNREACHABLE);
done:
    return st;
}

void hf_connection_drop(struct hf_connection *c)
{
    if (c->message == NULL)
        return;
    hf_http_drop(c->parser);
    c->message = NULL;
}
