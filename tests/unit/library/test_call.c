#include "library/call.h"

#include <string.h>

#include "support/hf_test.h"

static hf_status write_call(const struct hf_session_request *r, char *text, size_t size)
{
    struct hf_writer w = hf_writer_over(text, size);
    hf_status st = hf_call_write(r, HF_LITERAL("in-cse.sp.example"),
                                 HF_LITERAL("//sp.example/asn-1/Ca"), 7, &w);

    return st == HF_OK ? hf_writer_finish_text(&w) : st;
}

HF_TEST(a_request_names_its_target_its_originator_and_its_type)
{
    struct hf_session_request r = {
        .method = "POST", .uri = "/-/things", .body = "{}", .body_len = 2, .type = 3};
    char text[1024];

    assert_ok(write_call(&r, text, sizeof text));
    assert_string_equal(text, "POST /-/things HTTP/1.1\r\n"
                              "Host: in-cse.sp.example\r\n"
                              "X-M2M-Origin: //sp.example/asn-1/Ca\r\n"
                              "X-M2M-RI: hf7\r\n"
                              "X-M2M-RVI: 3\r\n"
                              "Content-Type: application/json;ty=3\r\n"
                              "Content-Length: 2\r\n"
                              "\r\n{}");
}

static void assert_malformed(const char *method, const char *uri, const char *name,
                             const char *value)
{
    struct hf_session_header h = {name, value};
    struct hf_session_request r = {
        .method = method, .uri = uri, .headers = &h, .header_count = name == NULL ? 0 : 1};
    char text[4096];

    assert_status(write_call(&r, text, sizeof text), HF_ERR_MALFORMED);
}

HF_TEST(nothing_of_the_callers_ends_a_line_or_speaks_for_somebody_else)
{
    assert_malformed("GET /x", "/", NULL, NULL);
    assert_malformed("", "/", NULL, NULL);
    assert_malformed("GET", "", NULL, NULL);
    assert_malformed("GET", "x", NULL, NULL);
    assert_malformed("GET", "/a b", NULL, NULL);
    assert_malformed("GET", "/a\r\nX-M2M-Origin: //sp.example/other", NULL, NULL);
    assert_malformed("GET", "/", "X-Any", "a\r\nHost: b");
    assert_malformed("GET", "/", "X Any", "a");
    assert_malformed("GET", "/", "x-m2m-ORIGIN", "//sp.example/other");
    assert_malformed("GET", "/", "Transfer-Encoding", "chunked");
    assert_malformed("GET", "/", "content-length", "1");
}

HF_TEST(a_request_too_long_for_its_room_is_a_limit)
{
    struct hf_session_request r = {.method = "GET", .uri = "/-"};
    char text[32];

    assert_status(write_call(&r, text, sizeof text), HF_ERR_LIMIT);
}
