#include "core/policy/targets.h"

#include "support/hf_test.h"

#define SELF "//sp.example.com/CSE1"

static const struct hf_bytes mafs[] = {
    {(const uint8_t *)"maf.example.com", 15}
};

static hf_status judge(unsigned suid, bool is_exported, size_t count, const char *first,
                       const char *second)
{
    struct hf_bytes targets[HF_TARGETS_MAX + 1];
    const char *reason = NULL;
    hf_status st;

    for (size_t i = 0; i < HF_COUNT(targets); i++)
        targets[i] = hf_text(i == 1 ? second : first);
    st = hf_policy_targets(
        &(struct hf_target_question){
            .targets = {targets, count},
            .mafs = {mafs,    1    },
            .source = HF_LITERAL(SELF),
            .suid = suid,
            .is_exported = is_exported
    },
        &reason);
    assert_true((st == HF_OK) == (reason == NULL));
    return st;
}

HF_TEST(an_association_has_exactly_one_target_which_is_a_cse_or_ae)
{
    assert_ok(judge(32, true, 1, "//sp.example.com/in-cse", NULL));
    assert_ok(judge(22, true, 1, "//sp.example.com/in-cse", NULL));
    assert_ok(judge(33, false, 1, "//sp.example.com/S77", NULL));
    assert_status(judge(32, true, 0, NULL, NULL), HF_ERR_MALFORMED);
    assert_status(judge(32, false, 2, "//sp.example.com/in-cse", "//sp.example.com/CSE9"),
                  HF_ERR_MALFORMED);
    assert_status(judge(32, true, 1, "/in-cse", NULL), HF_ERR_MALFORMED);
    assert_status(judge(32, true, 1, "//maf.example.com", NULL), HF_ERR_MALFORMED);
    assert_status(judge(32, true, 1, "", NULL), HF_ERR_MALFORMED);
}

HF_TEST(a_given_esdata_key_has_many_targets_and_an_exported_one_has_one)
{
    assert_ok(judge(34, false, 2, "//sp.example.com/in-cse", "//sp.example.com/CSE9"));
    assert_ok(judge(35, false, HF_TARGETS_MAX, "//sp.example.com/in-cse", "//sp.example.com/C2"));
    assert_status(judge(34, true, 2, "//sp.example.com/in-cse", "//sp.example.com/CSE9"),
                  HF_ERR_MALFORMED);
    assert_status(
        judge(34, false, HF_TARGETS_MAX + 1, "//sp.example.com/in-cse", "//sp.example.com/C2"),
        HF_ERR_LIMIT);
    assert_status(judge(34, false, 2, "//sp.example.com/in-cse", "bad"), HF_ERR_MALFORMED);
}

HF_TEST(ch_5_nobody_is_its_own_target)
{
    assert_status(judge(32, true, 1, SELF, NULL), HF_ERR_MALFORMED);
    assert_status(judge(34, false, 2, "//sp.example.com/in-cse", SELF), HF_ERR_MALFORMED);
}

HF_TEST(km_15_a_master_credential_is_for_one_of_our_mafs)
{
    assert_ok(judge(21, true, 1, "//maf.example.com", NULL));
    assert_ok(judge(21, false, 1, "//MAF.example.com", NULL));
    assert_status(judge(21, true, 1, "//maf2.example.com", NULL), HF_ERR_DENIED);
    assert_status(judge(21, true, 1, "maf.example.com", NULL), HF_ERR_DENIED);
    assert_status(judge(21, true, 1, "//sp.example.com/in-cse", NULL), HF_ERR_DENIED);
    assert_status(judge(21, false, 2, "//maf.example.com", "//maf.example.com"), HF_ERR_MALFORMED);
}

HF_TEST(a_function_is_known_by_its_fqdn_alone)
{
    struct hf_list list = {mafs, 1};

    assert_true(hf_policy_is_function(list, HF_LITERAL("//maf.example.com")));
    assert_false(hf_policy_is_function(list, HF_LITERAL("//maf.example.com/CSE1")));
    assert_false(hf_policy_is_function(list, HF_LITERAL("maf.example.com")));
    assert_false(hf_policy_is_function(list, HF_LITERAL("//maf.example.org")));
    assert_false(hf_policy_is_function((struct hf_list){0}, HF_LITERAL("//maf.example.com")));
}
