#include "core/policy/authorise.h"

#include <string.h>

#include "support/hf_test.h"

#define ME     "//sp.example.com/CSE1"
#define OTHER  "//sp.example.com/CSE2"
#define TARGET "//sp.example.com/in-cse"
#define MAF    "//maf.example.com"
#define MEF    "//mef.example.com"
#define NOW    UINT64_C(1000000)
#define BIT(a) (1u << HF_A_##a)
#define DAY    86400u

static const struct hf_bytes providers[] = {
    {(const uint8_t *)"sp.example.com", 14}
};
static const struct hf_bytes maf_names[] = {
    {(const uint8_t *)"maf.example.com", 15}
};
static const struct hf_bytes mef_names[] = {
    {(const uint8_t *)"mef.example.com", 15}
};
static const struct hf_bytes target[] = {
    {(const uint8_t *)TARGET, sizeof TARGET - 1}
};
static const struct hf_bytes maf_target[] = {
    {(const uint8_t *)MAF, sizeof MAF - 1}
};
static const struct hf_bytes two_targets[] = {
    {(const uint8_t *)TARGET, sizeof TARGET - 1},
    {(const uint8_t *)OTHER,  sizeof OTHER - 1 }
};
static const struct hf_bytes me[] = {
    {(const uint8_t *)ME, sizeof ME - 1}
};

/* A question that is answered with yes, whatever the act; each test spoils one thing of it. */
struct ask {
    struct hf_policy policy;
    struct hf_content content;
    struct hf_registration_record registration;
    struct hf_key_record key;
    struct hf_policy_question q;
};

static void fill_policy(struct ask *a, bool is_mef)
{
    a->policy = (struct hf_policy){
        .is_mef = is_mef,
        .fqdn = is_mef ? mef_names[0] : maf_names[0],
        .admin_fqdns = {providers,                      1},
        .functions = {is_mef ? maf_names : mef_names, 1},
        .registration_lifetime_max_s = 10 * DAY,
        .key_lifetime_max_s = 5 * DAY,
        .key_lifetime_s = DAY,
    };
}

static void fill_records(struct ask *a, bool is_mef)
{
    a->registration = (struct hf_registration_record){.client = HF_LITERAL(ME),
                                                      .admin_fqdn = providers[0],
                                                      .expires_s = NOW + 8 * DAY,
                                                      .state = HF_RECORD_LIVE};
    a->key = (struct hf_key_record){
        .source = HF_LITERAL(ME),
        .targets = {target, 1},
        .suid = is_mef ? 22 : 32,
        .is_exported = true,
        .created_s = NOW - DAY,
        .expires_s = NOW + DAY,
        .state = HF_RECORD_LIVE
    };
}

static void fill_content(struct ask *a, enum hf_act act, bool is_mef)
{
    struct hf_content *c = &a->content;

    c->et = NOW + DAY;
    c->adfq = providers[0];
    c->suid = is_mef ? 22 : 32;
    c->tgis = (struct hf_list){target, 1};
    c->has = BIT(ET) | BIT(ADFQ);
    if (act == HF_ACT_REGISTER_KEY)
        c->has |= BIT(SUID) | BIT(TGIS);
    if (act == HF_ACT_UPDATE_CLIENT || act == HF_ACT_UPDATE_KEY)
        c->has = BIT(ET);
    if (act == HF_ACT_PROVISION_KM) {
        c->suid = 21;
        c->kid = HF_LITERAL("00112233445566778899AABBCCDDEEFF@mef.example.com");
        c->nid = HF_LITERAL("urn:n1");
        c->cr = HF_LITERAL(ME);
        c->eids = (struct hf_list){me, 1};
        assert_ok(hf_secret_set(&c->kv, HF_LITERAL("0123456789abcdefghijklmnopqrstuv")));
        c->has |= BIT(KID) | BIT(KV) | BIT(NID) | BIT(EIDS) | BIT(CR) | BIT(SUID);
    }
}

static void prepare(struct ask *a, enum hf_act act, bool is_mef)
{
    memset(a, 0, sizeof *a);
    fill_policy(a, is_mef);
    fill_records(a, is_mef);
    fill_content(a, act, is_mef);
    a->q = (struct hf_policy_question){
        .policy = &a->policy,
        .act = act,
        .now_s = NOW,
        .client = act == HF_ACT_PROVISION_KM ? HF_LITERAL(MEF) : HF_LITERAL(ME),
        .credential_expires_s = HF_NEVER,
        .content = &a->content,
        .registration = act == HF_ACT_REGISTER_CLIENT ? NULL : &a->registration,
        .key = act == HF_ACT_REGISTER_KEY ? NULL : &a->key,
    };
}

static struct hf_policy_answer answer(const struct ask *a)
{
    struct hf_policy_answer out = hf_policy_authorise(&a->q);

    assert_true((out.rsc == HF_RSC_OK) == (out.reason == NULL));
    assert_true((out.rsc == HF_RSC_OK) == (out.clause == NULL));
    return out;
}

#define assert_allowed(a)       assert_int_equal(answer(a).rsc, HF_RSC_OK)
#define assert_refused(a, code) assert_int_equal(answer(a).rsc, code)

static const enum hf_act content_acts[] = {HF_ACT_REGISTER_CLIENT, HF_ACT_UPDATE_CLIENT,
                                           HF_ACT_REGISTER_KEY, HF_ACT_UPDATE_KEY};
static const enum hf_act client_acts[] = {HF_ACT_RETRIEVE_CLIENT, HF_ACT_UPDATE_CLIENT,
                                          HF_ACT_DEREGISTER_CLIENT};
static const enum hf_act key_acts[] = {HF_ACT_RETRIEVE_KEY, HF_ACT_UPDATE_KEY,
                                       HF_ACT_DEREGISTER_KEY};

HF_TEST(every_act_is_allowed_to_whom_it_belongs)
{
    struct ask a;

    for (int act = 0; act < HF_ACT_COUNT; act++) {
        prepare(&a, (enum hf_act)act, false);
        assert_allowed(&a);
        prepare(&a, (enum hf_act)act, true);
        if (act != HF_ACT_PROVISION_KM)
            assert_allowed(&a);
    }
    for (int act = HF_ACT_COUNT; act < HF_ACT_COUNT + 2; act++) {
        prepare(&a, (enum hf_act)act, true);
        assert_refused(&a, HF_RSC_INTERNAL_ERROR);
    }
}

HF_TEST(g5_nothing_is_allowed_to_a_credential_that_has_ended_or_expired)
{
    struct ask a;

    for (int act = 0; act < HF_ACT_COUNT; act++) {
        prepare(&a, (enum hf_act)act, false);
        a.q.is_ended = true;
        assert_refused(&a, HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
        prepare(&a, (enum hf_act)act, false);
        a.q.credential_expires_s = NOW;
        assert_refused(&a, HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
    }
}

HF_TEST(what_cannot_be_read_is_a_bad_request)
{
    struct ask a;

    for (size_t i = 0; i < HF_COUNT(content_acts); i++) {
        prepare(&a, content_acts[i], true);
        a.q.content_st = HF_ERR_MALFORMED;
        assert_refused(&a, HF_RSC_BAD_REQUEST);
        a.q.content_fault = "the codec's sentence";
        assert_string_equal(answer(&a).reason, "the codec's sentence");
        prepare(&a, content_acts[i], true);
        a.q.content = NULL;
        assert_refused(&a, HF_RSC_BAD_REQUEST);
    }
}

HF_TEST(a_client_registers_once_with_a_stakeholder_that_is_served)
{
    struct ask a;

    prepare(&a, HF_ACT_REGISTER_CLIENT, true);
    a.content.adfq = HF_LITERAL("other.example.com");
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_REGISTER_CLIENT, true);
    a.q.client = HF_LITERAL(MAF);
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_REGISTER_CLIENT, true);
    a.q.registration = &a.registration;
    assert_refused(&a, HF_RSC_ALREADY_REGISTERED);
    a.registration.expires_s = NOW;
    assert_allowed(&a);
    a.registration.expires_s = NOW + DAY;
    a.registration.state = HF_RECORD_ENDED;
    assert_allowed(&a);
}

HF_TEST(km_9_an_end_is_clamped_to_policy_enrolment_and_credential)
{
    struct ask a;

    prepare(&a, HF_ACT_REGISTER_CLIENT, true);
    assert_int_equal(answer(&a).expires_s, NOW + DAY);
    a.content.et = HF_TIME_MAX_S;
    assert_int_equal(answer(&a).expires_s, NOW + 10 * DAY);
    a.q.lifetime_s = 3 * DAY;
    assert_int_equal(answer(&a).expires_s, NOW + 3 * DAY);
    a.q.credential_expires_s = NOW + 2 * DAY;
    assert_int_equal(answer(&a).expires_s, NOW + 2 * DAY);
    a.content.has &= ~BIT(ET);
    assert_int_equal(answer(&a).expires_s, NOW + 2 * DAY);
    a.q.now_s = HF_NEVER - 1; /* no overflow */
    assert_refused(&a, HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
    a.q.credential_expires_s = HF_NEVER;
    assert_int_equal(answer(&a).expires_s, HF_NEVER);
}

HF_TEST(km_9_a_key_ends_with_its_registration_at_the_latest)
{
    struct ask a;

    prepare(&a, HF_ACT_REGISTER_KEY, false);
    a.content.et = HF_TIME_MAX_S;
    assert_int_equal(answer(&a).expires_s, NOW + 5 * DAY);
    a.registration.expires_s = NOW + 4 * DAY;
    assert_int_equal(answer(&a).expires_s, NOW + 4 * DAY);
    a.q.credential_expires_s = NOW + 3 * DAY;
    assert_int_equal(answer(&a).expires_s, NOW + 3 * DAY);
    a.q.lifetime_s = 2 * DAY;
    assert_int_equal(answer(&a).expires_s, NOW + 2 * DAY);
    a.content.has &= ~BIT(ET);
    assert_int_equal(answer(&a).expires_s, NOW + DAY);
}

HF_TEST(km_9_an_update_does_not_begin_a_keys_life_anew)
{
    struct ask a;

    prepare(&a, HF_ACT_UPDATE_KEY, false);
    a.content.et = HF_TIME_MAX_S;
    assert_int_equal(answer(&a).expires_s, NOW + 4 * DAY); /* created a day ago, five at most */
    a.q.lifetime_s = 2 * DAY;
    assert_int_equal(answer(&a).expires_s, NOW + DAY);
    a.q.lifetime_s = DAY;
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    a.content.has = BIT(LBL);
    assert_int_equal(answer(&a).expires_s, a.key.expires_s);

    prepare(&a, HF_ACT_UPDATE_CLIENT, false);
    a.content.et = HF_TIME_MAX_S;
    assert_int_equal(answer(&a).expires_s, NOW + 10 * DAY);
    a.content.has = BIT(LBL);
    assert_int_equal(answer(&a).expires_s, a.registration.expires_s);
}

HF_TEST(an_end_in_the_past_is_a_bad_request)
{
    static const uint64_t past[] = {0, 1, NOW - 1, NOW};
    struct ask a;

    for (size_t i = 0; i < HF_COUNT(content_acts); i++)
        for (size_t j = 0; j < HF_COUNT(past); j++) {
            prepare(&a, content_acts[i], false);
            a.content.et = past[j];
            assert_refused(&a, HF_RSC_BAD_REQUEST);
            a.content.et = NOW + 1;
            assert_int_equal(answer(&a).expires_s, NOW + 1);
        }
}

HF_TEST(km_14_a_registration_that_is_not_ones_own_and_live_is_unknown)
{
    struct ask a;

    for (size_t i = 0; i < HF_COUNT(client_acts); i++) {
        prepare(&a, client_acts[i], true);
        a.q.registration = NULL;
        assert_refused(&a, HF_RSC_NOT_FOUND);
        prepare(&a, client_acts[i], true);
        a.q.client = HF_LITERAL(OTHER);
        assert_refused(&a, HF_RSC_NOT_FOUND);
        a.q.content = NULL; /* whatever else is wrong with the request */
        assert_refused(&a, HF_RSC_NOT_FOUND);
        prepare(&a, client_acts[i], true);
        a.registration.state = HF_RECORD_REVOKED;
        assert_refused(&a, HF_RSC_NOT_FOUND);
        prepare(&a, client_acts[i], true);
        a.registration.expires_s = NOW;
        assert_refused(&a, HF_RSC_NOT_FOUND);
        a.registration.expires_s = NOW + 1;
        assert_allowed(&a);
    }
}

HF_TEST(km_14_a_key_that_is_not_ones_own_and_live_is_unknown)
{
    struct ask a;

    for (size_t i = 0; i < HF_COUNT(key_acts); i++) {
        prepare(&a, key_acts[i], false);
        a.q.key = NULL;
        assert_refused(&a, HF_RSC_NOT_FOUND);
        prepare(&a, key_acts[i], false);
        a.q.client = HF_LITERAL(OTHER);
        assert_refused(&a, HF_RSC_NOT_FOUND);
        prepare(&a, key_acts[i], false);
        a.key.state = HF_RECORD_ENDED;
        assert_refused(&a, HF_RSC_NOT_FOUND);
        prepare(&a, key_acts[i], false);
        a.q.registration = NULL;
        assert_refused(&a, HF_RSC_NOT_FOUND);
        prepare(&a, key_acts[i], false);
        a.registration.expires_s = NOW;
        assert_refused(&a, HF_RSC_NOT_FOUND);
        prepare(&a, key_acts[i], false);
        a.key.suid = 22;
        assert_refused(&a, HF_RSC_NOT_FOUND);
    }
}

HF_TEST(km_4_a_key_is_usable_until_the_second_of_its_end)
{
    struct ask a;

    for (size_t i = 0; i < HF_COUNT(key_acts); i++) {
        prepare(&a, key_acts[i], false);
        a.key.expires_s = NOW + 1;
        assert_allowed(&a);
        a.key.expires_s = NOW;
        assert_refused(&a, HF_RSC_NOT_FOUND);
        a.key.expires_s = NOW - 1;
        assert_refused(&a, HF_RSC_NOT_FOUND);
    }
}

HF_TEST(g1_a_target_gets_the_key_and_the_source_looks_at_it_without)
{
    struct ask a;

    prepare(&a, HF_ACT_RETRIEVE_KEY, false);
    assert_false(answer(&a).as_target);
    a.q.client = HF_LITERAL(TARGET);
    assert_true(answer(&a).as_target);
    a.q.act = HF_ACT_UPDATE_KEY;
    assert_refused(&a, HF_RSC_NOT_FOUND);
    a.q.act = HF_ACT_DEREGISTER_KEY;
    assert_refused(&a, HF_RSC_NOT_FOUND);
}

HF_TEST(km_15_a_master_credential_goes_to_a_maf_that_is_still_ours)
{
    struct ask a;

    prepare(&a, HF_ACT_RETRIEVE_KEY, true);
    a.key.suid = 21;
    a.key.targets = (struct hf_list){maf_target, 1};
    a.q.client = HF_LITERAL(MAF);
    assert_true(answer(&a).as_target);
    a.policy.functions.count = 0;
    assert_refused(&a, HF_RSC_NOT_FOUND);
    prepare(&a, HF_ACT_RETRIEVE_KEY, true);
    a.key.suid = 21;
    a.q.client = HF_LITERAL(TARGET); /* on the list, and no MAF */
    assert_refused(&a, HF_RSC_NOT_FOUND);
}

HF_TEST(an_update_changes_what_it_may_and_names_something)
{
    struct ask a;

    for (int i = 0; i < 2; i++) {
        enum hf_act act = i == 0 ? HF_ACT_UPDATE_CLIENT : HF_ACT_UPDATE_KEY;

        prepare(&a, act, false);
        a.content.has = 0;
        assert_refused(&a, HF_RSC_BAD_REQUEST);
        a.content.has = BIT(ET) | BIT(ADFQ);
        assert_refused(&a, HF_RSC_BAD_REQUEST);
        a.content.has = BIT(SUID);
        assert_refused(&a, HF_RSC_BAD_REQUEST);
        a.content.has = BIT(KV);
        assert_refused(&a, HF_RSC_BAD_REQUEST);
        a.content.has = BIT(ET);
        a.content.null = BIT(LBL);
        assert_allowed(&a);
        a.content.null = BIT(ET);
        assert_refused(&a, HF_RSC_BAD_REQUEST);
    }
    prepare(&a, HF_ACT_UPDATE_CLIENT, false);
    a.content.has = BIT(TGIS);
    assert_refused(&a, HF_RSC_BAD_REQUEST);
    prepare(&a, HF_ACT_UPDATE_KEY, false);
    a.content.has = BIT(TGIS);
    assert_allowed(&a);
    a.content.tgis = (struct hf_list){two_targets, 2};
    assert_refused(&a, HF_RSC_BAD_REQUEST);
    a.content.tgis.count = 0;
    assert_refused(&a, HF_RSC_BAD_REQUEST);
}

HF_TEST(a_key_needs_a_registration_in_force)
{
    struct ask a;

    prepare(&a, HF_ACT_REGISTER_KEY, true);
    a.q.registration = NULL;
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_REGISTER_KEY, true);
    a.registration.expires_s = NOW;
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_REGISTER_KEY, true);
    a.registration.state = HF_RECORD_ENDED;
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_REGISTER_KEY, true);
    a.registration.client = HF_LITERAL(OTHER);
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_REGISTER_KEY, true);
    a.content.adfq = HF_LITERAL("other.example.com");
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
}

HF_TEST(km_7_each_function_registers_its_own_suids)
{
    struct ask a;

    for (unsigned suid = 0; suid < 100; suid++) {
        prepare(&a, HF_ACT_REGISTER_KEY, true);
        a.content.suid = suid;
        if (suid == 21)
            a.content.tgis = (struct hf_list){maf_target, 1};
        assert_refused(&a, suid >= 21 && suid <= 25 ? HF_RSC_OK : HF_RSC_CONTENTS_UNACCEPTABLE);
        prepare(&a, HF_ACT_REGISTER_KEY, false);
        a.content.suid = suid;
        if (suid >= 32 && suid <= 35)
            assert_allowed(&a);
        else
            assert_refused(&a, HF_RSC_CONTENTS_UNACCEPTABLE);
    }
}

HF_TEST(a_key_registration_has_the_targets_and_value_that_its_use_wants)
{
    struct ask a;

    prepare(&a, HF_ACT_REGISTER_KEY, false);
    a.content.tgis.count = 0;
    assert_refused(&a, HF_RSC_BAD_REQUEST);
    prepare(&a, HF_ACT_REGISTER_KEY, true);
    a.content.suid = 21;
    assert_refused(&a, HF_RSC_NO_PRIVILEGE); /* the target is no MAF */
    prepare(&a, HF_ACT_REGISTER_KEY, false);
    a.content.has |= BIT(KV);
    assert_refused(&a, HF_RSC_BAD_REQUEST); /* an empty one */
    assert_ok(hf_secret_set(&a.content.kv, HF_LITERAL("0123456789abcdefghijklmnopqrstuv")));
    assert_allowed(&a);
    a.content.suid = 34;
    a.content.tgis = (struct hf_list){two_targets, 2};
    assert_allowed(&a);
    a.content.has &= ~BIT(KV);
    assert_refused(&a, HF_RSC_BAD_REQUEST); /* exported, for two */
}

HF_TEST(only_the_mef_provisions_and_only_at_a_maf)
{
    struct ask a;

    prepare(&a, HF_ACT_PROVISION_KM, true);
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_PROVISION_KM, false);
    a.q.client = HF_LITERAL(ME);
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    a.q.content = NULL;
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_PROVISION_KM, false);
    a.q.content = NULL;
    assert_refused(&a, HF_RSC_BAD_REQUEST);
    prepare(&a, HF_ACT_PROVISION_KM, false);
    a.content.kid = HF_LITERAL("00112233445566778899AABBCCDDEEFF@maf.example.com");
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_PROVISION_KM, false);
    a.content.kid = HF_LITERAL("nonsense");
    assert_refused(&a, HF_RSC_BAD_REQUEST);
    prepare(&a, HF_ACT_PROVISION_KM, false);
    a.content.suid = 22;
    assert_refused(&a, HF_RSC_CONTENTS_UNACCEPTABLE);
    prepare(&a, HF_ACT_PROVISION_KM, false);
    a.content.adfq = HF_LITERAL("other.example.com");
    assert_refused(&a, HF_RSC_NO_PRIVILEGE);
    prepare(&a, HF_ACT_PROVISION_KM, false);
    assert_ok(hf_secret_set(&a.content.kv, HF_LITERAL("short")));
    assert_refused(&a, HF_RSC_BAD_REQUEST);
    prepare(&a, HF_ACT_PROVISION_KM, false);
    a.content.et = NOW;
    assert_refused(&a, HF_RSC_BAD_REQUEST);
}

HF_TEST(a_push_is_whole_or_refused)
{
    static const enum hf_attribute parts[] = {HF_A_KID, HF_A_KV, HF_A_NID, HF_A_ET, HF_A_CR};
    struct ask a;

    for (size_t i = 0; i < HF_COUNT(parts); i++) {
        prepare(&a, HF_ACT_PROVISION_KM, false);
        a.content.has &= ~(1u << parts[i]);
        assert_refused(&a, HF_RSC_BAD_REQUEST);
    }
    prepare(&a, HF_ACT_PROVISION_KM, false);
    a.content.eids.count = 0;
    assert_refused(&a, HF_RSC_BAD_REQUEST);
    a.content.eids.count = HF_ENTITIES_MAX + 1;
    assert_refused(&a, HF_RSC_BAD_REQUEST);
}
