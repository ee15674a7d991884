#include "unit/library/server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/hf_test.h"

enum { READ_MAX = 4096 };

void server_open(struct server *s, const char *name, const struct hf_secret *psk)
{
    static struct hf_bytes names[1];
    struct hf_secret masking = {0};
    struct hf_tls_config config = {
        .mode = HF_TLS_SERVER_PSK, .names = names, .name_count = 1, .masking = &masking};
    struct sockaddr_in to = {.sin_family = AF_INET};
    socklen_t len = sizeof to;

    memset(s, 0, sizeof *s);
    s->fd = -1;
    s->psk = *psk;
    names[0] = hf_text(name);
    assert_ok(hf_secret_set(&masking, HF_LITERAL("0123456789abcdef0123456789abcdef")));
    assert_ok(hf_tls_context_new(&config, &s->context));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(s->listener, (struct sockaddr *)&to, sizeof to), 0);
    assert_int_equal(listen(s->listener, 4), 0);
    assert_int_equal(getsockname(s->listener, (struct sockaddr *)&to, &len), 0);
    s->port = ntohs(to.sin_port);
}

static void accept_one(struct server *s)
{
    struct hf_tls_start start = {0};

    s->fd = accept4(s->listener, NULL, NULL, SOCK_NONBLOCK);
    if (s->fd < 0)
        return;
    if (s->leaves) {
        close(s->fd);
        s->fd = -1;
        return;
    }
    assert_ok(hf_tls_new(s->context, &start, &s->tls));
}

static void answer(struct server *s)
{
    static const char junk[READ_MAX];

    if (s->answer == NULL)
        return;
    assert_ok(hf_tls_write(s->tls, hf_text(s->answer)));
    for (size_t sent = 0; sent < s->junk; sent += sizeof junk)
        assert_ok(hf_tls_write(s->tls, hf_bytes_of(junk, sizeof junk)));
}

static void advance(struct server *s)
{
    for (;;) {
        switch (hf_tls_advance(s->tls)) {
        case HF_TLS_WANT_PSK:
            memcpy(s->identity, hf_tls_identity(s->tls).at, hf_tls_identity(s->tls).len);
            hf_tls_answer_psk(s->tls, &s->psk);
            break;
        case HF_TLS_READABLE:
            s->heard_len += hf_tls_read(s->tls, (uint8_t *)s->heard + s->heard_len,
                                        sizeof s->heard - 1 - s->heard_len);
            answer(s);
            break;
        case HF_TLS_SECURED:
            break;
        case HF_TLS_CLOSED:
        case HF_TLS_FAILED:
        case HF_TLS_WAITING:
            return;
        }
    }
}

static void flush(struct server *s)
{
    struct hf_bytes out = hf_tls_output(s->tls);
    ssize_t n = out.len == 0 ? 0 : send(s->fd, out.at, out.len, MSG_NOSIGNAL);

    if (n > 0)
        hf_tls_sent(s->tls, (size_t)n);
}

void server_step(struct server *s)
{
    uint8_t room[READ_MAX];
    ssize_t n;

    if (s->fd < 0) {
        accept_one(s);
        return;
    }
    n = recv(s->fd, room, sizeof room, 0);
    if (n > 0)
        assert_ok(hf_tls_feed(s->tls, hf_bytes_of(room, (size_t)n)));
    advance(s);
    flush(s);
}

void server_close(struct server *s)
{
    hf_tls_free(s->tls);
    hf_tls_context_free(s->context);
    if (s->fd >= 0)
        close(s->fd);
    close(s->listener);
}
