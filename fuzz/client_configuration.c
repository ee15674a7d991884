/* The MEF client configuration and the method list; what was accepted is written, and reads back.
 */
#include <stdint.h>
#include <stdlib.h>

#include "codec/content.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_MAX = 65536, ROOM_LEN = 65536, OFFERS_MAX = 8 };

/* Not assert, which a release build leaves out. */
static void expect(bool holds)
{
    if (!holds)
        abort();
}

static uint8_t room[ROOM_LEN];

static void try_configuration(struct hf_bytes json, struct hf_arena *a)
{
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_client_configuration c, back;
    struct hf_bytes written;

    if (hf_client_configuration_read(json, a, &c) != HF_OK)
        return;
    expect(hf_client_configuration_write(&c, &w) == HF_OK);
    expect(hf_writer_finish(&w, &written) == HF_OK);
    if (hf_client_configuration_read(written, a, &back) == HF_OK)
        expect(hf_bytes_equal(back.node_id, c.node_id) && back.ae_ids.count == c.ae_ids.count);
    else
        expect(a->used > ARENA_MAX / 4);
}

static void try_methods(struct hf_bytes json, struct hf_arena *a)
{
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_method_offer offers[OFFERS_MAX];
    struct hf_bytes mef, written;
    size_t count = OFFERS_MAX;

    if (hf_method_list_read(json, a, &mef, offers, &count) != HF_OK)
        return;
    expect(hf_method_list_write(mef, offers, count, &w) == HF_OK);
    expect(hf_writer_finish(&w, &written) == HF_OK);
    expect(hf_method_list_read(written, a, &mef, offers, &count) == HF_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hf_arena a;

    hf_arena_init(&a, ARENA_MAX);
    try_configuration(hf_bytes_of(data, size), &a);
    try_methods(hf_bytes_of(data, size), &a);
    hf_arena_done(&a);
    return 0;
}
