#include "core/certificate/trust.h"

#include <string.h>

#include "support/hf_test.h"
#include "support/judging.h"

static struct hf_bytes crl_by(const struct test_authority *signer, uint64_t number)
{
    struct hf_bytes pem;

    assert_ok(hf_x509_issue_crl(signer->pem, signer->key, NULL, 0, number, CHAIN_T0_S,
                                CHAIN_T0_S + CHAIN_DAY_S, &judging.arena, &pem));
    return pem;
}

static struct hf_bytes joined(struct hf_bytes a, struct hf_bytes b)
{
    uint8_t *room = hf_arena_take(&judging.arena, a.len + b.len, 1);

    assert_non_null(room);
    memcpy(room, a.at, a.len);
    memcpy(room + a.len, b.at, b.len);
    return hf_bytes_of(room, a.len + b.len);
}

static struct test_authority another(const char *name)
{
    struct hf_x509_order o = test_authority_order(name);

    return test_authority(&judging.arena, &o, NULL);
}

HF_TEST(numbers_of_revocation_lists_never_fall)
{
    judging_begin();
    assert_ok(hf_trust_add_crl(judging.trust, crl_by(&judging.root, 5)));
    assert_ok(hf_trust_add_crl(judging.trust, crl_by(&judging.root, 5)));
    assert_status(hf_trust_add_crl(judging.trust, crl_by(&judging.root, 4)), HF_ERR_CONFLICT);
    assert_ok(hf_trust_add_crl(judging.trust, crl_by(&judging.root, 6)));
    assert_int_equal(judging.trust->crl_count, 1);
    assert_true(judging.trust->crls[0].facts.number == 6);
    judging_end();
}

HF_TEST(a_list_by_a_stranger_is_refused_even_under_a_known_name)
{
    struct test_authority stranger, other;

    judging_begin();
    stranger = another("root");
    other = another("other");
    assert_status(hf_trust_add_crl(judging.trust, crl_by(&stranger, 1)), HF_ERR_CRYPTO);
    assert_status(hf_trust_add_crl(judging.trust, crl_by(&other, 1)), HF_ERR_CRYPTO);
    assert_int_equal(judging.trust->crl_count, 0);
    judging_end();
}

HF_TEST(one_file_may_hold_the_lists_of_several_authorities)
{
    struct test_authority other;
    struct hf_bytes both;

    judging_begin();
    other = another("other");
    both = joined(crl_by(&judging.root, 1), crl_by(&other, 9));
    assert_status(hf_trust_add_crl(judging.trust, both), HF_ERR_CRYPTO);
    assert_int_equal(judging.trust->crl_count, 1); /* the one before it is in */
    assert_ok(hf_trust_add_anchors(judging.trust, HF_ANCHORS_ENTITY, other.pem));
    assert_ok(hf_trust_add_crl(judging.trust, both));
    assert_int_equal(judging.trust->crl_count, 2);
    judging_end();
}

HF_TEST(text_may_stand_before_and_between_the_lists_of_a_file)
{
    struct test_authority other;
    struct hf_bytes file = HF_LITERAL("Certificate Revocation List (CRL):\n");

    judging_begin();
    other = another("other");
    assert_ok(hf_trust_add_anchors(judging.trust, HF_ANCHORS_ENTITY, other.pem));
    file = joined(file, crl_by(&judging.root, 1));
    file = joined(file, HF_LITERAL("the next:\n"));
    file = joined(file, crl_by(&other, 9));
    assert_ok(hf_trust_add_crl(judging.trust, file));
    assert_int_equal(judging.trust->crl_count, 2);
    judging_end();
}

HF_TEST(a_text_that_is_no_list_is_refused)
{
    struct hf_bytes pem, cut;

    judging_begin();
    pem = crl_by(&judging.root, 1);
    assert_status(hf_trust_add_crl(judging.trust, (struct hf_bytes){NULL, 0}), HF_ERR_MALFORMED);
    assert_status(hf_trust_add_crl(judging.trust, HF_LITERAL("-")), HF_ERR_MALFORMED);
    assert_status(hf_trust_add_crl(judging.trust, judging.root.pem), HF_ERR_MALFORMED);
    for (size_t len = 0; len + 1 < pem.len; len += 7) {
        cut = hf_bytes_first(pem, len);
        assert_status(hf_trust_add_crl(judging.trust, cut), HF_ERR_MALFORMED);
    }
    assert_int_equal(judging.trust->crl_count, 0);
    judging_end();
}

HF_TEST(several_anchors_come_from_one_file_all_or_none)
{
    struct test_authority one, two;
    struct hf_x509_order o = test_order("leaf");
    struct hf_bytes both;
    size_t before;

    judging_begin();
    before = judging.trust->by_use[HF_ANCHORS_DEVICE].count;
    one = another("one");
    two = test_authority(&judging.arena, &o, &one);
    both = joined(one.pem, two.pem);
    assert_status(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, both), HF_ERR_MALFORMED);
    assert_int_equal(judging.trust->by_use[HF_ANCHORS_DEVICE].count, before);
    two = another("two");
    assert_ok(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, joined(one.pem, two.pem)));
    assert_int_equal(judging.trust->by_use[HF_ANCHORS_DEVICE].count, before + 2);
    judging_end();
}

HF_TEST(sixty_four_anchors_of_one_use_are_the_most)
{
    judging_begin();
    for (size_t i = judging.trust->by_use[HF_ANCHORS_DEVICE].count; i < HF_ANCHORS_MAX; i++)
        assert_ok(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, judging.root.pem));
    assert_status(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, judging.root.pem),
                  HF_ERR_LIMIT);
    judging_end();
}

HF_TEST(no_trust_is_freed_without_harm)
{
    hf_trust_free(NULL);
}
