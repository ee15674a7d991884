#include "net/link.h"

#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/listener.h"
#include "support/hf_test.h"
#include "unit/net/tls_pair.h"

enum { ROOM = 64 * 1024 };

/* A link and what its owner saw; it echoes, frees or leaves things alone as the test says. */
struct owner {
    struct hf_link *link;
    unsigned ready, readable, written, ended, failed, want_psk;
    hf_status why;
    char sentence[128];
    uint8_t got[ROOM];
    size_t got_len;
    const char *greeting; /* written when ready */
    bool close_when_ready, free_on_ready, free_on_readable, free_on_end, leave_unread, echo;
    bool hold_psk;
    const struct hf_secret *psk;
    struct event_base *loop; /* left when something final happens */
};

struct wire {
    struct event_base *loop;
    struct hf_listener *listener;
    struct hf_tls_context *server_context, *client_context;
    struct owner server, client;
    struct hf_link_limits limits;
    struct tls_pair pair; /* for `verify` */
    struct hf_secret key;
};

static void drop(struct owner *o)
{
    hf_link_free(o->link);
    o->link = NULL;
}

static void take(struct owner *o, struct hf_link *l)
{
    size_t len;

    o->readable++;
    if (o->free_on_readable) {
        drop(o);
        return;
    }
    if (o->leave_unread)
        return;
    while ((len = hf_link_read(l, o->got + o->got_len, ROOM - o->got_len)) > 0) {
        if (o->echo)
            assert_ok(hf_link_write(l, hf_bytes_of(o->got + o->got_len, len)));
        o->got_len += len;
        if (o->got_len == ROOM)
            o->got_len = 0;
    }
}

static void be_ready(struct owner *o, struct hf_link *l)
{
    o->ready++;
    if (o->free_on_ready) {
        drop(o);
        return;
    }
    if (o->greeting != NULL)
        assert_ok(hf_link_write(l, hf_text(o->greeting)));
    if (o->close_when_ready)
        hf_link_close(l);
}

static void handle(struct hf_link *l, enum hf_link_event e, void *owner)
{
    struct owner *o = owner;

    switch (e) {
    case HF_LINK_WANT_PSK:
        o->want_psk++;
        if (!o->hold_psk)
            hf_link_answer_psk(l, o->psk);
        break;
    case HF_LINK_READY:
        be_ready(o, l);
        break;
    case HF_LINK_READABLE:
        take(o, l);
        break;
    case HF_LINK_WRITTEN:
        o->written++;
        break;
    case HF_LINK_ENDED:
        o->ended++;
        if (o->free_on_end)
            drop(o);
        break;
    case HF_LINK_FAILED:
        o->failed++;
        o->why = hf_link_why(l);
        strncpy(o->sentence, hf_link_why_sentence(l), sizeof o->sentence - 1);
        drop(o);
        break;
    }
}

static void accept_one(int fd, const struct sockaddr *peer, void *context)
{
    struct wire *w = context;
    struct hf_tls_start start = client_start(&w->pair, NULL);

    assert_null(w->server.link);
    assert_ok(hf_link_accept(w->loop, fd, peer, w->server_context, &start, &w->limits, handle,
                             &w->server, &w->server.link));
}

/* Loops until `*flag` or for `max_ms`; false when the time was up first. */
static void stop_loop(evutil_socket_t fd, short what, void *loop)
{
    (void)fd;
    (void)what;
    event_base_loopbreak(loop);
}

static bool wait_for(struct wire *w, const unsigned *flag, int max_ms)
{
    struct timeval wait = {.tv_sec = max_ms / 1000, .tv_usec = max_ms % 1000 * 1000};
    struct event *late = event_new(w->loop, -1, 0, stop_loop, w->loop);

    event_add(late, &wait);
    while (*flag == 0 && event_pending(late, EV_TIMEOUT, NULL))
        event_base_loop(w->loop, EVLOOP_ONCE);
    event_free(late);
    return *flag != 0;
}

/* Gives the loop a moment in which nothing is expected. */
static void idle(struct wire *w, int ms)
{
    const unsigned never = 0;

    assert_false(wait_for(w, &never, ms));
}

static void open_wire(struct wire *w, bool with_tls)
{
    struct hf_tls_config server = server_config(HF_TLS_SERVER_PSK),
                         client = client_config(HF_TLS_CLIENT_PSK);

    w->loop = event_base_new();
    w->limits =
        (struct hf_link_limits){.handshake_ms = 5000, .idle_ms = 5000, .unsent_max = 1024 * 1024};
    w->key = test_key(7);
    w->server.psk = &w->key;
    if (with_tls) {
        assert_ok(hf_tls_context_new(&server, &w->server_context));
        assert_ok(hf_tls_context_new(&client, &w->client_context));
    }
    assert_ok(hf_listener_open(w->loop, "127.0.0.1", 0, accept_one, w, &w->listener));
}

static void connect_client(struct wire *w)
{
    struct hf_tls_start start = client_start(&w->pair, &w->key);

    assert_ok(hf_link_connect(w->loop, "127.0.0.1", hf_listener_port(w->listener),
                              w->client_context, &start, &w->limits, handle, &w->client,
                              &w->client.link));
}

static void close_wire(struct wire *w)
{
    drop(&w->server);
    drop(&w->client);
    hf_listener_close(w->listener);
    hf_tls_context_free(w->server_context);
    hf_tls_context_free(w->client_context);
    event_base_free(w->loop);
    free(w);
}

static struct wire *new_wire(bool with_tls)
{
    struct wire *w = calloc(1, sizeof *w);

    assert_non_null(w);
    open_wire(w, with_tls);
    return w;
}

HF_TEST(links_connect_talk_and_close_in_order_with_and_without_tls)
{
    for (int with_tls = 0; with_tls < 2; with_tls++) {
        struct wire *w = new_wire(with_tls);

        w->server.echo = true;
        w->client.greeting = "hello";
        connect_client(w);
        assert_true(wait_for(w, &w->client.readable, 5000));
        assert_bytes_text(hf_bytes_of(w->client.got, w->client.got_len), "hello");
        assert_int_equal(w->client.ready, 1);
        assert_int_equal(w->server.ready, 1);
        assert_int_equal(w->server.want_psk, with_tls);
        assert_true(w->client.written > 0);
        assert_string_equal(hf_link_peer_address(w->server.link), "127.0.0.1");
        hf_link_close(w->client.link);
        assert_true(wait_for(w, &w->server.ended, 5000));
        drop(&w->server);
        assert_true(wait_for(w, &w->client.ended, 5000));
        assert_int_equal(w->client.failed + w->server.failed, 0);
        close_wire(w);
    }
}

HF_TEST(what_is_written_before_a_close_arrives_whole)
{
    static char text[50000];
    struct wire *w = new_wire(true);

    memset(text, 'x', sizeof text - 1);
    w->server.free_on_end = true;
    w->client.greeting = text;
    w->client.close_when_ready = true;
    connect_client(w);
    assert_true(wait_for(w, &w->server.ended, 5000));
    assert_int_equal(w->server.got_len, sizeof text - 1);
    assert_true(wait_for(w, &w->client.ended, 5000));
    assert_int_equal(w->client.failed, 0);
    close_wire(w);
}

HF_TEST(a_last_answer_and_its_close_notify_leave_in_one_piece)
{
    struct wire *w = new_wire(true);

    w->server.greeting = "bye";
    w->server.close_when_ready = true;
    connect_client(w);
    assert_true(wait_for(w, &w->client.readable, 5000));
    assert_bytes_text(hf_bytes_of(w->client.got, w->client.got_len), "bye");
    assert_int_equal(w->client.ended, 1); /* in the same turn */
    drop(&w->client);
    assert_true(wait_for(w, &w->server.ended, 5000));
    close_wire(w);
}

HF_TEST(nobody_there_is_a_failure_not_an_error_of_the_call)
{
    struct wire *w = new_wire(false);
    struct hf_tls_start start = {0};
    uint16_t port = hf_listener_port(w->listener);

    hf_listener_close(w->listener);
    w->listener = NULL;
    assert_ok(hf_link_connect(w->loop, "127.0.0.1", port, NULL, &start, &w->limits, handle,
                              &w->client, &w->client.link));
    assert_true(wait_for(w, &w->client.failed, 5000));
    assert_status(w->client.why, HF_ERR_UNREACHABLE);
    close_wire(w);
}

HF_TEST(an_address_that_is_no_number_is_refused)
{
    struct wire *w = new_wire(false);
    struct hf_tls_start start = {0};

    assert_status(hf_link_connect(w->loop, "localhost", 1, NULL, &start, &w->limits, handle,
                                  &w->client, &w->client.link),
                  HF_ERR_MALFORMED);
    assert_status(hf_listener_open(w->loop, "localhost", 0, accept_one, w, &w->listener),
                  HF_ERR_MALFORMED);
    close_wire(w);
}

/* A peer of which the test holds the other end of a socket pair. */
static int accept_pair(struct wire *w)
{
    struct hf_tls_start start = {0};
    int ends[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_ok(hf_link_accept(w->loop, ends[0], NULL, w->server_context, &start, &w->limits, handle,
                             &w->server, &w->server.link));
    return ends[1];
}

HF_TEST(a_silent_peer_ends_with_the_handshake_limit)
{
    struct wire *w = new_wire(true);
    int peer;

    w->limits.handshake_ms = 30;
    peer = accept_pair(w);
    assert_true(wait_for(w, &w->server.failed, 5000));
    assert_status(w->server.why, HF_ERR_UNREACHABLE);
    assert_string_equal(w->server.sentence, "the handshake was not done in time");
    close(peer);
    close_wire(w);
}

HF_TEST(a_parked_look_up_does_not_outlive_the_handshake_limit)
{
    struct wire *w = new_wire(true);

    w->limits.handshake_ms = 60;
    w->server.hold_psk = true;
    connect_client(w);
    assert_true(wait_for(w, &w->server.want_psk, 5000));
    assert_true(wait_for(w, &w->server.failed, 5000));
    assert_int_equal(w->server.ready, 0);
    close_wire(w);
}

HF_TEST(a_parked_look_up_may_be_answered_from_outside_the_handler)
{
    struct wire *w = new_wire(true);

    w->server.hold_psk = true;
    w->client.greeting = "hello";
    connect_client(w);
    assert_true(wait_for(w, &w->server.want_psk, 5000));
    idle(w, 20);
    assert_int_equal(w->server.ready, 0);
    hf_link_answer_psk(w->server.link, &w->key);
    assert_true(wait_for(w, &w->server.readable, 5000));
    close_wire(w);
}

HF_TEST(an_aborted_look_up_tells_the_peer_internal_error)
{
    struct wire *w = new_wire(true);

    w->server.hold_psk = true;
    connect_client(w);
    assert_true(wait_for(w, &w->server.want_psk, 5000));
    hf_link_abort_psk(w->server.link);
    assert_true(wait_for(w, &w->client.failed, 5000));
    assert_string_equal(w->client.sentence, "Internal error");
    assert_status(w->server.why, HF_ERR_UNREACHABLE);
    close_wire(w);
}

HF_TEST(an_idle_link_ends_and_a_deadline_of_the_owner_replaces_the_idle_limit)
{
    struct wire *w = new_wire(false);
    int peer;

    w->limits.idle_ms = 40;
    peer = accept_pair(w);
    assert_true(wait_for(w, &w->server.failed, 5000));
    assert_status(w->server.why, HF_ERR_UNREACHABLE);
    close(peer);

    w->server = (struct owner){0};
    peer = accept_pair(w);
    assert_true(wait_for(w, &w->server.ready, 5000));
    hf_link_deadline(w->server.link, 10000);
    idle(w, 120);
    assert_int_equal(w->server.failed, 0);
    hf_link_deadline(w->server.link, 0);
    assert_true(wait_for(w, &w->server.failed, 5000));
    close(peer);
    close_wire(w);
}

HF_TEST(activity_moves_the_idle_limit_on)
{
    struct wire *w = new_wire(false);
    int peer;

    w->limits.idle_ms = 120;
    peer = accept_pair(w);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(write(peer, "x", 1), 1);
        idle(w, 60);
    }
    assert_int_equal(w->server.failed, 0);
    assert_int_equal(w->server.got_len, 4);
    assert_true(wait_for(w, &w->server.failed, 5000));
    close(peer);
    close_wire(w);
}

HF_TEST(a_peer_that_vanishes_without_close_notify_is_a_failure)
{
    struct wire *w = new_wire(true);
    connect_client(w);
    assert_true(wait_for(w, &w->server.ready, 5000));
    drop(&w->client); /* Free says nothing: that is what hf_link_close is for. */
    assert_true(wait_for(w, &w->server.failed, 5000));
    assert_int_equal(w->server.ended, 0);
    close_wire(w);
}

HF_TEST(a_paused_link_reads_nothing_and_offers_it_later)
{
    struct wire *w = new_wire(true);

    connect_client(w);
    assert_true(wait_for(w, &w->server.ready, 5000));
    assert_true(wait_for(w, &w->client.ready, 5000));
    hf_link_pause(w->server.link, true);
    assert_ok(hf_link_write(w->client.link, HF_LITERAL("hello")));
    idle(w, 30);
    assert_int_equal(w->server.readable, 0);
    hf_link_pause(w->server.link, false);
    assert_true(wait_for(w, &w->server.readable, 5000));
    assert_bytes_text(hf_bytes_of(w->server.got, w->server.got_len), "hello");
    close_wire(w);
}

HF_TEST(octets_that_the_owner_leaves_wait_without_a_busy_loop)
{
    for (int with_tls = 0; with_tls < 2; with_tls++) {
        struct wire *w = new_wire(with_tls);

        w->server.leave_unread = true;
        w->client.greeting = "hello";
        connect_client(w);
        assert_true(wait_for(w, &w->server.readable, 5000));
        idle(w, 30);
        assert_int_equal(w->server.readable, 1);
        w->server.leave_unread = false;
        take(&w->server, w->server.link);
        assert_bytes_text(hf_bytes_of(w->server.got, w->server.got_len), "hello");
        w->server.got_len = 0;
        assert_ok(hf_link_write(w->client.link, HF_LITERAL("again")));
        w->server.readable = 0;
        assert_true(wait_for(w, &w->server.readable, 5000));
        assert_bytes_text(hf_bytes_of(w->server.got, w->server.got_len), "again");
        close_wire(w);
    }
}

HF_TEST(the_end_is_told_after_the_owner_has_read_what_came_before_it)
{
    struct wire *w = new_wire(false);
    int peer = accept_pair(w);

    w->server.leave_unread = true;
    assert_int_equal(write(peer, "last", 4), 4);
    close(peer);
    assert_true(wait_for(w, &w->server.readable, 5000));
    idle(w, 20);
    assert_int_equal(w->server.ended, 0);
    w->server.leave_unread = false;
    take(&w->server, w->server.link);
    assert_true(wait_for(w, &w->server.ended, 5000));
    assert_bytes_text(hf_bytes_of(w->server.got, w->server.got_len), "last");
    close_wire(w);
}

HF_TEST(a_slow_reader_ends_at_the_limit_of_unsent_octets)
{
    static uint8_t much[65536];
    struct wire *w = new_wire(true);
    hf_status st = HF_OK;

    w->limits.unsent_max = 100000;
    connect_client(w);
    assert_true(wait_for(w, &w->server.ready, 5000));
    assert_true(wait_for(w, &w->client.ready, 5000));
    hf_link_pause(w->client.link, true);
    for (int i = 0; i < 1000 && st == HF_OK; i++)
        st = hf_link_write(w->server.link, hf_bytes_of(much, sizeof much));
    assert_status(st, HF_ERR_LIMIT);
    assert_int_equal(w->server.failed, 0);
    assert_true(wait_for(w, &w->server.failed, 5000));
    assert_status(w->server.why, HF_ERR_LIMIT);
    close_wire(w);
}

HF_TEST(a_large_answer_goes_out_as_the_reader_takes_it)
{
    static uint8_t much[300000];
    struct wire *w = new_wire(true);
    size_t total = 0;

    connect_client(w);
    assert_true(wait_for(w, &w->server.ready, 5000));
    assert_true(wait_for(w, &w->client.ready, 5000));
    hf_link_pause(w->client.link, true);
    w->server.written = 0;
    assert_ok(hf_link_write(w->server.link, hf_bytes_of(much, sizeof much)));
    hf_link_close(w->server.link);
    idle(w, 10);
    hf_link_pause(w->client.link, false);
    assert_true(wait_for(w, &w->client.ended, 5000));
    total = w->client.got_len + (sizeof much / ROOM) * ROOM;
    assert_int_equal(total, sizeof much);
    close_wire(w);
}

HF_TEST(a_link_may_be_freed_inside_any_of_its_callbacks)
{
    for (int with_tls = 0; with_tls < 2; with_tls++) {
        for (int when = 0; when < 3; when++) {
            struct wire *w = new_wire(with_tls);

            w->server.free_on_ready = when == 0;
            w->server.free_on_readable = when == 1;
            w->server.free_on_end = when == 2;
            w->client.greeting = "hello";
            w->client.close_when_ready = true;
            connect_client(w);
            while (w->client.ended + w->client.failed == 0)
                event_base_loop(w->loop, EVLOOP_ONCE);
            assert_null(w->server.link);
            close_wire(w);
        }
    }
}

HF_TEST(a_write_before_ready_and_after_close_is_refused)
{
    struct wire *w = new_wire(true);

    connect_client(w);
    assert_status(hf_link_write(w->client.link, HF_LITERAL("x")), HF_ERR_UNEXPECTED);
    assert_true(wait_for(w, &w->client.ready, 5000));
    hf_link_close(w->client.link);
    assert_status(hf_link_write(w->client.link, HF_LITERAL("x")), HF_ERR_UNEXPECTED);
    close_wire(w);
}

HF_TEST(a_paused_listener_accepts_later_and_a_bad_port_says_so)
{
    struct wire *w = new_wire(false);
    struct hf_listener *second = NULL;

    hf_listener_pause(w->listener, true);
    w->client.greeting = "hello";
    connect_client(w);
    idle(w, 30);
    assert_null(w->server.link);
    hf_listener_pause(w->listener, false);
    assert_true(wait_for(w, &w->server.readable, 5000));
    assert_status(hf_listener_open(w->loop, "203.0.113.1", 0, accept_one, w, &second),
                  HF_ERR_SYSTEM);
    close_wire(w);
}
