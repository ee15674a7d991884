#include "base/secret.h"
#include "support/hf_test.h"

#include <string.h>

HF_TEST(a_secret_keeps_its_octets)
{
    struct hf_secret s = {0};

    assert_ok(hf_secret_set(&s, HF_LITERAL("\x01\x02\x03")));
    assert_secret_hex(&s, "010203");
}

HF_TEST(too_long_is_refused_and_the_secret_is_as_it_was)
{
    static const uint8_t many[HF_SECRET_MAX + 1];
    struct hf_secret s = {0};

    assert_ok(hf_secret_set(&s, HF_LITERAL("\x07")));
    assert_status(hf_secret_set(&s, hf_bytes_of(many, sizeof many)), HF_ERR_LIMIT);
    assert_secret_hex(&s, "07");
}

HF_TEST(a_secret_may_become_a_piece_of_itself)
{
    struct hf_secret s = {0};

    assert_ok(hf_secret_set(&s, HF_LITERAL("\x01\x02\x03\x04")));
    assert_ok(hf_secret_set(&s, hf_bytes_from(hf_secret_reveal(&s), 2)));
    assert_secret_hex(&s, "0304");
}

HF_TEST(two_join_in_order_and_not_past_the_limit)
{
    struct hf_secret a = {0}, b = {0}, out = {0};
    static const uint8_t half[HF_SECRET_MAX / 2 + 1];

    assert_ok(hf_secret_set(&a, HF_LITERAL("\x01")));
    assert_ok(hf_secret_set(&b, HF_LITERAL("\x02\x03")));
    assert_ok(hf_secret_join(&out, &a, &b));
    assert_secret_hex(&out, "010203");
    assert_ok(hf_secret_set(&a, hf_bytes_of(half, sizeof half)));
    assert_ok(hf_secret_set(&b, hf_bytes_of(half, sizeof half)));
    assert_status(hf_secret_join(&out, &a, &b), HF_ERR_LIMIT);
    assert_secret_hex(&out, "010203");
}

HF_TEST(equality_sees_length_and_every_octet)
{
    struct hf_secret a = {0}, b = {0};

    assert_true(hf_secret_equal(&a, &b));
    assert_ok(hf_secret_set(&a, HF_LITERAL("\x01\x02")));
    assert_ok(hf_secret_set(&b, HF_LITERAL("\x01\x03")));
    assert_false(hf_secret_equal(&a, &b));
    assert_ok(hf_secret_set(&b, HF_LITERAL("\x01")));
    assert_false(hf_secret_equal(&a, &b));
    assert_ok(hf_secret_set(&b, HF_LITERAL("\x01\x02")));
    assert_true(hf_secret_equal(&a, &b));
}

HF_TEST(a_wiped_secret_is_all_zero)
{
    static const struct hf_secret zero;
    struct hf_secret s = {0};

    assert_ok(hf_secret_set(&s, HF_LITERAL("key")));
    hf_secret_wipe(&s);
    assert_memory_equal(&s, &zero, sizeof s);
    hf_secret_wipe(NULL);
}
