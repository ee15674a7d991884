#include "core/certificate/judge.h"

#include "support/hf_test.h"
#include "support/judging.h"

HF_TEST(a_certificate_holds_from_its_first_to_its_last_second)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    o.not_before_s = CHAIN_T0_S + 100;
    o.not_after_s = CHAIN_T0_S + 200;
    o.hardware_oid = SAMPLE_DEVICE_OID;
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    q.now_s = o.not_before_s - 1;
    assert_refused(&q, HF_ERR_EXPIRED, "The certificate is not valid yet.");
    q.now_s = o.not_after_s + 1;
    assert_refused(&q, HF_ERR_EXPIRED, "The certificate has expired.");
    for (int i = 0; i < 2; i++) {
        struct hf_verdict v;

        q.now_s = i == 0 ? o.not_before_s : o.not_after_s;
        assert_ok(hf_certificate_judge(&q, &judging.arena, &v));
        assert_true(v.expires_s == o.not_after_s);
    }
    judging_end();
}

HF_TEST(an_expired_authority_ends_everything_below_it)
{
    struct hf_x509_order leaf = test_order("leaf"), between = test_authority_order("between");
    struct test_authority issuer;
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    between.not_after_s = CHAIN_T0_S + 50;
    issuer = test_authority(&judging.arena, &between, &judging.root);
    leaf.hardware_oid = SAMPLE_DEVICE_OID;
    c = test_chain(&judging.arena, &leaf, &issuer);
    test_chain_add(&c, &judging.arena, &issuer);
    q = question(&c);
    assert_judged(&q, HF_CREDENTIAL_DEVICE_CERT, SAMPLE_DEVICE_OID);
    q.now_s = CHAIN_T0_S + 51;
    assert_refused(&q, HF_ERR_EXPIRED, "An authority above the certificate has expired.");
    judging_end();
}

HF_TEST(an_expired_or_future_anchor_vouches_for_nobody)
{
    struct hf_x509_order o = test_authority_order("root"), leaf = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    o.not_before_s = CHAIN_T0_S + 10;
    o.not_after_s = CHAIN_T0_S + 20;
    judging_begin_with(&o);
    leaf.hardware_oid = SAMPLE_DEVICE_OID;
    c = test_chain(&judging.arena, &leaf, &judging.root);
    q = question(&c);
    q.now_s = CHAIN_T0_S + 9;
    assert_refused(&q, HF_ERR_EXPIRED, "An authority above the certificate is not valid yet.");
    q.now_s = CHAIN_T0_S + 15;
    assert_judged(&q, HF_CREDENTIAL_DEVICE_CERT, SAMPLE_DEVICE_OID);
    q.now_s = CHAIN_T0_S + 21;
    assert_refused(&q, HF_ERR_EXPIRED, "An authority above the certificate has expired.");
    judging_end();
}
