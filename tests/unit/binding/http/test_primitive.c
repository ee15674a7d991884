#include "binding/http/primitive.h"

#include <stdio.h>
#include <string.h>

#include "support/hf_test.h"

enum { ARENA_MAX = 65536, ROOM_LEN = 32768 };

#define BODY                                                                                       \
    "{\"sec:skr\":{\"et\":\"20300101T000000\",\"adfq\":\"sp.example.com\",\"suid\":32,"            \
    "\"tgis\":[\"//sp.example.com/IN-CSE\"]}}"
#define HEAD     "Host: maf.example.com\r\nX-M2M-Origin: //sp.example.com/CSE1\r\nX-M2M-RI: r1\r\n"
#define RVI      "X-M2M-RVI: 3\r\n"
#define TY5      "Content-Type: application/vnd.onem2m-res+json; ty=5\r\n"
#define ACCEPT   "Accept: application/json\r\n"
#define CL(n)    "Content-Length: " n "\r\n"
#define KEY_ID   "356F536024322FD46CA19C5E27FB79BD"
#define BODY_LEN "105"

/* The example of digest 7.7; Content-Length is ours, as every message needs an end. */
#define EXAMPLE_REQUEST "POST /- HTTP/1.1\r\n" HEAD RVI TY5 ACCEPT CL(BODY_LEN) "\r\n" BODY
#define EXAMPLE_ANSWER_BODY                                                                        \
    "{\"sec:skr\":{\"ty\":5,\"ri\":\"" KEY_ID "\",\"rn\":\"" KEY_ID "\",\"pi\":\"-\","             \
    "\"ct\":\"20260101T000000\",\"lt\":\"20260101T000000\",\"et\":\"20300101T000000\","            \
    "\"adfq\":\"sp.example.com\",\"suid\":32,\"tgis\":[\"//sp.example.com/IN-CSE\"],"              \
    "\"cr\":\"//sp.example.com/CSE1\",\"rkid\":\"" KEY_ID "\"}}"
#define EXAMPLE_RESPONSE                                                                           \
    "HTTP/1.1 201 \r\nX-M2M-RSC: 2001\r\nX-M2M-RI: r1\r\nX-M2M-RVI: 3\r\n"                         \
    "Content-Location: /" KEY_ID "\r\nCache-Control: no-store\r\n"                                 \
    "Content-Type: application/vnd.onem2m-res+json\r\nContent-Length: 318\r\n"                     \
    "\r\n" EXAMPLE_ANSWER_BODY

struct end {
    struct hf_http_parser *parser;
    struct hf_arena arena;
};

static const struct hf_http_message *open_end(struct end *e, enum hf_http_kind kind,
                                              struct hf_bytes octets)
{
    const struct hf_http_message *m = NULL;

    e->parser = hf_http_parser_new(kind);
    hf_arena_init(&e->arena, ARENA_MAX);
    assert_ok(hf_http_feed(e->parser, octets));
    assert_ok(hf_http_feed_end(e->parser));
    assert_ok(hf_http_next(e->parser, &m));
    return m;
}

/* Messages are gone before the primitive is looked at: nothing may be borrowed from them. */
static void drop_message(struct end *e)
{
    hf_http_parser_free(e->parser);
    e->parser = NULL;
}

static hf_status read_request(struct end *e, const char *text, struct hf_request *r,
                              enum hf_rsc *refusal)
{
    hf_status st =
        hf_http_read_request(open_end(e, HF_HTTP_REQUESTS, hf_text(text)), &e->arena, r, refusal);

    drop_message(e);
    return st;
}

static struct hf_request request_ok(struct end *e, const char *text)
{
    struct hf_request r;
    enum hf_rsc refusal = HF_RSC_OK;

    if (read_request(e, text, &r, &refusal) != HF_OK)
        fail_msg("%s: %d", text, (int)refusal);
    return r;
}

static hf_status read_response(struct end *e, const char *text, struct hf_response *r)
{
    hf_status st =
        hf_http_read_response(open_end(e, HF_HTTP_RESPONSES, hf_text(text)), &e->arena, r);

    drop_message(e);
    return st;
}

HF_TEST(the_example_request_is_read)
{
    struct end e;
    struct hf_request r = request_ok(&e, EXAMPLE_REQUEST);

    assert_int_equal(r.operation, HF_CREATE);
    assert_bytes_text(r.to, "-");
    assert_bytes_text(r.to_fqdn, "");
    assert_bytes_text(r.from, "//sp.example.com/CSE1");
    assert_bytes_text(r.request_id, "r1");
    assert_bytes_text(r.release, "3");
    assert_int_equal(r.type, HF_TYPE_SYMM_KEY_REG);
    assert_false(r.wants_configuration);
    assert_true(r.has_content);
    assert_true(r.expires_s == HF_NEVER);
    assert_ok(r.content_st);
    assert_int_equal(r.content.suid, 32);
    assert_bytes_text(r.content.tgis.at[0], "//sp.example.com/IN-CSE");
    hf_arena_done(&e.arena);
}

HF_TEST(the_example_request_is_written_by_a_client)
{
    struct end e;
    struct hf_request r = request_ok(&e, EXAMPLE_REQUEST);
    static uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes written;

    assert_ok(hf_http_write_request(&r, HF_LITERAL("maf.example.com"), &w));
    assert_ok(hf_writer_finish(&w, &written));
    assert_bytes_text(written, EXAMPLE_REQUEST);
    hf_arena_done(&e.arena);
}

static struct hf_response example_response(void)
{
    static const struct hf_bytes target = {(const uint8_t *)"//sp.example.com/IN-CSE", 23};
    struct hf_response r = {.rsc = HF_RSC_CREATED,
                            .request_id = HF_LITERAL("r1"),
                            .location = HF_LITERAL(KEY_ID),
                            .has_content = true};

    r.content = (struct hf_content){
        .type = HF_TYPE_SYMM_KEY_REG,
        .ty = HF_TYPE_SYMM_KEY_REG,
        .ri = HF_LITERAL(KEY_ID),
        .rn = HF_LITERAL(KEY_ID),
        .rkid = HF_LITERAL(KEY_ID),
        .pi = HF_LITERAL("-"),
        .ct = UINT64_C(1767225600),
        .lt = UINT64_C(1767225600),
        .et = UINT64_C(1893456000),
        .adfq = HF_LITERAL("sp.example.com"),
        .suid = 32,
        .tgis = {&target, 1},
        .cr = HF_LITERAL("//sp.example.com/CSE1"),
        .has = 1u << HF_A_TY | 1u << HF_A_RI | 1u << HF_A_RN | 1u << HF_A_RKID | 1u << HF_A_PI
               | 1u << HF_A_CT | 1u << HF_A_LT | 1u << HF_A_ET | 1u << HF_A_ADFQ | 1u << HF_A_SUID
               | 1u << HF_A_TGIS | 1u << HF_A_CR,
    };
    return r;
}

HF_TEST(the_example_response_is_written)
{
    static uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_response r = example_response();
    struct hf_bytes written;

    assert_ok(hf_http_write_response(&r, true, &w));
    assert_ok(hf_writer_finish(&w, &written));
    assert_bytes_text(written, EXAMPLE_RESPONSE);
}

HF_TEST(the_example_response_is_read_by_a_client)
{
    struct hf_response r;
    struct end e;

    assert_ok(read_response(&e, EXAMPLE_RESPONSE, &r));
    assert_int_equal(r.rsc, HF_RSC_CREATED);
    assert_bytes_text(r.request_id, "r1");
    assert_bytes_text(r.location, KEY_ID);
    assert_true(r.has_content);
    assert_false(r.close);
    assert_bytes_text(r.content.rkid, KEY_ID);
    assert_true(r.content.et == UINT64_C(1893456000));
    hf_arena_done(&e.arena);
}

HF_TEST(a_response_carries_a_key_and_leaves_no_other_copy)
{
    static uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_response r = {.rsc = HF_RSC_OK, .has_content = true}, back;
    struct hf_bytes key = HF_LITERAL("0123456789abcdef0123456789abcdef");
    struct end e;

    r.content.type = HF_TYPE_SYMM_KEY_REG;
    r.content.has = 1u << HF_A_KV;
    assert_ok(hf_secret_set(&r.content.kv, key));
    assert_ok(hf_http_write_response(&r, true, &w));
    assert_ok(hf_writer_finish_text(&w));
    assert_non_null(strstr((char *)room, "\r\nCache-Control: no-store\r\n"));
    assert_non_null(
        strstr((char *)room, "\"kv\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\""));
    assert_ok(read_response(&e, (char *)room, &back));
    assert_true(hf_secret_equal(&back.content.kv, &r.content.kv));
    hf_arena_done(&e.arena);
}

HF_TEST(a_refusal_has_no_content_and_ends_or_waits)
{
    static uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_response r = {.rsc = HF_RSC_NO_PRIVILEGE,
                            .request_id = HF_LITERAL("r2"),
                            .retry_after_s = 7,
                            .reason = "not for the peer"},
                       back;
    struct end e;

    assert_ok(hf_http_write_response(&r, false, &w));
    assert_ok(hf_writer_finish_text(&w));
    assert_string_equal((char *)room, "HTTP/1.1 403 \r\nX-M2M-RSC: 4103\r\nX-M2M-RI: r2\r\n"
                                      "X-M2M-RVI: 3\r\nCache-Control: no-store\r\n"
                                      "Retry-After: 7\r\nConnection: close\r\n"
                                      "Content-Length: 0\r\n\r\n");
    assert_ok(read_response(&e, (char *)room, &back));
    assert_int_equal(back.rsc, HF_RSC_NO_PRIVILEGE);
    assert_int_equal(back.retry_after_s, 7);
    assert_true(back.close);
    hf_arena_done(&e.arena);
}

/* Targets. */

static const struct {
    const char *target, *to, *fqdn;
} targets[] = {
    {"/-",                                    "-",           ""               },
    {"/-/",                                   "-",           ""               },
    {"/MAFBase",                              "-",           ""               },
    {"/MEFBase",                              "-",           ""               },
    {"/-/name",                               "name",        ""               },
    {"/abc.d_e-f~1",                          "abc.d_e-f~1", ""               },
    {"/356f536024322fd46ca19c5e27fb79bd",     KEY_ID,        ""               },
    {"/356f536024322fd46ca19c5e27fb79bd/cmd", KEY_ID "/cmd", ""               },
    {"/_/maf.example.com/-",                  "-",           "maf.example.com"},
    {"/_/maf.example.com/-/",                 "-",           "maf.example.com"},
    {"/_/MAF.Example.com/" KEY_ID,            KEY_ID,        "maf.example.com"},
    {"/~/maf.example.com/-",                  "-",           "maf.example.com"},
    {"/~/maf.example.com/" KEY_ID "/cmd",     KEY_ID "/cmd", "maf.example.com"},
};

static const char *const bad_targets[] = {
    "/",
    "//",
    "///",
    "//maf.example.com/-",
    "/a/",
    "/a//b",
    "/-//",
    "/-/-/",
    "/-/a/",
    "/a/b/c",
    "/-/a/b/c",
    "/-/-/a",
    "/.",
    "/..",
    "/../a",
    "/a/..",
    "/a/.",
    "/-/..",
    "/%2d",
    "/a%2fb",
    "/%2e%2e/a",
    "/%00",
    "/a;b",
    "/a,b",
    "/a:b",
    "/a@b",
    "/a*",
    "/_",
    "/_/",
    "/_/maf.example.com",
    "/_/maf.example.com/",
    "/_/maf/-",
    "/_//-",
    "/_/maf.example.com:443/-",
    "/_/maf.example.com/a/b/c",
    "/~",
    "/~/",
    "/~/-",
    "/~/CSE1/-",
    "/~/maf.example.com/",
    "/~/maf.example.com/..",
    "/-?",
    "/-?atrl",
    "/-?atrl=",
    "/-?atrl=kv",
    "/-?atrl=ccfg+lbl",
    "/-?atrl=ccfg&atrl=ccfg",
    "/-?rcn=1",
    "/-?ATRL=ccfg",
    "/-?atrl=ccfg&rcn=1",
    "/-?atrl=ccfg?",
    "/a?b=c",
};

static hf_status read_get(struct end *e, const char *target, const char *more, struct hf_request *r,
                          enum hf_rsc *refusal)
{
    char text[1024];

    snprintf(text, sizeof text, "GET %s HTTP/1.1\r\n" HEAD "%s\r\n", target, more);
    return read_request(e, text, r, refusal);
}

HF_TEST(targets_of_the_three_forms_are_read)
{
    for (size_t i = 0; i < HF_COUNT(targets); i++) {
        struct hf_request r;
        enum hf_rsc refusal;
        struct end e;

        if (read_get(&e, targets[i].target, "", &r, &refusal) != HF_OK)
            fail_msg("%s", targets[i].target);
        assert_bytes_text(r.to, targets[i].to);
        assert_bytes_text(r.to_fqdn, targets[i].fqdn);
        hf_arena_done(&e.arena);
    }
}

/* INP-7: one grammar, nothing decoded. */
HF_TEST(other_targets_are_refused)
{
    for (size_t i = 0; i < HF_COUNT(bad_targets); i++) {
        struct hf_request r;
        enum hf_rsc refusal = HF_RSC_OK;
        struct end e;

        if (read_get(&e, bad_targets[i], "", &r, &refusal) == HF_OK
            || refusal != HF_RSC_BAD_REQUEST)
            fail_msg("%s", bad_targets[i]);
        assert_bytes_text(r.request_id, "r1");
        hf_arena_done(&e.arena);
    }
}

HF_TEST(a_configuration_is_asked_for_by_a_retrieve_alone)
{
    struct end e;
    struct hf_request r = request_ok(&e, "GET /abc?atrl=ccfg HTTP/1.1\r\n" HEAD RVI "\r\n");
    enum hf_rsc refusal;

    assert_true(r.wants_configuration);
    assert_int_equal(r.operation, HF_RETRIEVE);
    assert_false(r.has_content);
    assert_ok(r.content_st);
    hf_arena_done(&e.arena);
    assert_status(
        read_request(&e, "DELETE /abc?atrl=ccfg HTTP/1.1\r\n" HEAD RVI "\r\n", &r, &refusal),
        HF_ERR_MALFORMED);
    assert_int_equal(refusal, HF_RSC_BAD_REQUEST);
    hf_arena_done(&e.arena);
}

/* Refusals before a role is asked. */

#define X255                                                                                       \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                             \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                             \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                             \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define HOST "Host: a\r\n"

static const struct {
    const char *text;
    enum hf_rsc rsc;
} refused[] = {
    {"HEAD /- HTTP/1.1\r\n" HEAD "\r\n",                                                            HF_RSC_OPERATION_NOT_ALLOWED        },
    {"OPTIONS /- HTTP/1.1\r\n" HEAD "\r\n",                                                         HF_RSC_OPERATION_NOT_ALLOWED        },
    {"PATCH /- HTTP/1.1\r\n" HEAD "\r\n",                                                           HF_RSC_OPERATION_NOT_ALLOWED        },
    {"TRACE /- HTTP/1.1\r\n" HEAD "\r\n",                                                           HF_RSC_OPERATION_NOT_ALLOWED        },
    {"POST /- HTTP/1.1\r\n" HEAD "\r\n",                                                            HF_RSC_OPERATION_NOT_ALLOWED        },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/json\r\n" CL("2") "\r\n{}",
     HF_RSC_OPERATION_NOT_ALLOWED                                                                                                       },
    {"GET /- HTTP/1.1\r\n" HOST "\r\n",                                                             HF_RSC_BAD_REQUEST                  },
    {"GET /- HTTP/1.1\r\n" HOST "X-M2M-RI:\r\n\r\n",                                                HF_RSC_BAD_REQUEST                  },
    {"GET /- HTTP/1.1\r\n" HOST "X-M2M-RI: a\tb\r\n\r\n",                                           HF_RSC_BAD_REQUEST                  },
    {"GET /- HTTP/1.1\r\n" HOST "X-M2M-RI: x" X255 "\r\n\r\n",                                      HF_RSC_BAD_REQUEST                  },
    {"GET /- HTTP/1.1\r\n" HEAD "X-M2M-RI: r1\r\n\r\n",                                             HF_RSC_BAD_REQUEST                  },
    {"GET /- HTTP/1.1\r\n" HEAD "x-m2m-origin: //sp.example.com/CSE1\r\n\r\n",                      HF_RSC_BAD_REQUEST                  },
    {"GET /- HTTP/1.1\r\n" HOST "X-M2M-RI: 1\r\nX-M2M-Origin: x" X255 "\r\n\r\n",
     HF_RSC_BAD_REQUEST                                                                                                                 },
    {"GET /- HTTP/1.1\r\n" HEAD RVI RVI "\r\n",                                                     HF_RSC_BAD_REQUEST                  },
    {"GET /- HTTP/1.1\r\n" HEAD "X-M2M-RVI: 4\r\n\r\n",                                             HF_RSC_RELEASE_VERSION_NOT_SUPPORTED},
    {"GET /- HTTP/1.1\r\n" HEAD "X-M2M-RVI: 3.0\r\n\r\n",                                           HF_RSC_RELEASE_VERSION_NOT_SUPPORTED},
    {"GET /- HTTP/1.1\r\n" HEAD "X-M2M-RVI:\r\n\r\n",                                               HF_RSC_RELEASE_VERSION_NOT_SUPPORTED},
    {"GET /- HTTP/1.1\r\n" HEAD "X-M2M-RET: 20300101T000000\r\nX-M2M-RET: 20300101T000000\r\n\r\n",
     HF_RSC_BAD_REQUEST                                                                                                                 },
    {"GET /- HTTP/1.1\r\n" HEAD "X-M2M-RET: tomorrow\r\n\r\n",                                      HF_RSC_BAD_REQUEST                  },
    {"GET /- HTTP/1.1\r\n" HEAD "X-M2M-RET: 5000\r\n\r\n",                                          HF_RSC_BAD_REQUEST                  },
    {"GET /- HTTP/1.1\r\n" HEAD "Accept: application/xml\r\n\r\n",                                  HF_RSC_NOT_ACCEPTABLE               },
    {"GET /- HTTP/1.1\r\n" HEAD "Accept:\r\n\r\n",                                                  HF_RSC_NOT_ACCEPTABLE               },
    {"GET /- HTTP/1.1\r\n" HEAD "Accept: application/json;q=0\r\n\r\n",                             HF_RSC_NOT_ACCEPTABLE               },
    {"GET /- HTTP/1.1\r\n" HEAD "Accept: text/*, application/json ; q=0.00\r\n\r\n",
     HF_RSC_NOT_ACCEPTABLE                                                                                                              },
    {"PUT /a HTTP/1.1\r\n" HEAD CL("2") "\r\n{}",                                                   HF_RSC_UNSUPPORTED_MEDIA_TYPE       },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/xml;ty=5\r\n\r\n",
     HF_RSC_UNSUPPORTED_MEDIA_TYPE                                                                                                      },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/vnd.onem2m-res+cbor;ty=5\r\n\r\n",
     HF_RSC_UNSUPPORTED_MEDIA_TYPE                                                                                                      },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/jsonx;ty=5\r\n\r\n",
     HF_RSC_UNSUPPORTED_MEDIA_TYPE                                                                                                      },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type:\r\n\r\n",                                           HF_RSC_UNSUPPORTED_MEDIA_TYPE       },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/json;charset=utf-16;ty=5\r\n\r\n",
     HF_RSC_UNSUPPORTED_MEDIA_TYPE                                                                                                      },
    {"POST /- HTTP/1.1\r\n" HEAD TY5 TY5 "\r\n",                                                    HF_RSC_BAD_REQUEST                  },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/json;ty=5;ty=5\r\n\r\n",
     HF_RSC_BAD_REQUEST                                                                                                                 },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/json;ty=\r\n\r\n",                      HF_RSC_BAD_REQUEST                  },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/json;ty=0\r\n\r\n",                     HF_RSC_BAD_REQUEST                  },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/json;ty=65541\r\n\r\n",
     HF_RSC_BAD_REQUEST                                                                                                                 },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/json;ty=\"5\"\r\n\r\n",
     HF_RSC_BAD_REQUEST                                                                                                                 },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/json;\r\n\r\n",                         HF_RSC_BAD_REQUEST                  },
    {"POST /- HTTP/1.1\r\n" HEAD "Content-Type: application/json;foo=1;ty=5\r\n\r\n",
     HF_RSC_BAD_REQUEST                                                                                                                 },
    {"PUT /a HTTP/1.1\r\n" HEAD TY5 CL("2") "\r\n{}",                                               HF_RSC_BAD_REQUEST                  },
};

HF_TEST(a_request_outside_of_the_binding_has_its_answer_at_once)
{
    for (size_t i = 0; i < HF_COUNT(refused); i++) {
        struct hf_request r;
        enum hf_rsc refusal = HF_RSC_OK;
        struct end e;

        if (read_request(&e, refused[i].text, &r, &refusal) == HF_OK || refusal != refused[i].rsc)
            fail_msg("%s: %d", refused[i].text, (int)refusal);
        hf_arena_done(&e.arena);
    }
}

static const char *const accepted_headers[] = {
    "",
    "X-M2M-RVI: 1\r\n",
    "X-M2M-RVI: 2\r\n",
    "X-M2M-RVI: 2a\r\n",
    "X-M2M-RET: 20300101T000000,000\r\n",
    "Accept: */*\r\n",
    "Accept: application/*;q=0.1\r\n",
    "Accept: application/xml, APPLICATION/JSON;q=0.5\r\n",
    "Accept: application/xml\r\nAccept: application/vnd.onem2m-res+json\r\n",
    "X-M2M-OT: whatever\r\nX-M2M-OT: twice\r\nUser-Agent: curl/8\r\n",
};

HF_TEST(what_is_optional_may_be_there_or_not)
{
    for (size_t i = 0; i < HF_COUNT(accepted_headers); i++) {
        struct hf_request r;
        enum hf_rsc refusal;
        struct end e;

        if (read_get(&e, "/-", accepted_headers[i], &r, &refusal) != HF_OK)
            fail_msg("%s", accepted_headers[i]);
        hf_arena_done(&e.arena);
    }
}

/* What a role judges in its own order. */

HF_TEST(a_body_that_cannot_be_read_is_left_to_the_role)
{
    static const char *const bodies[] = {
        "POST /- HTTP/1.1\r\n" HEAD TY5 "\r\n",
        "POST /- HTTP/1.1\r\n" HEAD TY5 CL("1") "\r\n{",
        "POST /- HTTP/1.1\r\n" HEAD
        "Content-Type: application/json; ty=4\r\n" CL(BODY_LEN) "\r\n" BODY,
        "POST /- HTTP/1.1\r\n" HEAD
        "Content-Type: application/json;ty=99\r\n" CL(BODY_LEN) "\r\n" BODY,
        "PUT /a HTTP/1.1\r\n" HEAD "\r\n",
        "PUT /a HTTP/1.1\r\n" HEAD
        "Content-Type: application/json;charset=UTF-8\r\n" CL(BODY_LEN) "\r\n" BODY,
        "GET /a HTTP/1.1\r\n" HEAD "Content-Type: application/json\r\n" CL("2") "\r\n{}",
        "DELETE /a HTTP/1.1\r\n" HEAD "Content-Type: application/json\r\n" CL("2") "\r\n{}",
    };

    for (size_t i = 0; i < HF_COUNT(bodies); i++) {
        struct end e;
        struct hf_request r = request_ok(&e, bodies[i]);

        assert_status(r.content_st, HF_ERR_MALFORMED);
        assert_non_null(r.content_fault);
        assert_int_equal(r.content.has, 0);
        hf_arena_done(&e.arena);
    }
}

/* Every operation: what a client writes, a server reads. */

HF_TEST(requests_come_back_as_they_were_written)
{
    static const char *const requests[] = {
        EXAMPLE_REQUEST,
        "GET /abc HTTP/1.1\r\n" HEAD RVI ACCEPT "\r\n",
        "GET /abc?atrl=ccfg HTTP/1.1\r\n" HEAD RVI ACCEPT "\r\n",
        "GET /_/mef.example.com/- HTTP/1.1\r\n" HEAD RVI "X-M2M-RET: 20300101T000000\r\n" ACCEPT
        "\r\n",
        "PUT /" KEY_ID "/cmd HTTP/1.1\r\n" HEAD RVI
        "Content-Type: application/vnd.onem2m-res+json\r\n" ACCEPT CL(
            "24") "\r\n"
                  "{\"sec:skr\":{\"lbl\":null}}",
        "DELETE /abc HTTP/1.1\r\n" HEAD RVI ACCEPT "\r\n",
    };

    for (size_t i = 0; i < HF_COUNT(requests); i++) {
        static uint8_t room[ROOM_LEN];
        struct hf_writer w = hf_writer_over(room, sizeof room);
        struct end e;
        struct hf_request r = request_ok(&e, requests[i]);
        struct hf_bytes written;

        assert_ok(r.content_st);
        assert_ok(hf_http_write_request(&r, HF_LITERAL("maf.example.com"), &w));
        assert_ok(hf_writer_finish(&w, &written));
        assert_bytes_text(written, requests[i]);
        hf_arena_done(&e.arena);
    }
}

HF_TEST(nothing_is_written_that_would_end_a_line)
{
    static uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_request r = {.operation = HF_RETRIEVE,
                           .to = HF_LITERAL("-"),
                           .request_id = HF_LITERAL("a\r\nX-M2M-Origin: //other"),
                           .expires_s = HF_NEVER};
    struct hf_response answer = {.rsc = HF_RSC_OK, .request_id = HF_LITERAL("a\nb")};

    assert_status(hf_http_write_request(&r, HF_LITERAL("a"), &w), HF_ERR_LIMIT);
    r.to = HF_LITERAL("- HTTP/1.1\r\n");
    assert_status(hf_http_write_request(&r, HF_LITERAL("a"), &w), HF_ERR_BUG);
    w = hf_writer_over(room, sizeof room);
    assert_status(hf_http_write_response(&answer, true, &w), HF_ERR_LIMIT);
    w = hf_writer_over(room, 16);
    answer.request_id = HF_LITERAL("a");
    assert_status(hf_http_write_response(&answer, true, &w), HF_ERR_LIMIT);
}

/* Responses that a client does not believe. */

#define ANSWER "HTTP/1.1 200 \r\nX-M2M-RSC: 2000\r\n"

HF_TEST(a_response_outside_of_the_binding_is_refused)
{
    static const char *const responses[] = {
        "HTTP/1.1 200 \r\n" CL("0") "\r\n",
        "HTTP/1.1 200 \r\nX-M2M-RSC: 4103\r\n" CL("0") "\r\n",
        "HTTP/1.1 403 \r\nX-M2M-RSC: 2000\r\n" CL("0") "\r\n",
        "HTTP/1.1 200 \r\nX-M2M-RSC: 200\r\n" CL("0") "\r\n",
        "HTTP/1.1 200 \r\nX-M2M-RSC: 20000\r\n" CL("0") "\r\n",
        "HTTP/1.1 200 \r\nX-M2M-RSC: OK\r\n" CL("0") "\r\n",
        ANSWER "X-M2M-RSC: 2000\r\n" CL("0") "\r\n",
        ANSWER "X-M2M-RI: a\tb\r\n" CL("0") "\r\n",
        ANSWER "X-M2M-RI: a\r\nX-M2M-RI: a\r\n" CL("0") "\r\n",
        ANSWER "Content-Location: https://other.example/a\r\n" CL("0") "\r\n",
        ANSWER "Content-Location: /../a\r\n" CL("0") "\r\n",
        ANSWER CL("2") "\r\n{}",
        ANSWER "Content-Type: text/html\r\n" CL("2") "\r\n{}",
        ANSWER "Content-Type: application/json\r\n" CL("2") "\r\n{}",
        ANSWER "Content-Type: application/json\r\n" CL("20") "\r\n{\"sec:skr\":{\"x\":1}} ",
    };

    for (size_t i = 0; i < HF_COUNT(responses); i++) {
        struct hf_response r = {.retry_after_s = 77};
        struct end e;

        if (read_response(&e, responses[i], &r) != HF_ERR_MALFORMED || r.retry_after_s != 77)
            fail_msg("%s", responses[i]);
        hf_arena_done(&e.arena);
    }
}

HF_TEST(the_body_of_an_error_is_not_read)
{
    struct hf_response r;
    struct end e;

    assert_ok(
        read_response(&e,
                      "HTTP/1.1 404 Not Found\r\nX-M2M-RSC: 4004\r\n"
                      "Content-Type: text/html\r\nRetry-After: tomorrow\r\n" CL("4") "\r\nnone",
                      &r));
    assert_int_equal(r.rsc, HF_RSC_NOT_FOUND);
    assert_int_equal(r.retry_after_s, 0);
    assert_false(r.has_content);
    hf_arena_done(&e.arena);
}

HF_TEST(status_codes_follow_the_table)
{
    assert_int_equal(hf_http_status_of(HF_RSC_CREATED), 201);
    assert_int_equal(hf_http_status_of(HF_RSC_DELETED), 200);
    assert_int_equal(hf_http_status_of(HF_RSC_CONFLICT), 409);
    assert_int_equal(hf_http_status_of(HF_RSC_RELEASE_VERSION_NOT_SUPPORTED), 501);
    assert_int_equal(hf_http_status_of((enum hf_rsc)1), 500);
}
