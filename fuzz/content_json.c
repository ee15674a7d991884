/* Resource content under each rule; what was accepted is written, and reads back the same. */
#include <stdint.h>
#include <stdlib.h>

#include "codec/content.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_MAX = 65536, ROOM_LEN = 1 << 19 };

/* Not assert, which a release build leaves out. */
static void expect(bool holds)
{
    if (!holds)
        abort();
}

static void write_and_read(const struct hf_content *c, enum hf_content_rule rule)
{
    static uint8_t room[ROOM_LEN], again[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_writer v = hf_writer_over(again, sizeof again);
    struct hf_bytes first = {0}, second = {0};
    struct hf_content back;
    const char *fault;
    struct hf_arena a;

    hf_arena_init(&a, ARENA_MAX);
    expect(hf_content_write_json(c, &w) == HF_OK && hf_writer_finish(&w, &first) == HF_OK);
    if (hf_content_read_json(first, c->type, rule, &a, &back, &fault) == HF_OK) {
        expect(back.has == c->has && back.null == c->null);
        expect(hf_secret_equal(&back.kv, &c->kv));
        expect(hf_content_write_json(&back, &v) == HF_OK && hf_writer_finish(&v, &second) == HF_OK);
        expect(hf_bytes_equal(first, second));
    } else {
        expect(a.limit - a.used < ARENA_MAX / 2 || first.len > ARENA_MAX);
    }
    hf_arena_done(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int rule = HF_RULE_CREATE; rule <= HF_RULE_ANSWER; rule++) {
        struct hf_content c;
        const char *fault;
        struct hf_arena a;

        hf_arena_init(&a, ARENA_MAX);
        if (hf_content_read_json(hf_bytes_of(data, size), 0, (enum hf_content_rule)rule, &a, &c,
                                 &fault)
            == HF_OK)
            write_and_read(&c, (enum hf_content_rule)rule);
        else
            expect(fault != NULL);
        hf_arena_done(&a);
    }
    return 0;
}
