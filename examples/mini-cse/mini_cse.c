/*
 * mini-cse: a stand-in CSE over HTTP for the demo and the tests.
 *     mini-cse [-v] [--sp sp.example] [--cse-id /in-cse] [--name in-cse] PORT
 * Listens on 127.0.0.1 only. One thread, poll.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/wire.h"
#include "cse.h"

enum { PEERS_MAX = 256, READ_ROOM = 16384, ANSWER_ROOM = 131072, BACKLOG = 64 };

struct peer {
    int fd;
    struct hf_http_parser *parser;
};

struct server {
    struct cse *cse;
    bool verbose;
    int listener;
    struct peer peers[PEERS_MAX];
    size_t count;
};

static volatile sig_atomic_t stopped;

static void on_stop(int number)
{
    (void)number;
    stopped = 1;
}

static bool send_all(int fd, struct hf_bytes b)
{
    while (b.len > 0) {
        ssize_t n = send(fd, b.at, b.len, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        b = hf_bytes_from(b, (size_t)n);
    }
    return true;
}

static void put_header(struct hf_writer *w, const char *name, struct hf_bytes value)
{
    hf_put_text(w, name);
    hf_put_text(w, ": ");
    hf_put_bytes(w, value);
    hf_put_text(w, "\r\n");
}

static void put_number_header(struct hf_writer *w, const char *name, uint64_t n)
{
    hf_put_text(w, name);
    hf_put_text(w, ": ");
    hf_put_number(w, n);
    hf_put_text(w, "\r\n");
}

static bool answer(const struct peer *p, const struct hf_http_message *m,
                   const struct cse_answer *a)
{
    static uint8_t room[ANSWER_ROOM];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes octets;

    hf_put_text(&w, "HTTP/1.1 ");
    hf_put_number(&w, a->status);
    hf_put_text(&w, " \r\n");
    put_number_header(&w, "X-M2M-RSC", a->rsc);
    if (hf_http_header(m, "X-M2M-RI").len > 0)
        put_header(&w, "X-M2M-RI", hf_http_header(m, "X-M2M-RI"));
    put_header(&w, "X-M2M-RVI", HF_LITERAL("3"));
    if (a->location[0] != '\0')
        put_header(&w, "Content-Location", hf_text(a->location));
    if (a->body != NULL)
        put_header(&w, "Content-Type", HF_LITERAL("application/json"));
    if (!m->keep_alive)
        put_header(&w, "Connection", HF_LITERAL("close"));
    put_number_header(&w, "Content-Length", hf_text(a->body).len);
    hf_put_text(&w, "\r\n");
    hf_put_bytes(&w, hf_text(a->body));
    return hf_writer_finish(&w, &octets) == HF_OK && send_all(p->fd, octets) && m->keep_alive;
}

/* Serves what has arrived whole; false: the connection ends. */
static bool serve(struct server *s, struct peer *p)
{
    const struct hf_http_message *m;

    while (hf_http_next(p->parser, &m) == HF_OK) {
        struct cse_answer a;
        bool go_on;

        cse_handle(s->cse, m, &a);
        if (s->verbose)
            fprintf(stderr, "mini-cse: %.*s %.*s from %.*s: %u\n", HF_PRINT(m->method),
                    HF_PRINT(m->target), HF_PRINT(hf_http_header(m, "X-M2M-Origin")), a.rsc);
        go_on = answer(p, m, &a);
        free(a.body);
        hf_http_drop(p->parser);
        if (!go_on)
            return false;
    }
    return true;
}

static bool receive(struct server *s, struct peer *p)
{
    uint8_t room[READ_ROOM];
    ssize_t n = recv(p->fd, room, sizeof room, 0);
    hf_status st;

    if (n < 0 && errno == EINTR)
        return true;
    if (n <= 0)
        return false;
    st = hf_http_feed(p->parser, hf_bytes_of(room, (size_t)n));
    return serve(s, p) && st == HF_OK;
}

static void drop(struct server *s, size_t index)
{
    close(s->peers[index].fd);
    hf_http_parser_free(s->peers[index].parser);
    s->peers[index] = s->peers[--s->count];
}

static void accept_peer(struct server *s)
{
    int fd = accept(s->listener, NULL, NULL), one = 1;
    struct hf_http_parser *parser;

    if (fd < 0)
        return;
    parser = s->count < PEERS_MAX ? hf_http_parser_new(HF_HTTP_REQUESTS) : NULL;
    if (parser == NULL) {
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    s->peers[s->count++] = (struct peer){.fd = fd, .parser = parser};
}

static int listen_on(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0
        || listen(fd, BACKLOG) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void run(struct server *s)
{
    while (!stopped) {
        struct pollfd set[1 + PEERS_MAX] = {
            {.fd = s->listener, .events = POLLIN}
        };
        size_t polled = s->count;

        for (size_t i = 0; i < polled; i++)
            set[1 + i] = (struct pollfd){.fd = s->peers[i].fd, .events = POLLIN};
        if (poll(set, 1 + polled, -1) < 0)
            continue;
        for (size_t i = polled; i-- > 0;) /* backwards: drop moves the last one here */
            if (set[1 + i].revents != 0 && !receive(s, &s->peers[i]))
                drop(s, i);
        if (set[0].revents != 0)
            accept_peer(s);
    }
    while (s->count > 0)
        drop(s, 0);
}

static int usage(void)
{
    fputs("usage: mini-cse [-v] [--sp FQDN] [--cse-id /ID] [--name NAME] PORT\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    static struct server s;
    const char *sp = "sp.example", *cse_id = "/in-cse", *name = "in-cse";
    uint64_t port = 0;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            s.verbose = true;
        else if (strcmp(argv[i], "--sp") == 0 && i + 1 < argc)
            sp = argv[++i];
        else if (strcmp(argv[i], "--cse-id") == 0 && i + 1 < argc)
            cse_id = argv[++i];
        else if (strcmp(argv[i], "--name") == 0 && i + 1 < argc)
            name = argv[++i];
        else if (port != 0 || !hf_bytes_to_number(hf_text(argv[i]), UINT16_MAX, &port))
            return usage();
    }
    if (port == 0)
        return usage();
    struct sigaction stop = {.sa_handler = on_stop};
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    s.listener = listen_on((uint16_t)port);
    s.cse = cse_new(sp, cse_id, name);
    if (s.listener < 0 || s.cse == NULL) {
        fprintf(stderr, "mini-cse: cannot listen on 127.0.0.1:%u: %s\n", (unsigned)port,
                strerror(errno));
        return 1;
    }
    fprintf(stderr, "mini-cse: //%s%s on http://127.0.0.1:%u\n", sp, cse_id, (unsigned)port);
    run(&s);
    close(s.listener);
    cse_free(s.cse);
    return 0;
}
