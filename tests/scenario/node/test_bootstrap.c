#include "scenario/node/provider.h"

#include <string.h>

#include "support/hf_test.h"

static struct hf_enrolment in_force(struct provider *p)
{
    struct hf_enrolment e = {0};

    assert_ok(hf_node_load_enrolment(&p->ports, HF_NODE_KM, &p->arena, &e, NULL));
    return e;
}

static bool has_candidate(struct provider *p)
{
    struct hf_enrolment e = {0};

    return hf_node_load_enrolment(&p->ports, HF_NODE_KM_CANDIDATE, &p->arena, &e, NULL) == HF_OK;
}

HF_TEST(a_node_gets_every_output_of_bootstrapping)
{
    struct provider p;
    struct hf_node_outcome o;
    struct hf_enrolment e;

    provider_init(&p);
    o = provider_bootstrap(&p, false);
    assert_string_equal(o.sentence, "");
    assert_ok(o.st);
    assert_false(o.was_current);
    e = in_force(&p);
    assert_bytes_text(e.provider, PROVIDER);
    assert_bytes_text(e.node_id, "urn:n1");
    assert_bytes_text(e.cse_id, CSE1);
    assert_int_equal(e.ae_ids.count, 1);
    assert_bytes_text(e.ae_ids.at[0], APP1);
    assert_bytes_text(e.in_cse_id, IN_CSE);
    assert_bytes_text(e.maf_fqdn, MAF_FQDN);
    assert_true(e.expires_s > START_S && e.expires_s <= START_S + ENROLMENT);
    assert_true(hf_bytes_end_with(e.key_id, HF_LITERAL("@" MAF_FQDN)));
    assert_true(hf_bytes_end_with(e.ke_id, HF_LITERAL("@" MEF_FQDN)));
    assert_false(has_candidate(&p));
    assert_ok(provider_prove_km(&p));
    assert_int_equal(p.asked, 0);
    provider_done(&p);
}

HF_TEST(an_enrolment_in_force_is_left_alone_and_says_so)
{
    struct provider p;
    struct hf_node_outcome o;
    unsigned orders;

    provider_init(&p);
    assert_ok(provider_bootstrap(&p, false).st);
    orders = p.orders;
    o = provider_bootstrap(&p, false);
    assert_ok(o.st);
    assert_true(o.was_current);
    assert_int_equal(p.orders, orders);
    provider_done(&p);
}

HF_TEST(expiry_and_another_provider_bootstrap_again)
{
    struct provider p;
    struct hf_node_outcome o;
    struct hf_enrolment first;

    provider_init(&p);
    assert_ok(provider_bootstrap(&p, false).st);
    first = in_force(&p);
    p.world.clock.now_s = first.expires_s;
    o = provider_bootstrap(&p, false);
    assert_string_equal(o.sentence, "");
    assert_false(o.was_current);
    assert_false(hf_bytes_equal(in_force(&p).key_id, first.key_id));
    /* Another provider: it is asked, and refuses a stakeholder that it does not serve. */
    p.config.provider = HF_LITERAL("other.example.com");
    assert_status(provider_bootstrap(&p, false).st, HF_ERR_DENIED);
    assert_ok(provider_prove_km(&p));
    provider_done(&p);
}

HF_TEST(bootstrapping_anew_replaces_the_key_only_when_the_new_one_is_proven)
{
    struct provider p;
    struct hf_enrolment first;

    provider_init(&p);
    assert_ok(provider_bootstrap(&p, false).st);
    first = in_force(&p);
    p.maf_is_down = true;
    assert_status(provider_bootstrap(&p, true).st, HF_ERR_UNREACHABLE);
    assert_true(hf_bytes_equal(in_force(&p).key_id, first.key_id));
    assert_true(has_candidate(&p));
    assert_ok(provider_prove_km(&p));
    p.maf_is_down = false;
    assert_ok(provider_bootstrap(&p, true).st); /* the candidate is resumed */
    assert_false(hf_bytes_equal(in_force(&p).key_id, first.key_id));
    assert_false(has_candidate(&p));
    assert_ok(provider_prove_km(&p));
    provider_done(&p);
}

/* Threat row DEV-6: the power goes after the nth order, for every n. */
HF_TEST(a_power_cut_at_any_step_leaves_a_working_key_and_the_next_run_ends_well)
{
    for (unsigned n = 0; n < 12; n++) {
        struct hf_node_enrolment *cut = NULL;
        struct provider p;
        struct hf_node_task t;

        provider_init(&p);
        assert_ok(provider_bootstrap(&p, false).st);
        assert_ok(hf_node_enrolment_new(&p.config, &p.ports, &cut));
        t = hf_node_enrolment_task(cut);
        hf_node_enrolment_begin(cut, true);
        (void)provider_run(&p, &t, n);
        hf_node_enrolment_free(cut);
        assert_ok(provider_prove_km(&p));
        assert_string_equal(provider_bootstrap(&p, true).sentence, "");
        assert_ok(provider_prove_km(&p));
        provider_done(&p);
    }
}

HF_TEST(a_secure_environment_that_fails_at_any_write_leaves_the_old_key)
{
    for (unsigned n = 1; n <= 2; n++) {
        struct provider p;
        struct hf_enrolment first;

        provider_init(&p);
        assert_ok(provider_bootstrap(&p, false).st);
        first = in_force(&p);
        p.se.fail_at = n;
        assert_status(provider_bootstrap(&p, true).st, HF_ERR_SYSTEM);
        assert_true(hf_bytes_equal(in_force(&p).key_id, first.key_id));
        assert_ok(provider_prove_km(&p));
        provider_done(&p);
    }
}

HF_TEST(a_key_identifier_that_is_not_ours_is_withdrawn_and_nothing_is_kept)
{
    struct provider p;
    struct hf_node_outcome o;

    provider_init(&p);
    p.garble_identifier = true;
    o = provider_bootstrap(&p, false);
    assert_status(o.st, HF_ERR_CRYPTO);
    assert_non_null(strstr(o.sentence, "in between"));
    assert_int_equal(p.deleted, 1);
    assert_int_equal(p.se.changes, 0);
    provider_done(&p);
}

HF_TEST(several_methods_are_negotiated_and_both_lists_reach_the_mef)
{
    struct provider p;

    provider_init(&p);
    p.config.methods[0] = "psk";
    p.config.methods[1] = "other";
    p.config.method_count = 2;
    assert_ok(provider_bootstrap(&p, false).st);
    assert_int_equal(p.asked, 1);
    provider_done(&p);
}

HF_TEST(a_list_with_the_better_method_stripped_ends_the_bootstrap)
{
    struct provider p;
    struct hf_node_outcome o;

    provider_init(&p);
    p.config.methods[0] = "certificate";
    p.config.methods[1] = "psk";
    p.config.method_count = 2;
    p.offers[0] = p.offers[1]; /* somebody in the middle cut "certificate" out */
    p.offer_count = 1;
    o = provider_bootstrap(&p, false);
    assert_int_not_equal(o.st, HF_OK);
    assert_non_null(strstr(o.sentence, "The MEF, the client registration"));
    assert_int_equal(p.se.changes, 0);
    provider_done(&p);
}

HF_TEST(no_method_in_common_is_told)
{
    struct provider p;
    struct hf_node_outcome o;

    provider_init(&p);
    p.config.methods[0] = "sim";
    p.config.methods[1] = "pigeon";
    p.config.method_count = 2;
    o = provider_bootstrap(&p, false);
    assert_status(o.st, HF_ERR_DENIED);
    assert_non_null(strstr(o.sentence, "no method"));
    provider_done(&p);
}

HF_TEST(a_wrong_key_and_a_silent_server_each_have_their_sentence)
{
    struct provider p;
    struct hf_secret other = {0};
    struct hf_node_outcome o;

    provider_init(&p);
    assert_ok(hf_secret_set(&other, HF_LITERAL("another key, sixteen or more")));
    p.config.psk = &other;
    o = provider_bootstrap(&p, false);
    assert_status(o.st, HF_ERR_CRYPTO);
    assert_string_equal(o.clause, "TS-0003, 8.3.5.2.2");
    p.config.psk = &p.kpm;
    p.is_silent = true;
    o = provider_bootstrap(&p, false);
    assert_status(o.st, HF_ERR_UNREACHABLE);
    assert_non_null(strstr(o.sentence, "did not answer in time"));
    assert_non_null(o.what_to_do);
    provider_done(&p);
}
