#include "cli/operator_seen.h"

#include <stdio.h>

#include "base/memory.h"
#include "support/hf_test.h"

enum { MANY = 20000 };

static uint32_t add(struct hf_seen *s, enum hf_seen_kind kind, const char *text, uint32_t line)
{
    struct hf_bytes value = hf_text(text);
    uint32_t first = UINT32_MAX;

    assert_ok(hf_seen_add(s, kind, &value, 1, line, &first));
    return first;
}

HF_TEST(a_value_is_new_once_and_then_tells_its_line)
{
    struct hf_seen s;

    assert_ok(hf_seen_init(&s));
    assert_int_equal(add(&s, HF_SEEN_KEY, "a", 3), 0);
    assert_int_equal(add(&s, HF_SEEN_KEY, "a", 9), 3);
    assert_int_equal(add(&s, HF_SEEN_KEY, "b", 9), 0);
    hf_seen_done(&s);
}

HF_TEST(kinds_do_not_meet)
{
    struct hf_seen s;

    assert_ok(hf_seen_init(&s));
    assert_int_equal(add(&s, HF_SEEN_KEY, "a", 3), 0);
    assert_int_equal(add(&s, HF_SEEN_NODE, "a", 4), 0);
    hf_seen_done(&s);
}

HF_TEST(pieces_do_not_run_into_each_other)
{
    struct hf_bytes ab_c[] = {HF_LITERAL("ab"), HF_LITERAL("c")};
    struct hf_bytes a_bc[] = {HF_LITERAL("a"), HF_LITERAL("bc")};
    struct hf_seen s;
    uint32_t first;

    assert_ok(hf_seen_init(&s));
    assert_ok(hf_seen_add(&s, HF_SEEN_NODE_FACTS, ab_c, 2, 1, &first));
    assert_ok(hf_seen_add(&s, HF_SEEN_NODE_FACTS, a_bc, 2, 2, &first));
    assert_int_equal(first, 0);
    hf_seen_done(&s);
}

HF_TEST(many_values_survive_growth)
{
    struct hf_seen s;
    char text[16];

    assert_ok(hf_seen_init(&s));
    for (uint32_t i = 1; i <= MANY; i++) {
        snprintf(text, sizeof text, "%u", i);
        assert_int_equal(add(&s, HF_SEEN_ENTITY, text, i), 0);
    }
    for (uint32_t i = 1; i <= MANY; i++) {
        snprintf(text, sizeof text, "%u", i);
        assert_int_equal(add(&s, HF_SEEN_ENTITY, text, MANY + 1), i);
    }
    hf_seen_done(&s);
}

HF_TEST(no_memory_is_a_limit_and_loses_nothing)
{
    struct hf_seen s;
    struct hf_bytes value = HF_LITERAL("a");
    uint32_t first;

    assert_ok(hf_seen_init(&s)); /* one before, for what a thread allocates once */
    assert_int_equal(add(&s, HF_SEEN_KEY, "first", 1), 0);
    hf_seen_done(&s);
    assert_ok(hf_seen_init(&s));
    hf_memory_fail_at(1);
    assert_status(hf_seen_add(&s, HF_SEEN_KEY, &value, 1, 1, &first), HF_ERR_LIMIT);
    hf_memory_fail_at(0);
    assert_int_equal(add(&s, HF_SEEN_KEY, "a", 2), 0);
    hf_seen_done(&s);
}
