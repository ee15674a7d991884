/*
 * The yardstick: an epoll server that does the same handshake with the same suite through the same
 * library and answers a fixed HTTP response, without parsing more than the end of the request and
 * without any store. One thread.
 *
 *   bare_server PORT psk|certificate PRIORITY [CERT KEY CA]
 *
 * Pre-shared key identities are "b<N>@...", N below 64; their keys are those of bench/keys.h.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "keys.h"

enum { EVENTS = 64, READ_LEN = 4096, BACKLOG = 4096 };

struct peer {
    int fd;
    gnutls_session_t session;
    bool secured;
    size_t used;
    char request[READ_LEN];
};

static gnutls_psk_server_credentials_t psk;
static gnutls_certificate_credentials_t certificate;
static gnutls_priority_t priority;
static uint8_t keys[BENCH_NODES][BENCH_KEY_LEN];

static void fail(const char *what)
{
    fprintf(stderr, "bare_server: %s\n", what);
    exit(1);
}

static int find_key(gnutls_session_t s, const gnutls_datum_t *identity, gnutls_datum_t *key)
{
    unsigned node = 0;

    (void)s;
    for (unsigned i = 1; i < identity->size && identity->data[i] != '@'; i++)
        node = node * 10 + (unsigned)(identity->data[i] - '0');
    key->size = BENCH_KEY_LEN;
    key->data = gnutls_malloc(BENCH_KEY_LEN);
    memcpy(key->data, keys[node % BENCH_NODES], BENCH_KEY_LEN);
    return 0;
}

static int check_peer(gnutls_session_t s)
{
    unsigned status;

    return gnutls_certificate_verify_peers2(s, &status) == 0 && status == 0 ? 0 : -1;
}

static void set_up(int argc, char **argv)
{
    const char *mode = argv[2];

    if (gnutls_priority_init(&priority, argv[3], NULL) != 0)
        fail("priority");
    if (strcmp(mode, "psk") == 0) {
        for (unsigned i = 0; i < BENCH_NODES; i++)
            bench_key(i, keys[i]);
        gnutls_psk_allocate_server_credentials(&psk);
        gnutls_psk_set_server_credentials_function2(psk, find_key);
        return;
    }
    gnutls_certificate_allocate_credentials(&certificate);
    if (argc < 7
        || gnutls_certificate_set_x509_key_file(certificate, argv[4], argv[5], GNUTLS_X509_FMT_PEM)
               < 0
        || gnutls_certificate_set_x509_trust_file(certificate, argv[6], GNUTLS_X509_FMT_PEM) < 1)
        fail("certificates");
    gnutls_certificate_set_verify_function(certificate, check_peer);
}

static void end(struct peer *p)
{
    gnutls_deinit(p->session);
    close(p->fd);
    free(p);
}

static void welcome(int epoll, int fd)
{
    struct epoll_event e = {.events = EPOLLIN};
    struct peer *p = calloc(1, sizeof *p);
    int on = 1;

    if (p == NULL)
        fail("memory");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    p->fd = fd;
    gnutls_init(&p->session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_TICKETS);
    gnutls_priority_set(p->session, priority);
    if (psk != NULL)
        gnutls_credentials_set(p->session, GNUTLS_CRD_PSK, psk);
    if (certificate != NULL) {
        gnutls_credentials_set(p->session, GNUTLS_CRD_CERTIFICATE, certificate);
        gnutls_certificate_server_set_request(p->session, GNUTLS_CERT_REQUIRE);
    }
    gnutls_transport_set_int(p->session, fd);
    e.data.ptr = p;
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
}

/* The request is whole when its head has ended and Content-Length octets have followed. */
static bool is_whole(struct peer *p)
{
    const char *head_end, *length;

    p->request[p->used] = '\0';
    head_end = strstr(p->request, "\r\n\r\n");
    if (head_end == NULL)
        return false;
    length = strstr(p->request, "Content-Length: ");
    return length == NULL
           || p->used >= (size_t)(head_end + 4 - p->request) + (size_t)atoi(length + 16);
}

static bool answer(struct peer *p)
{
    static const char body[] = "{\"sec:skr\":{\"ty\":5,\"ri\":\"356F536024322FD46CA19C5E27FB79BD\","
                               "\"et\":\"20300101T000000\",\"adfq\":\"sp.example\",\"suid\":32}}";
    bool stay = strstr(p->request, "Connection: close") == NULL;
    char room[1024];
    int len = snprintf(room, sizeof room,
                       "HTTP/1.1 201 \r\nX-M2M-RSC: 2001\r\nX-M2M-RI: 1\r\n"
                       "Cache-Control: no-store\r\nContent-Type: application/vnd.onem2m-res+json"
                       "\r\nContent-Length: %zu\r\n\r\n%s",
                       sizeof body - 1, body);

    gnutls_record_send(p->session, room, (size_t)len);
    p->used = 0;
    if (!stay)
        gnutls_bye(p->session, GNUTLS_SHUT_WR);
    return stay;
}

/* False: the peer has ended. */
static bool serve(struct peer *p)
{
    if (!p->secured) {
        int r = gnutls_handshake(p->session);

        if (r < 0)
            return gnutls_error_is_fatal(r) == 0;
        p->secured = true;
    }
    for (;;) {
        ssize_t n =
            gnutls_record_recv(p->session, p->request + p->used, sizeof p->request - 1 - p->used);

        if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
            return true;
        if (n <= 0)
            return false;
        p->used += (size_t)n;
        if (is_whole(p) && !answer(p))
            return false;
    }
}

static int listen_on(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, BACKLOG) != 0)
        fail("cannot listen");
    return fd;
}

int main(int argc, char **argv)
{
    struct epoll_event events[EVENTS], e = {.events = EPOLLIN};
    int listener, epoll, fd;

    if (argc < 4)
        fail("usage: bare_server PORT psk|certificate PRIORITY [CERT KEY CA]");
    set_up(argc, argv);
    listener = listen_on((uint16_t)atoi(argv[1]));
    epoll = epoll_create1(0);
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e); /* data.ptr NULL: the listener */
    for (;;) {
        int n = epoll_wait(epoll, events, EVENTS, -1);

        for (int i = 0; i < n; i++) {
            struct peer *p = events[i].data.ptr;

            if (p != NULL) {
                if (!serve(p))
                    end(p);
                continue;
            }
            while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
                welcome(epoll, fd);
        }
    }
}
