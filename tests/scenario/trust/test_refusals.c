/* Every row of the digest's section 8 that a MEF or MAF can meet, one refusal beside each success.
 */
#include "scenario/trust/world.h"
#include "support/hf_test.h"

#define NOTHING "00000000000000000000000000000000" /* an identifier that nothing has */

/* Node 1 at the MEF, registered. */
static void enrol(struct world *w, struct fake_channel *c)
{
    world_init(w);
    assert_ok(world_connect(w, &w->mef_service, KPM_ID1, c));
    assert_int_equal(world_register_client(w, &w->mef_service, c, CSE1, START_S + HOUR),
                     HF_RSC_CREATED);
}

/* The request of a good key registration at the MEF, ready to be spoilt. */
static struct hf_request *good_key(struct world *w)
{
    static const struct hf_bytes maf[] = {
        {(const uint8_t *)"//" MAF_FQDN, sizeof MAF_FQDN + 1}
    };
    struct hf_request *r = world_request(w, HF_CREATE, "-", CSE1);

    r->type = r->content.type = HF_TYPE_SYMM_KEY_REG;
    r->has_content = true;
    r->content.et = START_S + HOUR;
    r->content.adfq = HF_LITERAL(PROVIDER);
    r->content.suid = HF_SUID_RSPF_MAF;
    r->content.tgis = (struct hf_list){maf, 1};
    r->content.has = 1u << HF_A_ET | 1u << HF_A_ADFQ | 1u << HF_A_SUID | 1u << HF_A_TGIS;
    return r;
}

#define assert_answer(w, c, code)                                                                  \
    do {                                                                                           \
        assert_int_equal(world_serve((w), &(w)->mef_service, (c)), (code));                        \
        assert_int_equal((w)->answers, 1);                                                         \
        assert_bytes_text((w)->answer.request_id, "r1");                                           \
        if ((code) >= HF_RSC_BAD_REQUEST) {                                                        \
            assert_non_null((w)->answer.reason);                                                   \
            assert_non_null((w)->answer.clause);                                                   \
        }                                                                                          \
    } while (0)

HF_TEST(a_peer_that_has_proven_nothing_is_asked_for_an_association)
{
    struct world w;
    struct fake_channel c, nobody;

    enrol(&w, &c);
    fake_channel_init(&nobody, &(struct hf_peer){.proof = HF_PROOF_NONE}, 9);
    good_key(&w);
    assert_answer(&w, &nobody, HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
    assert_true(w.answer.close);
    nobody.channel.peer = NULL;
    assert_answer(&w, &nobody, HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
    world_done(&w);
}

HF_TEST(km_1_a_spoofed_originator_is_refused_for_every_verb_and_written_down)
{
    static const char *const spoofs[] = {CSE2,
                                         "/CSE2",
                                         IN_CSE,
                                         "//" MAF_FQDN,
                                         "//" MEF_FQDN,
                                         "//sp.example.com/CSE1/Cother",
                                         "//sp.example.org/CSE1",
                                         "//sp.example.com/CSE10",
                                         "//sp.example.com/cse1",
                                         "/CSE1/",
                                         "CSE1",
                                         " //sp.example.com/CSE1",
                                         "*",
                                         "//",
                                         "/"};
    static const enum hf_operation verbs[] = {HF_CREATE, HF_RETRIEVE, HF_UPDATE, HF_DELETE,
                                              HF_NOTIFY};
    struct world w;
    struct fake_channel c;
    size_t refusals = 0;

    enrol(&w, &c);
    for (size_t i = 0; i < HF_COUNT(spoofs); i++)
        for (size_t v = 0; v < HF_COUNT(verbs); v++) {
            struct hf_request *r = good_key(&w);

            r->operation = verbs[v];
            r->from = hf_text(spoofs[i]);
            assert_answer(&w, &c, HF_RSC_ORIGINATOR_NOT_AUTHENTICATED);
            assert_false(w.answer.has_content);
            refusals++;
        }
    assert_int_equal(world_count_audit(&w, "request.refused"), refusals);
    assert_false(c.has_exported);
    world_done(&w);
}

HF_TEST(a_channel_speaks_for_the_first_identity_it_used)
{
    struct world w;
    struct fake_channel c;

    enrol(&w, &c);
    assert_bytes_text(c.bound, CSE1);
    good_key(&w)->from = HF_LITERAL(APP1);
    assert_answer(&w, &c, HF_RSC_ORIGINATOR_NOT_AUTHENTICATED);
    good_key(&w)->from = (struct hf_bytes){0};
    assert_answer(&w, &c, HF_RSC_CREATED);
    assert_bytes_text(w.answer.content.cr, CSE1);
    world_done(&w);
}

HF_TEST(a_late_request_an_unknown_release_and_another_authority_are_refused)
{
    struct world w;
    struct fake_channel c;

    enrol(&w, &c);
    good_key(&w)->expires_s = START_S;
    assert_answer(&w, &c, HF_RSC_REQUEST_TIMEOUT);
    good_key(&w)->release = HF_LITERAL("9");
    assert_answer(&w, &c, HF_RSC_RELEASE_VERSION_NOT_SUPPORTED);
    world_request(&w, HF_RETRIEVE, "-", CSE1)->to_fqdn = HF_LITERAL(MAF_FQDN);
    assert_answer(&w, &c, HF_RSC_NOT_FOUND);
    world_request(&w, HF_RETRIEVE, "-", CSE1)->to_fqdn = HF_LITERAL("MEF.example.com");
    w.request.release = (struct hf_bytes){0};
    assert_answer(&w, &c, HF_RSC_OK);
    assert_bytes_text(w.answer.content.fq, MEF_FQDN);
    world_request(&w, HF_RETRIEVE, "-", CSE1)->release = HF_LITERAL("2a");
    w.request.expires_s = START_S + 1;
    assert_answer(&w, &c, HF_RSC_OK);
    world_done(&w);
}

HF_TEST(types_and_operations_that_are_not_ours_are_refused)
{
    static const struct {
        enum hf_operation operation;
        const char *to;
        unsigned type, rsc;
    } rows[] = {
        {HF_CREATE,   "-",            HF_TYPE_NONE,           HF_RSC_BAD_REQUEST                },
        {HF_CREATE,   "-",            HF_TYPE_MEF_BASE,       HF_RSC_INVALID_CHILD_RESOURCE_TYPE},
        {HF_CREATE,   "-",            HF_TYPE_MAF_CLIENT_REG, HF_RSC_INVALID_CHILD_RESOURCE_TYPE},
        {HF_CREATE,   "-",            HF_TYPE_MEF_CLIENT_CMD, HF_RSC_INVALID_CHILD_RESOURCE_TYPE},
        {HF_CREATE,   "-",            HF_TYPE_PROVISION,      HF_RSC_INVALID_CHILD_RESOURCE_TYPE},
        {HF_CREATE,   "-",            8,                      HF_RSC_NOT_IMPLEMENTED            },
        {HF_CREATE,   NOTHING,        HF_TYPE_SYMM_KEY_REG,   HF_RSC_INVALID_CHILD_RESOURCE_TYPE},
        {HF_UPDATE,   "-",            0,                      HF_RSC_OPERATION_NOT_ALLOWED      },
        {HF_DELETE,   "-",            0,                      HF_RSC_OPERATION_NOT_ALLOWED      },
        {HF_NOTIFY,   "-",            0,                      HF_RSC_OPERATION_NOT_ALLOWED      },
        {HF_RETRIEVE, NOTHING,        0,                      HF_RSC_NOT_FOUND                  },
        {HF_RETRIEVE, "0000",         0,                      HF_RSC_NOT_FOUND                  },
        {HF_RETRIEVE, "",             0,                      HF_RSC_NOT_FOUND                  },
        {HF_RETRIEVE, NOTHING "/cmd", 0,                      HF_RSC_NOT_IMPLEMENTED            },
    };
    struct world w;
    struct fake_channel c;

    enrol(&w, &c);
    for (size_t i = 0; i < HF_COUNT(rows); i++) {
        struct hf_request *r = good_key(&w);

        r->operation = rows[i].operation;
        r->to = hf_text(rows[i].to);
        r->type = rows[i].type;
        assert_answer(&w, &c, rows[i].rsc);
    }
    good_key(&w)->content.type = HF_TYPE_MEF_CLIENT_REG;
    assert_answer(&w, &c, HF_RSC_BAD_REQUEST);
    world_done(&w);
}

HF_TEST(a_client_registers_once_and_with_a_stakeholder_that_is_served)
{
    struct world w;
    struct fake_channel c;

    enrol(&w, &c);
    assert_int_equal(world_register_client(&w, &w.mef_service, &c, CSE1, START_S + HOUR),
                     HF_RSC_ALREADY_REGISTERED);
    w.request.content.adfq = HF_LITERAL("other.example.com");
    assert_answer(&w, &c, HF_RSC_NO_PRIVILEGE);
    assert_true(world_has_audit(&w, "request.refused"));
    w.request.content_st = HF_ERR_MALFORMED;
    assert_answer(&w, &c, HF_RSC_BAD_REQUEST);
    w.request.content_st = HF_OK;
    w.request.has_content = false;
    assert_answer(&w, &c, HF_RSC_BAD_REQUEST);
    world_done(&w);
}

HF_TEST(an_expired_registration_makes_room_for_a_new_one)
{
    struct world w;
    struct fake_channel c;
    struct hf_bytes old;

    enrol(&w, &c);
    old = world_keep(&w, w.answer.location);
    w.clock.now_s = START_S + HOUR;
    assert_int_equal(world_touch(&w, &w.mef_service, &c, HF_RETRIEVE, old, CSE1), HF_RSC_NOT_FOUND);
    good_key(&w)->content.et = START_S + 2 * HOUR;
    assert_answer(&w, &c, HF_RSC_NO_PRIVILEGE);
    assert_int_equal(world_register_client(&w, &w.mef_service, &c, CSE1, START_S + 2 * HOUR),
                     HF_RSC_CREATED);
    assert_false(hf_bytes_equal(w.answer.location, old));
    world_done(&w);
}

HF_TEST(a_key_registration_is_refused_for_what_is_wrong_with_it)
{
    struct world w;
    struct fake_channel c;
    struct hf_bytes two[2] = {HF_LITERAL(IN_CSE), HF_LITERAL(CSE2)};

    enrol(&w, &c);
    good_key(&w)->content.suid = HF_SUID_MAF_SAEF;
    assert_answer(&w, &c, HF_RSC_CONTENTS_UNACCEPTABLE);
    good_key(&w)->content.et = START_S;
    assert_answer(&w, &c, HF_RSC_BAD_REQUEST);
    good_key(&w)->content.tgis.count = 0;
    assert_answer(&w, &c, HF_RSC_BAD_REQUEST);
    good_key(&w)->content.suid = HF_SUID_RSPF_SAEF;
    w.request.content.tgis = (struct hf_list){two, 2};
    assert_answer(&w, &c, HF_RSC_BAD_REQUEST);
    good_key(&w)->content.suid = HF_SUID_RSPF_ESDATA;
    w.request.content.tgis = (struct hf_list){two, 2};
    assert_answer(&w, &c, HF_RSC_BAD_REQUEST);
    good_key(&w)->content.adfq = HF_LITERAL("other.example.com");
    assert_answer(&w, &c, HF_RSC_NO_PRIVILEGE);
    good_key(&w)->content.has |= 1u << HF_A_KV;
    assert_answer(&w, &c, HF_RSC_BAD_REQUEST);
    /* None of these has used the channel's one export up. */
    assert_false(c.has_exported);
    good_key(&w);
    assert_answer(&w, &c, HF_RSC_CREATED);
    world_done(&w);
}

HF_TEST(ch_1_a_channel_without_extended_master_secret_exports_nothing)
{
    struct world w;
    struct fake_channel c;

    enrol(&w, &c);
    c.export_st = HF_ERR_DENIED;
    good_key(&w);
    assert_answer(&w, &c, HF_RSC_NO_PRIVILEGE);
    c.export_st = HF_ERR_CRYPTO;
    assert_answer(&w, &c, HF_RSC_INTERNAL_ERROR);
    assert_false(world_has_audit(&w, "key.registered"));
    world_done(&w);
}

HF_TEST(ch_2_a_channel_registers_one_exported_key)
{
    struct world w;
    struct fake_channel c;

    enrol(&w, &c);
    good_key(&w);
    assert_answer(&w, &c, HF_RSC_CREATED);
    assert_answer(&w, &c, HF_RSC_CONFLICT);
    assert_int_equal(world_count_audit(&w, "key.registered"), 1);
    world_done(&w);
}

HF_TEST(km_5_a_forced_collision_leaves_the_first_key_intact)
{
    struct world w;
    struct fake_channel c, other;
    struct hf_lookup before, after;

    enrol(&w, &c);
    good_key(&w);
    assert_answer(&w, &c, HF_RSC_CREATED);
    before = world_find(&w, HF_FIND_KEY, MEF_FQDN, w.answer.location);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID2, &other));
    assert_int_equal(world_register_client(&w, &w.mef_service, &other, CSE2, START_S + HOUR),
                     HF_RSC_CREATED);
    other.secret = c.secret;
    good_key(&w)->from = HF_LITERAL(CSE2);
    assert_answer(&w, &other, HF_RSC_CONFLICT);
    assert_false(w.answer.has_content);
    after = world_find(&w, HF_FIND_KEY, MEF_FQDN, before.key.relative_id);
    assert_bytes_text(after.key.source, CSE1);
    assert_true(hf_secret_equal(&before.key.key, &after.key.key));

    /* Not even after its end (invariant G3). */
    assert_int_equal(world_touch(&w, &w.mef_service, &c, HF_DELETE, before.key.relative_id, CSE1),
                     HF_RSC_DELETED);
    other.has_exported = false;
    good_key(&w)->from = HF_LITERAL(CSE2);
    assert_answer(&w, &other, HF_RSC_CONFLICT);
    world_done(&w);
}

HF_TEST(km_6_a_given_key_value_comes_back_to_targets_only)
{
    struct world w;
    struct fake_channel c, target;
    struct hf_bytes two[2] = {HF_LITERAL(IN_CSE), HF_LITERAL(CSE2)};
    struct hf_request *r;
    struct hf_bytes id;

    enrol(&w, &c);
    r = good_key(&w);
    r->content.suid = HF_SUID_RSPF_ESDATA;
    r->content.tgis = (struct hf_list){two, 2};
    assert_ok(hf_secret_set(&r->content.kv, HF_LITERAL("0123456789abcdef")));
    r->content.has |= 1u << HF_A_KV;
    assert_answer(&w, &c, HF_RSC_CREATED);
    assert_false(hf_content_has(&w.answer.content, HF_A_KV));
    assert_int_equal(w.answer.content.rkid.len, 32);
    assert_false(c.has_exported);
    id = world_keep(&w, w.answer.location);
    assert_int_equal(world_touch(&w, &w.mef_service, &c, HF_RETRIEVE, id, CSE1), HF_RSC_OK);
    assert_false(hf_content_has(&w.answer.content, HF_A_KV));
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID2, &target));
    assert_int_equal(world_touch(&w, &w.mef_service, &target, HF_RETRIEVE, id, CSE2), HF_RSC_OK);
    assert_true(
        hf_bytes_equal(hf_secret_reveal(&w.answer.content.kv), HF_LITERAL("0123456789abcdef")));
    world_done(&w);
}

HF_TEST(ch_11_a_stripped_method_list_ends_the_bootstrap)
{
    static const struct hf_bytes certificate = {(const uint8_t *)"certificate", 11};
    static const struct hf_bytes psk = {(const uint8_t *)"psk", 3};
    struct hf_bytes ours[2] = {certificate, psk};
    struct world w;
    struct fake_channel c;
    struct hf_request *r;

    world_init(&w);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &c));
    assert_int_equal(world_register_client(&w, &w.mef_service, &c, CSE1, START_S),
                     HF_RSC_BAD_REQUEST);
    r = &w.request;
    r->content.et = START_S + HOUR;
    r->content.nmth = (struct hf_list){&psk, 1};
    r->content.smth = (struct hf_list){&psk, 1};
    r->content.has |= 1u << HF_A_NMTH | 1u << HF_A_SMTH;
    assert_answer(&w, &c, HF_RSC_NO_PRIVILEGE);
    assert_true(w.answer.close);
    assert_true(world_has_audit(&w, "stripped a better method"));
    r->content.smth = (struct hf_list){ours, 2};
    r->content.nmth = (struct hf_list){ours, 2};
    assert_answer(&w, &c, HF_RSC_NO_PRIVILEGE);
    assert_true(w.answer.close);
    r->content.nmth = (struct hf_list){&psk, 1};
    assert_answer(&w, &c, HF_RSC_CREATED);
    world_done(&w);
}
