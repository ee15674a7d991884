#include "scenario/trust/world.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "support/hf_test.h"

enum { ARENA_MAX = 1 << 20, WORK_MAX = 65536 };

static const struct hf_bytes providers[] = {
    {(const uint8_t *)PROVIDER, sizeof PROVIDER - 1}
};
static const struct hf_bytes mafs[] = {
    {(const uint8_t *)MAF_FQDN, sizeof MAF_FQDN - 1}
};
static const struct hf_bytes node1[] = {
    {(const uint8_t *)CSE1, sizeof CSE1 - 1},
    {(const uint8_t *)APP1, sizeof APP1 - 1}
};
static const struct hf_bytes node2[] = {
    {(const uint8_t *)CSE2, sizeof CSE2 - 1}
};
static const struct hf_mef_method methods[] = {
    {{(const uint8_t *)"certificate", 11}, 8443},
    {{(const uint8_t *)"psk", 3},          8444}
};

static hf_status lodge(void *self, const struct hf_peer *peer, struct hf_arena *a,
                       struct hf_bytes *out)
{
    (void)self;
    return hf_arena_copy(a, peer->node_id, out);
}

static void count_find(void *self, struct hf_lookup *l)
{
    struct world *w = self;

    w->finds++;
    hf_store_find(&w->behind, l);
}

static void count_commit(void *self, struct hf_commit *c)
{
    struct world *w = self;

    w->commits++;
    hf_store_commit(&w->behind, c);
}

static void on_commit(struct hf_commit *c)
{
    (void)c;
}

hf_status world_commit(struct world *w, const struct hf_change *changes, size_t count)
{
    struct hf_commit c = {
        .changes = changes,
        .count = count,
        .audit = {.act = "operator.act", .who = HF_LITERAL("operator"), .time_s = w->clock.now_s},
        .done = on_commit
    };

    hf_store_commit(&w->handle, &c);
    return c.st;
}

static hf_status import(struct world *w, const char *node_id, struct hf_list entities,
                        const char *kpm_id, uint8_t first)
{
    uint8_t key[32];
    struct hf_change c[2] = {
        {.kind = HF_PUT_NODE,
         .node = {.authority = HF_LITERAL(MEF_FQDN),
                  .node_id = hf_text(node_id),
                  .entities = entities,
                  .has_cse = true,
                  .lifetime_s = ENROLMENT,
                  .created_s = w->clock.now_s,
                  .state = HF_RECORD_LIVE}      },
        {.kind = HF_PUT_CREDENTIAL,
         .credential = {.authority = HF_LITERAL(MEF_FQDN),
                        .node_id = hf_text(node_id),
                        .suid = HF_SUID_PRESHARED_MEF,
                        .expires_s = HF_NEVER,
                        .state = HF_RECORD_LIVE}},
    };
    hf_status st;

    for (uint8_t i = 0; i < sizeof key; i++)
        key[i] = (uint8_t)(first + i * 7);
    HF_TRY(hf_secret_set(&c[1].credential.key, hf_bytes_of(key, sizeof key)));
    HF_TRY(hf_credential_id_format(HF_CREDENTIAL_MEF_KEY, hf_text(kpm_id), &w->life,
                                   &c[1].credential.credential_id));
    HF_TRY(world_commit(w, c, 2));
done:
    return st;
}

static void configure(struct world *w)
{
    w->mef_config = (struct hf_mef_config){
        .fqdn = HF_LITERAL(MEF_FQDN),
        .admin_fqdns = {providers, 1},
        .mafs = {mafs,      1},
        .in_cse = HF_LITERAL(IN_CSE),
        .registration_lifetime_max_s = 100 * HOUR,
        .key_lifetime_max_s = 50 * HOUR,
        .key_lifetime_s = HOUR,
        .methods = methods,
        .method_count = 2,
        .configuration = lodge
    };
    w->maf_config = (struct hf_maf_config){
        .fqdn = HF_LITERAL(MAF_FQDN),
        .admin_fqdns = {providers, 1},
        .mef = HF_LITERAL(MEF_FQDN),
        .registration_lifetime_max_s = 20 * HOUR,
        .key_lifetime_max_s = 10 * HOUR,
        .key_lifetime_s = HOUR
    };
}

hf_status world_open(struct world *w)
{
    struct hf_tef_ports ports;
    hf_status st;

    memset(w, 0, sizeof *w);
    w->clock.now_s = START_S;
    hf_arena_init(&w->life, ARENA_MAX);
    hf_arena_init(&w->arena, WORK_MAX);
    configure(w);
    w->store = hf_memory_store_new();
    HF_TRY(w->store == NULL ? HF_ERR_SYSTEM : HF_OK);
    w->behind = hf_memory_store_handle(w->store);
    w->handle = (struct hf_store){.self = w, .find = count_find, .commit = count_commit};
    ports = (struct hf_tef_ports){.clock = fake_clock_handle(&w->clock),
                                  .random = fake_random_handle(&w->random),
                                  .store = w->handle,
                                  .remote = fake_remote_handle(&w->remote)};
    HF_TRY(hf_mef_new(&w->mef_config, &ports, &w->mef));
    HF_TRY(hf_maf_new(&w->maf_config, &ports, &w->maf));
    w->mef_service = hf_mef_service(w->mef);
    w->maf_service = hf_maf_service(w->maf);
    w->remote.mef = w->mef_service;
    w->remote.maf = w->maf_service;
    w->remote.mef_fqdn = HF_LITERAL(MEF_FQDN);
    w->remote.maf_fqdn = HF_LITERAL(MAF_FQDN);
    HF_TRY(import(w, "urn:n1", (struct hf_list){node1, 2}, KPM_ID1, 1));
    HF_TRY(import(w, "urn:n2", (struct hf_list){node2, 1}, KPM_ID2, 2));
done:
    return st;
}

void world_init(struct world *w)
{
    assert_ok(world_open(w));
}

void world_done(struct world *w)
{
    hf_mef_free(w->mef);
    hf_maf_free(w->maf);
    hf_memory_store_free(w->store);
    hf_arena_done(&w->arena);
    hf_arena_done(&w->life);
}

static void on_resolved(struct hf_psk_question *q)
{
    (void)q;
}

static void on_identified(struct hf_identify_question *q)
{
    (void)q;
}

hf_status world_connect(struct world *w, const struct hf_service *s, const char *identity,
                        struct fake_channel *out)
{
    struct hf_psk_question q = {
        .identity = hf_text(identity), .arena = &w->life, .done = on_resolved, .st = HF_ERR_BUG};

    s->resolve_psk(s->self, &q);
    fake_channel_init(out, &q.peer, ++w->channels);
    return q.st;
}

hf_status world_present(struct world *w, const struct hf_service *s, enum hf_credential_type type,
                        const char *value, struct fake_channel *out)
{
    struct hf_identify_question q = {.type = type,
                                     .value = hf_text(value),
                                     .arena = &w->life,
                                     .done = on_identified,
                                     .st = HF_ERR_BUG};

    s->identify(s->self, &q);
    fake_channel_init(out, &q.peer, ++w->channels);
    return q.st;
}

static void on_served(struct hf_exchange *x)
{
    struct world *w = x->context;

    w->answers++;
    w->answer = x->response;
}

struct hf_request *world_request(struct world *w, enum hf_operation op, const char *to,
                                 const char *from)
{
    hf_arena_done(&w->arena);
    w->request = (struct hf_request){.operation = op,
                                     .to = hf_text(to),
                                     .from = hf_text(from),
                                     .request_id = HF_LITERAL("r1"),
                                     .release = HF_LITERAL("3"),
                                     .expires_s = HF_NEVER};
    return &w->request;
}

unsigned world_serve(struct world *w, const struct hf_service *s, struct fake_channel *c)
{
    w->answer = (struct hf_response){0};
    w->answers = 0;
    w->exchange = (struct hf_exchange){.request = &w->request,
                                       .channel = &c->channel,
                                       .arena = &w->arena,
                                       .done = on_served,
                                       .context = w};
    s->serve(s->self, &w->exchange);
    return w->answer.rsc;
}

unsigned world_register_client(struct world *w, const struct hf_service *s, struct fake_channel *c,
                               const char *from, uint64_t et)
{
    struct hf_request *r = world_request(w, HF_CREATE, "-", from);

    r->type = s == &w->mef_service ? HF_TYPE_MEF_CLIENT_REG : HF_TYPE_MAF_CLIENT_REG;
    r->has_content = true;
    r->content.type = (enum hf_resource_type)r->type;
    r->content.et = et;
    r->content.adfq = HF_LITERAL(PROVIDER);
    r->content.has = 1u << HF_A_ET | 1u << HF_A_ADFQ;
    return world_serve(w, s, c);
}

unsigned world_register_key(struct world *w, const struct hf_service *s, struct fake_channel *c,
                            const char *from, unsigned suid, const char *target, uint64_t et)
{
    struct hf_request *r = world_request(w, HF_CREATE, "-", from);
    static struct hf_bytes one;

    one = hf_text(target);
    r->type = HF_TYPE_SYMM_KEY_REG;
    r->has_content = true;
    r->content.type = HF_TYPE_SYMM_KEY_REG;
    r->content.et = et;
    r->content.adfq = HF_LITERAL(PROVIDER);
    r->content.suid = suid;
    r->content.tgis = (struct hf_list){&one, target == NULL ? 0 : 1};
    r->content.has =
        1u << HF_A_ET | 1u << HF_A_ADFQ | 1u << HF_A_SUID | (target == NULL ? 0 : 1u << HF_A_TGIS);
    return world_serve(w, s, c);
}

unsigned world_touch(struct world *w, const struct hf_service *s, struct fake_channel *c,
                     enum hf_operation op, struct hf_bytes id, const char *from)
{
    world_request(w, op, NULL, from)->to = id;
    return world_serve(w, s, c);
}

unsigned world_extend(struct world *w, const struct hf_service *s, struct fake_channel *c,
                      struct hf_bytes id, unsigned type, const char *from, uint64_t et)
{
    struct hf_request *r = world_request(w, HF_UPDATE, NULL, from);

    r->to = id;
    r->has_content = true;
    r->content.type = (enum hf_resource_type)type;
    r->content.et = et;
    r->content.has = 1u << HF_A_ET;
    return world_serve(w, s, c);
}

struct hf_bytes world_keep(struct world *w, struct hf_bytes b)
{
    struct hf_bytes out = {0};

    return hf_arena_copy(&w->life, b, &out) == HF_OK ? out : (struct hf_bytes){0};
}

size_t world_count_audit(const struct world *w, const char *part)
{
    const char *line;
    size_t count = 0;

    for (size_t i = 0; (line = hf_memory_store_audit(w->store, i)) != NULL; i++)
        count += strstr(line, part) != NULL ? 1 : 0;
    return count;
}

bool world_has_audit(const struct world *w, const char *part)
{
    return world_count_audit(w, part) > 0;
}

static void on_found(struct hf_lookup *l)
{
    (void)l;
}

struct hf_lookup world_find(struct world *w, enum hf_lookup_kind kind, const char *authority,
                            struct hf_bytes id)
{
    struct hf_lookup l = {.kind = kind,
                          .authority = hf_text(authority),
                          .id = id,
                          .arena = &w->life,
                          .done = on_found,
                          .st = HF_ERR_BUG};

    hf_store_find(&w->handle, &l);
    return l;
}
