#include "role/maf/known_ids.h"

#include "base/time.h"
#include "support/hf_test.h"

enum { ROOM = 256, MORE = 1000 };

static const struct hf_hash_key key = {1, 2};

HF_TEST(an_identifier_is_remembered_with_its_status_until_its_time)
{
    struct hf_known_ids *k = hf_known_ids_new(&key, ROOM);
    hf_status st = HF_OK;

    assert_non_null(k);
    assert_false(hf_known_ids_has(k, HF_LITERAL("a"), 0, &st));
    hf_known_ids_add(k, HF_LITERAL("a"), HF_ERR_UNKNOWN, 100);
    assert_true(hf_known_ids_has(k, HF_LITERAL("a"), 99, &st));
    assert_status(st, HF_ERR_UNKNOWN);
    assert_false(hf_known_ids_has(k, HF_LITERAL("a"), 100, &st));
    assert_false(hf_known_ids_has(k, HF_LITERAL("b"), 0, &st));
    hf_known_ids_add(k, HF_LITERAL("a"), HF_ERR_DENIED, HF_NEVER);
    assert_true(hf_known_ids_has(k, HF_LITERAL("a"), UINT64_C(1) << 40, &st));
    assert_status(st, HF_ERR_DENIED);
    hf_known_ids_free(k);
    hf_known_ids_free(NULL);
}

HF_TEST(more_than_there_is_room_for_push_each_other_out_and_are_never_confused)
{
    struct hf_known_ids *k = hf_known_ids_new(&key, ROOM);
    unsigned known = 0;
    hf_status st;

    assert_non_null(k);
    for (unsigned i = 0; i < MORE; i++)
        hf_known_ids_add(k, hf_bytes_of(&i, sizeof i), HF_ERR_UNKNOWN, HF_NEVER);
    for (unsigned i = 0; i < 2 * MORE; i++)
        if (hf_known_ids_has(k, hf_bytes_of(&i, sizeof i), 0, &st)) {
            assert_in_range(i, 0, MORE - 1);
            known++;
        }
    assert_in_range(known, 1, ROOM);
    hf_known_ids_free(k);
}
