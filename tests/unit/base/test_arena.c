#include "base/arena.h"
#include "base/memory.h"
#include "support/hf_test.h"

HF_TEST(an_arena_gives_zeroed_aligned_memory_up_to_its_limit)
{
    struct hf_arena a;

    hf_arena_init(&a, 4096);
    for (size_t i = 1; i < 20; i++) {
        uint8_t *p = hf_arena_take(&a, i, 1);

        assert_non_null(p);
        assert_int_equal((uintptr_t)p % sizeof(void *), 0);
        for (size_t j = 0; j < i; j++)
            assert_int_equal(p[j], 0);
        p[i - 1] = 0xff;
    }
    assert_null(hf_arena_take(&a, 4096, 1));
    assert_null(hf_arena_take(&a, SIZE_MAX / 2, 4));
    hf_arena_done(&a);
}

HF_TEST(what_does_not_fit_a_chunk_gets_its_own)
{
    struct hf_arena a;

    hf_arena_init(&a, 1 << 20);
    assert_non_null(hf_arena_take(&a, 100000, 1));
    assert_non_null(hf_arena_take(&a, 10, 1));
    hf_arena_done(&a);
}

HF_TEST(without_memory_a_copy_fails_and_says_so)
{
    struct hf_arena a;
    struct hf_bytes out = HF_LITERAL("before");

    hf_arena_init(&a, 4096);
    hf_memory_fail_at(1);
    assert_status(hf_arena_copy(&a, HF_LITERAL("x"), &out), HF_ERR_LIMIT);
    hf_memory_fail_at(0);
    assert_bytes_text(out, "before");
    assert_ok(hf_arena_copy(&a, HF_LITERAL("x"), &out));
    assert_bytes_text(out, "x");
    hf_arena_done(&a);
}
