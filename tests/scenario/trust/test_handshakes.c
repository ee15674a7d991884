/* Who gets in: pre-shared keys and certificates (threat rows PSK-1, PSK-8, CH-12, GW-5, KM-13). */
#include "scenario/trust/world.h"
#include "support/hf_test.h"

static void put_credential(struct world *w, const char *authority, const char *id, unsigned suid)
{
    struct hf_change c[2] = {
        {.kind = HF_PUT_NODE,
         .node = {.authority = hf_text(authority),
                  .node_id = hf_text(id),
                  .lifetime_s = HOUR,
                  .state = HF_RECORD_LIVE}      },
        {.kind = HF_PUT_CREDENTIAL,
         .credential = {.authority = hf_text(authority),
                        .credential_id = hf_text(id),
                        .node_id = hf_text(id),
                        .suid = suid,
                        .expires_s = START_S + HOUR,
                        .state = HF_RECORD_LIVE}},
    };
    uint8_t key[32];

    for (uint8_t i = 0; i < sizeof key; i++)
        key[i] = (uint8_t)((uint8_t)id[3] * 3 + i * 5);
    assert_ok(hf_secret_set(&c[1].credential.key, hf_bytes_of(key, sizeof key)));
    assert_ok(world_commit(w, c, 2));
}

static void end_node(struct world *w, const char *authority, const char *node_id)
{
    struct hf_change c = {
        .kind = HF_END_NODE,
        .node = {.authority = hf_text(authority),
                 .node_id = hf_text(node_id),
                 .state = HF_RECORD_REVOKED}
    };

    assert_ok(world_commit(w, &c, 1));
}

HF_TEST(psk_8_a_key_opens_only_the_door_it_was_made_for)
{
    struct world w;
    struct fake_channel c;

    world_init(&w);
    put_credential(&w, MEF_FQDN, "10-a@" MEF_FQDN, HF_SUID_PRESHARED_MEF);
    put_credential(&w, MEF_FQDN, "10-b@" MEF_FQDN, HF_SUID_PRESHARED_MAF);
    put_credential(&w, MEF_FQDN, "11-c@" MEF_FQDN, HF_SUID_PRESHARED_MEF);
    put_credential(&w, MAF_FQDN, "11-d@" MAF_FQDN, HF_SUID_PRESHARED_MAF);
    put_credential(&w, MAF_FQDN, "11-e@" MAF_FQDN, HF_SUID_RSPF_MAF);
    put_credential(&w, MAF_FQDN, "11-f@" MAF_FQDN, HF_SUID_PRESHARED_MEF);
    put_credential(&w, MAF_FQDN, "12-g@" MAF_FQDN, HF_SUID_PRESHARED_SAEF);
    put_credential(&w, MAF_FQDN, "11-h@" MAF_FQDN, 40);
    assert_ok(world_connect(&w, &w.mef_service, "a@" MEF_FQDN, &c));
    assert_status(world_connect(&w, &w.mef_service, "b@" MEF_FQDN, &c), HF_ERR_DENIED);
    assert_status(world_connect(&w, &w.mef_service, "c@" MEF_FQDN, &c), HF_ERR_UNKNOWN);
    assert_status(world_connect(&w, &w.mef_service, "d@" MAF_FQDN, &c), HF_ERR_DENIED);
    assert_ok(world_connect(&w, &w.maf_service, "d@" MAF_FQDN, &c));
    assert_ok(world_connect(&w, &w.maf_service, "e@" MAF_FQDN, &c));
    assert_status(world_connect(&w, &w.maf_service, "f@" MAF_FQDN, &c), HF_ERR_DENIED);
    assert_status(world_connect(&w, &w.maf_service, "g@" MAF_FQDN, &c), HF_ERR_UNKNOWN);
    assert_status(world_connect(&w, &w.maf_service, "h@" MAF_FQDN, &c), HF_ERR_DENIED);
    assert_status(world_connect(&w, &w.maf_service, "a@" MEF_FQDN, &c), HF_ERR_UNKNOWN);
    world_done(&w);
}

HF_TEST(psk_5_gw_5_an_identity_outside_the_grammar_or_of_other_hosts_asks_nobody)
{
    static const char *const identities[] = {"",
                                             "n1",
                                             "@" MEF_FQDN,
                                             "n1@",
                                             "n1@@" MEF_FQDN,
                                             "n1 @" MEF_FQDN,
                                             "n1@mef.example.com.evil.example",
                                             "x@evil.example.com",
                                             "x@127.0.0.1:80",
                                             "x/../y@" MEF_FQDN,
                                             "x@localhost"};
    struct world w;
    struct fake_channel c;

    world_init(&w);
    for (size_t i = 0; i < HF_COUNT(identities); i++) {
        assert_true(world_connect(&w, &w.mef_service, identities[i], &c) != HF_OK);
        assert_true(world_connect(&w, &w.maf_service, identities[i], &c) != HF_OK);
    }
    assert_int_equal(w.remote.fetches, 0);
    assert_ok(world_connect(&w, &w.mef_service, "n1@MEF.Example.com", &c));
    world_done(&w);
}

static void on_resolved(struct hf_psk_question *q)
{
    (void)q;
}

HF_TEST(ch_12_another_authority_asked_for_by_name_is_refused)
{
    struct world w;
    struct hf_psk_question q;

    world_init(&w);
    q = (struct hf_psk_question){.identity = HF_LITERAL(KPM_ID1),
                                 .server_name = HF_LITERAL(MAF_FQDN),
                                 .arena = &w.life,
                                 .done = on_resolved};
    w.mef_service.resolve_psk(w.mef_service.self, &q);
    assert_status(q.st, HF_ERR_DENIED);
    assert_non_null(q.reason);
    q.server_name = HF_LITERAL(MEF_FQDN);
    w.mef_config.require_pfs = true;
    w.mef_service.resolve_psk(w.mef_service.self, &q);
    assert_ok(q.st);
    assert_true(q.require_pfs);
    assert_int_equal(q.peer.lifetime_s, ENROLMENT);
    world_done(&w);
}

HF_TEST(psk_1_ended_and_expired_credentials_give_no_key)
{
    struct world w;
    struct fake_channel c;

    world_init(&w);
    put_credential(&w, MEF_FQDN, "10-a@" MEF_FQDN, HF_SUID_PRESHARED_MEF);
    w.clock.now_s = START_S + HOUR - 1;
    assert_ok(world_connect(&w, &w.mef_service, "a@" MEF_FQDN, &c));
    w.clock.now_s = START_S + HOUR;
    assert_status(world_connect(&w, &w.mef_service, "a@" MEF_FQDN, &c), HF_ERR_EXPIRED);
    end_node(&w, MEF_FQDN, "urn:n1");
    assert_status(world_connect(&w, &w.mef_service, KPM_ID1, &c), HF_ERR_DENIED);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID2, &c));
    world_done(&w);
}

HF_TEST(g5_a_revoked_node_does_nothing_more_on_a_channel_it_has_open)
{
    struct world w;
    struct fake_channel c, target;
    struct hf_bytes id;

    world_init(&w);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &c));
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID2, &target));
    assert_int_equal(world_register_client(&w, &w.mef_service, &c, CSE1, START_S + HOUR),
                     HF_RSC_CREATED);
    assert_int_equal(
        world_register_key(&w, &w.mef_service, &c, CSE1, HF_SUID_RSPF_SAEF, CSE2, START_S + HOUR),
        HF_RSC_CREATED);
    id = world_keep(&w, w.answer.location);
    assert_int_equal(world_touch(&w, &w.mef_service, &target, HF_RETRIEVE, id, CSE2), HF_RSC_OK);
    end_node(&w, MEF_FQDN, "urn:n2");
    assert_int_equal(world_touch(&w, &w.mef_service, &target, HF_RETRIEVE, id, CSE2),
                     HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
    assert_true(w.answer.close);
    assert_int_equal(world_register_client(&w, &w.mef_service, &target, CSE2, START_S + HOUR),
                     HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
    end_node(&w, MEF_FQDN, "urn:n1");
    assert_int_equal(
        world_register_key(&w, &w.mef_service, &c, CSE1, HF_SUID_RSPF_SAEF, CSE2, START_S + HOUR),
        HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
    world_done(&w);
}

HF_TEST(g5_a_revoked_credential_registers_no_key_on_a_channel_it_has_open)
{
    struct hf_change end = {
        .kind = HF_END_CREDENTIAL,
        .credential = {.authority = HF_LITERAL(MEF_FQDN),
                       .credential_id = HF_LITERAL("10-" KPM_ID1),
                       .state = HF_RECORD_REVOKED}
    };
    struct world w;
    struct fake_channel c;

    world_init(&w);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &c));
    assert_int_equal(world_register_client(&w, &w.mef_service, &c, CSE1, START_S + HOUR),
                     HF_RSC_CREATED);
    assert_ok(world_commit(&w, &end, 1));
    assert_int_equal(
        world_register_key(&w, &w.mef_service, &c, CSE1, HF_SUID_RSPF_SAEF, CSE2, START_S + HOUR),
        HF_RSC_SECURITY_ASSOCIATION_REQUIRED);
    world_done(&w);
}

HF_TEST(certificates_of_nodes_are_on_record_and_those_of_entities_speak_for_themselves)
{
    struct world w;
    struct fake_channel c;

    world_init(&w);
    put_credential(&w, MEF_FQDN, "31-0.2.481.1.100", 40);
    assert_ok(world_present(&w, &w.mef_service, HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.100", &c));
    assert_status(world_present(&w, &w.mef_service, HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.101", &c),
                  HF_ERR_UNKNOWN);
    assert_status(world_present(&w, &w.mef_service, HF_CREDENTIAL_NODE_CERT, "urn:n9", &c),
                  HF_ERR_UNKNOWN);
    assert_status(world_present(&w, &w.mef_service, HF_CREDENTIAL_CSE_CERT, CSE1, &c),
                  HF_ERR_UNKNOWN);
    assert_status(world_present(&w, &w.maf_service, HF_CREDENTIAL_NODE_CERT, "urn:n1", &c),
                  HF_ERR_UNKNOWN);
    assert_status(world_present(&w, &w.maf_service, HF_CREDENTIAL_RAW_KEY, "x", &c), HF_ERR_DENIED);
    assert_status(world_present(&w, &w.maf_service, HF_CREDENTIAL_CSE_CERT, "nonsense", &c),
                  HF_ERR_MALFORMED);
    assert_ok(world_present(&w, &w.maf_service, HF_CREDENTIAL_CSE_CERT, IN_CSE, &c));
    assert_int_equal(c.peer.entities.count, 1);
    assert_bytes_text(c.peer.entities.at[0], IN_CSE);
    assert_true(c.peer.has_cse);
    assert_ok(world_present(&w, &w.maf_service, HF_CREDENTIAL_AE_CERT, APP1, &c));
    assert_false(c.peer.has_cse);
    w.clock.now_s = START_S + HOUR;
    assert_status(world_present(&w, &w.mef_service, HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.100", &c),
                  HF_ERR_EXPIRED);
    world_done(&w);
}

HF_TEST(a_maf_refuses_the_certificate_of_an_entity_whose_node_has_ended)
{
    static const struct hf_bytes entities[] = {
        {(const uint8_t *)CSE1, sizeof CSE1 - 1}
    };
    struct hf_change node = {
        .kind = HF_PUT_NODE,
        .node = {.authority = HF_LITERAL(MAF_FQDN),
                 .node_id = HF_LITERAL("urn:n1"),
                 .entities = {entities, 1},
                 .has_cse = true,
                 .state = HF_RECORD_LIVE}
    };
    struct world w;
    struct fake_channel c;

    world_init(&w);
    assert_ok(world_commit(&w, &node, 1));
    assert_ok(world_present(&w, &w.maf_service, HF_CREDENTIAL_CSE_CERT, CSE1, &c));
    assert_bytes_text(c.peer.node_id, "urn:n1");
    end_node(&w, MAF_FQDN, "urn:n1");
    assert_status(world_present(&w, &w.maf_service, HF_CREDENTIAL_CSE_CERT, CSE1, &c),
                  HF_ERR_DENIED);
    world_done(&w);
}
