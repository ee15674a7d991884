#include "core/certificate/judge.h"

#include "support/hf_test.h"
#include "support/judging.h"

HF_TEST(names_inside_the_permitted_subtrees_pass)
{
    struct hf_x509_order o = test_order("leaf");

    judging_begin_constrained();
    o.hardware_oid = SAMPLE_DEVICE_OID;
    assert_leaf_judged(&o, HF_CREDENTIAL_DEVICE_CERT, SAMPLE_DEVICE_OID);
    o.hardware_oid = NULL;
    o.uri = SAMPLE_AE_URI;
    assert_leaf_judged(&o, HF_CREDENTIAL_AE_CERT, "//sp.example.com/CSE1/C190");
    o.uri = NULL;
    o.dns_name = "mef.example.com";
    assert_leaf_judged(&o, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    judging_end();
}

HF_TEST(names_outside_the_permitted_subtrees_are_refused)
{
    static const char *const why = "An authority may not vouch for this name (nameConstraints).";
    struct hf_x509_order o = test_order("leaf");

    judging_begin_constrained();
    judging.infrastructure[0] = HF_LITERAL("mef.badexample.com");
    o.hardware_oid = "0.2.481.1.1003.1";
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    o.hardware_oid = "0.2.481.1.10";
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    o.hardware_oid = NULL;
    o.uri = "onem2m://other.example.com/S7";
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    o.uri = "onem2m://x.sp.example.com/S7";
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    o.uri = NULL;
    o.dns_name = "mef.badexample.com";
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    o.dns_name = NULL;
    /* Another kind of name than any that the authority is limited to (PKI-4). */
    o.node_id = "0.2.481.1.100.1";
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    o.node_id = "urn:gsma:imei:1";
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    o.node_id = "pump-17";
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    judging_end();
}

HF_TEST(an_authority_limited_to_one_kind_of_name_vouches_for_no_other)
{
    static const struct hf_x509_order limits[] = {
        {.permitted_dns = "example.com"},
        {.permitted_uri_host = "sp.example.com"},
        {.permitted_hardware_oid = "0.2.481.1.100"},
    };
    static const int permitted[] = {HF_CREDENTIAL_FQDN_CERT, HF_CREDENTIAL_AE_CERT,
                                    HF_CREDENTIAL_DEVICE_CERT};

    for (size_t i = 0; i < HF_COUNT(limits); i++) {
        struct hf_x509_order o = test_authority_order("root");

        o.permitted_dns = limits[i].permitted_dns;
        o.permitted_uri_host = limits[i].permitted_uri_host;
        o.permitted_hardware_oid = limits[i].permitted_hardware_oid;
        judging_begin_with(&o);
        for (size_t s = 0; s < HF_COUNT(samples); s++) {
            struct hf_x509_order leaf = sample_order(&samples[s]);
            bool is_dns = samples[s].type == HF_CREDENTIAL_CSE_CERT && i == 0;

            if ((int)samples[s].type == permitted[i] || is_dns)
                assert_leaf_judged(&leaf, samples[s].type, samples[s].value);
            else
                assert_leaf_refused(&leaf, HF_ERR_CRYPTO,
                                    "An authority may not vouch for this name (nameConstraints).");
        }
        judging_end();
    }
}

HF_TEST(constraints_of_every_authority_in_the_path_count)
{
    struct hf_x509_order upper = test_authority_order("upper"),
                         lower = test_authority_order("lower");
    struct hf_x509_order leaf = test_order("leaf");
    struct test_authority first, second;
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    judging.infrastructure[0] = HF_LITERAL("mef.a.example.com");
    upper.permitted_dns = "a.example.com";
    lower.permitted_dns = "example.com"; /* wider than its own authority */
    first = test_authority(&judging.arena, &upper, &judging.root);
    second = test_authority(&judging.arena, &lower, &first);
    for (int i = 0; i < 2; i++) {
        leaf.dns_name = i == 0 ? "mef.a.example.com" : "maf.example.com";
        c = test_chain(&judging.arena, &leaf, &second);
        test_chain_add(&c, &judging.arena, &second);
        test_chain_add(&c, &judging.arena, &first);
        q = question(&c);
        if (i == 0)
            assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.a.example.com");
        else
            assert_refused(&q, HF_ERR_CRYPTO,
                           "An authority may not vouch for this name (nameConstraints).");
    }
    judging_end();
}

HF_TEST(an_ae_needs_a_limited_authority_and_others_do_on_request)
{
    static const char *const why = "No authority in the path is limited to names like this one, "
                                   "as its flavour requires (nameConstraints).";
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    o.uri = SAMPLE_AE_URI;
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    o.uri = NULL;
    o.dns_name = "mef.example.com";
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    q.must_be_constrained = hf_flavour_bit(HF_CREDENTIAL_FQDN_CERT);
    assert_refused(&q, HF_ERR_CRYPTO, why);
    judging_end();
    judging_begin_constrained();
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    q.must_be_constrained = hf_flavour_bit(HF_CREDENTIAL_FQDN_CERT);
    assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    judging_end();
}

/* A leaf two below the root, under an authority made by `limit` and then one by `between`. */
static struct test_chain below_limited(const struct hf_x509_order *limit,
                                       const struct hf_x509_order *between)
{
    struct hf_x509_order leaf = test_order("leaf");
    struct test_authority first = test_authority(&judging.arena, limit, &judging.root);
    struct test_authority second = test_authority(&judging.arena, between, &first);
    struct test_chain c;

    leaf.dns_name = "mef.example.com";
    c = test_chain(&judging.arena, &leaf, &second);
    test_chain_add(&c, &judging.arena, &second);
    test_chain_add(&c, &judging.arena, &first);
    return c;
}

HF_TEST(names_of_intermediates_are_held_to_the_constraints_too)
{
    struct hf_x509_order limit = test_authority_order("limited");
    struct hf_x509_order between = test_authority_order("between");
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    limit.permitted_dns = "example.com";
    between.dns_name = "ca.example.com";
    c = below_limited(&limit, &between);
    q = question(&c);
    assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    between.dns_name = "ca.evil.org";
    c = below_limited(&limit, &between);
    q = question(&c);
    assert_refused(&q, HF_ERR_CRYPTO, MAY_NOT_VOUCH);
    between.dns_name = NULL;
    between.raw_alt_names = HF_LITERAL("\x30\x02\x82");
    c = below_limited(&limit, &between);
    q = question(&c);
    assert_refused(&q, HF_ERR_MALFORMED, "An intermediate has names we cannot read.");
    /* An authority that renews its own key is not its own subordinate (RFC 5280, 6.1.3 (b)). */
    between = test_authority_order("limited");
    between.dns_name = "ca.evil.org";
    c = below_limited(&limit, &between);
    q = question(&c);
    assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    judging_end();
}

HF_TEST(constraints_that_cannot_be_read_let_nobody_pass)
{
    struct hf_x509_order limit = test_authority_order("limited");
    struct hf_x509_order between = test_authority_order("between");
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    limit.raw_name_constraints = HF_LITERAL("\x30\x00");
    c = below_limited(&limit, &between);
    q = question(&c);
    assert_refused(&q, HF_ERR_MALFORMED, "An authority has nameConstraints that cannot be read.");
    judging_end();
}

/* permitted: dNSName "example.com", and directoryName CN=`letter` (a UTF8String, as we issue). */
static struct hf_bytes with_directory(uint8_t *room, const char *letter)
{
    static const uint8_t head[] = {0x30, 0x25, 0xa0, 0x23, 0x30, 0x0d, 0x82, 0x0b, 'e',
                                   'x',  'a',  'm',  'p',  'l',  'e',  '.',  'c',  'o',
                                   'm',  0x30, 0x12, 0xa4, 0x10, 0x30, 0x0e, 0x31, 0x0c,
                                   0x30, 0x0a, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x03};

    for (size_t i = 0; i < sizeof head; i++)
        room[i] = head[i];
    for (size_t i = 0; i < 3; i++)
        room[sizeof head + i] = (uint8_t)letter[i];
    return hf_bytes_of(room, sizeof head + 3);
}

HF_TEST(subjects_are_held_to_directory_name_constraints)
{
    struct hf_x509_order root = test_authority_order("root"), leaf = test_order("abc");
    uint8_t room[64];

    leaf.dns_name = "maf.example.com";
    root.raw_name_constraints = with_directory(room, "abc");
    judging_begin_with(&root);
    assert_leaf_judged(&leaf, HF_CREDENTIAL_FQDN_CERT, "maf.example.com");
    leaf.common_name = "abcd";
    assert_leaf_refused(&leaf, HF_ERR_CRYPTO, MAY_NOT_VOUCH);
    leaf.common_name = "abd";
    assert_leaf_refused(&leaf, HF_ERR_CRYPTO, MAY_NOT_VOUCH);
    judging_end();
}
