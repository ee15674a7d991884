/* A client's connection: octets in two pieces, each whole response read as a primitive. */
#include <stdint.h>

#include "binding/http/primitive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_MAX = 65536, ROOM_LEN = 65536 };

static void read_one(const struct hf_http_message *m)
{
    static uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_arena a;
    struct hf_response r;

    hf_arena_init(&a, ARENA_MAX);
    if (hf_http_read_response(m, &a, &r) == HF_OK)
        (void)!hf_http_write_response(&r, m->keep_alive, &w);
    hf_arena_done(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hf_http_parser *p = hf_http_parser_new(HF_HTTP_RESPONSES);
    struct hf_bytes octets = hf_bytes_of(data, size);
    size_t split = size > 0 ? data[size - 1] * size / 256 : 0;
    const struct hf_http_message *m;

    if (size > 0 && data[0] == 'h')
        hf_http_expect_no_body(p);
    if (hf_http_feed(p, hf_bytes_first(octets, split)) == HF_OK
        && hf_http_feed(p, hf_bytes_from(octets, split)) == HF_OK)
        (void)!hf_http_feed_end(p);
    for (; hf_http_next(p, &m) == HF_OK; hf_http_drop(p))
        read_one(m);
    hf_http_parser_free(p);
    return 0;
}
