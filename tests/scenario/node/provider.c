#include "scenario/node/provider.h"

#include <string.h>

#include "codec/content.h"
#include "library/device_state.h"
#include "support/hf_test.h"

enum { KPM_LEN = 32, KPM_FIRST = 1, KPM_STEP = 7, CONFIGURATION_MAX = 2048 };

/* What the operator lodged for every node (8.3.5.2.4). */
static hf_status lodge(void *self, const struct hf_peer *peer, struct hf_arena *a,
                       struct hf_bytes *out)
{
    struct hf_list entities = peer->entities;
    struct hf_client_configuration c = {
        .provider = HF_LITERAL(PROVIDER),
        .node_id = peer->node_id,
        .cse_id = entities.at[0],
        .ae_ids = {entities.at + 1, entities.count - 1},
        .in_cse_id = HF_LITERAL(IN_CSE),
        .maf_fqdn = HF_LITERAL(MAF_FQDN),
        .maf_psk_port = 8446,
        .gateway_address = HF_LITERAL("192.0.2.7"),
        .gateway_port = 8447,
        .lifetime_s = peer->lifetime_s
    };
    uint8_t room[CONFIGURATION_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes json;
    hf_status st;

    (void)self;
    HF_TRY(hf_client_configuration_write(&c, &w));
    HF_TRY(hf_writer_finish(&w, &json));
    HF_TRY(hf_arena_copy(a, json, out));
done:
    return st;
}

void provider_init(struct provider *p)
{
    uint8_t key[KPM_LEN];

    memset(p, 0, sizeof *p);
    world_init(&p->world);
    p->world.mef_config.configuration = lodge;
    for (uint8_t i = 0; i < sizeof key; i++)
        key[i] = (uint8_t)(KPM_FIRST + i * KPM_STEP); /* as world.c imported it */
    assert_ok(hf_secret_set(&p->kpm, hf_bytes_of(key, sizeof key)));
    hf_arena_init(&p->arena, HF_DEVICE_ARENA_MAX);
    p->ports = (struct hf_node_ports){.clock = fake_clock_handle(&p->world.clock),
                                      .secure_environment = fake_secure_environment_handle(&p->se),
                                      .codec = hf_library_codec()};
    p->config = (struct hf_node_config){.provider = HF_LITERAL(PROVIDER),
                                        .mef_fqdn = HF_LITERAL(MEF_FQDN),
                                        .certificate_port = 8443,
                                        .psk_port = 8444,
                                        .methods = {"psk"},
                                        .method_count = 1,
                                        .psk_identity = HF_LITERAL(KPM_ID1),
                                        .psk = &p->kpm,
                                        .lifetime_s = ENROLMENT};
    p->offers[0] = (struct hf_node_offer){HF_LITERAL("certificate"), 8443};
    p->offers[1] = (struct hf_node_offer){HF_LITERAL("psk"), 8444};
    p->offer_count = 2;
}

void provider_done(struct provider *p)
{
    hf_arena_done(&p->arena);
    world_done(&p->world);
}

/* The node's end of the channel: the same exporter output, once as well. */
static hf_status export_key(void *self, const char *label, struct hf_export *out)
{
    struct fake_channel *c = self;

    (void)label;
    *out = c->secret;
    return HF_OK;
}

static void on_resolved(struct hf_psk_question *q)
{
    (void)q;
}

/* HF_OK: both ends hold the same key. */
static hf_status shake_hands(struct provider *p, const struct hf_service *s,
                             const struct hf_node_end *end)
{
    struct world *w = &p->world;
    struct hf_psk_question q = {
        .identity = end->psk_identity, .arena = &w->life, .done = on_resolved, .st = HF_ERR_BUG};

    s->resolve_psk(s->self, &q);
    if (q.st != HF_OK || !hf_secret_equal(&q.key, end->psk))
        return HF_ERR_CRYPTO;
    fake_channel_init(&p->channel, &q.peer, ++w->channels);
    p->node_channel = p->channel.channel;
    p->node_channel.export_key = export_key;
    p->service = s;
    return HF_OK;
}

static void connect_node(struct provider *p, const struct hf_node_task *t,
                         const struct hf_node_end *end)
{
    bool is_maf = hf_bytes_equal_text(end->fqdn, MAF_FQDN);
    hf_status st = HF_ERR_UNREACHABLE;

    if (!end->with_psk) /* as a TLS library would without a certificate */
        st = HF_ERR_DENIED;
    else if (!is_maf || !p->maf_is_down)
        st = shake_hands(p, is_maf ? &p->world.maf_service : &p->world.mef_service, end);
    if (st == HF_OK)
        t->secured(t->self, &p->node_channel);
    else
        t->failed(t->self, st, "no handshake");
}

static void serve(struct provider *p, const struct hf_node_task *t, const struct hf_request *r)
{
    struct world *w = &p->world;

    if (p->is_silent)
        return;
    *world_request(w, r->operation, "-", "") = *r;
    p->deleted += r->operation == HF_DELETE;
    assert_int_not_equal(world_serve(w, p->service, &p->channel), 0);
    if (p->garble_identifier && w->answer.content.type == HF_TYPE_SYMM_KEY_REG)
        w->answer.content.rkid = HF_LITERAL("00000000000000000000000000000000");
    t->answered(t->self, &w->answer);
}

bool provider_run(struct provider *p, const struct hf_node_task *t, unsigned orders)
{
    struct hf_node_order o;

    while (orders-- > 0 && t->take_order(t->self, &o)) {
        p->orders++;
        switch (o.act) {
        case HF_NODE_ASK:
            p->asked++;
            t->listed(t->self, HF_LITERAL(MEF_FQDN), p->offers, p->offer_count);
            break;
        case HF_NODE_CONNECT:
            connect_node(p, t, &o.end);
            break;
        case HF_NODE_SEND:
            serve(p, t, o.request);
            break;
        case HF_NODE_CLOSE:
            p->service = NULL;
            break;
        }
    }
    return t->is_done(t->self);
}

struct hf_node_outcome provider_bootstrap(struct provider *p, bool anew)
{
    struct hf_node_enrolment *n = NULL;
    struct hf_node_outcome o;
    struct hf_node_task t;

    assert_ok(hf_node_enrolment_new(&p->config, &p->ports, &n));
    t = hf_node_enrolment_task(n);
    hf_node_enrolment_begin(n, anew);
    if (!provider_run(p, &t, FOREVER)) {
        p->world.clock.now_s += HOUR; /* nobody answers any more */
        t.tick(t.self);
        assert_true(provider_run(p, &t, FOREVER));
    }
    o = *t.outcome(t.self);
    hf_node_enrolment_free(n);
    return o;
}

struct hf_node_outcome provider_associate(struct provider *p, const char *ae, const char *target,
                                          struct hf_association *out)
{
    struct hf_node_association_config config = {
        .ae = hf_text(ae), .target = hf_text(target), .lifetime_s = HOUR};
    struct hf_node_association *n = NULL;
    struct hf_node_outcome o;
    struct hf_node_task t;

    assert_ok(hf_node_association_new(&config, &p->ports, &n));
    t = hf_node_association_task(n);
    hf_node_association_begin(n);
    if (!provider_run(p, &t, FOREVER)) {
        p->world.clock.now_s += HOUR;
        t.tick(t.self);
        assert_true(provider_run(p, &t, FOREVER));
    }
    o = *t.outcome(t.self);
    if (hf_node_association_result(n) != NULL)
        assert_ok(
            hf_node_load_association(&p->ports, config.ae, config.target, &p->arena, out, NULL));
    hf_node_association_free(n);
    return o;
}

hf_status provider_prove_km(struct provider *p)
{
    struct hf_enrolment e = {0};
    struct hf_secret km = {0};
    struct hf_node_end end = {0};
    hf_status st = hf_node_load_enrolment(&p->ports, HF_NODE_KM, &p->arena, &e, &km);

    if (st != HF_OK)
        return st;
    end.psk_identity = e.key_id;
    end.psk = &km;
    return shake_hands(p, &p->world.maf_service, &end);
}
