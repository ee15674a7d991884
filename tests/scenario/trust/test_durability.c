/* Acknowledged means durable (invariant G4), audited before the effect (G8), and over at the end.
 */
#include "scenario/trust/world.h"
#include "support/hf_test.h"

#define KE_ID1 "01010101010101010101010101010101@" MEF_FQDN

static void enrol(struct world *w, struct fake_channel *c)
{
    world_init(w);
    assert_ok(world_connect(w, &w->mef_service, KPM_ID1, c));
    assert_int_equal(world_register_client(w, &w->mef_service, c, CSE1, START_S + 10 * HOUR),
                     HF_RSC_CREATED);
}

static unsigned register_km(struct world *w, struct fake_channel *c)
{
    return world_register_key(w, &w->mef_service, c, CSE1, HF_SUID_RSPF_MAF, "//" MAF_FQDN,
                              START_S + 10 * HOUR);
}

HF_TEST(a_failed_commit_acknowledges_nothing)
{
    static const struct {
        hf_status st;
        unsigned rsc;
    } rows[] = {
        {HF_ERR_STORE,       HF_RSC_INTERNAL_ERROR},
        {HF_ERR_UNREACHABLE, HF_RSC_INTERNAL_ERROR},
        {HF_ERR_CONFLICT,    HF_RSC_CONFLICT      },
        {HF_ERR_UNKNOWN,     HF_RSC_NO_PRIVILEGE  },
    };

    for (size_t i = 0; i < HF_COUNT(rows); i++) {
        struct world w;
        struct fake_channel c;
        struct hf_bytes id = HF_LITERAL("01010101010101010101010101010101");

        enrol(&w, &c);
        hf_memory_store_fail_next(w.store, rows[i].st);
        assert_int_equal(register_km(&w, &c), rows[i].rsc);
        assert_int_equal(w.answers, 1);
        assert_false(w.answer.has_content);
        assert_true(hf_bytes_is_empty(w.answer.location));
        assert_true((w.answer.retry_after_s > 0) == (rows[i].st == HF_ERR_UNREACHABLE));
        assert_status(world_find(&w, HF_FIND_KEY, MEF_FQDN, id).st, HF_ERR_UNKNOWN);
        world_done(&w);
    }
}

HF_TEST(a_race_that_the_store_sees_is_answered_like_what_it_is)
{
    struct world w;
    struct fake_channel c;
    struct hf_bytes id;

    enrol(&w, &c);
    id = world_keep(&w, w.answer.location);
    hf_memory_store_fail_next(w.store, HF_ERR_UNKNOWN);
    assert_int_equal(world_touch(&w, &w.mef_service, &c, HF_DELETE, id, CSE1), HF_RSC_NOT_FOUND);
    assert_int_equal(world_touch(&w, &w.mef_service, &c, HF_DELETE, id, CSE1), HF_RSC_DELETED);
    hf_memory_store_fail_next(w.store, HF_ERR_CONFLICT);
    assert_int_equal(world_register_client(&w, &w.mef_service, &c, CSE1, START_S + HOUR),
                     HF_RSC_ALREADY_REGISTERED);
    world_done(&w);
}

HF_TEST(no_answer_leaves_before_the_commit_is_done)
{
    struct world w;
    struct fake_channel c;

    enrol(&w, &c);
    hf_memory_store_hold(w.store, true);
    assert_int_equal(register_km(&w, &c), 0);
    assert_int_equal(w.answers, 0);
    hf_memory_store_deliver(w.store);
    assert_int_equal(w.answers, 1);
    assert_int_equal(w.answer.rsc, HF_RSC_CREATED);
    world_done(&w);
}

HF_TEST(no_key_leaves_before_it_is_written_down)
{
    struct world w;
    struct fake_channel c, maf;
    struct hf_bytes id;

    enrol(&w, &c);
    assert_int_equal(register_km(&w, &c), HF_RSC_CREATED);
    id = world_keep(&w, w.answer.location);
    assert_ok(world_present(&w, &w.mef_service, HF_CREDENTIAL_FQDN_CERT, MAF_FQDN, &maf));
    hf_memory_store_fail_next(w.store, HF_ERR_STORE);
    assert_int_equal(world_touch(&w, &w.mef_service, &maf, HF_RETRIEVE, id, "//" MAF_FQDN),
                     HF_RSC_INTERNAL_ERROR);
    assert_false(w.answer.has_content);
    assert_true(hf_secret_is_empty(&w.answer.content.kv));
    hf_memory_store_hold(w.store, true);
    assert_int_equal(world_touch(&w, &w.mef_service, &maf, HF_RETRIEVE, id, "//" MAF_FQDN), 0);
    hf_memory_store_deliver(w.store);
    assert_int_equal(w.answer.rsc, HF_RSC_OK);
    assert_false(hf_secret_is_empty(&w.answer.content.kv));
    world_done(&w);
}

HF_TEST(without_random_octets_nothing_is_issued)
{
    struct world w;
    struct fake_channel c;

    world_init(&w);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &c));
    w.random.st = HF_ERR_SYSTEM;
    assert_int_equal(world_register_client(&w, &w.mef_service, &c, CSE1, START_S + HOUR),
                     HF_RSC_INTERNAL_ERROR);
    assert_false(world_has_audit(&w, "client.registered"));
    world_done(&w);
}

HF_TEST(km_4_a_key_is_given_until_the_second_of_its_end)
{
    static const struct {
        uint64_t at;
        unsigned rsc;
    } rows[] = {
        {START_S + HOUR - 1, HF_RSC_OK       },
        {START_S + HOUR,     HF_RSC_NOT_FOUND},
        {START_S + HOUR + 1, HF_RSC_NOT_FOUND},
    };
    struct world w;
    struct fake_channel c, target, again;
    struct hf_bytes id;

    enrol(&w, &c);
    assert_int_equal(
        world_register_key(&w, &w.mef_service, &c, CSE1, HF_SUID_RSPF_SAEF, CSE2, START_S + HOUR),
        HF_RSC_CREATED);
    id = world_keep(&w, w.answer.location);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID2, &target));
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &again));
    for (size_t i = 0; i < HF_COUNT(rows); i++) {
        w.clock.now_s = rows[i].at;
        assert_int_equal(world_touch(&w, &w.mef_service, &target, HF_RETRIEVE, id, CSE2),
                         rows[i].rsc);
        assert_int_equal(world_touch(&w, &w.mef_service, &again, HF_RETRIEVE, id, CSE1),
                         rows[i].rsc);
    }
    world_done(&w);
}

HF_TEST(km_9_ends_are_granted_within_policy_enrolment_and_parent)
{
    struct world w;
    struct fake_channel c, maf;

    world_init(&w);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &c));
    /* The enrolment (24 h) is shorter than the policy (100 h); the year 9999 is far. */
    assert_int_equal(world_register_client(&w, &w.mef_service, &c, CSE1, HF_TIME_MAX_S),
                     HF_RSC_CREATED);
    assert_int_equal(w.answer.content.et, START_S + ENROLMENT);
    assert_int_equal(world_extend(&w, &w.mef_service, &c, world_keep(&w, w.answer.location),
                                  HF_TYPE_MEF_CLIENT_REG, CSE1, START_S + 5 * HOUR),
                     HF_RSC_UPDATED);
    assert_int_equal(world_register_key(&w, &w.mef_service, &c, CSE1, HF_SUID_RSPF_MAF,
                                        "//" MAF_FQDN, HF_TIME_MAX_S),
                     HF_RSC_CREATED);
    assert_int_equal(w.answer.content.et, START_S + 5 * HOUR);

    /* At the MAF nothing outlives Km. */
    assert_ok(world_connect(&w, &w.maf_service, KE_ID1, &maf));
    assert_int_equal(maf.peer.expires_s, START_S + 5 * HOUR);
    assert_int_equal(world_register_client(&w, &w.maf_service, &maf, CSE1, HF_TIME_MAX_S),
                     HF_RSC_CREATED);
    assert_int_equal(w.answer.content.et, START_S + 5 * HOUR);
    w.clock.now_s = START_S + 5 * HOUR;
    assert_int_equal(world_touch(&w, &w.maf_service, &maf, HF_RETRIEVE, HF_LITERAL("-"), CSE1),
                     HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
    assert_status(world_connect(&w, &w.maf_service, KE_ID1, &maf), HF_ERR_EXPIRED);
    world_done(&w);
}
