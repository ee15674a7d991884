#include "core/certificate/judge.h"

#include "base/wire.h"
#include "support/chain.h"
#include "support/hf_test.h"

enum { ARENA_MAX = 4 << 20, ROLES = 5 };

#define ALL_FLAVOURS UINT32_MAX
#define AE_URI       "onem2m://sp.example.com/CSE1/C190"
#define DEVICE_OID   "0.2.481.1.100.3030.10011"

static struct hf_arena arena;
static struct test_authority root;
static struct hf_trust *trust;
static struct hf_bytes infrastructure[2];

/* One root that is trusted for every use, so that only the flavour rules are left to refuse. */
static void begin_with(const struct hf_x509_order *root_order)
{
    hf_arena_init(&arena, ARENA_MAX);
    root = test_authority(&arena, root_order, NULL);
    assert_ok(hf_trust_new(&trust));
    for (int use = 0; use < HF_ANCHORS_COUNT; use++)
        assert_ok(hf_trust_add_anchors(trust, (enum hf_anchor_use)use, root.pem));
    infrastructure[0] = HF_LITERAL("mef.example.com");
    infrastructure[1] = HF_LITERAL("maf.example.com");
}

static struct hf_x509_order ca_order(const char *name)
{
    struct hf_x509_order o = test_order(name);

    o.is_ca = true;
    return o;
}

static void begin(void)
{
    struct hf_x509_order o = ca_order("root");

    begin_with(&o);
}

/* A root limited to the names that the samples below have. */
static void begin_constrained(void)
{
    struct hf_x509_order o = ca_order("root");

    o.permitted_dns = "example.com";
    o.permitted_uri_host = "sp.example.com";
    o.permitted_hardware_oid = "0.2.481.1.100";
    begin_with(&o);
}

static void end(void)
{
    hf_trust_free(trust);
    hf_arena_done(&arena);
}

static struct hf_judge_question question(const struct test_chain *c)
{
    return (struct hf_judge_question){.trust = trust,
                                      .chain = c->der,
                                      .count = c->count,
                                      .now_s = CHAIN_T0_S + 1,
                                      .in_cse = HF_LITERAL("//sp.example.com/IN"),
                                      .accepted = ALL_FLAVOURS,
                                      .infrastructure = infrastructure,
                                      .infrastructure_count = HF_COUNT(infrastructure)};
}

static void assert_accepted(const struct hf_judge_question *q, enum hf_credential_type type,
                            const char *value)
{
    struct hf_verdict v = {.reason = ""};
    hf_status st = hf_certificate_judge(q, &arena, &v);

    if (st != HF_OK)
        print_error("refused: %s\n", v.reason);
    assert_ok(st);
    assert_int_equal(v.type, type);
    assert_bytes_text(v.value, value);
    assert_true(v.expires_s == CHAIN_T0_S + 10 * CHAIN_DAY_S);
    assert_null(v.reason);
}

static void assert_refused(const struct hf_judge_question *q, hf_status expected,
                           const char *reason)
{
    struct hf_verdict v = {.type = HF_CREDENTIAL_RAW_KEY, .expires_s = 7};

    assert_status(hf_certificate_judge(q, &arena, &v), expected);
    assert_string_equal(v.reason, reason);
    assert_true(v.type == HF_CREDENTIAL_RAW_KEY && v.expires_s == 7 && v.value.at == NULL);
}

/* A leaf right below the root is judged, with nothing else about the question changed. */
static void assert_leaf_accepted(const struct hf_x509_order *o, enum hf_credential_type type,
                                 const char *value)
{
    struct test_chain c = test_chain(&arena, o, &root);
    struct hf_judge_question q = question(&c);

    assert_accepted(&q, type, value);
}

static void assert_leaf_refused(const struct hf_x509_order *o, hf_status expected,
                                const char *reason)
{
    struct test_chain c = test_chain(&arena, o, &root);
    struct hf_judge_question q = question(&c);

    assert_refused(&q, expected, reason);
}

/* ---- every flavour in every role ---- */

struct sample {
    enum hf_credential_type type;
    enum hf_anchor_use anchors;
    struct hf_x509_order order;
    const char *value;
};

static const struct sample samples[] = {
    {HF_CREDENTIAL_DEVICE_CERT, HF_ANCHORS_DEVICE, {.hardware_oid = DEVICE_OID},                   DEVICE_OID                  },
    {HF_CREDENTIAL_CSE_CERT,
     HF_ANCHORS_ENTITY,                            {.dns_name = "cse1.in.sp.example.com"},
     "//sp.example.com/cse1"                                                                                                   },
    {HF_CREDENTIAL_AE_CERT,     HF_ANCHORS_ENTITY, {.uri = AE_URI},                                "//sp.example.com/CSE1/C190"},
    {HF_CREDENTIAL_NODE_CERT,
     HF_ANCHORS_DEVICE,                            {.node_id = "urn:gsma:imei:90420156-025763-0"},
     "urn:gsma:imei:90420156-025763-0"                                                                                         },
    {HF_CREDENTIAL_FQDN_CERT,
     HF_ANCHORS_INFRASTRUCTURE,                    {.dns_name = "maf.example.com"},
     "maf.example.com"                                                                                                         },
};

static struct hf_x509_order sample_order(const struct sample *s)
{
    struct hf_x509_order o = test_order("leaf");

    o.dns_name = s->order.dns_name;
    o.uri = s->order.uri;
    o.hardware_oid = s->order.hardware_oid;
    o.node_id = s->order.node_id;
    return o;
}

/* The AE-ID needs a constraining authority; the URN cannot have one with a URI constraint. */
static struct test_authority issuer_of(const struct sample *s)
{
    struct hf_x509_order o = ca_order("issuer");

    if (s->type == HF_CREDENTIAL_AE_CERT)
        o.permitted_uri_host = "sp.example.com";
    return test_authority(&arena, &o, &root);
}

static struct test_chain sample_chain(const struct sample *s)
{
    struct test_authority issuer = issuer_of(s);
    struct hf_x509_order o = sample_order(s);
    struct test_chain c = test_chain(&arena, &o, &issuer);

    test_chain_add(&c, &arena, &issuer);
    return c;
}

HF_TEST(every_flavour_is_accepted_in_its_own_role_and_refused_in_every_other)
{
    begin();
    for (size_t i = 0; i < HF_COUNT(samples); i++) {
        struct test_chain c = sample_chain(&samples[i]);
        struct hf_judge_question q = question(&c);
        struct hf_verdict v;

        assert_accepted(&q, samples[i].type, samples[i].value);
        for (size_t role = 0; role < ROLES; role++) {
            q.accepted = hf_flavour_bit(samples[role].type);
            if (role == i)
                assert_accepted(&q, samples[i].type, samples[i].value);
            else
                assert_status(hf_certificate_judge(&q, &arena, &v), HF_ERR_DENIED);
        }
        q.accepted = ALL_FLAVOURS & ~hf_flavour_bit(samples[i].type);
        assert_status(hf_certificate_judge(&q, &arena, &v), HF_ERR_DENIED);
    }
    end();
}

HF_TEST(anchors_vouch_for_the_flavours_of_their_use_only)
{
    begin();
    for (size_t i = 0; i < HF_COUNT(samples); i++)
        for (int use = 0; use < HF_ANCHORS_COUNT; use++) {
            struct test_chain c = sample_chain(&samples[i]);
            struct hf_judge_question q = question(&c);
            struct hf_trust *one;

            assert_ok(hf_trust_new(&one));
            assert_ok(hf_trust_add_anchors(one, (enum hf_anchor_use)use, root.pem));
            q.trust = one;
            if ((enum hf_anchor_use)use == samples[i].anchors)
                assert_accepted(&q, samples[i].type, samples[i].value);
            else
                assert_refused(&q, HF_ERR_CRYPTO,
                               "The chain ends at no authority we trust for this flavour.");
            hf_trust_free(one);
        }
    end();
}

HF_TEST(an_entity_authority_cannot_make_a_maf)
{
    struct hf_x509_order o = test_order("leaf");
    struct hf_trust *entities;
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    assert_ok(hf_trust_new(&entities));
    assert_ok(hf_trust_add_anchors(entities, HF_ANCHORS_ENTITY, root.pem));
    o.dns_name = "MAF.example.com";
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    q.trust = entities;
    assert_refused(&q, HF_ERR_CRYPTO, "The chain ends at no authority we trust for this flavour.");
    q.accepted = hf_flavour_bit(HF_CREDENTIAL_CSE_CERT);
    assert_refused(&q, HF_ERR_DENIED, "A certificate of this flavour is not accepted here.");
    hf_trust_free(entities);
    end();
}

/* ---- flavours, one by one ---- */

HF_TEST(a_node_id_comes_as_a_urn_a_registered_id_or_a_permanent_identifier)
{
    struct hf_x509_order o = test_order("leaf");

    begin();
    o.node_id = "0.2.481.1.7.8";
    assert_leaf_accepted(&o, HF_CREDENTIAL_NODE_CERT, "0.2.481.1.7.8");
    o.node_id = "pump-17";
    assert_leaf_accepted(&o, HF_CREDENTIAL_NODE_CERT, "pump-17");
    o.node_id = "pump 17";
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "The name is no Node-ID.");
    o.node_id = "URN:gsma:imei:1";
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "A URN or an OID stands in a PermanentIdentifier.");
    end();
}

HF_TEST(a_device_is_known_by_all_its_arcs)
{
    struct hf_x509_order o = test_order("leaf");

    begin();
    o.hardware_oid = "0.2.481.1.3";
    assert_leaf_accepted(&o, HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.3");
    o.hardware_oid = "0.2.481.1.34";
    assert_leaf_accepted(&o, HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.34");
    o.hardware_oid = "0.2.481.1.18446744073709551615.0";
    assert_leaf_accepted(&o, HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.18446744073709551615.0");
    end();
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
    struct hf_x509_order root_order = ca_order("root"), o = test_order("leaf");

    root_order.permitted_uri_host = "sp.example.com";
    begin_with(&root_order);
    for (size_t i = 0; i < HF_COUNT(good); i++) {
        o.uri = good[i][0];
        assert_leaf_accepted(&o, HF_CREDENTIAL_AE_CERT, good[i][1]);
    }
    for (size_t i = 0; i < HF_COUNT(bad); i++) {
        o.uri = bad[i];
        assert_leaf_refused(&o, HF_ERR_MALFORMED, "The URI is neither an AE-ID nor a Node-ID.");
    }
    end();
}

HF_TEST(a_cse_is_named_below_its_provider)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    o.dns_name = "in.sp.example.com";
    assert_leaf_accepted(&o, HF_CREDENTIAL_CSE_CERT, "//sp.example.com/in");
    o.dns_name = "CSE7.IN.SP.EXAMPLE.COM";
    assert_leaf_accepted(&o, HF_CREDENTIAL_CSE_CERT, "//sp.example.com/cse7");
    o.dns_name = "cse7.in.other.com";
    assert_leaf_refused(&o, HF_ERR_DENIED, "The dNSName is no CSE below this provider.");
    o.dns_name = "cse7.sp.example.com";
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    q.in_cse = (struct hf_bytes){NULL, 0};
    assert_accepted(&q, HF_CREDENTIAL_CSE_CERT, "//sp.example.com/cse7");
    end();
}

HF_TEST(a_client_knows_the_server_it_called)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    o.dns_name = "mef.example.com";
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    q.accepted = hf_flavour_bit(HF_CREDENTIAL_FQDN_CERT);
    q.infrastructure_count = 0;
    q.expected_fqdn = HF_LITERAL("mef.example.com");
    assert_accepted(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    q.expected_fqdn = HF_LITERAL("MEF.Example.com");
    assert_accepted(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    q.expected_fqdn = HF_LITERAL("maf.example.com");
    assert_refused(&q, HF_ERR_DENIED, "The dNSName is not the FQDN we called.");
    q.expected_fqdn = HF_LITERAL("example.com");
    assert_refused(&q, HF_ERR_DENIED, "The dNSName is not the FQDN we called.");
    q.accepted = ALL_FLAVOURS;
    q.expected_fqdn = HF_LITERAL("other.example.com");
    assert_refused(&q, HF_ERR_DENIED, "The dNSName is not the FQDN we called.");
    end();
}

HF_TEST(a_device_certificate_is_no_answer_to_a_call_by_fqdn)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    o.hardware_oid = DEVICE_OID;
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    q.expected_fqdn = HF_LITERAL("mef.example.com");
    assert_refused(&q, HF_ERR_DENIED, "The certificate names another than we called.");
    end();
}

HF_TEST(extended_key_usage_counts_where_there_is_one)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    o.dns_name = "mef.example.com";
    o.for_server = true;
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    assert_refused(&q, HF_ERR_MALFORMED, "extendedKeyUsage does not allow clientAuth.");
    q.peer_is_server = true;
    assert_accepted(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    o.for_server = false;
    o.for_client = true;
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    assert_accepted(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    q.expected_fqdn = HF_LITERAL("mef.example.com");
    assert_refused(&q, HF_ERR_MALFORMED, "extendedKeyUsage does not allow serverAuth.");
    o.for_server = true;
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    assert_accepted(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    end();
}

/* ---- time ---- */

HF_TEST(a_certificate_holds_from_its_first_to_its_last_second)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    o.not_before_s = CHAIN_T0_S + 100;
    o.not_after_s = CHAIN_T0_S + 200;
    o.hardware_oid = DEVICE_OID;
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    q.now_s = o.not_before_s - 1;
    assert_refused(&q, HF_ERR_EXPIRED, "The certificate is not valid yet.");
    q.now_s = o.not_after_s + 1;
    assert_refused(&q, HF_ERR_EXPIRED, "The certificate has expired.");
    for (int i = 0; i < 2; i++) {
        struct hf_verdict v;

        q.now_s = i == 0 ? o.not_before_s : o.not_after_s;
        assert_ok(hf_certificate_judge(&q, &arena, &v));
        assert_true(v.expires_s == o.not_after_s);
    }
    end();
}

HF_TEST(an_expired_authority_ends_everything_below_it)
{
    struct hf_x509_order leaf = test_order("leaf"), between = ca_order("between");
    struct test_authority issuer;
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    between.not_after_s = CHAIN_T0_S + 50;
    issuer = test_authority(&arena, &between, &root);
    leaf.hardware_oid = DEVICE_OID;
    c = test_chain(&arena, &leaf, &issuer);
    test_chain_add(&c, &arena, &issuer);
    q = question(&c);
    assert_accepted(&q, HF_CREDENTIAL_DEVICE_CERT, DEVICE_OID);
    q.now_s = CHAIN_T0_S + 51;
    assert_refused(&q, HF_ERR_EXPIRED, "An authority above the certificate has expired.");
    end();
}

HF_TEST(an_expired_or_future_anchor_vouches_for_nobody)
{
    struct hf_x509_order o = ca_order("root"), leaf = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    o.not_before_s = CHAIN_T0_S + 10;
    o.not_after_s = CHAIN_T0_S + 20;
    begin_with(&o);
    leaf.hardware_oid = DEVICE_OID;
    c = test_chain(&arena, &leaf, &root);
    q = question(&c);
    q.now_s = CHAIN_T0_S + 9;
    assert_refused(&q, HF_ERR_EXPIRED, "An authority above the certificate is not valid yet.");
    q.now_s = CHAIN_T0_S + 15;
    assert_accepted(&q, HF_CREDENTIAL_DEVICE_CERT, DEVICE_OID);
    q.now_s = CHAIN_T0_S + 21;
    assert_refused(&q, HF_ERR_EXPIRED, "An authority above the certificate has expired.");
    end();
}

/* ---- name constraints over the chain ---- */

HF_TEST(names_inside_the_permitted_subtrees_pass)
{
    struct hf_x509_order o = test_order("leaf");

    begin_constrained();
    o.hardware_oid = DEVICE_OID;
    assert_leaf_accepted(&o, HF_CREDENTIAL_DEVICE_CERT, DEVICE_OID);
    o.hardware_oid = NULL;
    o.uri = AE_URI;
    assert_leaf_accepted(&o, HF_CREDENTIAL_AE_CERT, "//sp.example.com/CSE1/C190");
    o.uri = NULL;
    o.dns_name = "mef.example.com";
    assert_leaf_accepted(&o, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    end();
}

HF_TEST(names_outside_the_permitted_subtrees_are_refused)
{
    static const char *const why = "An authority may not vouch for this name (nameConstraints).";
    struct hf_x509_order o = test_order("leaf");

    begin_constrained();
    infrastructure[0] = HF_LITERAL("mef.badexample.com");
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
    end();
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
        struct hf_x509_order o = ca_order("root");

        o.permitted_dns = limits[i].permitted_dns;
        o.permitted_uri_host = limits[i].permitted_uri_host;
        o.permitted_hardware_oid = limits[i].permitted_hardware_oid;
        begin_with(&o);
        for (size_t s = 0; s < HF_COUNT(samples); s++) {
            struct hf_x509_order leaf = sample_order(&samples[s]);
            bool is_dns = samples[s].type == HF_CREDENTIAL_CSE_CERT && i == 0;

            if ((int)samples[s].type == permitted[i] || is_dns)
                assert_leaf_accepted(&leaf, samples[s].type, samples[s].value);
            else
                assert_leaf_refused(&leaf, HF_ERR_CRYPTO,
                                    "An authority may not vouch for this name (nameConstraints).");
        }
        end();
    }
}

HF_TEST(constraints_of_every_authority_in_the_path_count)
{
    struct hf_x509_order upper = ca_order("upper"), lower = ca_order("lower");
    struct hf_x509_order leaf = test_order("leaf");
    struct test_authority first, second;
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    infrastructure[0] = HF_LITERAL("mef.a.example.com");
    upper.permitted_dns = "a.example.com";
    lower.permitted_dns = "example.com"; /* wider than its own authority */
    first = test_authority(&arena, &upper, &root);
    second = test_authority(&arena, &lower, &first);
    for (int i = 0; i < 2; i++) {
        leaf.dns_name = i == 0 ? "mef.a.example.com" : "maf.example.com";
        c = test_chain(&arena, &leaf, &second);
        test_chain_add(&c, &arena, &second);
        test_chain_add(&c, &arena, &first);
        q = question(&c);
        if (i == 0)
            assert_accepted(&q, HF_CREDENTIAL_FQDN_CERT, "mef.a.example.com");
        else
            assert_refused(&q, HF_ERR_CRYPTO,
                           "An authority may not vouch for this name (nameConstraints).");
    }
    end();
}

HF_TEST(an_ae_needs_a_limited_authority_and_others_do_on_request)
{
    static const char *const why = "No authority in the path is limited to names like this one, "
                                   "as its flavour requires (nameConstraints).";
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    o.uri = AE_URI;
    assert_leaf_refused(&o, HF_ERR_CRYPTO, why);
    o.uri = NULL;
    o.dns_name = "mef.example.com";
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    assert_accepted(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    q.must_be_constrained = hf_flavour_bit(HF_CREDENTIAL_FQDN_CERT);
    assert_refused(&q, HF_ERR_CRYPTO, why);
    end();
    begin_constrained();
    c = test_chain(&arena, &o, &root);
    q = question(&c);
    q.must_be_constrained = hf_flavour_bit(HF_CREDENTIAL_FQDN_CERT);
    assert_accepted(&q, HF_CREDENTIAL_FQDN_CERT, "mef.example.com");
    end();
}

/* ---- revocation ---- */

static void add_crl(const struct test_authority *signer, const struct hf_bytes *serial,
                    size_t count, uint64_t number)
{
    struct hf_bytes pem;

    assert_ok(hf_x509_issue_crl(signer->pem, signer->key, serial, count, number, CHAIN_T0_S,
                                CHAIN_T0_S + CHAIN_DAY_S, &arena, &pem));
    assert_ok(hf_trust_add_crl(trust, pem));
}

HF_TEST(a_revoked_certificate_is_denied_and_its_sister_is_not)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c, sister;
    struct hf_judge_question q;
    struct hf_bytes serial;

    begin();
    o.hardware_oid = DEVICE_OID;
    c = test_chain(&arena, &o, &root);
    sister = test_chain(&arena, &o, &root);
    add_crl(&root, NULL, 0, 1);
    q = question(&c);
    q.must_have_crl = true;
    assert_accepted(&q, HF_CREDENTIAL_DEVICE_CERT, DEVICE_OID);
    serial = test_serial(&arena, c.der[0]);
    add_crl(&root, &serial, 1, 2);
    assert_refused(&q, HF_ERR_DENIED, "The certificate is revoked.");
    q.chain = sister.der;
    assert_accepted(&q, HF_CREDENTIAL_DEVICE_CERT, DEVICE_OID);
    end();
}

HF_TEST(a_revoked_intermediate_denies_all_below_it)
{
    struct hf_x509_order between = ca_order("between"), o = test_order("leaf");
    struct test_authority issuer;
    struct test_chain c;
    struct hf_judge_question q;
    struct hf_bytes serial;

    begin();
    issuer = test_authority(&arena, &between, &root);
    o.hardware_oid = DEVICE_OID;
    c = test_chain(&arena, &o, &issuer);
    test_chain_add(&c, &arena, &issuer);
    q = question(&c);
    add_crl(&root, NULL, 0, 1);
    assert_accepted(&q, HF_CREDENTIAL_DEVICE_CERT, DEVICE_OID);
    q.must_have_crl = true;
    assert_refused(&q, HF_ERR_EXPIRED, "There is no revocation list for an authority in the path.");
    q.must_have_crl = false;
    serial = test_serial(&arena, c.der[1]);
    add_crl(&root, &serial, 1, 2);
    assert_refused(&q, HF_ERR_DENIED, "An authority above the certificate is revoked.");
    end();
}

HF_TEST(a_revocation_list_is_good_for_a_day_past_its_next_update)
{
    struct hf_x509_order o = test_order("leaf");
    struct test_chain c;
    struct hf_judge_question q;

    begin();
    o.hardware_oid = DEVICE_OID;
    c = test_chain(&arena, &o, &root);
    add_crl(&root, NULL, 0, 1);
    q = question(&c);
    q.now_s = CHAIN_T0_S + 2 * CHAIN_DAY_S;
    assert_accepted(&q, HF_CREDENTIAL_DEVICE_CERT, DEVICE_OID);
    q.now_s++;
    assert_refused(&q, HF_ERR_EXPIRED,
                   "The revocation list is more than a day over its nextUpdate.");
    end();
}

HF_TEST(a_list_of_another_authority_says_nothing_about_this_one)
{
    struct hf_x509_order other_order = ca_order("other"), o = test_order("leaf");
    struct test_authority other;
    struct test_chain c;
    struct hf_judge_question q;
    struct hf_bytes serial;

    begin();
    other = test_authority(&arena, &other_order, NULL);
    assert_ok(hf_trust_add_anchors(trust, HF_ANCHORS_DEVICE, other.pem));
    o.hardware_oid = DEVICE_OID;
    c = test_chain(&arena, &o, &root);
    serial = test_serial(&arena, c.der[0]);
    add_crl(&other, &serial, 1, 1);
    q = question(&c);
    assert_accepted(&q, HF_CREDENTIAL_DEVICE_CERT, DEVICE_OID);
    end();
}
