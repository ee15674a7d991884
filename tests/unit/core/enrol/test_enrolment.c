#include "core/enrol/enrolment.h"

#include "support/hf_test.h"

static struct hf_enrolment sample(void)
{
    static const struct hf_bytes aes[] = {
        {(const uint8_t *)"//sp.example/asn-1/Ca", 21}
    };

    return (struct hf_enrolment){
        .provider = HF_LITERAL("sp.example"),
        .mef_fqdn = HF_LITERAL("mef.sp.example"),
        .cse_id = HF_LITERAL("//sp.example/asn-1"),
        .ae_ids = {aes, HF_COUNT(aes)},
        .expires_s = 1000
    };
}

static enum hf_enrolment_standing judge(const char *provider, const char *mef, uint64_t now_s)
{
    struct hf_enrolment e = sample();

    return hf_enrolment_judge(&e, hf_text(provider), hf_text(mef), now_s);
}

HF_TEST(an_enrolment_is_in_force_until_its_last_second_with_the_same_provider)
{
    assert_int_equal(judge("sp.example", "mef.sp.example", 999), HF_ENROLMENT_CURRENT);
    assert_int_equal(judge("SP.example.", "mef.sp.example", 999), HF_ENROLMENT_CURRENT);
    assert_int_equal(judge("sp.example", "mef.sp.example", 1000), HF_ENROLMENT_EXPIRED);
    assert_int_equal(judge("other.example", "mef.sp.example", 999), HF_ENROLMENT_FOREIGN);
    assert_int_equal(judge("sp.example", "mef.other.example", 999), HF_ENROLMENT_FOREIGN);
    assert_int_equal(hf_enrolment_judge(NULL, HF_LITERAL("sp.example"), HF_LITERAL("m.e"), 0),
                     HF_ENROLMENT_NONE);
}

HF_TEST(a_node_speaks_as_its_cse_else_as_its_first_application)
{
    struct hf_enrolment e = sample();

    assert_bytes_text(hf_enrolment_self(&e), "//sp.example/asn-1");
    e.cse_id = HF_LITERAL("");
    assert_bytes_text(hf_enrolment_self(&e), "//sp.example/asn-1/Ca");
    e.ae_ids.count = 0;
    assert_true(hf_bytes_is_empty(hf_enrolment_self(&e)));
}

HF_TEST(only_its_own_entities_are_the_nodes)
{
    struct hf_enrolment e = sample();

    assert_true(hf_enrolment_has(&e, HF_LITERAL("//sp.example/asn-1")));
    assert_true(hf_enrolment_has(&e, e.ae_ids.at[0]));
    assert_false(hf_enrolment_has(&e, HF_LITERAL("//sp.example/asn-2")));
    e.cse_id = HF_LITERAL("");
    assert_false(hf_enrolment_has(&e, HF_LITERAL("")));
}
