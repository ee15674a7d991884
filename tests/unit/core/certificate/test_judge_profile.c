/* The profile of TS-0003, 10.1.1, and RFC 5280: what a certificate and a path must be like. Files
 * are from tests/vectors/certificates/make.sh. */
#include "core/certificate/judge.h"

#include <stdio.h>
#include <string.h>

#include "core/certificate/certificate.h"
#include "crypto/p256.h"
#include "support/hf_test.h"
#include "support/judging.h"

enum { FILE_MAX = 8192, PATH_ROOM = 128 };

#define JUDGED_IN_2033_S UINT64_C(2000000000)

static const char *const no_curve =
    "The key is not an uncompressed point of the named curve P-256.";
static const char *const no_hash = "The signature is not ECDSA with SHA-256.";
static const char *const no_authority =
    "An intermediate is no certificate authority of the profile.";

static struct hf_bytes read_vector(const char *name)
{
    uint8_t room[FILE_MAX];
    char path[PATH_ROOM];
    struct hf_bytes text;
    FILE *f;

    snprintf(path, sizeof path, "tests/vectors/certificates/%s.pem", name);
    f = fopen(path, "rb");
    assert_non_null(f);
    text = hf_bytes_of(room, fread(room, 1, sizeof room, f));
    fclose(f);
    assert_ok(hf_arena_copy(&judging.arena, text, &text));
    return text;
}

static void begin_with_vectors(void)
{
    judging_begin();
    for (int use = 0; use < HF_ANCHORS_COUNT; use++)
        assert_ok(
            hf_trust_add_anchors(judging.trust, (enum hf_anchor_use)use, read_vector("root")));
}

static struct test_chain vector_chain(const char *leaf, const char *between)
{
    struct test_chain c = {.count = 0};

    c.der[c.count++] = test_der(&judging.arena, read_vector(leaf));
    if (between != NULL)
        c.der[c.count++] = test_der(&judging.arena, read_vector(between));
    return c;
}

HF_TEST(keys_and_hashes_of_another_kind_are_refused)
{
    static const struct {
        const char *leaf, *between, *const *reason;
    } cases[] = {
        {"p384",       NULL,           &no_curve    },
        {"p521",       NULL,           &no_curve    },
        {"secp256k1",  NULL,           &no_curve    },
        {"brainpool",  NULL,           &no_curve    },
        {"explicit",   NULL,           &no_curve    },
        {"compressed", NULL,           &no_curve    },
        {"rsa",        NULL,           &no_curve    },
        {"rsa1024",    NULL,           &no_curve    },
        {"ed25519",    NULL,           &no_curve    },
        {"sha1",       NULL,           &no_hash     },
        {"sha384",     NULL,           &no_hash     },
        {"sha512",     NULL,           &no_hash     },
        {"by_rsa",     NULL,           &no_hash     },
        {"below_rsa",  "between_rsa",  &no_hash     },
        {"below_sha1", "between_sha1", &no_authority},
        {"below_p384", "between_p384", &no_authority},
    };
    struct test_chain c;
    struct hf_judge_question q;
    struct hf_verdict v;

    begin_with_vectors();
    c = vector_chain("good", NULL);
    q = question(&c);
    q.now_s = JUDGED_IN_2033_S;
    assert_ok(hf_certificate_judge(&q, &judging.arena, &v));
    assert_int_equal(v.type, HF_CREDENTIAL_FQDN_CERT);
    for (size_t i = 0; i < HF_COUNT(cases); i++) {
        c = vector_chain(cases[i].leaf, cases[i].between);
        q = question(&c);
        q.now_s = JUDGED_IN_2033_S;
        assert_refused(&q, HF_ERR_MALFORMED, *cases[i].reason);
    }
    judging_end();
}

HF_TEST(anchors_of_another_kind_are_refused)
{
    struct hf_x509_order o = test_order("no authority");
    struct test_authority leaf;

    judging_begin();
    leaf = test_authority(&judging.arena, &o, NULL);
    assert_status(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, read_vector("rsa_root")),
                  HF_ERR_MALFORMED);
    assert_status(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, read_vector("p384_root")),
                  HF_ERR_MALFORMED);
    assert_status(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, leaf.pem),
                  HF_ERR_MALFORMED);
    o.is_ca = o.without_key_usage = true;
    leaf = test_authority(&judging.arena, &o, NULL);
    assert_status(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, leaf.pem),
                  HF_ERR_MALFORMED);
    judging_end();
}

HF_TEST(lists_of_another_kind_are_refused)
{
    begin_with_vectors();
    assert_ok(hf_trust_add_crl(judging.trust, read_vector("crl_good")));
    assert_status(hf_trust_add_crl(judging.trust, read_vector("crl_sha384")), HF_ERR_CRYPTO);
    assert_status(hf_trust_add_crl(judging.trust, read_vector("crl_partial")), HF_ERR_MALFORMED);
    assert_status(hf_trust_add_crl(judging.trust, read_vector("crl_delta")), HF_ERR_MALFORMED);
    assert_status(hf_trust_add_crl(judging.trust, read_vector("crl_unnumbered")), HF_ERR_MALFORMED);
    judging_end();
}

HF_TEST(a_leaf_must_be_a_leaf_that_signs_data)
{
    struct hf_x509_order o = sample_order(&samples[0]);
    static const uint8_t constraints[] = {0x30, 0x07, 0xa0, 0x05, 0x30, 0x03, 0x82, 0x01, 'a'};

    judging_begin();
    o.is_ca = true;
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "The certificate is an authority's own.");
    o.without_key_usage = true;
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "The certificate is an authority's own.");
    o.is_ca = false;
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "keyUsage does not allow digitalSignature.");
    o.without_key_usage = false;
    o.extra_critical_oid = "1.2.3.4";
    assert_leaf_refused(&o, HF_ERR_MALFORMED,
                        "The certificate has a critical extension we do not know.");
    o.extra_critical_oid = "2.5.29.32"; /* certificatePolicies: we process no policies */
    assert_leaf_refused(&o, HF_ERR_MALFORMED,
                        "The certificate has a critical extension we do not know.");
    o.extra_critical_oid = "2.5.29.17"; /* a second subjectAltName */
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "A certificate of the chain cannot be read.");
    o.extra_critical_oid = NULL;
    o.raw_name_constraints = hf_bytes_of(constraints, sizeof constraints);
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "Only an authority may have nameConstraints.");
    judging_end();
}

/* A chain of `depth` intermediates below the root, nearest to the leaf first. */
static struct test_chain deep_chain(const struct hf_x509_order *between, size_t depth)
{
    struct hf_x509_order o = sample_order(&samples[0]);
    struct test_authority made[CHAIN_ROOM];
    const struct test_authority *above = &judging.root;
    struct test_chain c;

    for (size_t i = 0; i < depth; i++) {
        made[i] = test_authority(&judging.arena, &between[i], above);
        above = &made[i];
    }
    c = test_chain(&judging.arena, &o, above);
    for (size_t i = depth; i-- > 0;)
        test_chain_add(&c, &judging.arena, &made[i]);
    return c;
}

HF_TEST(a_chain_has_at_most_four_certificates)
{
    struct hf_x509_order between[4];
    struct hf_judge_question q;

    judging_begin();
    for (size_t i = 0; i < HF_COUNT(between); i++)
        between[i] = test_authority_order((const char *[]){"a", "b", "c", "d"}[i]);
    for (size_t depth = 0; depth <= HF_COUNT(between); depth++) {
        struct test_chain c = deep_chain(between, depth);

        q = question(&c);
        if (depth < HF_COUNT(between))
            assert_judged(&q, samples[0].type, samples[0].value);
        else
            assert_refused(&q, HF_ERR_MALFORMED, "The chain has more than four certificates.");
    }
    judging_end();
}

HF_TEST(no_chain_and_chains_that_are_too_long_are_refused_unread)
{
    static const uint8_t big[32 * 1024 + 1];
    struct test_chain c = {.count = 0};
    struct hf_judge_question q;

    judging_begin();
    q = question(&c);
    assert_refused(&q, HF_ERR_MALFORMED, "There is no certificate.");
    c.der[0] = hf_bytes_of(big, sizeof big);
    q.count = 1;
    assert_refused(&q, HF_ERR_MALFORMED, "The chain is longer than 32 KiB.");
    c.der[0].len = 16 * 1024 + 1;
    assert_refused(&q, HF_ERR_MALFORMED, "A certificate is longer than 16 KiB.");
    c.der[0].len--;
    assert_refused(&q, HF_ERR_MALFORMED, "A certificate of the chain cannot be read.");
    judging_end();
}

HF_TEST(an_intermediate_must_be_an_authority)
{
    struct hf_x509_order between[2] = {test_authority_order("a"), test_authority_order("b")};
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    for (int i = 0; i < 3; i++) {
        between[0] = test_authority_order("a");
        between[0].is_ca = i != 0;
        between[0].without_key_usage = i == 1;
        between[0].extra_critical_oid = i == 2 ? "1.2.3.4" : NULL;
        c = deep_chain(between, 1);
        q = question(&c);
        assert_refused(&q, HF_ERR_MALFORMED, no_authority);
        c = deep_chain(between, 2);
        q = question(&c);
        assert_refused(&q, HF_ERR_MALFORMED, no_authority);
    }
    judging_end();
}

HF_TEST(path_length_counts_the_intermediates_below)
{
    struct hf_x509_order root = test_authority_order("root");
    struct hf_x509_order between[2] = {test_authority_order("a"), test_authority_order("b")};
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    between[0].limits_path = true;
    c = deep_chain(between, 1);
    q = question(&c);
    assert_judged(&q, samples[0].type, samples[0].value);
    c = deep_chain(between, 2);
    q = question(&c);
    assert_refused(&q, HF_ERR_CRYPTO,
                   "There are more intermediates than an authority above allows.");
    between[0].path_length = 1;
    c = deep_chain(between, 2);
    q = question(&c);
    assert_judged(&q, samples[0].type, samples[0].value);
    judging_end();

    root.limits_path = true;
    judging_begin_with(&root);
    c = deep_chain(between, 0);
    q = question(&c);
    assert_judged(&q, samples[0].type, samples[0].value);
    c = deep_chain(between, 1);
    q = question(&c);
    assert_refused(&q, HF_ERR_CRYPTO, "There are more intermediates than the trust anchor allows.");
    judging_end();
}

HF_TEST(what_follows_the_anchored_certificate_is_not_looked_at)
{
    struct hf_x509_order o = sample_order(&samples[0]);
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    c = test_chain(&judging.arena, &o, &judging.root);
    test_chain_add(&c, &judging.arena, &judging.root);
    c.der[c.count++] = HF_LITERAL("no certificate");
    q = question(&c);
    assert_judged(&q, samples[0].type, samples[0].value);
    judging_end();
}

HF_TEST(a_stranger_with_the_name_of_an_authority_signs_for_nobody)
{
    struct hf_x509_order same = test_authority_order("root"), o = sample_order(&samples[0]);
    struct test_authority stranger;
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    stranger = test_authority(&judging.arena, &same, NULL);
    c = test_chain(&judging.arena, &o, &stranger);
    q = question(&c);
    assert_refused(&q, HF_ERR_CRYPTO, "The chain ends at no authority we trust for this flavour.");
    test_chain_add(&c, &judging.arena, &stranger);
    q = question(&c);
    assert_refused(&q, HF_ERR_CRYPTO, "The chain ends at no authority we trust for this flavour.");
    /* An authority that changed its key under one name is two anchors. */
    assert_ok(hf_trust_add_anchors(judging.trust, HF_ANCHORS_DEVICE, stranger.pem));
    assert_judged(&q, samples[0].type, samples[0].value);
    judging_end();
}

HF_TEST(a_chain_in_another_order_or_with_a_gap_is_refused)
{
    static const char *const gap = "No authority we trust for this flavour, and no next "
                                   "certificate of the chain, issued it.";
    struct hf_x509_order between[2] = {test_authority_order("a"), test_authority_order("b")};
    struct test_chain c, swapped;
    struct hf_judge_question q;

    judging_begin();
    c = deep_chain(between, 2);
    swapped = c;
    swapped.der[1] = c.der[2];
    swapped.der[2] = c.der[1];
    q = question(&swapped);
    assert_refused(&q, HF_ERR_CRYPTO, gap);
    swapped.count = 2;
    q = question(&swapped);
    assert_refused(&q, HF_ERR_CRYPTO, gap);
    c.count = 2;
    q = question(&c);
    assert_refused(&q, HF_ERR_CRYPTO, "The chain ends at no authority we trust for this flavour.");
    judging_end();
}

HF_TEST(one_changed_bit_anywhere_in_a_leaf_is_refused)
{
    struct hf_x509_order o = sample_order(&samples[0]);
    struct test_chain c;
    uint8_t *der;

    judging_begin();
    c = test_chain(&judging.arena, &o, &judging.root);
    der = hf_arena_take(&judging.arena, c.der[0].len, 1);
    assert_non_null(der);
    memcpy(der, c.der[0].at, c.der[0].len);
    c.der[0].at = der;
    for (size_t i = 0; i < c.der[0].len; i++) {
        struct hf_judge_question q = question(&c);
        struct hf_verdict v;

        der[i] ^= 1;
        assert_int_not_equal(hf_certificate_judge(&q, &judging.arena, &v), HF_OK);
        der[i] ^= 1;
        q.chain = &(struct hf_bytes){der, i};
        assert_int_not_equal(hf_certificate_judge(&q, &judging.arena, &v), HF_OK);
    }
    judging_end();
}

HF_TEST(an_intermediate_of_the_right_name_and_another_key_is_refused)
{
    struct hf_x509_order between = test_authority_order("a"), o = sample_order(&samples[0]);
    struct test_authority right, wrong;
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    right = test_authority(&judging.arena, &between, &judging.root);
    wrong = test_authority(&judging.arena, &between, &judging.root);
    c = test_chain(&judging.arena, &o, &right);
    test_chain_add(&c, &judging.arena, &wrong);
    q = question(&c);
    assert_refused(&q, HF_ERR_CRYPTO, "A signature in the chain is wrong.");
    judging_end();
}

HF_TEST(an_intermediate_whose_point_is_off_the_curve_is_refused)
{
    struct hf_x509_order between = test_authority_order("a"), o = sample_order(&samples[0]);
    struct test_authority above;
    struct hf_certificate read;
    struct hf_judge_question q;
    struct test_chain c;

    judging_begin();
    above = test_authority(&judging.arena, &between, &judging.root);
    c = test_chain(&judging.arena, &o, &above);
    test_chain_add(&c, &judging.arena, &above);
    q = question(&c);
    assert_judged(&q, samples[0].type, samples[0].value);
    assert_ok(hf_certificate_read(c.der[1], &read));
    ((uint8_t *)read.point.at)[HF_P256_POINT_LEN - 1] ^= 1; /* in the test's own arena */
    assert_refused(&q, HF_ERR_MALFORMED, "An intermediate has a key that is none.");
    judging_end();
}
