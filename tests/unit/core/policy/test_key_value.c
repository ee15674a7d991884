#include "core/policy/key_value.h"

#include "support/hf_test.h"

static hf_status judge(const char *octets, size_t len, unsigned suid)
{
    struct hf_secret value = {0};
    const char *reason = NULL;
    hf_status st;

    assert_ok(hf_secret_set(&value, hf_bytes_of(octets, len)));
    st = hf_policy_key_value(&value, suid, &reason);
    assert_true((st == HF_OK) == (reason == NULL));
    return st;
}

static const char good[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

HF_TEST(km_6_a_key_value_has_16_to_64_octets_and_an_associations_has_32)
{
    assert_status(judge(good, 0, 33), HF_ERR_MALFORMED);
    assert_status(judge(good, 15, 33), HF_ERR_MALFORMED);
    assert_ok(judge(good, 16, 33));
    assert_ok(judge(good, 64, 35));
    assert_ok(judge(good, 32, 32));
    assert_status(judge(good, 31, 32), HF_ERR_MALFORMED);
    assert_status(judge(good, 33, 32), HF_ERR_MALFORMED);
}

HF_TEST(km_6_a_key_value_of_few_different_octets_is_weak)
{
    static const char zeros[32], abc[] = "abcabcabcabcabcabcabcabcabcabcab";

    assert_status(judge(zeros, 32, 32), HF_ERR_DENIED);
    assert_status(judge("AAAAAAAAAAAAAAAA", 16, 34), HF_ERR_DENIED);
    assert_status(judge(abc, 32, 32), HF_ERR_DENIED);
    assert_ok(judge("abcdabcdabcdabcd", 16, 34));
}
