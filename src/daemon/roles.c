/* The roles that the configuration switches on, each with the ports of its worker. */
#include "base/memory.h"
#include "codec/content.h"
#include "core/identity/fqdn.h"
#include "daemon/worker.h"

enum { CONFIGURATION_MAX = 32768, UPSTREAM_LINKS = 64, UPSTREAM_QUEUE = 1024, UPSTREAM_MS = 10000 };

static struct hf_tef_ports ports_of(struct hf_worker *w, enum hf_role role)
{
    return (struct hf_tef_ports){w->clock, w->random, w->store, w->remote_of[role]};
}

static hf_status list_of(struct hf_worker *w, const struct hf_option_list *l, struct hf_list *out)
{
    struct hf_bytes *items = hf_arena_take(&w->arena, l->count, sizeof *items);

    if (items == NULL)
        return HF_ERR_SYSTEM;
    for (size_t i = 0; i < l->count; i++)
        items[i] = hf_text(l->at[i]);
    *out = (struct hf_list){items, l->count};
    return HF_OK;
}

/* Everything that bootstrapping gives but the key (design page, section 2). */
static hf_status client_configuration(void *self, const struct hf_peer *peer, struct hf_arena *a,
                                      struct hf_bytes *out)
{
    const struct hf_worker *w = self;
    const struct hf_config *c = w->deployment->config;
    struct hf_client_configuration answer = {
        .provider = hf_text(c->provider),
        .node_id = peer->node_id,
        .in_cse_id = hf_text(c->in_cse),
        .maf_fqdn = hf_text(c->mef.maf.fqdn),
        .maf_address = hf_text(c->mef.maf.address),
        .maf_psk_port = c->mef.maf_psk_port,
        .maf_certificate_port = c->mef.maf.port,
        .gateway_address = hf_text(c->mef.gateway_address),
        .gateway_port = c->mef.gateway_port,
        .lifetime_s = peer->lifetime_s,
    };
    size_t skip = peer->has_cse ? 1 : 0;
    uint8_t *room;
    struct hf_writer writer;

    if (hf_bytes_is_empty(peer->node_id) || peer->entities.count < skip)
        return HF_ERR_UNKNOWN;
    if (peer->has_cse)
        answer.cse_id = peer->entities.at[0];
    answer.ae_ids = (struct hf_list){peer->entities.at + skip, peer->entities.count - skip};
    room = hf_arena_take(a, CONFIGURATION_MAX, 1);
    if (room == NULL)
        return HF_ERR_LIMIT;
    writer = hf_writer_over(room, CONFIGURATION_MAX);
    if (hf_client_configuration_write(&answer, &writer) != HF_OK)
        return HF_ERR_LIMIT;
    return hf_writer_finish(&writer, out);
}

/* Methods in the order of preference: the certificate first, it has forward secrecy always. */
static hf_status offer_methods(struct hf_worker *w, struct hf_mef_config *m)
{
    const struct hf_config_function *f = &w->deployment->config->mef.f;
    struct hf_mef_method *methods = hf_arena_take(&w->arena, 2, sizeof *methods);

    if (methods == NULL)
        return HF_ERR_SYSTEM;
    if (f->certificate_port != 0)
        methods[m->method_count++] =
            (struct hf_mef_method){HF_LITERAL("certificate"), f->certificate_port};
    if (f->psk_port != 0)
        methods[m->method_count++] = (struct hf_mef_method){HF_LITERAL("psk"), f->psk_port};
    m->methods = methods;
    return HF_OK;
}

static hf_status new_mef(struct hf_worker *w)
{
    const struct hf_config *c = w->deployment->config;
    struct hf_mef_config *m = hf_arena_take(&w->arena, 1, sizeof *m);
    struct hf_tef_ports ports = ports_of(w, HF_ROLE_MEF);
    hf_status st;

    if (m == NULL)
        return HF_ERR_SYSTEM;
    m->fqdn = hf_text(c->mef.f.fqdn);
    m->in_cse = hf_text(c->in_cse);
    m->registration_lifetime_max_s = c->mef.f.registration_lifetime_max_s;
    m->key_lifetime_max_s = c->mef.f.key_lifetime_max_s;
    m->key_lifetime_s = c->mef.f.key_lifetime_s;
    m->require_pfs = c->mef.f.require_pfs;
    m->push_to_maf = c->mef.push_to_maf;
    m->exported_verbatim = c->mef.exported_verbatim;
    m->configuration = client_configuration;
    m->configuration_self = w;
    HF_TRY(list_of(w, &c->mef.f.admin_fqdns, &m->admin_fqdns));
    HF_TRY(list_of(w, &c->mef.mafs, &m->mafs));
    HF_TRY(offer_methods(w, m));
    HF_TRY(hf_mef_new(m, &ports, &w->mef));
    w->mef_config = m;
done:
    return st;
}

static hf_status new_maf(struct hf_worker *w)
{
    const struct hf_config *c = w->deployment->config;
    struct hf_maf_config *m = hf_arena_take(&w->arena, 1, sizeof *m);
    struct hf_tef_ports ports = ports_of(w, HF_ROLE_MAF);
    hf_status st;

    if (m == NULL)
        return HF_ERR_SYSTEM;
    m->fqdn = hf_text(c->maf.f.fqdn);
    m->mef = hf_text(c->maf.mef.fqdn);
    m->registration_lifetime_max_s = c->maf.f.registration_lifetime_max_s;
    m->key_lifetime_max_s = c->maf.f.key_lifetime_max_s;
    m->key_lifetime_s = c->maf.f.key_lifetime_s;
    m->require_pfs = c->maf.f.require_pfs;
    HF_TRY(list_of(w, &c->maf.f.admin_fqdns, &m->admin_fqdns));
    HF_TRY(hf_maf_new(m, &ports, &w->maf));
    w->maf_config = m;
done:
    return st;
}

static hf_status new_gateway(struct hf_worker *w)
{
    const struct hf_config *c = w->deployment->config;
    struct hf_gateway_config g = {.cse = hf_text(c->gateway.cse),
                                  .maf_fqdn = hf_text(c->gateway.maf.fqdn),
                                  .cache_s = c->gateway.key_cache_s,
                                  .require_pfs = c->gateway.require_pfs};
    struct hf_http_client_config upstream = {.loop = w->loop,
                                             .clock = &w->clock,
                                             .address = c->gateway.upstream_address,
                                             .port = c->gateway.upstream_port,
                                             .links_max = UPSTREAM_LINKS,
                                             .queue_max = UPSTREAM_QUEUE,
                                             .deadline_ms = UPSTREAM_MS};
    hf_status st;

    HF_TRY(hf_public_name_of_cse(g.cse, hf_text(c->in_cse), &w->arena, &w->gateway_name));
    HF_TRY(hf_http_client_new(&upstream, &w->upstream));
    HF_TRY(hf_gateway_new(&g, &w->clock, &w->random, &w->remote_of[HF_ROLE_GATEWAY], &w->gateway));
done:
    return st;
}

hf_status hf_roles_new(struct hf_worker *w)
{
    const struct hf_config *c = w->deployment->config;
    hf_status st = HF_OK;

    if (c->mef.f.enabled)
        HF_TRY(new_mef(w));
    if (c->maf.f.enabled)
        HF_TRY(new_maf(w));
    if (c->gateway.enabled)
        HF_TRY(new_gateway(w));
done:
    return st;
}

void hf_roles_free(struct hf_worker *w)
{
    hf_http_client_free(w->upstream);
    hf_mef_free(w->mef);
    hf_maf_free(w->maf);
    hf_gateway_free(w->gateway);
    w->upstream = NULL;
    w->mef = NULL;
    w->maf = NULL;
    w->gateway = NULL;
}
