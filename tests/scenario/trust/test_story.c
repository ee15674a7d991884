#include <stdio.h>

#include "base/memory.h"
#include "core/derive/derive.h"
#include "scenario/trust/world.h"
#include "support/hf_test.h"

/* Node 1 after its bootstrap: registered at the MEF, with a key for the MAF. */
static struct hf_bytes bootstrap(struct world *w, struct fake_channel *c)
{
    assert_ok(world_connect(w, &w->mef_service, KPM_ID1, c));
    assert_int_equal(world_register_client(w, &w->mef_service, c, CSE1, START_S + 10 * HOUR),
                     HF_RSC_CREATED);
    assert_int_equal(world_register_key(w, &w->mef_service, c, CSE1, HF_SUID_RSPF_MAF,
                                        "//" MAF_FQDN, START_S + 10 * HOUR),
                     HF_RSC_CREATED);
    return world_keep(w, w->answer.content.rkid);
}

static const char *ke_id_of(struct world *w, struct hf_bytes relative)
{
    static char text[256];

    (void)w;
    snprintf(text, sizeof text, "%.*s@" MEF_FQDN, HF_PRINT(relative));
    return text;
}

static const char *text_of(struct hf_bytes b)
{
    static char text[256];

    snprintf(text, sizeof text, "%.*s", HF_PRINT(b));
    return text;
}

HF_TEST(a_node_bootstraps_associates_and_its_target_gets_the_key)
{
    struct world w;
    struct fake_channel mef, maf, gateway;
    struct hf_bytes relative, kc_id;
    struct hf_secret kc;

    world_init(&w);
    relative = bootstrap(&w, &mef);
    assert_bytes_text(relative, "01010101010101010101010101010101");
    assert_string_equal(mef.label, HF_LABEL_BOOTSTRAP);
    assert_int_equal(world_find(&w, HF_FIND_NODE, MEF_FQDN, HF_LITERAL("urn:n1")).node.enrolled_s,
                     START_S);

    /* The MAF pulls Km, then the client registers and gets a KmID. */
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &maf));
    assert_int_equal(w.remote.fetches, 1);
    assert_bytes_text(maf.peer.node_id, "urn:n1");
    assert_true(maf.peer.has_cse);
    assert_int_equal(world_register_client(&w, &w.maf_service, &maf, CSE1, START_S + HOUR),
                     HF_RSC_CREATED);
    assert_true(hf_content_has(&w.answer.content, HF_A_ASKI));

    /* Kc for the IN-CSE, which fetches it with its certificate. */
    kc = maf.secret.key;
    assert_int_equal(world_register_key(&w, &w.maf_service, &maf, CSE1, HF_SUID_MAF_SAEF, IN_CSE,
                                        START_S + HOUR),
                     HF_RSC_CREATED);
    assert_string_equal(maf.label, HF_LABEL_CONNECTION);
    assert_false(hf_content_has(&w.answer.content, HF_A_KV));
    kc_id = world_keep(&w, w.answer.content.rkid);
    assert_ok(world_present(&w, &w.maf_service, HF_CREDENTIAL_CSE_CERT, IN_CSE, &gateway));
    assert_int_equal(world_touch(&w, &w.maf_service, &gateway, HF_RETRIEVE, kc_id, IN_CSE),
                     HF_RSC_OK);
    assert_true(hf_content_has(&w.answer.content, HF_A_KV));
    assert_true(hf_secret_equal(&w.answer.content.kv, &kc));
    assert_bytes_text(w.answer.content.cr, CSE1);
    assert_true(world_has_audit(&w, "key.issued"));
    world_done(&w);
}

HF_TEST(the_km_that_the_maf_gets_is_derived_and_ke_never_leaves)
{
    struct world w;
    struct fake_channel mef, maf;
    struct hf_lookup l;
    struct hf_bytes relative;
    struct hf_secret km = {0};

    world_init(&w);
    relative = bootstrap(&w, &mef);
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &maf));
    l = world_find(&w, HF_FIND_CREDENTIAL, MAF_FQDN, maf.peer.credential_id);
    assert_ok(l.st);
    assert_ok(hf_usage_constrained_derive(&mef.secret.key, 21, HF_LITERAL(MAF_FQDN), &km));
    assert_true(hf_secret_equal(&l.credential.key, &km));
    assert_false(hf_secret_equal(&l.credential.key, &mef.secret.key));
    world_done(&w);
}

HF_TEST(km_16_the_ke_id_works_until_the_km_id_was_used)
{
    struct world w;
    struct fake_channel mef, first, again, by_km_id;
    struct hf_bytes relative, km_id;

    world_init(&w);
    relative = bootstrap(&w, &mef);
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &first));
    assert_int_equal(world_register_client(&w, &w.maf_service, &first, CSE1, START_S + HOUR),
                     HF_RSC_CREATED);

    /* The answer is lost: the node comes back by KeID and is told the same KmID. */
    km_id = world_keep(&w, w.answer.content.aski);
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &again));
    assert_int_equal(world_register_client(&w, &w.maf_service, &again, CSE1, START_S + HOUR),
                     HF_RSC_ALREADY_REGISTERED);
    assert_true(hf_bytes_equal(w.answer.content.aski, km_id));
    assert_true(hf_bytes_equal(w.answer.content.ri, w.answer.location));
    assert_int_equal(world_extend(&w, &w.maf_service, &again, world_keep(&w, w.answer.location),
                                  HF_TYPE_MAF_CLIENT_REG, CSE1, START_S + 2 * HOUR),
                     HF_RSC_UPDATED);
    assert_true(hf_bytes_equal(w.answer.content.aski, km_id));

    /* A handshake with the KmID alone retires nothing, a request does. */
    assert_ok(world_connect(&w, &w.maf_service, text_of(km_id), &by_km_id));
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &again));
    assert_int_equal(world_touch(&w, &w.maf_service, &by_km_id, HF_RETRIEVE, HF_LITERAL("-"), CSE1),
                     HF_RSC_OK);
    assert_int_equal(world_count_audit(&w, "credential.replaced"), 1);
    assert_status(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &again), HF_ERR_DENIED);
    assert_int_equal(w.remote.fetches, 1);
    assert_ok(world_connect(&w, &w.maf_service, text_of(km_id), &by_km_id));
    assert_int_equal(world_touch(&w, &w.maf_service, &by_km_id, HF_RETRIEVE, HF_LITERAL("-"), CSE1),
                     HF_RSC_OK);
    assert_int_equal(world_count_audit(&w, "credential.replaced"), 1);
    world_done(&w);
}

HF_TEST(a_second_bootstrap_gets_a_new_km_id_by_registration_update)
{
    struct world w;
    struct fake_channel mef, maf, second_mef, second_maf;
    struct hf_bytes relative, km_id, location;

    world_init(&w);
    relative = bootstrap(&w, &mef);
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &maf));
    assert_int_equal(world_register_client(&w, &w.maf_service, &maf, CSE1, START_S + HOUR),
                     HF_RSC_CREATED);
    km_id = world_keep(&w, w.answer.content.aski);
    location = world_keep(&w, w.answer.location);

    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &second_mef));
    assert_int_equal(world_register_key(&w, &w.mef_service, &second_mef, CSE1, HF_SUID_RSPF_MAF,
                                        "//" MAF_FQDN, START_S + 10 * HOUR),
                     HF_RSC_CREATED);
    relative = world_keep(&w, w.answer.content.rkid);
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &second_maf));
    assert_int_equal(world_extend(&w, &w.maf_service, &second_maf, location, HF_TYPE_MAF_CLIENT_REG,
                                  CSE1, START_S + 2 * HOUR),
                     HF_RSC_UPDATED);
    assert_true(hf_content_has(&w.answer.content, HF_A_ASKI));
    assert_false(hf_bytes_equal(w.answer.content.aski, km_id));
    world_done(&w);
}

HF_TEST(the_mef_provisions_the_maf_and_a_failed_push_leaves_the_pull)
{
    struct world w;
    struct fake_channel mef, maf;
    struct hf_bytes relative;

    world_init(&w);
    w.mef_config.push_to_maf = true;
    relative = bootstrap(&w, &mef);
    assert_int_equal(w.remote.pushes, 1);
    assert_true(world_has_audit(&w, "maf.provisioned"));
    assert_true(world_has_audit(&w, "km.provisioned"));
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &maf));
    assert_int_equal(w.remote.fetches, 0);
    world_done(&w);

    world_init(&w);
    w.mef_config.push_to_maf = true;
    w.remote.failure = HF_ERR_UNREACHABLE;
    relative = bootstrap(&w, &mef);
    assert_true(world_has_audit(&w, "maf.not_provisioned"));
    w.remote.failure = HF_OK;
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &maf));
    assert_int_equal(w.remote.fetches, 1);
    world_done(&w);
}

HF_TEST(the_configuration_is_the_clients_own)
{
    struct world w;
    struct fake_channel mef, other;
    struct hf_bytes ri;

    world_init(&w);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &mef));
    assert_int_equal(world_register_client(&w, &w.mef_service, &mef, CSE1, START_S + HOUR),
                     HF_RSC_CREATED);
    ri = world_keep(&w, w.answer.location);
    world_request(&w, HF_RETRIEVE, NULL, CSE1)->to = ri;
    w.request.wants_configuration = true;
    assert_int_equal(world_serve(&w, &w.mef_service, &mef), HF_RSC_OK);
    assert_bytes_text(w.answer.content.ccfg, "urn:n1");

    assert_ok(world_connect(&w, &w.mef_service, KPM_ID2, &other));
    world_request(&w, HF_RETRIEVE, NULL, CSE2)->to = ri;
    w.request.wants_configuration = true;
    assert_int_equal(world_serve(&w, &w.mef_service, &other), HF_RSC_NOT_FOUND);
    w.mef_config.configuration = NULL;
    world_request(&w, HF_RETRIEVE, NULL, CSE1)->to = ri;
    w.request.wants_configuration = true;
    assert_int_equal(world_serve(&w, &w.mef_service, &mef), HF_RSC_NOT_FOUND);
    world_done(&w);
}

/*
 * The whole story, step by step, as far as memory lasts. An answer that acknowledges is checked
 * against the store; true: the story came to its end.
 */
static bool tell(struct world *w)
{
    struct fake_channel mef, maf, gateway;
    struct hf_bytes id;
    unsigned rsc;

    if (world_connect(w, &w->mef_service, KPM_ID1, &mef) != HF_OK)
        return false;
    if (world_register_client(w, &w->mef_service, &mef, CSE1, START_S + 10 * HOUR)
        != HF_RSC_CREATED)
        return false;
    assert_ok(world_find(w, HF_FIND_REGISTRATION, MEF_FQDN, w->answer.location).st);
    rsc = world_register_key(w, &w->mef_service, &mef, CSE1, HF_SUID_RSPF_MAF, "//" MAF_FQDN,
                             START_S + 10 * HOUR);
    if (rsc != HF_RSC_CREATED)
        return false;
    id = world_keep(w, w->answer.content.rkid);
    if (id.len == 0 || world_connect(w, &w->maf_service, ke_id_of(w, id), &maf) != HF_OK
        || world_register_client(w, &w->maf_service, &maf, CSE1, START_S + HOUR) != HF_RSC_CREATED
        || world_register_key(w, &w->maf_service, &maf, CSE1, HF_SUID_MAF_SAEF, IN_CSE,
                              START_S + HOUR)
               != HF_RSC_CREATED)
        return false;
    id = world_keep(w, w->answer.content.rkid);
    return id.len > 0
           && world_present(w, &w->maf_service, HF_CREDENTIAL_CSE_CERT, IN_CSE, &gateway) == HF_OK
           && world_touch(w, &w->maf_service, &gateway, HF_RETRIEVE, id, IN_CSE) == HF_RSC_OK
           && world_touch(w, &w->maf_service, &maf, HF_DELETE, id, CSE1) == HF_RSC_DELETED;
}

/* Some failures are survived, so the end is where a long row of stories came to theirs. */
static void fail_each_allocation(bool push_to_maf)
{
    enum { IN_A_ROW = 40, RUNS_MAX = 5000 };
    unsigned told = 0;

    for (size_t n = 1; told < IN_A_ROW; n++) {
        struct world w;
        bool is_open;

        hf_memory_fail_at(n);
        is_open = world_open(&w) == HF_OK;
        w.mef_config.push_to_maf = push_to_maf;
        told = is_open && tell(&w) ? told + 1 : 0;
        hf_memory_fail_at(0);
        world_done(&w);
        assert_in_range(n, 1, RUNS_MAX);
    }
}

HF_TEST(whichever_allocation_fails_nothing_breaks_and_nothing_is_half_acknowledged)
{
    fail_each_allocation(false);
    fail_each_allocation(true);
}

HF_TEST(a_key_registration_at_the_maf_costs_three_look_ups_and_one_commit)
{
    struct world w;
    struct fake_channel mef, maf;
    struct hf_bytes relative, km_id;

    world_init(&w);
    relative = bootstrap(&w, &mef);
    assert_ok(world_connect(&w, &w.maf_service, ke_id_of(&w, relative), &maf));
    assert_int_equal(world_register_client(&w, &w.maf_service, &maf, CSE1, START_S + HOUR),
                     HF_RSC_CREATED);
    km_id = world_keep(&w, w.answer.content.aski);
    for (unsigned round = 0; round < 2; round++) {
        w.finds = w.commits = 0;
        assert_ok(world_connect(&w, &w.maf_service, text_of(km_id), &maf));
        assert_int_equal(world_register_key(&w, &w.maf_service, &maf, CSE1, HF_SUID_MAF_SAEF,
                                            IN_CSE, START_S + HOUR),
                         HF_RSC_CREATED);
        /* The first request by KmID also looks for the KeID and ends it, once. */
        assert_int_equal(w.finds, round == 0 ? 4 : 3);
        assert_int_equal(w.commits, round == 0 ? 2 : 1);
    }
    world_done(&w);
}
