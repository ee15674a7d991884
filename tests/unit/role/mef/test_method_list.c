#include "role/mef/method_list.h"

#include "support/hf_test.h"

#define CERTIFICATE                                                                                \
    {                                                                                              \
        (const uint8_t *)"certificate", 11                                                         \
    }
#define PSK                                                                                        \
    {                                                                                              \
        (const uint8_t *)"psk", 3                                                                  \
    }
#define SIM                                                                                        \
    {                                                                                              \
        (const uint8_t *)"sim", 3                                                                  \
    }

static const struct hf_mef_method offered[] = {
    {CERTIFICATE, 1},
    {PSK,         2}
};
static const struct hf_bytes both[] = {CERTIFICATE, PSK}, reversed[] = {PSK, CERTIFICATE},
                             psk[] = {PSK}, three[] = {CERTIFICATE, PSK, SIM}, sim[] = {SIM};

static bool is_accepted(enum hf_proof used, const struct hf_bytes *able, size_t able_count,
                        const struct hf_bytes *seen, size_t seen_count)
{
    struct hf_content c = {
        .nmth = {able, able_count},
          .smth = {seen, seen_count}
    };
    struct hf_policy_answer a;

    c.has = (able == NULL ? 0 : 1u << HF_A_NMTH) | (seen == NULL ? 0 : 1u << HF_A_SMTH);
    a = hf_method_list_judge(offered, HF_COUNT(offered), used, &c);
    if (a.rsc == HF_RSC_OK)
        return true;
    assert_int_equal(a.rsc, HF_RSC_NO_PRIVILEGE);
    assert_true(a.close);
    assert_non_null(a.reason);
    return false;
}

HF_TEST(ch_11_the_list_that_the_node_saw_is_ours_in_our_order)
{
    assert_true(is_accepted(HF_PROOF_CERTIFICATE, both, 2, both, 2));
    assert_true(is_accepted(HF_PROOF_PSK, psk, 1, both, 2));
    assert_false(is_accepted(HF_PROOF_PSK, psk, 1, psk, 1));
    assert_false(is_accepted(HF_PROOF_PSK, psk, 1, reversed, 2));
    assert_false(is_accepted(HF_PROOF_CERTIFICATE, both, 2, three, 3));
    assert_false(is_accepted(HF_PROOF_PSK, NULL, 0, psk, 1));
    assert_false(is_accepted(HF_PROOF_PSK, psk, 1, both, 0));
}

HF_TEST(ch_11_the_method_in_use_is_the_best_that_both_can_do)
{
    assert_false(is_accepted(HF_PROOF_PSK, both, 2, both, 2));
    assert_false(is_accepted(HF_PROOF_PSK, reversed, 2, both, 2)); /* our order counts */
    assert_false(is_accepted(HF_PROOF_PSK, both, 2, NULL, 0));
    assert_true(is_accepted(HF_PROOF_CERTIFICATE, reversed, 2, both, 2));
    assert_true(is_accepted(HF_PROOF_PSK, sim, 1, both, 2));
}

HF_TEST(a_node_that_did_not_negotiate_is_not_held_to_it)
{
    assert_true(is_accepted(HF_PROOF_PSK, NULL, 0, NULL, 0));
    assert_true(is_accepted(HF_PROOF_CERTIFICATE, NULL, 0, NULL, 0));
}
