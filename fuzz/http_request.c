/*
 * A server's connection: octets in two pieces, each whole request read as a primitive, and each
 * primitive that was understood written again, which a server has to understand the same way.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/secret.h"
#include "binding/http/primitive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_MAX = 65536, ROOM_LEN = 65536 };

/* Not assert, which a release build leaves out. */
static void expect(bool holds)
{
    if (!holds)
        abort();
}

static struct hf_http_parser *parse(struct hf_bytes octets, size_t split)
{
    struct hf_http_parser *p = hf_http_parser_new(HF_HTTP_REQUESTS);

    if (hf_http_feed(p, hf_bytes_first(octets, split)) == HF_OK
        && hf_http_feed(p, hf_bytes_from(octets, split)) == HF_OK)
        (void)!hf_http_feed_end(p);
    return p;
}

static void read_back(struct hf_bytes written, const struct hf_request *expected)
{
    struct hf_http_parser *p = parse(written, written.len / 2);
    const struct hf_http_message *m;
    struct hf_arena a;
    struct hf_request r;
    enum hf_rsc refusal;

    hf_arena_init(&a, ARENA_MAX);
    expect(hf_http_next(p, &m) == HF_OK);
    expect(hf_http_read_request(m, &a, &r, &refusal) == HF_OK);
    expect(r.operation == expected->operation && hf_bytes_equal(r.to, expected->to));
    expect(r.type == expected->type && r.content_st == HF_OK);
    expect(r.content.has == expected->content.has && r.content.null == expected->content.null);
    expect(hf_secret_equal(&r.content.kv, &expected->content.kv));
    hf_http_parser_free(p);
    hf_arena_done(&a);
}

static void read_one(const struct hf_http_message *m)
{
    static uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes written;
    struct hf_arena a;
    struct hf_request r;
    enum hf_rsc refusal;

    hf_arena_init(&a, ARENA_MAX);
    if (hf_http_read_request(m, &a, &r, &refusal) == HF_OK && r.content_st == HF_OK
        && hf_http_write_request(&r, HF_LITERAL("a.example"), &w) == HF_OK
        && hf_writer_finish(&w, &written) == HF_OK)
        read_back(written, &r);
    hf_arena_done(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t split = size > 0 ? data[0] * size / 256 : 0;
    struct hf_http_parser *p = parse(hf_bytes_of(data, size), split);
    const struct hf_http_message *m;

    for (; hf_http_next(p, &m) == HF_OK; hf_http_drop(p))
        read_one(m);
    hf_http_parser_free(p);
    return 0;
}
