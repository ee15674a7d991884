/* What belongs to somebody else is answered as what never was (threat rows KM-2, KM-14, KM-15). */
#include <string.h>

#include "scenario/trust/world.h"
#include "support/hf_test.h"

#define APP2 "//sp.example.com/CSE2/Capp"

static const struct hf_bytes no_such_id = {(const uint8_t *)"FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 32};

struct owned {
    struct fake_channel mef, maf;           /* node 1 at both */
    struct hf_bytes mef_client, maf_client; /* its registrations */
    struct hf_bytes km, kc, kpsa;           /* its keys: for the MAF; for the IN-CSE at each */
};

static struct hf_bytes created(struct world *w, unsigned rsc)
{
    assert_int_equal(rsc, HF_RSC_CREATED);
    return world_keep(w, w->answer.location);
}

static void own(struct world *w, struct owned *o)
{
    struct fake_channel second;

    world_init(w);
    assert_ok(world_connect(w, &w->mef_service, KPM_ID1, &o->mef));
    o->mef_client =
        created(w, world_register_client(w, &w->mef_service, &o->mef, CSE1, START_S + 10 * HOUR));
    o->km = created(w, world_register_key(w, &w->mef_service, &o->mef, CSE1, HF_SUID_RSPF_MAF,
                                          "//" MAF_FQDN, START_S + 10 * HOUR));
    assert_ok(world_connect(w, &w->mef_service, KPM_ID1, &second));
    o->kpsa = created(w, world_register_key(w, &w->mef_service, &second, CSE1, HF_SUID_RSPF_SAEF,
                                            CSE2, START_S + HOUR));
    assert_ok(
        world_connect(w, &w->maf_service, "01010101010101010101010101010101@" MEF_FQDN, &o->maf));
    o->maf_client =
        created(w, world_register_client(w, &w->maf_service, &o->maf, CSE1, START_S + HOUR));
    o->kc = created(w, world_register_key(w, &w->maf_service, &o->maf, CSE1, HF_SUID_MAF_SAEF,
                                          IN_CSE, START_S + HOUR));
}

/* The answer without what names the request. */
static struct hf_response shape(struct world *w)
{
    struct hf_response r = w->answer;

    r.reason = r.clause = NULL;
    return r;
}

static void try(struct world *w, const struct hf_service *s, struct fake_channel *c,
                enum hf_operation op, struct hf_bytes id, unsigned type, const char *from)
{
    if (op == HF_UPDATE)
        world_extend(w, s, c, id, type, from, START_S + 2 * HOUR);
    else
        world_touch(w, s, c, op, id, from);
}

/* Every verb on this resource by this stranger: as if there were nothing. */
static void refuse_all(struct world *w, const struct hf_service *s, struct fake_channel *stranger,
                       struct hf_bytes id, unsigned type, const char *from)
{
    static const enum hf_operation verbs[] = {HF_RETRIEVE, HF_UPDATE, HF_DELETE};

    for (size_t v = 0; v < HF_COUNT(verbs); v++) {
        struct hf_response foreign, unknown;

        try(w, s, stranger, verbs[v], id, type, from);
        foreign = shape(w);
        try(w, s, stranger, verbs[v], no_such_id, type, from);
        unknown = shape(w);
        assert_int_equal(foreign.rsc, HF_RSC_NOT_FOUND);
        assert_memory_equal(&foreign, &unknown, sizeof foreign);
    }
}

HF_TEST(km_2_km_14_six_strangers_get_the_answer_of_an_unknown_resource)
{
    static const struct {
        bool at_mef;
        enum hf_credential_type type; /* 0: pre-shared key */
        const char *value, *from;
    } strangers[] = {
        {true,  0,                       KPM_ID2,               CSE2         },
        {true,  HF_CREDENTIAL_FQDN_CERT, MAF_FQDN,              "//" MAF_FQDN},
        {false, HF_CREDENTIAL_FQDN_CERT, MEF_FQDN,              "//" MEF_FQDN},
        {false, HF_CREDENTIAL_CSE_CERT,  CSE2,                  CSE2         },
        {false, HF_CREDENTIAL_AE_CERT,   APP2,                  APP2         },
        {false, HF_CREDENTIAL_AE_CERT,   "//sp.example.com/S1", "/S1"        },
    };
    struct world w;
    struct owned o;

    own(&w, &o);
    for (size_t i = 0; i < HF_COUNT(strangers); i++) {
        const struct hf_service *s = strangers[i].at_mef ? &w.mef_service : &w.maf_service;
        struct fake_channel c;
        bool is_maf = i == 1;

        if (strangers[i].type == 0)
            assert_ok(world_connect(&w, s, strangers[i].value, &c));
        else
            assert_ok(world_present(&w, s, strangers[i].type, strangers[i].value, &c));
        if (strangers[i].at_mef) {
            refuse_all(&w, s, &c, o.mef_client, HF_TYPE_MEF_CLIENT_REG, strangers[i].from);
            if (!is_maf) /* it is the target of that one */
                refuse_all(&w, s, &c, o.km, HF_TYPE_SYMM_KEY_REG, strangers[i].from);
            if (is_maf)
                refuse_all(&w, s, &c, o.kpsa, HF_TYPE_SYMM_KEY_REG, strangers[i].from);
        } else {
            refuse_all(&w, s, &c, o.maf_client, HF_TYPE_MAF_CLIENT_REG, strangers[i].from);
            refuse_all(&w, s, &c, o.kc, HF_TYPE_SYMM_KEY_REG, strangers[i].from);
        }
    }
    world_done(&w);
}

HF_TEST(another_entity_of_the_same_node_owns_nothing_of_it)
{
    struct world w;
    struct owned o;
    struct fake_channel app;

    own(&w, &o);
    assert_ok(world_connect(&w, &w.mef_service, KPM_ID1, &app));
    refuse_all(&w, &w.mef_service, &app, o.mef_client, HF_TYPE_MEF_CLIENT_REG, APP1);
    refuse_all(&w, &w.mef_service, &app, o.km, HF_TYPE_SYMM_KEY_REG, APP1);
    world_done(&w);
}

HF_TEST(a_target_retrieves_and_neither_updates_nor_deletes)
{
    struct world w;
    struct owned o;
    struct fake_channel target;

    own(&w, &o);
    assert_ok(world_present(&w, &w.maf_service, HF_CREDENTIAL_CSE_CERT, IN_CSE, &target));
    assert_int_equal(world_touch(&w, &w.maf_service, &target, HF_RETRIEVE, o.kc, IN_CSE),
                     HF_RSC_OK);
    assert_int_equal(world_touch(&w, &w.maf_service, &target, HF_DELETE, o.kc, IN_CSE),
                     HF_RSC_NOT_FOUND);
    assert_int_equal(world_extend(&w, &w.maf_service, &target, o.kc, HF_TYPE_SYMM_KEY_REG, IN_CSE,
                                  START_S + 2 * HOUR),
                     HF_RSC_NOT_FOUND);
    world_done(&w);
}

HF_TEST(the_owner_does_with_its_own_what_the_procedures_allow)
{
    struct world w;
    struct owned o;
    struct fake_channel target;

    own(&w, &o);
    assert_int_equal(world_touch(&w, &w.maf_service, &o.maf, HF_RETRIEVE, o.kc, CSE1), HF_RSC_OK);
    assert_false(hf_content_has(&w.answer.content, HF_A_KV));
    assert_int_equal(world_extend(&w, &w.maf_service, &o.maf, o.kc, HF_TYPE_SYMM_KEY_REG, CSE1,
                                  START_S + HOUR / 2),
                     HF_RSC_UPDATED);
    assert_int_equal(w.answer.content.et, START_S + HOUR / 2);
    assert_int_equal(w.answer.content.has, 1u << HF_A_ET);
    assert_int_equal(world_touch(&w, &w.maf_service, &o.maf, HF_DELETE, o.kc, CSE1),
                     HF_RSC_DELETED);
    assert_int_equal(world_touch(&w, &w.maf_service, &o.maf, HF_DELETE, o.kc, CSE1),
                     HF_RSC_NOT_FOUND);
    assert_ok(world_present(&w, &w.maf_service, HF_CREDENTIAL_CSE_CERT, IN_CSE, &target));
    assert_int_equal(world_touch(&w, &w.maf_service, &target, HF_RETRIEVE, o.kc, IN_CSE),
                     HF_RSC_NOT_FOUND);

    /* Its keys end with the registration. */
    assert_int_equal(world_touch(&w, &w.mef_service, &o.mef, HF_DELETE, o.mef_client, CSE1),
                     HF_RSC_DELETED);
    assert_int_equal(world_touch(&w, &w.mef_service, &o.mef, HF_RETRIEVE, o.km, CSE1),
                     HF_RSC_NOT_FOUND);
    world_done(&w);
}

HF_TEST(labels_and_targets_are_replaced_or_taken_away)
{
    static const struct hf_bytes label[] = {
        {(const uint8_t *)"pump", 4}
    };
    static const struct hf_bytes target[] = {
        {(const uint8_t *)CSE2, sizeof CSE2 - 1}
    };
    struct world w;
    struct owned o;
    struct hf_request *r;

    own(&w, &o);
    r = world_request(&w, HF_UPDATE, NULL, CSE1);
    r->to = o.kc;
    r->has_content = true;
    r->content.type = HF_TYPE_SYMM_KEY_REG;
    r->content.lbl = (struct hf_list){label, 1};
    r->content.tgis = (struct hf_list){target, 1};
    r->content.has = 1u << HF_A_LBL | 1u << HF_A_TGIS;
    assert_int_equal(world_serve(&w, &w.maf_service, &o.maf), HF_RSC_UPDATED);
    assert_int_equal(w.answer.content.has, 1u << HF_A_LBL | 1u << HF_A_TGIS);
    assert_true(hf_bytes_equal(w.answer.content.tgis.at[0], target[0]));
    r->content.lbl.count = 0;
    r->content.has = 0;
    r->content.null = 1u << HF_A_LBL;
    assert_int_equal(world_serve(&w, &w.maf_service, &o.maf), HF_RSC_UPDATED);
    assert_int_equal(world_find(&w, HF_FIND_KEY, MAF_FQDN, o.kc).key.labels.count, 0);
    assert_int_equal(world_find(&w, HF_FIND_KEY, MAF_FQDN, o.kc).key.targets.count, 1);
    world_done(&w);
}

HF_TEST(km_15_other_functions_other_uses_and_entities_get_no_km)
{
    struct world w;
    struct owned o;
    struct fake_channel c;

    own(&w, &o);
    assert_status(
        world_present(&w, &w.mef_service, HF_CREDENTIAL_FQDN_CERT, "maf2.example.com", &c),
        HF_ERR_DENIED);
    assert_status(world_present(&w, &w.mef_service, HF_CREDENTIAL_FQDN_CERT, MEF_FQDN, &c),
                  HF_ERR_DENIED);
    assert_status(
        world_present(&w, &w.mef_service, HF_CREDENTIAL_CSE_CERT, "//sp.example.com/maf", &c),
        HF_ERR_UNKNOWN);
    assert_status(world_present(&w, &w.maf_service, HF_CREDENTIAL_FQDN_CERT, MAF_FQDN, &c),
                  HF_ERR_DENIED);
    assert_ok(world_present(&w, &w.mef_service, HF_CREDENTIAL_FQDN_CERT, MAF_FQDN, &c));
    assert_int_equal(world_touch(&w, &w.mef_service, &c, HF_RETRIEVE, o.kpsa, "//" MAF_FQDN),
                     HF_RSC_NOT_FOUND);
    assert_int_equal(world_touch(&w, &w.mef_service, &c, HF_RETRIEVE, o.km, "//" MAF_FQDN),
                     HF_RSC_OK);
    assert_bytes_text(w.answer.content.nid, "urn:n1");
    assert_int_equal(w.answer.content.eids.count, 2);
    assert_true(w.answer.content.hcse);
    assert_int_equal(world_register_client(&w, &w.mef_service, &c, "//" MAF_FQDN, START_S + HOUR),
                     HF_RSC_NO_PRIVILEGE);
    world_done(&w);
}

HF_TEST(only_the_mef_pushes_and_what_it_pushes_is_checked)
{
    struct world w;
    struct owned o;
    struct fake_channel mef;
    struct hf_bytes entity = HF_LITERAL(CSE2);
    struct hf_request *r;

    own(&w, &o);
    assert_ok(world_present(&w, &w.maf_service, HF_CREDENTIAL_FQDN_CERT, MEF_FQDN, &mef));
    r = world_request(&w, HF_CREATE, "-", "");
    r->type = r->content.type = HF_TYPE_PROVISION;
    r->has_content = true;
    r->content = (struct hf_content){
        .type = HF_TYPE_PROVISION,
        .kid = HF_LITERAL("0102030405060708090A0B0C0D0E0F10@" MEF_FQDN),
        .suid = HF_SUID_RSPF_MAF,
        .et = START_S + HOUR,
        .adfq = HF_LITERAL(PROVIDER),
        .cr = HF_LITERAL(CSE2),
        .nid = HF_LITERAL("urn:n2"),
        .eids = {&entity, 1},
        .hcse = true,
        .has = 1u << HF_A_KID | 1u << HF_A_SUID | 1u << HF_A_ET | 1u << HF_A_ADFQ | 1u << HF_A_KV
               | 1u << HF_A_CR | 1u << HF_A_NID | 1u << HF_A_EIDS | 1u << HF_A_HCSE
    };
    assert_ok(hf_secret_set(&r->content.kv, HF_LITERAL("0123456789abcdefghijklmnopqrstuv")));
    assert_int_equal(world_serve(&w, &w.maf_service, &o.maf), HF_RSC_NO_PRIVILEGE);
    r->content.cr = HF_LITERAL(CSE1);
    assert_int_equal(world_serve(&w, &w.maf_service, &mef), HF_RSC_BAD_REQUEST);
    r->content.cr = HF_LITERAL(CSE2);
    entity = HF_LITERAL(CSE1); /* node 1's: two nodes cannot claim it (row KM-3) */
    r->content.cr = HF_LITERAL(CSE1);
    assert_int_equal(world_serve(&w, &w.maf_service, &mef), HF_RSC_CONFLICT);
    entity = HF_LITERAL(CSE2);
    r->content.cr = HF_LITERAL(CSE2);
    assert_int_equal(world_serve(&w, &w.maf_service, &mef), HF_RSC_CREATED);
    assert_int_equal(world_serve(&w, &w.maf_service, &mef), HF_RSC_CREATED); /* again: the same */
    assert_ok(hf_secret_set(&r->content.kv, HF_LITERAL("0123456789abcdefghijklmnopqrstuw")));
    assert_int_equal(world_serve(&w, &w.maf_service, &mef), HF_RSC_CONFLICT);
    assert_int_equal(world_count_audit(&w, "km.provisioned"), 1);
    world_done(&w);
}
