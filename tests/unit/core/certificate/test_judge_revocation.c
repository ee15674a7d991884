#include "core/certificate/judge.h"

#include "support/hf_test.h"
#include "support/judging.h"

static void add_crl(const struct test_authority *signer, const struct hf_bytes *serial,
                    size_t count, uint64_t number)
{
    struct hf_bytes pem;

    assert_ok(hf_x509_issue_crl(signer->pem, signer->key, serial, count, number, CHAIN_T0_S,
                                CHAIN_T0_S + CHAIN_DAY_S, &judging.arena, &pem));
    assert_ok(hf_trust_add_crl(judging.trust, pem));
}

HF_TEST(a_revoked_certificate_is_denied_and_its_sister_is_not)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c, sister;
    struct hf_judge_question q;
    struct hf_bytes serial;

    judging_begin();
    o.hardware_oid = SAMPLE_DEVICE_OID;
    c = test_chain(&judging.arena, &o, &judging.root);
    sister = test_chain(&judging.arena, &o, &judging.root);
    add_crl(&judging.root, NULL, 0, 1);
    q = question(&c);
    q.must_have_crl = true;
    assert_judged(&q, HF_CREDENTIAL_DEVICE_CERT, SAMPLE_DEVICE_OID);
    serial = test_serial(c.der[0]);
    add_crl(&judging.root, &serial, 1, 2);
    assert_refused(&q, HF_ERR_DENIED, "The certificate is revoked.");
    q.chain = sister.der;
    assert_judged(&q, HF_CREDENTIAL_DEVICE_CERT, SAMPLE_DEVICE_OID);
    judging_end();
}

HF_TEST(a_revoked_intermediate_denies_all_below_it)
{
    struct hf_x509_order between = test_authority_order("between"), o = test_order("leaf");
    struct test_authority issuer;
    struct test_chain c;
    struct hf_judge_question q;
    struct hf_bytes serial;

    judging_begin();
    issuer = test_authority(&judging.arena, &between, &judging.root);
    o.hardware_oid = SAMPLE_DEVICE_OID;
    c = test_chain(&judging.arena, &o, &issuer);
    test_chain_add(&c, &judging.arena, &issuer);
    q = question(&c);
    add_crl(&judging.root, NULL, 0, 1);
    assert_judged(&q, HF_CREDENTIAL_DEVICE_CERT, SAMPLE_DEVICE_OID);
    q.must_have_crl = true;
    assert_refused(&q, HF_ERR_EXPIRED, "There is no revocation list for an authority in the path.");
    q.must_have_crl = false;
    serial = test_serial(c.der[1]);
    add_crl(&judging.root, &serial, 1, 2);
    assert_refused(&q, HF_ERR_DENIED, "An authority above the certificate is revoked.");
    judging_end();
}

HF_TEST(a_revocation_list_is_good_for_a_day_past_its_next_update)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    o.hardware_oid = SAMPLE_DEVICE_OID;
    c = test_chain(&judging.arena, &o, &judging.root);
    add_crl(&judging.root, NULL, 0, 1);
    q = question(&c);
    q.now_s = CHAIN_T0_S + 2 * CHAIN_DAY_S;
    assert_judged(&q, HF_CREDENTIAL_DEVICE_CERT, SAMPLE_DEVICE_OID);
    q.now_s++;
    assert_refused(&q, HF_ERR_EXPIRED,
                   "The revocation list is more than a day over its nextUpdate.");
    judging_end();
}

HF_TEST(a_list_of_another_authority_says_nothing_about_this_one)
{
    struct hf_x509_order other_order = test_authority_order("other"), o = test_order("leaf");
    struct test_authority other;
    struct test_chain c;
    struct hf_judge_question q;
    struct hf_bytes serial;

    judging_begin();
    other = test_authority(&judging.arena, &other_order, NULL);
    assert_ok(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, other.pem));
    o.hardware_oid = SAMPLE_DEVICE_OID;
    c = test_chain(&judging.arena, &o, &judging.root);
    serial = test_serial(c.der[0]);
    add_crl(&other, &serial, 1, 1);
    q = question(&c);
    assert_judged(&q, HF_CREDENTIAL_DEVICE_CERT, SAMPLE_DEVICE_OID);
    judging_end();
}
