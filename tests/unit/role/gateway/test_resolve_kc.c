#include "role/gateway/gateway.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "support/hf_test.h"

#define KEY_ID   "356F536024322FD46CA19C5E27FB79BD"
#define IDENTITY KEY_ID "@maf.sp.example"

enum { QUESTIONS = 100, ARENA_MAX = 4096, NOW_S = 1000000 };

/* A gateway with a MAF that answers when the test says so. */
static struct bench {
    uint64_t now_s;
    struct hf_key_fetch *fetches[8];
    size_t fetch_count, answered;
    struct hf_psk_question questions[QUESTIONS];
    struct hf_arena arenas[QUESTIONS];
    struct hf_gateway *gateway;
} bench;

static uint64_t now_ms(void *self)
{
    (void)self;
    return bench.now_s * 1000;
}

static uint64_t unix_time_s(void *self)
{
    (void)self;
    return bench.now_s;
}

static hf_status fill(void *self, uint8_t *out, size_t len)
{
    (void)self;
    memset(out, 5, len);
    return HF_OK;
}

static void fetch_key(void *self, struct hf_key_fetch *f)
{
    (void)self;
    assert_true(bench.fetch_count < HF_COUNT(bench.fetches));
    bench.fetches[bench.fetch_count++] = f;
}

static const struct hf_clock fake_clock = {now_ms, unix_time_s, NULL};
static const struct hf_random fake_random = {fill, NULL};
static const struct hf_remote fake_maf = {NULL, fetch_key, NULL};

static void set_up(void)
{
    struct hf_gateway_config config = {.cse = HF_LITERAL("//sp.example/in-cse"),
                                       .maf_fqdn = HF_LITERAL("maf.sp.example"),
                                       .cache_s = 60};

    memset(&bench, 0, sizeof bench);
    bench.now_s = NOW_S;
    assert_ok(hf_gateway_new(&config, &fake_clock, &fake_random, &fake_maf, &bench.gateway));
}

static void tear_down(void)
{
    for (size_t i = 0; i < QUESTIONS; i++)
        hf_arena_done(&bench.arenas[i]);
    hf_gateway_free(bench.gateway);
}

static void on_answer(struct hf_psk_question *q)
{
    (void)q;
    bench.answered++;
}

static struct hf_psk_question *ask(size_t i, const char *identity)
{
    struct hf_psk_question *q = &bench.questions[i];
    struct hf_service service = hf_gateway_service(bench.gateway);

    hf_arena_done(&bench.arenas[i]);
    hf_arena_init(&bench.arenas[i], ARENA_MAX);
    *q = (struct hf_psk_question){.identity = hf_text(identity),
                                  .server_name = HF_LITERAL("in-cse.sp.example"),
                                  .arena = &bench.arenas[i],
                                  .done = on_answer,
                                  .st = HF_ERR_BUG};
    service.resolve_psk(service.self, q);
    return q;
}

static void maf_answers(size_t i, unsigned suid, uint64_t expires_s, const char *source)
{
    struct hf_key_fetch *f = bench.fetches[i];

    f->st = HF_OK;
    f->key.suid = suid;
    f->key.expires_s = expires_s;
    f->key.source = hf_text(source);
    assert_ok(hf_secret_set(&f->key.key, HF_LITERAL("0123456789abcdef0123456789abcdef")));
    f->done(f);
}

static void maf_refuses(size_t i, hf_status st)
{
    bench.fetches[i]->st = st;
    bench.fetches[i]->done(bench.fetches[i]);
}

HF_TEST(the_first_association_with_a_key_asks_the_maf_and_the_next_does_not)
{
    struct hf_psk_question *q;

    set_up();
    q = ask(0, IDENTITY);
    assert_int_equal(bench.answered, 0);
    assert_bytes_text(bench.fetches[0]->relative_id, KEY_ID);
    assert_bytes_text(bench.fetches[0]->fqdn, "maf.sp.example");
    maf_answers(0, 32, NOW_S + 3600, "//sp.example/asn-1/Csensor");
    assert_ok(q->st);
    assert_bytes_text(hf_secret_reveal(&q->key), "0123456789abcdef0123456789abcdef");
    assert_bytes_text(q->peer.entities.at[0], "//sp.example/asn-1/Csensor");
    assert_bytes_text(q->peer.credential_id, "12-" IDENTITY);
    assert_int_equal(q->peer.expires_s, NOW_S + 3600);
    assert_ok(ask(1, IDENTITY)->st);
    assert_int_equal(bench.fetch_count, 1);
    tear_down();
}

HF_TEST(the_identifier_is_the_same_in_either_case)
{
    set_up();
    ask(0, "356f536024322fd46ca19c5e27fb79bd@MAF.sp.example");
    maf_answers(0, 32, NOW_S + 3600, "//sp.example/asn-1/Csensor");
    assert_ok(ask(1, IDENTITY)->st);
    assert_int_equal(bench.fetch_count, 1);
    tear_down();
}

HF_TEST(askers_of_one_key_share_one_retrieval_and_another_key_does_not_wait)
{
    set_up();
    for (size_t i = 0; i < 64; i++)
        ask(i, IDENTITY);
    assert_status(ask(64, IDENTITY)->st, HF_ERR_UNREACHABLE); /* the bound of one retrieval */
    ask(65, "00000000000000000000000000000001@maf.sp.example");
    assert_int_equal(bench.fetch_count, 2);
    maf_answers(1, 32, NOW_S + 10, "//sp.example/asn-1/Cmeter");
    assert_ok(bench.questions[65].st);
    assert_int_equal(bench.answered, 2);
    maf_answers(0, 32, NOW_S + 10, "//sp.example/asn-1/Csensor");
    for (size_t i = 0; i < 64; i++)
        assert_ok(bench.questions[i].st);
    tear_down();
}

HF_TEST(t_gw_5_only_the_configured_maf_is_ever_asked)
{
    static const char *const identities[] = {KEY_ID "@maf.evil.example",
                                             KEY_ID "@maf.sp.example.evil.example",
                                             KEY_ID "@sp.example",
                                             KEY_ID,
                                             KEY_ID "@",
                                             "@maf.sp.example",
                                             KEY_ID "@maf.sp.example@maf.sp.example",
                                             KEY_ID "@maf.sp.example\n",
                                             "../" KEY_ID "@maf.sp.example"};

    set_up();
    for (size_t i = 0; i < HF_COUNT(identities); i++)
        assert_int_not_equal(ask(i, identities[i])->st, HF_OK);
    assert_int_equal(bench.answered, HF_COUNT(identities));
    assert_int_equal(bench.fetch_count, 0);
    tear_down();
}

HF_TEST(t_km_7_a_key_for_another_use_opens_no_association)
{
    static const unsigned suids[] = {10, 11, 13, 14, 15, 21, 23, 24, 25, 33, 34, 35, 40, 41};

    set_up();
    for (size_t i = 0; i < HF_COUNT(suids); i++) {
        char identity[64];

        snprintf(identity, sizeof identity, "%032zu@maf.sp.example", i);
        bench.fetch_count = 0;
        ask(i, identity);
        maf_answers(0, suids[i], NOW_S + 10, "//sp.example/asn-1/Csensor");
        assert_status(bench.questions[i].st, HF_ERR_DENIED);
        assert_true(hf_secret_is_empty(&bench.questions[i].key));
    }
    tear_down();
}

HF_TEST(t_km_4_a_key_is_good_until_its_second_and_not_at_it)
{
    set_up();
    ask(0, IDENTITY);
    maf_answers(0, 32, NOW_S + 30, "//sp.example/asn-1/Csensor");
    bench.now_s = NOW_S + 29;
    assert_ok(ask(1, IDENTITY)->st);
    bench.now_s = NOW_S + 30;
    ask(2, IDENTITY);
    assert_int_equal(bench.fetch_count, 2); /* not from the cache any more */
    maf_answers(1, 32, NOW_S + 30, "//sp.example/asn-1/Csensor");
    assert_status(bench.questions[2].st, HF_ERR_EXPIRED);
    tear_down();
}

HF_TEST(a_cached_key_is_asked_for_again_after_its_minute)
{
    set_up();
    ask(0, IDENTITY);
    maf_answers(0, 32, NOW_S + 3600, "//sp.example/asn-1/Csensor");
    bench.now_s = NOW_S + 59;
    assert_ok(ask(1, IDENTITY)->st);
    bench.now_s = NOW_S + 60;
    ask(2, IDENTITY);
    assert_int_equal(bench.fetch_count, 2);
    maf_refuses(1, HF_ERR_UNKNOWN); /* revoked meanwhile */
    assert_status(bench.questions[2].st, HF_ERR_UNKNOWN);
    tear_down();
}

HF_TEST(t_gw_4_a_refusal_is_remembered_for_half_a_minute)
{
    set_up();
    ask(0, IDENTITY);
    maf_refuses(0, HF_ERR_UNKNOWN);
    assert_status(bench.questions[0].st, HF_ERR_UNKNOWN);
    bench.now_s = NOW_S + 29;
    assert_status(ask(1, IDENTITY)->st, HF_ERR_UNKNOWN);
    assert_int_equal(bench.fetch_count, 1);
    bench.now_s = NOW_S + 30;
    ask(2, IDENTITY);
    assert_int_equal(bench.fetch_count, 2);
    maf_answers(1, 32, NOW_S + 3600, "//sp.example/asn-1/Csensor");
    assert_ok(bench.questions[2].st);
    tear_down();
}

HF_TEST(t_gw_8_a_maf_that_is_away_fails_new_associations_and_is_asked_again)
{
    set_up();
    ask(0, IDENTITY);
    maf_refuses(0, HF_ERR_UNREACHABLE);
    assert_status(bench.questions[0].st, HF_ERR_UNREACHABLE);
    assert_true(hf_secret_is_empty(&bench.questions[0].key));
    ask(1, IDENTITY);
    assert_int_equal(bench.fetch_count, 2);
    maf_refuses(1, HF_ERR_UNREACHABLE);
    tear_down();
}

HF_TEST(a_source_that_is_no_entity_is_nobody)
{
    static const char *const sources[] = {"", "Csensor", "/asn-1/Csensor", "//maf.sp.example",
                                          "//sp.example/asn-1/Xsensor/y"};

    set_up();
    for (size_t i = 0; i < HF_COUNT(sources); i++) {
        char identity[64];

        snprintf(identity, sizeof identity, "%032zu@maf.sp.example", i);
        bench.fetch_count = 0;
        ask(i, identity);
        maf_answers(0, 32, NOW_S + 10, sources[i]);
        assert_status(bench.questions[i].st, HF_ERR_DENIED);
    }
    tear_down();
}

HF_TEST(a_gateway_that_goes_while_the_maf_is_asked_leaves_nothing_behind)
{
    set_up();
    ask(0, IDENTITY);
    hf_gateway_free(bench.gateway);
    bench.gateway = NULL;
    maf_answers(0, 32, NOW_S + 10, "//sp.example/asn-1/Csensor");
    assert_int_equal(bench.answered, 0);
    tear_down();
}

HF_TEST(without_memory_a_question_is_answered_all_the_same)
{
    for (size_t nth = 1; nth < 12; nth++) {
        set_up();
        hf_memory_fail_at(nth);
        ask(0, IDENTITY);
        if (bench.fetch_count == 1)
            maf_answers(0, 32, NOW_S + 10, "//sp.example/asn-1/Csensor");
        hf_memory_fail_at(0);
        assert_int_equal(bench.answered, 1);
        tear_down();
    }
}
