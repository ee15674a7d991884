/*
 * The load: many connections at once from one thread, over GnuTLS itself, so that it is the same
 * client for the yardstick and for the daemon.
 *
 *   load MODE PORT OPTIONS...
 *     --psk DOMAIN          identities b0@DOMAIN .. b63@DOMAIN with the keys of keys.h
 *     --cert FILE KEY       a client certificate
 *     --priority TEXT --sni NAME --clients N --count N
 *     --request FILE        the request; %N is the node's number, %R a running number
 *     --source-prefix       connect from 127.0.1.x, 127.0.2.x, ...: many sources
 *   MODE
 *     connect    each operation is a whole connection: handshake, request, answer, close
 *     keep       each client keeps its connection and asks again and again
 *     hold       opens --clients connections, secures them, prints "holding", waits for stdin to
 * end half       the same, but only the first flight is sent Prints one JSON object: ops, seconds,
 * per_second, p50_us, p99_us, errors.
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
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "keys.h"

enum { EVENTS = 64, ROOM = 16384, CLIENTS_MAX = 20000 };

enum mode { CONNECT, KEEP, HOLD, HALF };
enum step { IDLE, HANDSHAKE, ANSWER, HELD };

struct client {
    int fd;
    gnutls_session_t session;
    enum step step;
    unsigned node;
    double began;
    size_t used;
    bool keyed;
};

static struct {
    enum mode mode;
    uint16_t port;
    const char *psk_domain, *cert, *key, *priority, *sni, *request_file;
    size_t clients, count;
    bool many_sources;
} options = {.clients = 64, .count = 10000, .sni = "mef.sp.example", .priority = "NORMAL"};

static struct client clients[CLIENTS_MAX];
static char template[ROOM], answer[ROOM];
static gnutls_certificate_credentials_t certificate;
static gnutls_psk_client_credentials_t psk[BENCH_NODES];
static gnutls_priority_t priority;
static double *latencies;
static size_t started, finished, errors;
static int epoll;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fail(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void read_template(void)
{
    FILE *f = options.request_file == NULL ? NULL : fopen(options.request_file, "rb");

    if (options.request_file == NULL)
        return;
    if (f == NULL)
        fail(options.request_file);
    template[fread(template, 1, sizeof template - 1, f)] = '\0';
    fclose(f);
}

static void set_up_credentials(void)
{
    char identity[300];
    uint8_t key[BENCH_KEY_LEN];
    gnutls_datum_t datum = {key, sizeof key};

    if (gnutls_priority_init(&priority, options.priority, NULL) != 0)
        fail("priority");
    gnutls_certificate_allocate_credentials(&certificate);
    if (options.cert != NULL
        && gnutls_certificate_set_x509_key_file(certificate, options.cert, options.key,
                                                GNUTLS_X509_FMT_PEM)
               < 0)
        fail(options.cert);
    for (unsigned i = 0; options.psk_domain != NULL && i < BENCH_NODES; i++) {
        snprintf(identity, sizeof identity, "b%u@%s", i, options.psk_domain);
        bench_key(i, key);
        gnutls_psk_allocate_client_credentials(&psk[i]);
        gnutls_psk_set_client_credentials(psk[i], identity, &datum, GNUTLS_PSK_KEY_RAW);
    }
}

static int dial(size_t index)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(options.port)};
    struct sockaddr_in source = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;

    if (fd < 0)
        fail("socket");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (options.many_sources) {
        source.sin_addr.s_addr =
            htonl(0x7f010001u + (uint32_t)(index / 32 / 250) * 256 + (uint32_t)(index / 32 % 250));
        if (bind(fd, (struct sockaddr *)&source, sizeof source) != 0)
            fail("bind");
    }
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS)
        fail("connect");
    return fd;
}

static void open_client(struct client *c)
{
    size_t index = (size_t)(c - clients);
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c};

    c->fd = dial(index);
    c->node = (unsigned)(started % BENCH_NODES);
    c->began = now();
    c->step = HANDSHAKE;
    c->used = 0;
    started++;
    gnutls_init(&c->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_TICKETS);
    gnutls_priority_set(c->session, priority);
    gnutls_server_name_set(c->session, GNUTLS_NAME_DNS, options.sni, strlen(options.sni));
    if (options.psk_domain != NULL)
        gnutls_credentials_set(c->session, GNUTLS_CRD_PSK, psk[c->node]);
    else
        gnutls_credentials_set(c->session, GNUTLS_CRD_CERTIFICATE, certificate);
    gnutls_transport_set_int(c->session, c->fd);
    epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e);
}

static void close_client(struct client *c)
{
    if (c->session != NULL)
        gnutls_deinit(c->session);
    close(c->fd);
    c->session = NULL;
    c->step = IDLE;
}

static void send_request(struct client *c)
{
    char room[ROOM];
    size_t used = 0;

    for (const char *p = template; *p != '\0' && used < sizeof room - 32; p++) {
        if (p[0] == '%' && (p[1] == 'N' || p[1] == 'R')) {
            used +=
                (size_t)snprintf(room + used, 24, "%zu", p[1] == 'N' ? (size_t)c->node : started);
            p++;
        } else {
            room[used++] = *p;
        }
    }
    if (gnutls_record_send(c->session, room, used) != (ssize_t)used)
        errors++;
    c->step = ANSWER;
    c->used = 0;
}

static void next(struct client *c)
{
    if (started < options.count)
        open_client(c);
}

static void finish(struct client *c, bool good)
{
    if (!good)
        errors++;
    else if (finished < options.count)
        latencies[finished] = now() - c->began;
    finished++;
    if (options.mode == KEEP && good && started < options.count) {
        c->began = now();
        started++;
        send_request(c);
        return;
    }
    close_client(c);
    next(c);
}

static bool is_answer_whole(size_t used)
{
    const char *head_end, *length;

    answer[used] = '\0';
    head_end = strstr(answer, "\r\n\r\n");
    length = strstr(answer, "Content-Length: ");
    return head_end != NULL && length != NULL
           && used >= (size_t)(head_end + 4 - answer) + (size_t)atoi(length + 16);
}

/* Answers are short: they come in one record or the client reads on from a fresh start. */
static void read_answer(struct client *c)
{
    for (;;) {
        ssize_t n = gnutls_record_recv(c->session, answer, sizeof answer - 1);

        if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
            return;
        if (n <= 0) {
            finish(c, false);
            return;
        }
        if (is_answer_whole((size_t)n)) {
            finish(c, strncmp(answer, "HTTP/1.1 20", 11) == 0);
            if (c->step != ANSWER)
                return;
        }
    }
}

static void handshake(struct client *c)
{
    int r = gnutls_handshake(c->session);

    if (r < 0 && gnutls_error_is_fatal(r) != 0) {
        if (errors == 0)
            fprintf(stderr, "load: %s\n", gnutls_strerror(r));
        finish(c, false);
    } else if (options.mode == HALF && c->step == HANDSHAKE) {
        c->step = HELD;
        finished++;
    } else if (r == 0 && options.mode == HOLD) {
        c->step = HELD;
        finished++;
    } else if (r == 0) {
        send_request(c);
    }
}

static void turn(void)
{
    struct epoll_event events[EVENTS];
    int n = epoll_wait(epoll, events, EVENTS, 5000);

    if (n == 0) {
        fprintf(stderr, "load: nothing happens any more (%zu of %zu)\n", finished, started);
        exit(1);
    }
    for (int i = 0; i < n; i++) {
        struct client *c = events[i].data.ptr;

        if (c->step == HANDSHAKE)
            handshake(c);
        if (c->step == ANSWER)
            read_answer(c);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void report(double seconds)
{
    size_t good = finished > errors ? finished - errors : 0;

    qsort(latencies, good, sizeof *latencies, by_value);
    printf("{\"ops\":%zu,\"seconds\":%.4f,\"per_second\":%.1f,\"p50_us\":%.1f,\"p99_us\":%.1f,"
           "\"errors\":%zu}\n",
           good, seconds, (double)good / seconds, good > 0 ? latencies[good / 2] * 1e6 : 0.0,
           good > 0 ? latencies[good * 99 / 100] * 1e6 : 0.0, errors);
    fflush(stdout);
}

static void read_options(int argc, char **argv)
{
    static const char *const modes[] = {"connect", "keep", "hold", "half"};

    if (argc < 3)
        fail("usage: see the head of load.c");
    for (unsigned m = 0; m < 4; m++)
        if (strcmp(argv[1], modes[m]) == 0)
            options.mode = (enum mode)m;
    options.port = (uint16_t)atoi(argv[2]);
    for (int i = 3; i < argc; i++) {
        const char *o = argv[i], *value = i + 1 < argc ? argv[i + 1] : "";

        i++;
        if (strcmp(o, "--psk") == 0)
            options.psk_domain = value;
        else if (strcmp(o, "--cert") == 0)
            options.cert = value, options.key = argv[++i];
        else if (strcmp(o, "--priority") == 0)
            options.priority = value;
        else if (strcmp(o, "--sni") == 0)
            options.sni = value;
        else if (strcmp(o, "--clients") == 0)
            options.clients = (size_t)atol(value);
        else if (strcmp(o, "--count") == 0)
            options.count = (size_t)atol(value);
        else if (strcmp(o, "--request") == 0)
            options.request_file = value;
        else if (strcmp(o, "--source-prefix") == 0)
            options.many_sources = true, i--;
        else
            fail(o);
    }
    if (options.clients > CLIENTS_MAX)
        options.clients = CLIENTS_MAX;
    if (options.mode == HOLD || options.mode == HALF)
        options.count = options.clients;
}

int main(int argc, char **argv)
{
    struct rlimit files = {CLIENTS_MAX + 100, CLIENTS_MAX + 100};
    double began;

    read_options(argc, argv);
    setrlimit(RLIMIT_NOFILE, &files);
    read_template();
    set_up_credentials();
    latencies = calloc(options.count + 1, sizeof *latencies);
    epoll = epoll_create1(0);
    began = now();
    for (size_t i = 0; i < options.clients && started < options.count; i++) {
        open_client(&clients[i]);
        /* Held connections are opened a few at a time, so that none times out meanwhile. */
        while ((options.mode == HOLD || options.mode == HALF) && started - finished > 16)
            turn();
    }
    while (finished < options.count)
        turn();
    report(now() - began);
    if (options.mode == HOLD || options.mode == HALF) {
        puts("holding");
        fflush(stdout);
        while (getchar() != EOF)
            continue;
    }
    return errors > 0;
}
