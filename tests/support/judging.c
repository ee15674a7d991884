#include "support/judging.h"

#include "support/hf_test.h"

enum { ARENA_MAX = 64 << 20 };

struct judging judging;

const struct sample samples[SAMPLES] = {
    {HF_CREDENTIAL_DEVICE_CERT,
     HF_ANCHORS_DEVICE,         {.hardware_oid = SAMPLE_DEVICE_OID},
     SAMPLE_DEVICE_OID                },
    {HF_CREDENTIAL_CSE_CERT,
     HF_ANCHORS_ENTITY,         {.dns_name = "cse1.in.sp.example.com"},
     "//sp.example.com/cse1"          },
    {HF_CREDENTIAL_AE_CERT,
     HF_ANCHORS_ENTITY,         {.uri = SAMPLE_AE_URI},
     "//sp.example.com/CSE1/C190"     },
    {HF_CREDENTIAL_NODE_CERT,
     HF_ANCHORS_DEVICE,         {.node_id = "urn:gsma:imei:90420156-025763-0"},
     "urn:gsma:imei:90420156-025763-0"},
    {HF_CREDENTIAL_FQDN_CERT,
     HF_ANCHORS_INFRASTRUCTURE, {.dns_name = "maf.example.com"},
     "maf.example.com"                },
};

struct hf_x509_order test_authority_order(const char *common_name)
{
    struct hf_x509_order o = test_order(common_name);

    o.is_ca = true;
    return o;
}

struct hf_x509_order sample_order(const struct sample *s)
{
    struct hf_x509_order o = test_order("leaf");

    o.dns_name = s->names.dns_name;
    o.uri = s->names.uri;
    o.hardware_oid = s->names.hardware_oid;
    o.node_id = s->names.node_id;
    return o;
}

void judging_begin_with(const struct hf_x509_order *root)
{
    hf_arena_init(&judging.arena, ARENA_MAX);
    judging.root = test_authority(&judging.arena, root, NULL);
    assert_ok(hf_trust_new(&judging.trust));
    for (int use = 0; use < HF_ANCHORS_COUNT; use++)
        assert_ok(hf_trust_add_anchors(judging.trust, (enum hf_anchor_use)use, judging.root.pem));
    judging.infrastructure[0] = HF_LITERAL("mef.example.com");
    judging.infrastructure[1] = HF_LITERAL("maf.example.com");
}

void judging_begin(void)
{
    struct hf_x509_order o = test_authority_order("root");

    judging_begin_with(&o);
}

void judging_begin_constrained(void)
{
    struct hf_x509_order o = test_authority_order("root");

    o.permitted_dns = "example.com";
    o.permitted_uri_host = "sp.example.com";
    o.permitted_hardware_oid = "0.2.481.1.100";
    judging_begin_with(&o);
}

void judging_end(void)
{
    hf_trust_free(judging.trust);
    hf_arena_done(&judging.arena);
}

struct hf_judge_question question(const struct test_chain *c)
{
    return (struct hf_judge_question){.trust = judging.trust,
                                      .chain = c->der,
                                      .count = c->count,
                                      .now_s = CHAIN_T0_S + 1,
                                      .in_cse = HF_LITERAL("//sp.example.com/IN"),
                                      .accepted = ALL_FLAVOURS,
                                      .infrastructure = judging.infrastructure,
                                      .infrastructure_count = HF_COUNT(judging.infrastructure)};
}

void assert_judged(const struct hf_judge_question *q, enum hf_credential_type type,
                   const char *value)
{
    struct hf_verdict v = {.reason = ""};
    hf_status st = hf_certificate_judge(q, &judging.arena, &v);

    if (st != HF_OK)
        print_error("refused: %s\n", v.reason);
    assert_ok(st);
    assert_int_equal(v.type, type);
    assert_bytes_text(v.value, value);
    assert_true(v.expires_s == CHAIN_T0_S + 10 * CHAIN_DAY_S);
    assert_null(v.reason);
}

void assert_refused(const struct hf_judge_question *q, hf_status expected, const char *reason)
{
    struct hf_verdict v = {.type = HF_CREDENTIAL_RAW_KEY, .expires_s = 7};
    hf_status st = hf_certificate_judge(q, &judging.arena, &v);

    assert_status(st, expected);
    assert_string_equal(v.reason, reason);
    assert_true(v.type == HF_CREDENTIAL_RAW_KEY && v.expires_s == 7 && v.value.at == NULL);
}

void assert_leaf_judged(const struct hf_x509_order *o, enum hf_credential_type type,
                        const char *value)
{
    struct test_chain c = test_chain(&judging.arena, o, &judging.root);
    struct hf_judge_question q = question(&c);

    assert_judged(&q, type, value);
}

void assert_leaf_refused(const struct hf_x509_order *o, hf_status expected, const char *reason)
{
    struct test_chain c = test_chain(&judging.arena, o, &judging.root);
    struct hf_judge_question q = question(&c);

    assert_refused(&q, expected, reason);
}
