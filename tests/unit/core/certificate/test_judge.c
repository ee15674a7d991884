#include "core/certificate/judge.h"

#include "base/memory.h"
#include "support/hf_test.h"
#include "support/judging.h"

enum { ROLES = 5 };

/* The AE-ID needs a constraining authority; the URN cannot have one with a URI constraint. */
static struct test_authority issuer_of(const struct sample *s)
{
    struct hf_x509_order o = test_authority_order("issuer");

    if (s->type == HF_CREDENTIAL_AE_CERT)
        o.permitted_uri_host = "sp.example.com";
    return test_authority(&judging.arena, &o, &judging.root);
}

static struct test_chain sample_chain(const struct sample *s)
{
    struct test_authority issuer = issuer_of(s);
    struct hf_x509_order o = sample_order(s);
    struct test_chain c = test_chain(&judging.arena, &o, &issuer);

    test_chain_add(&c, &judging.arena, &issuer);
    return c;
}

HF_TEST(every_flavour_is_accepted_in_its_own_role_and_refused_in_every_other)
{
    judging_begin();
    for (size_t i = 0; i < HF_COUNT(samples); i++) {
        struct test_chain c = sample_chain(&samples[i]);
        struct hf_judge_question q = question(&c);
        struct hf_verdict v;

        assert_judged(&q, samples[i].type, samples[i].value);
        for (size_t role = 0; role < ROLES; role++) {
            q.accepted = hf_flavour_bit(samples[role].type);
            if (role == i)
                assert_judged(&q, samples[i].type, samples[i].value);
            else
                assert_status(hf_certificate_judge(&q, &judging.arena, &v), HF_ERR_DENIED);
        }
        q.accepted = ALL_FLAVOURS & ~hf_flavour_bit(samples[i].type);
        assert_status(hf_certificate_judge(&q, &judging.arena, &v), HF_ERR_DENIED);
    }
    judging_end();
}

HF_TEST(anchors_vouch_for_the_flavours_of_their_use_only)
{
    judging_begin();
    for (size_t i = 0; i < HF_COUNT(samples); i++)
        for (int use = 0; use < HF_ANCHORS_COUNT; use++) {
            struct test_chain c = sample_chain(&samples[i]);
            struct hf_judge_question q = question(&c);
            struct hf_trust *one;

            assert_ok(hf_trust_new(&one));
            assert_ok(hf_trust_add_anchors(one, (enum hf_anchor_use)use, judging.root.pem));
            q.trust = one;
            if ((enum hf_anchor_use)use == samples[i].anchors)
                assert_judged(&q, samples[i].type, samples[i].value);
            else
                assert_refused(&q, HF_ERR_CRYPTO,
                               "The chain ends at no authority we trust for this flavour.");
            hf_trust_free(one);
        }
    judging_end();
}

HF_TEST(an_entity_authority_cannot_make_a_maf)
{
    struct hf_x509_order o = test_order("leaf");
    struct hf_trust *entities;
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    assert_ok(hf_trust_new(&entities));
    assert_ok(hf_trust_add_anchors(entities, HF_ANCHORS_ENTITY, judging.root.pem));
    o.dns_name = "MAF.example.com";
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    q.trust = entities;
    assert_refused(&q, HF_ERR_CRYPTO, "The chain ends at no authority we trust for this flavour.");
    q.accepted = hf_flavour_bit(HF_CREDENTIAL_CSE_CERT);
    assert_refused(&q, HF_ERR_DENIED, "A certificate of this flavour is not accepted here.");
    hf_trust_free(entities);
    judging_end();
}

HF_TEST(a_node_id_comes_as_a_urn_a_registered_id_or_a_permanent_identifier)
{
    struct hf_x509_order o = test_order("leaf");

    judging_begin();
    o.node_id = "0.2.481.1.7.8";
    assert_leaf_judged(&o, HF_CREDENTIAL_NODE_CERT, "0.2.481.1.7.8");
    o.node_id = "pump-17";
    assert_leaf_judged(&o, HF_CREDENTIAL_NODE_CERT, "pump-17");
    o.node_id = "pump 17";
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "The name is no Node-ID.");
    o.node_id = "URN:gsma:imei:1";
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "A URN or an OID stands in a PermanentIdentifier.");
    judging_end();
}

HF_TEST(a_device_is_known_by_all_its_arcs)
{
    struct hf_x509_order o = test_order("leaf");

    judging_begin();
    o.hardware_oid = "0.2.481.1.3";
    assert_leaf_judged(&o, HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.3");
    o.hardware_oid = "0.2.481.1.34";
    assert_leaf_judged(&o, HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.34");
    o.hardware_oid = "0.2.481.1.18446744073709551615.0";
    assert_leaf_judged(&o, HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.18446744073709551615.0");
    judging_end();
}

HF_TEST(an_ae_is_named_by_uri_with_or_without_the_scheme)
{
    static const char *good[][2] = {
        {"onem2m://sp.example.com/CSE1/C9", "//sp.example.com/CSE1/C9"},
        {"//sp.example.com/CSE1/C9",        "//sp.example.com/CSE1/C9"},
        {"//SP.Example.com/CSE1/C9",        "//sp.example.com/CSE1/C9"},
        {"onem2m://sp.example.com/S7",      "//sp.example.com/S7"     },
    };
    static const char *bad[] = {
        "https://sp.example.com/CSE1/C9",
        "onem2m:/sp.example.com/CSE1/C9",
        "onem2m://sp.example.com/CSE1",
        "onem2m://sp.example.com",
        "onem2m://sp.example.com./S7",
        "onem2m://*.example.com/S7",
        "onem2m://user@sp.example.com/S7",
        "onem2m://sp.example.com:80/S7",
        "onem2m://10.0.0.1/S7",
        "onem2m://sp.example.com/S7?x",
        "onem2m://sp.example.com/S7#x",
        "onem2m://sp.example.com/%53",
        "onem2m:onem2m://sp.example.com/S7",
        "/CSE1/C9",
    };
    struct hf_x509_order root_order = test_authority_order("root"), o = test_order("leaf");

    root_order.permitted_uri_host = "sp.example.com";
    judging_begin_with(&root_order);
    for (size_t i = 0; i < HF_COUNT(good); i++) {
        o.uri = good[i][0];
        assert_leaf_judged(&o, HF_CREDENTIAL_AE_CERT, good[i][1]);
    }
    for (size_t i = 0; i < HF_COUNT(bad); i++) {
        o.uri = bad[i];
        assert_leaf_refused(&o, HF_ERR_MALFORMED, "The URI is neither an AE-ID nor a Node-ID.");
    }
    judging_end();
}

HF_TEST(a_cse_is_named_below_its_provider)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    o.dns_name = "in.sp.example.com";
    assert_leaf_judged(&o, HF_CREDENTIAL_CSE_CERT, "//sp.example.com/in");
    o.dns_name = "CSE7.IN.SP.EXAMPLE.COM";
    assert_leaf_judged(&o, HF_CREDENTIAL_CSE_CERT, "//sp.example.com/cse7");
    o.dns_name = "cse7.in.other.com";
    assert_leaf_refused(&o, HF_ERR_DENIED, "The dNSName is no CSE below this provider.");
    o.dns_name = "cse7.sp.example.com";
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    q.in_cse = (struct hf_bytes){NULL, 0};
    assert_judged(&q, HF_CREDENTIAL_CSE_CERT, "//sp.example.com/cse7");
    judging_end();
}

HF_TEST(a_client_knows_the_server_it_called)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    o.dns_name = "mef.example.com";
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    q.accepted = hf_flavour_bit(HF_CREDENTIAL_FQDN_CERT);
    q.infrastructure_count = 0;
    q.expected_fqdn = HF_LITERAL("mef.example.com");
    assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    q.expected_fqdn = HF_LITERAL("MEF.Example.com");
    assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    q.expected_fqdn = HF_LITERAL("maf.example.com");
    assert_refused(&q, HF_ERR_DENIED, "The dNSName is not the FQDN we called.");
    q.expected_fqdn = HF_LITERAL("example.com");
    assert_refused(&q, HF_ERR_DENIED, "The dNSName is not the FQDN we called.");
    q.accepted = ALL_FLAVOURS;
    q.expected_fqdn = HF_LITERAL("other.example.com");
    assert_refused(&q, HF_ERR_DENIED, "The dNSName is not the FQDN we called.");
    judging_end();
}

HF_TEST(a_device_certificate_is_no_answer_to_a_call_by_fqdn)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    o.hardware_oid = SAMPLE_DEVICE_OID;
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    q.expected_fqdn = HF_LITERAL("mef.example.com");
    assert_refused(&q, HF_ERR_DENIED, "The certificate names another than we called.");
    judging_end();
}

HF_TEST(extended_key_usage_counts_where_there_is_one)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    judging_begin();
    o.dns_name = "mef.example.com";
    o.for_server = true;
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    assert_refused(&q, HF_ERR_MALFORMED, "extendedKeyUsage does not allow clientAuth.");
    q.peer_is_server = true;
    assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    o.for_server = false;
    o.for_client = true;
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    q.expected_fqdn = HF_LITERAL("mef.example.com");
    assert_refused(&q, HF_ERR_MALFORMED, "extendedKeyUsage does not allow serverAuth.");
    o.for_server = true;
    c = test_chain(&judging.arena, &o, &judging.root);
    q = question(&c);
    assert_judged(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    judging_end();
}

HF_TEST(every_lack_of_memory_is_survived)
{
    for (size_t s = 0; s < SAMPLES; s++) {
        struct test_chain c;
        struct hf_judge_question q;
        hf_status st = HF_ERR_SYSTEM;

        judging_begin();
        c = sample_chain(&samples[s]);
        q = question(&c);
        for (size_t nth = 1; st != HF_OK; nth++) {
            struct hf_arena a;
            struct hf_verdict v = {0};

            assert_true(nth < 100);
            hf_arena_init(&a, 1 << 16);
            hf_memory_fail_at(nth);
            st = hf_certificate_judge(&q, &a, &v);
            hf_memory_fail_at(0);
            assert_true(st == HF_OK || v.reason != NULL);
            hf_arena_done(&a);
        }
        judging_end();
    }
}
