#include <stdio.h>

#include "base/memory.h"
#include "binding/http/message.h"
#include "support/hf_test.h"

#define GET "GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n"
#define REGISTER                                                                                   \
    "POST /- HTTP/1.1\r\nHost: maf.example.com\r\nX-M2M-Origin: \t//sp.example.com/CSE1 \r\n"      \
    "Empty:\r\nContent-Length: 5\r\n\r\nhello"
#define CHUNKED                                                                                    \
    "PUT /a?b=c HTTP/1.1\r\nhost: a.example:8443\r\ntransfer-encoding: Chunked\r\n\r\n"            \
    "2\r\nhe\r\n03\r\nllo\r\n0\r\n\r\n"

static struct hf_http_parser *fed(enum hf_http_kind kind, const char *text)
{
    struct hf_http_parser *p = hf_http_parser_new(kind);

    assert_non_null(p);
    assert_ok(hf_http_feed(p, hf_text(text)));
    return p;
}

static const struct hf_http_message *next(struct hf_http_parser *p)
{
    const struct hf_http_message *m;

    assert_ok(hf_http_next(p, &m));
    return m;
}

static void assert_none(struct hf_http_parser *p)
{
    const struct hf_http_message *m;

    assert_status(hf_http_next(p, &m), HF_ERR_UNKNOWN);
}

static void assert_register(const struct hf_http_message *m)
{
    assert_bytes_text(m->method, "POST");
    assert_bytes_text(m->target, "/-");
    assert_int_equal(m->header_count, 4);
    assert_bytes_text(hf_http_header(m, "x-m2m-origin"), "//sp.example.com/CSE1");
    assert_bytes_text(hf_http_header(m, "Empty"), "");
    assert_non_null(hf_http_header(m, "Empty").at);
    assert_null(hf_http_header(m, "Absent").at);
    assert_int_equal(hf_http_header_count(m, "HOST"), 1);
    assert_bytes_text(m->body, "hello");
    assert_true(m->keep_alive);
}

static void assert_chunked(const struct hf_http_message *m)
{
    assert_bytes_text(m->method, "PUT");
    assert_bytes_text(m->target, "/a?b=c");
    assert_bytes_text(m->body, "hello");
}

HF_TEST(messages_are_the_same_wherever_the_octets_are_split)
{
    struct hf_bytes whole = HF_LITERAL(REGISTER CHUNKED GET);

    for (size_t n = 0; n <= whole.len; n++) {
        struct hf_http_parser *p = hf_http_parser_new(HF_HTTP_REQUESTS);

        assert_ok(hf_http_feed(p, hf_bytes_first(whole, n)));
        assert_ok(hf_http_feed(p, hf_bytes_from(whole, n)));
        assert_register(next(p));
        hf_http_drop(p);
        assert_chunked(next(p));
        hf_http_drop(p);
        assert_bytes_text(next(p)->target, "/a");
        assert_bytes_text(next(p)->body, "");
        hf_http_drop(p);
        assert_none(p);
        hf_http_drop(p);
        hf_http_parser_free(p);
    }
}

HF_TEST(messages_arrive_octet_by_octet)
{
    struct hf_bytes whole = HF_LITERAL(REGISTER CHUNKED);
    struct hf_http_parser *p = hf_http_parser_new(HF_HTTP_REQUESTS);

    for (size_t i = 0; i < whole.len; i++) {
        assert_int_equal(hf_http_is_inside(p), i != 0 && i != sizeof(REGISTER) - 1);
        assert_ok(hf_http_feed(p, hf_bytes_first(hf_bytes_from(whole, i), 1)));
    }
    assert_false(hf_http_is_inside(p));
    assert_ok(hf_http_feed_end(p));
    assert_register(next(p));
    hf_http_drop(p);
    assert_chunked(next(p));
    hf_http_parser_free(p);
}

HF_TEST(messages_before_a_bad_one_are_still_there)
{
    struct hf_http_parser *p = hf_http_parser_new(HF_HTTP_REQUESTS);

    assert_status(hf_http_feed(p, HF_LITERAL(REGISTER "NONSENSE\r\n\r\n" GET)), HF_ERR_MALFORMED);
    assert_register(next(p));
    hf_http_drop(p);
    assert_none(p);
    hf_http_parser_free(p);
}

HF_TEST(eight_requests_may_wait_behind_the_one_being_served)
{
    struct hf_http_parser *p = hf_http_parser_new(HF_HTTP_REQUESTS);

    for (int i = 0; i < 1 + HF_HTTP_PIPELINE_MAX; i++)
        assert_ok(hf_http_feed(p, HF_LITERAL(GET)));
    hf_http_drop(p);
    assert_ok(hf_http_feed(p, HF_LITERAL(GET)));
    assert_status(hf_http_feed(p, HF_LITERAL("G")), HF_ERR_LIMIT);
    for (int i = 0; i < 1 + HF_HTTP_PIPELINE_MAX; i++) {
        assert_bytes_text(next(p)->target, "/a");
        hf_http_drop(p);
    }
    assert_none(p);
    hf_http_parser_free(p);
}

static hf_status feed_body(struct hf_http_parser *p, size_t len)
{
    static uint8_t zeros[HF_HTTP_BODY_MAX];
    char head[128];

    snprintf(head, sizeof head, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n", len);
    assert_ok(hf_http_feed(p, hf_text(head)));
    return hf_http_feed(p, hf_bytes_of(zeros, len));
}

HF_TEST(waiting_requests_together_have_a_limit)
{
    struct hf_http_parser *p = hf_http_parser_new(HF_HTTP_REQUESTS);

    assert_ok(feed_body(p, HF_HTTP_BODY_MAX));
    assert_ok(feed_body(p, 60000));
    hf_http_drop(p); /* the second is being served now, and waits no more */
    assert_ok(feed_body(p, 60000));
    assert_status(feed_body(p, 60000), HF_ERR_LIMIT);
    hf_http_parser_free(p);
}

HF_TEST(a_chunked_body_has_a_limit_as_a_whole)
{
    static const uint8_t data[0x8000];
    struct hf_http_parser *p = fed(HF_HTTP_REQUESTS, "POST / HTTP/1.1\r\nHost: a\r\n"
                                                     "Transfer-Encoding: chunked\r\n\r\n");

    for (int i = 0; i < 2; i++) {
        assert_ok(hf_http_feed(p, HF_LITERAL("8000\r\n")));
        assert_ok(hf_http_feed(p, hf_bytes_of(data, sizeof data)));
        assert_ok(hf_http_feed(p, HF_LITERAL("\r\n")));
    }
    assert_status(hf_http_feed(p, HF_LITERAL("1\r\na")), HF_ERR_LIMIT);
    hf_http_parser_free(p);
}

HF_TEST(a_head_has_a_limit_in_octets_and_in_headers)
{
    struct hf_http_parser *p = fed(HF_HTTP_REQUESTS, "GET / HTTP/1.1\r\nHost: a\r\n");
    struct hf_http_parser *q = fed(HF_HTTP_REQUESTS, "GET / HTTP/1.1\r\nHost: a\r\n");
    hf_status st = HF_OK;
    size_t fed_octets = 0;

    assert_ok(hf_http_feed(p, HF_LITERAL("A: ")));
    for (; st == HF_OK; fed_octets++)
        st = hf_http_feed(p, HF_LITERAL("a"));
    assert_status(st, HF_ERR_LIMIT);
    assert_in_range(fed_octets, HF_HTTP_HEAD_MAX - 64, HF_HTTP_HEAD_MAX);
    hf_http_parser_free(p);

    for (int i = 1; i < HF_HTTP_HEADERS_MAX; i++)
        assert_ok(hf_http_feed(q, HF_LITERAL("A: a\r\n")));
    assert_ok(hf_http_feed(q, HF_LITERAL("\r\nGET / HTTP/1.1\r\nHost: a\r\n")));
    assert_int_equal(next(q)->header_count, HF_HTTP_HEADERS_MAX);
    for (int i = 0; i < HF_HTTP_HEADERS_MAX; i++)
        assert_ok(hf_http_feed(q, HF_LITERAL("A: a\r\n")));
    assert_status(hf_http_feed(q, HF_LITERAL("\r\n")), HF_ERR_LIMIT);
    hf_http_parser_free(q);
}

HF_TEST(connection_close_ends_the_requests)
{
    struct hf_http_parser *p =
        fed(HF_HTTP_REQUESTS, "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n");

    assert_false(next(p)->keep_alive);
    assert_status(hf_http_feed(p, HF_LITERAL("G")), HF_ERR_MALFORMED);
    assert_false(next(p)->keep_alive);
    hf_http_parser_free(p);
}

HF_TEST(responses_are_read_by_length_by_chunks_and_by_the_end)
{
    struct hf_http_parser *p =
        fed(HF_HTTP_RESPONSES, "HTTP/1.1 201 \r\nX-M2M-RSC: 2001\r\nContent-Length: 2\r\n\r\nok"
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "2\r\nok\r\n0\r\n\r\n"
                               "HTTP/1.1 404\r\n\r\no");

    assert_int_equal(next(p)->status, 201);
    assert_bytes_text(next(p)->body, "ok");
    assert_true(next(p)->keep_alive);
    hf_http_drop(p);
    assert_bytes_text(next(p)->body, "ok");
    hf_http_drop(p);
    assert_none(p);
    assert_ok(hf_http_feed(p, HF_LITERAL("k")));
    assert_none(p);
    assert_ok(hf_http_feed_end(p));
    assert_int_equal(next(p)->status, 404);
    assert_bytes_text(next(p)->body, "ok");
    assert_false(next(p)->keep_alive);
    hf_http_parser_free(p);
}

HF_TEST(a_response_to_the_end_has_the_limit_of_every_body)
{
    static const uint8_t data[HF_HTTP_BODY_MAX];
    struct hf_http_parser *p = fed(HF_HTTP_RESPONSES, "HTTP/1.0 200 OK\r\n\r\n");

    assert_ok(hf_http_feed(p, hf_bytes_of(data, sizeof data)));
    assert_status(hf_http_feed(p, HF_LITERAL("a")), HF_ERR_LIMIT);
    hf_http_parser_free(p);
}

HF_TEST(responses_without_body_have_none_whatever_their_length_says)
{
    struct hf_http_parser *p = hf_http_parser_new(HF_HTTP_RESPONSES);

    hf_http_expect_no_body(p);
    assert_ok(hf_http_feed(p, HF_LITERAL("HTTP/1.1 100 Continue\r\n\r\n"
                                         "HTTP/1.1 200 \r\nContent-Length: 9\r\n\r\n"
                                         "HTTP/1.1 304 \r\nContent-Length: 9\r\n\r\n"
                                         "HTTP/1.1 204 \r\n\r\n"
                                         "HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\na")));
    assert_int_equal(next(p)->status, 200);
    assert_bytes_text(next(p)->body, "");
    hf_http_drop(p);
    assert_int_equal(next(p)->status, 304);
    hf_http_drop(p);
    assert_int_equal(next(p)->status, 204);
    hf_http_drop(p);
    assert_bytes_text(next(p)->body, "a");
    hf_http_parser_free(p);
}

HF_TEST(a_response_cut_short_is_refused)
{
    struct hf_http_parser *p =
        fed(HF_HTTP_RESPONSES, "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\na");

    assert_status(hf_http_feed_end(p), HF_ERR_MALFORMED);
    assert_none(p);
    hf_http_parser_free(p);
}

HF_TEST(an_old_response_may_keep_the_connection)
{
    struct hf_http_parser *p =
        fed(HF_HTTP_RESPONSES, "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n"
                               "Content-Length: 0\r\n\r\n");

    assert_true(next(p)->keep_alive);
    hf_http_parser_free(p);
}

HF_TEST(every_failing_allocation_is_told)
{
    size_t failed = 0;

    for (size_t nth = 1;; nth++) {
        struct hf_http_parser *p;
        hf_status st = HF_ERR_SYSTEM;

        hf_memory_fail_at(nth);
        p = hf_http_parser_new(HF_HTTP_REQUESTS);
        if (p != NULL)
            st = hf_http_feed(p, HF_LITERAL(REGISTER CHUNKED));
        hf_memory_fail_at(0);
        hf_http_parser_free(p);
        if (st == HF_OK)
            break;
        assert_status(st, HF_ERR_SYSTEM);
        failed++;
    }
    assert_true(failed >= 4);
}

HF_TEST(freeing_nothing_is_allowed)
{
    hf_http_parser_free(NULL);
}
