/* What two readers might read differently is read by nobody (threat row GW-3; RFC 9112, 11.2). */
#include <stdio.h>

#include "binding/http/message.h"
#include "support/hf_test.h"

#define HOST "Host: a.example\r\n"
#define GET  "GET / HTTP/1.1\r\n" HOST
#define POST "POST / HTTP/1.1\r\n" HOST
#define OK   "HTTP/1.1 200 \r\n"

struct row {
    const char *why;
    struct hf_bytes octets;
};

#define ROW(why, text)                                                                             \
    {                                                                                              \
        why,                                                                                       \
        {                                                                                          \
            (const uint8_t *)(text), sizeof(text) - 1                                              \
        }                                                                                          \
    }

static const struct row bad_requests[] = {
    /* start line */
    ROW("an empty line before the request", "\r\n" GET "\r\n"),
    ROW("a bare LF before the request", "\n" GET "\r\n"),
    ROW("no version", "GET /\r\n" HOST "\r\n"),
    ROW("HTTP/1.0", "GET / HTTP/1.0\r\n" HOST "\r\n"),
    ROW("HTTP/1.2", "GET / HTTP/1.2\r\n" HOST "\r\n"),
    ROW("HTTP/2.0", "GET / HTTP/2.0\r\n" HOST "\r\n"),
    ROW("HTTP/11", "GET / HTTP/11\r\n" HOST "\r\n"),
    ROW("HTTP/01.1", "GET / HTTP/01.1\r\n" HOST "\r\n"),
    ROW("lower-case protocol", "GET / http/1.1\r\n" HOST "\r\n"),
    ROW("lower-case method", "get / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("unknown method", "FETCH / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("method with a colon", "GE:T / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("no method", " / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("two spaces before the target", "GET  / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("two spaces after the target", "GET /  HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a tab as separator", "GET\t/ HTTP/1.1\r\n" HOST "\r\n"),
    ROW("space after the version", "GET / HTTP/1.1 \r\n" HOST "\r\n"),
    ROW("space before the method", " GET / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("space inside the target", "GET /a b HTTP/1.1\r\n" HOST "\r\n"),
    ROW("absolute form", "GET http://a.example/ HTTP/1.1\r\n" HOST "\r\n"),
    ROW("authority form", "CONNECT a.example:443 HTTP/1.1\r\n" HOST "\r\n"),
    ROW("CONNECT on a path", "CONNECT / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("asterisk form", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a target without slash", "GET a HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a fragment", "GET /a#b HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a back slash", "GET /a\\b HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a quote in the target", "GET /\"a\" HTTP/1.1\r\n" HOST "\r\n"),
    ROW("half a percent escape", "GET /a%2 HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a percent escape without digits", "GET /a%zz HTTP/1.1\r\n" HOST "\r\n"),
    ROW("obs-text in the target", "GET /\xc3\xa4 HTTP/1.1\r\n" HOST "\r\n"),
    ROW("NUL in the target", "GET /a\0b HTTP/1.1\r\n" HOST "\r\n"),
    ROW("NUL in the method", "G\0T / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a response", OK "\r\n"),
    ROW("a TLS record", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    ROW("the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    /* line ends */
    ROW("bare LF after the start line", "GET / HTTP/1.1\n" HOST "\r\n"),
    ROW("bare LF after a header", "GET / HTTP/1.1\r\nHost: a.example\n\r\n"),
    ROW("bare LF as the empty line", GET "\n"),
    ROW("bare CR after the start line", "GET / HTTP/1.1\rHost: a.example\r\n\r\n"),
    ROW("bare CR in a value", GET "A: b\rc\r\n\r\n"),
    ROW("CR CR LF", "GET / HTTP/1.1\r\r\n" HOST "\r\n"),
    ROW("bare CR before the end", GET "\r\r\n"),
    ROW("LF CR", "GET / HTTP/1.1\n\r" HOST "\r\n"),
    /* header lines */
    ROW("space before the colon", GET "Content-Length : 0\r\n\r\n"),
    ROW("tab before the colon", GET "Content-Length\t: 0\r\n\r\n"),
    ROW("folding by a space", GET "A: b\r\n c\r\n\r\n"),
    ROW("folding by a tab", GET "A: b\r\n\tc\r\n\r\n"),
    ROW("space before the first header", "GET / HTTP/1.1\r\n Host: a.example\r\n\r\n"),
    ROW("no colon", GET "A\r\n\r\n"),
    ROW("no name", GET ": a\r\n\r\n"),
    ROW("a name with a space", GET "A B: c\r\n\r\n"),
    ROW("a name with a slash", GET "A/B: c\r\n\r\n"),
    ROW("a name in brackets", GET "(A): c\r\n\r\n"),
    ROW("a name with obs-text", GET "\xc4: c\r\n\r\n"),
    ROW("NUL in a name", GET "A\0: c\r\n\r\n"),
    ROW("NUL in a value", GET "A: b\0c\r\n\r\n"),
    ROW("a control in a value", GET "A: b\x01\r\n\r\n"),
    ROW("vertical tab in a value", GET "A: b\x0b\r\n\r\n"),
    ROW("form feed before chunked", POST "Transfer-Encoding: \x0c"
                                         "chunked\r\n\r\n0\r\n\r\n"),
    ROW("DEL in a value", GET "A: b\x7f\r\n\r\n"),
    ROW("obs-text in a value", GET "A: \xc3\xa4\r\n\r\n"),
    /* Host */
    ROW("no Host", "GET / HTTP/1.1\r\n\r\n"),
    ROW("two Hosts", GET HOST "\r\n"),
    ROW("two Hosts in another case", GET "HOST: b.example\r\n\r\n"),
    ROW("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
    ROW("a Host list", "GET / HTTP/1.1\r\nHost: a.example, b.example\r\n\r\n"),
    ROW("a Host with a path", "GET / HTTP/1.1\r\nHost: a.example/b\r\n\r\n"),
    ROW("a Host with user information", "GET / HTTP/1.1\r\nHost: u@a.example\r\n\r\n"),
    /* framing */
    ROW("CL then TE", POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ROW("TE then CL", POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
    ROW("CL twice, equal", POST "Content-Length: 1\r\nContent-Length: 1\r\n\r\na"),
    ROW("CL twice, different", POST "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    ROW("a CL list", POST "Content-Length: 1, 1\r\n\r\na"),
    ROW("empty CL", POST "Content-Length:\r\n\r\n"),
    ROW("CL of white space", POST "Content-Length: \t \r\n\r\n"),
    ROW("signed CL", POST "Content-Length: +1\r\n\r\na"),
    ROW("negative CL", POST "Content-Length: -1\r\n\r\na"),
    ROW("hexadecimal CL", POST "Content-Length: 0x1\r\n\r\na"),
    ROW("CL with leading zeros", POST "Content-Length: 01\r\n\r\na"),
    ROW("CL with a unit", POST "Content-Length: 1b\r\n\r\na"),
    ROW("CL with a space inside", POST "Content-Length: 1 0\r\n\r\na"),
    ROW("CL of 2^64", POST "Content-Length: 18446744073709551616\r\n\r\na"),
    ROW("CL of 2^64 + 1", POST "Content-Length: 18446744073709551617\r\n\r\na"),
    ROW("TE twice",
        POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ROW("TE of two codings", POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    ROW("TE with chunked twice", POST "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
    ROW("TE identity", POST "Transfer-Encoding: identity\r\n\r\n"),
    ROW("TE misspelt", POST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    ROW("TE quoted", POST "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
    ROW("TE with a parameter", POST "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n"),
    ROW("empty TE", POST "Transfer-Encoding:\r\n\r\n"),
    ROW("TE then CL on GET", GET "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n"),
    ROW("Expect", POST "Expect: 100-continue\r\nContent-Length: 1\r\n\r\na"),
    ROW("Upgrade", GET "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"),
    ROW("a body past its length", POST "Content-Length: 1\r\n\r\nab\r\n\r\n"),
    ROW("octets after close", GET "Connection: close\r\n\r\n" GET "\r\n"),
/* chunks */
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"
    ROW("no chunk size", CHUNKED "\r\n\r\n"),
    ROW("a chunk size that is no number", CHUNKED "g\r\n\r\n"),
    ROW("a chunk extension", CHUNKED "1;a=b\r\na\r\n0\r\n\r\n"),
    ROW("an empty chunk extension", CHUNKED "1;\r\na\r\n0\r\n\r\n"),
    ROW("space after a chunk size", CHUNKED "1 \r\na\r\n0\r\n\r\n"),
    ROW("space before a chunk size", CHUNKED " 1\r\na\r\n0\r\n\r\n"),
    ROW("a hexadecimal prefix", CHUNKED "0x1\r\na\r\n0\r\n\r\n"),
    ROW("a signed chunk size", CHUNKED "+1\r\na\r\n0\r\n\r\n"),
    ROW("a negative chunk size", CHUNKED "-1\r\na\r\n0\r\n\r\n"),
    ROW("a chunk size of nine digits", CHUNKED "000000001\r\na\r\n0\r\n\r\n"),
    ROW("bare LF after a chunk size", CHUNKED "1\na\r\n0\r\n\r\n"),
    ROW("bare LF after chunk data", CHUNKED "1\r\na\n0\r\n\r\n"),
    ROW("chunk data past its size", CHUNKED "1\r\nab\r\n0\r\n\r\n"),
    ROW("chunk data short of its size", CHUNKED "3\r\na\r\n0\r\n\r\n"),
    ROW("bare LF after the last chunk", CHUNKED "0\n\r\n"),
    ROW("bare LF at the end", CHUNKED "0\r\n\n"),
    ROW("a trailer", CHUNKED "0\r\nA: b\r\n\r\n"),
    ROW("a trailer with CL", CHUNKED "0\r\nContent-Length: 1\r\n\r\n"),
    ROW("a request where the end should be", CHUNKED "0\r\n" GET "\r\n"),
};

static const struct row bad_responses[] = {
    ROW("no status", "HTTP/1.1\r\n\r\n"),
    ROW("an empty status", "HTTP/1.1 \r\n\r\n"),
    ROW("a status of two digits", "HTTP/1.1 20 \r\n\r\n"),
    ROW("a status of four digits", "HTTP/1.1 2000 \r\n\r\n"),
    ROW("a status of letters", "HTTP/1.1 2OO \r\n\r\n"),
    ROW("status 099", "HTTP/1.1 099 \r\n\r\n"),
    ROW("status 600", "HTTP/1.1 600 \r\n\r\n"),
    ROW("switching protocols", "HTTP/1.1 101 \r\nUpgrade: websocket\r\n\r\n"),
    ROW("two spaces before the status", "HTTP/1.1  200 \r\n\r\n"),
    ROW("version 1.2", "HTTP/1.2 200 \r\n\r\n"),
    ROW("version 2", "HTTP/2 200 \r\n\r\n"),
    ROW("ICY", "ICY 200 OK\r\n\r\n"),
    ROW("a request", GET "\r\n"),
    ROW("obs-text in the reason", "HTTP/1.1 200 \xc3\x96k\r\n\r\n"),
    ROW("bare LF", "HTTP/1.1 200 \n\n"),
    ROW("CL and TE", OK "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na"),
    ROW("CL twice", OK "Content-Length: 1\r\nContent-Length: 1\r\n\r\na"),
    ROW("TE in 1.0", "HTTP/1.0 200 \r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ROW("TE gzip", OK "Transfer-Encoding: gzip\r\n\r\n"),
    ROW("folding", OK "A: b\r\n c\r\n\r\n"),
    ROW("octets after a response that closes",
        OK "Content-Length: 0\r\nConnection: close\r\n\r\nHTTP/1.1 200 \r\n\r\n"),
};

static const struct row too_much[] = {
    ROW("CL over the limit", POST "Content-Length: 65537\r\n\r\n"),
    ROW("CL of 2^63", POST "Content-Length: 9223372036854775808\r\n\r\n"),
    ROW("CL of 2^64 - 2", POST "Content-Length: 18446744073709551614\r\n\r\n"),
    ROW("a chunk over the limit", POST "Transfer-Encoding: chunked\r\n\r\n10001\r\n"),
    ROW("a chunk of 2^32 - 1", POST "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n"),
};

/* Refused, whether it comes at once or octet by octet, and whatever follows. */
static void assert_refused(const struct row *r, enum hf_http_kind kind, hf_status expected)
{
    for (size_t step = 1; step <= r->octets.len; step += r->octets.len - 1) {
        struct hf_http_parser *p = hf_http_parser_new(kind);
        hf_status st = HF_OK;

        for (size_t i = 0; i < r->octets.len && st == HF_OK; i += step)
            st = hf_http_feed(p, hf_bytes_first(hf_bytes_from(r->octets, i), step));
        if (st != expected)
            print_error("%s, in steps of %zu: %s\n", r->why, step, hf_status_name(st));
        assert_status(st, expected);
        assert_status(hf_http_feed(p, HF_LITERAL(GET "\r\n")), expected);
        assert_status(hf_http_feed_end(p), expected);
        assert_false(hf_http_is_inside(p));
        hf_http_parser_free(p);
    }
}

HF_TEST(an_ambiguous_request_is_refused)
{
    assert_true(HF_COUNT(bad_requests) >= 60);
    for (size_t i = 0; i < HF_COUNT(bad_requests); i++)
        assert_refused(&bad_requests[i], HF_HTTP_REQUESTS, HF_ERR_MALFORMED);
}

HF_TEST(an_ambiguous_response_is_refused)
{
    for (size_t i = 0; i < HF_COUNT(bad_responses); i++)
        assert_refused(&bad_responses[i], HF_HTTP_RESPONSES, HF_ERR_MALFORMED);
}

HF_TEST(an_announced_body_over_the_limit_is_refused_before_it_arrives)
{
    for (size_t i = 0; i < HF_COUNT(too_much); i++)
        assert_refused(&too_much[i], HF_HTTP_REQUESTS, HF_ERR_LIMIT);
}

/* CH-17: a connection that ends early leaves nothing behind. */
HF_TEST(a_request_cut_at_any_octet_is_no_request)
{
    struct hf_bytes whole = HF_LITERAL(POST "Content-Length: 4\r\n\r\nabcd");

    for (size_t n = 1; n < whole.len; n++) {
        struct hf_http_parser *p = hf_http_parser_new(HF_HTTP_REQUESTS);
        const struct hf_http_message *m;

        assert_ok(hf_http_feed(p, hf_bytes_first(whole, n)));
        assert_status(hf_http_feed_end(p), HF_ERR_MALFORMED);
        assert_status(hf_http_next(p, &m), HF_ERR_UNKNOWN);
        hf_http_parser_free(p);
    }
}
