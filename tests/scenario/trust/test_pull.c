/* The MAF and its MEF: one pull for many, none for the unknown, and nothing believed unchecked. */
#include <string.h>

#include "scenario/trust/world.h"
#include "support/hf_test.h"

#define KE_ID1 "01010101010101010101010101010101@" MEF_FQDN
#define NOBODY "0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F@" MEF_FQDN

static void bootstrap(struct world *w)
{
    struct fake_channel c;

    world_init(w);
    assert_ok(world_connect(w, &w->mef_service, KPM_ID1, &c));
    assert_int_equal(world_register_client(w, &w->mef_service, &c, CSE1, START_S + 10 * HOUR),
                     HF_RSC_CREATED);
    assert_int_equal(world_register_key(w, &w->mef_service, &c, CSE1, HF_SUID_RSPF_MAF,
                                        "//" MAF_FQDN, START_S + 10 * HOUR),
                     HF_RSC_CREATED);
}

static void count(struct hf_psk_question *q)
{
    unsigned *answers = q->context;

    (*answers)++;
}

HF_TEST(many_who_wait_for_one_ke_id_cost_one_pull)
{
    enum { MANY = 50 };
    struct hf_psk_question q[MANY];
    unsigned answers = 0;
    struct world w;

    bootstrap(&w);
    w.remote.hold = true;
    for (size_t i = 0; i < MANY; i++) {
        q[i] = (struct hf_psk_question){.identity = HF_LITERAL(KE_ID1),
                                        .arena = &w.life,
                                        .done = count,
                                        .context = &answers,
                                        .st = HF_ERR_BUG};
        w.maf_service.resolve_psk(w.maf_service.self, &q[i]);
    }
    assert_int_equal(w.remote.fetches, 1);
    assert_int_equal(answers, 0);
    fake_remote_deliver(&w.remote);
    assert_int_equal(answers, MANY);
    for (size_t i = 0; i < MANY; i++) {
        assert_ok(q[i].st);
        assert_true(hf_secret_equal(&q[i].key, &q[0].key));
        assert_bytes_text(q[i].peer.node_id, "urn:n1");
    }
    assert_int_equal(world_count_audit(&w, "km.pulled"), 1);
    world_done(&w);
}

HF_TEST(gw_4_what_the_mef_does_not_give_is_not_asked_again_for_30_s)
{
    struct world w;
    struct fake_channel c;

    bootstrap(&w);
    assert_status(world_connect(&w, &w.maf_service, NOBODY, &c), HF_ERR_UNKNOWN);
    assert_int_equal(w.remote.fetches, 1);
    w.clock.now_s += 29;
    assert_status(world_connect(&w, &w.maf_service, NOBODY, &c), HF_ERR_UNKNOWN);
    assert_int_equal(w.remote.fetches, 1);
    assert_ok(world_connect(&w, &w.maf_service, KE_ID1, &c)); /* others are not held up */
    assert_int_equal(w.remote.fetches, 2);
    w.clock.now_s += 1;
    assert_status(world_connect(&w, &w.maf_service, NOBODY, &c), HF_ERR_UNKNOWN);
    assert_int_equal(w.remote.fetches, 3);
    world_done(&w);
}

HF_TEST(a_silent_mef_is_told_apart_for_the_alert)
{
    struct world w;
    struct fake_channel c;

    bootstrap(&w);
    w.remote.failure = HF_ERR_UNREACHABLE;
    assert_status(world_connect(&w, &w.maf_service, KE_ID1, &c), HF_ERR_UNREACHABLE);
    assert_status(world_connect(&w, &w.maf_service, KE_ID1, &c), HF_ERR_UNREACHABLE);
    assert_int_equal(w.remote.fetches, 1);
    w.remote.failure = HF_OK;
    w.clock.now_s += 30;
    assert_ok(world_connect(&w, &w.maf_service, KE_ID1, &c));
    world_done(&w);
}

HF_TEST(pulls_under_way_are_bounded)
{
    enum { MORE = 1100, BOUND = 1024 };
    static struct hf_psk_question q[MORE];
    static char identities[MORE][sizeof NOBODY];
    unsigned answers = 0;
    struct world w;

    bootstrap(&w);
    w.remote.hold = true;
    for (unsigned i = 0; i < MORE; i++) {
        memcpy(identities[i], NOBODY, sizeof NOBODY);
        for (unsigned digit = 0; digit < 4; digit++)
            identities[i][digit] = "0123456789ABCDEF"[i >> digit * 4 & 15];
        q[i] = (struct hf_psk_question){.identity = hf_text(identities[i]),
                                        .arena = &w.life,
                                        .done = count,
                                        .context = &answers};
        w.maf_service.resolve_psk(w.maf_service.self, &q[i]);
    }
    assert_int_equal(w.remote.fetches, BOUND);
    assert_int_equal(answers, MORE - BOUND);
    assert_status(q[MORE - 1].st, HF_ERR_LIMIT);
    fake_remote_deliver(&w.remote);
    assert_int_equal(answers, MORE);
    world_done(&w);
}

HF_TEST(a_maf_that_ends_with_pulls_under_way_leaves_nothing_behind)
{
    struct hf_psk_question q = {.identity = HF_LITERAL(KE_ID1), .done = count};
    unsigned answers = 0;
    struct world w;

    bootstrap(&w);
    w.remote.hold = true;
    q.arena = &w.life;
    q.context = &answers;
    w.maf_service.resolve_psk(w.maf_service.self, &q);
    world_done(&w); /* the leak checker is the judge */
    assert_int_equal(answers, 0);
}

static hf_status pull_instead(const struct hf_key_record *instead)
{
    struct hf_key_record k = *instead;
    struct world w;
    struct fake_channel c;
    hf_status st;

    bootstrap(&w);
    w.remote.instead = &k;
    st = world_connect(&w, &w.maf_service, NOBODY, &c);
    assert_true((st == HF_OK) == world_has_audit(&w, "km.pulled"));
    world_done(&w);
    return st;
}

HF_TEST(km_7_what_is_pulled_is_checked_before_it_is_believed)
{
    struct hf_key_record good = {.source = HF_LITERAL("//sp.example.com/CSE7"),
                                 .admin_fqdn = HF_LITERAL(PROVIDER),
                                 .suid = HF_SUID_RSPF_MAF,
                                 .expires_s = START_S + HOUR};
    struct hf_key_record k;

    assert_ok(hf_secret_set(&good.key, HF_LITERAL("0123456789abcdefghijklmnopqrstuv")));
    assert_ok(pull_instead(&good));
    for (unsigned suid = 0; suid < 50; suid++) {
        k = good;
        k.suid = suid;
        assert_status(pull_instead(&k), suid == HF_SUID_RSPF_MAF ? HF_OK : HF_ERR_DENIED);
    }
    k = good;
    k.expires_s = START_S;
    assert_status(pull_instead(&k), HF_ERR_EXPIRED);
    k = good;
    k.admin_fqdn = HF_LITERAL("other.example.com");
    assert_status(pull_instead(&k), HF_ERR_DENIED);
    k = good;
    k.source = HF_LITERAL("//maf.example.com");
    assert_status(pull_instead(&k), HF_ERR_MALFORMED);
    k = good;
    hf_secret_wipe(&k.key);
    assert_status(pull_instead(&k), HF_ERR_MALFORMED);
}

HF_TEST(km_13_a_node_revoked_at_the_maf_does_not_come_back_by_a_new_bootstrap)
{
    struct hf_change end = {
        .kind = HF_END_NODE,
        .node = {.authority = HF_LITERAL(MAF_FQDN),
                 .node_id = HF_LITERAL("urn:n1"),
                 .state = HF_RECORD_REVOKED}
    };
    struct world w;
    struct fake_channel mef, maf;

    bootstrap(&w);
    assert_ok(world_connect(&w, &w.maf_service, KE_ID1, &maf));
    assert_ok(world_commit(&w, &end, 1));
    assert_status(world_connect(&w, &w.maf_service, KE_ID1, &maf), HF_ERR_DENIED);
    w.channels = 0x20;
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &mef));
    assert_int_equal(world_register_key(&w, &w.mef_service, &mef, CSE1, HF_SUID_RSPF_MAF,
                                        "//" MAF_FQDN, START_S + 10 * HOUR),
                     HF_RSC_CREATED);
    assert_status(
        world_connect(&w, &w.maf_service, "21212121212121212121212121212121@" MEF_FQDN, &maf),
        HF_ERR_DENIED);
    world_done(&w);
}
