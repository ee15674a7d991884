#include "role/maf/maf.h"

#include "base/memory.h"
#include "base/wire.h"
#include "core/derive/derive.h"
#include "role/maf/accept_provision.h"
#include "role/maf/assign_km_id.h"
#include "role/maf/maf_internal.h"
#include "role/maf/pull_km.h"
#include "role/maf/resolve_km.h"
#include "role/maf/retire_key_id.h"
#include "role/tef/identify.h"

/* Kc goes to the target as it was exported or given (8.8.2.8). */
static hf_status issue_key(struct hf_tef_exchange *e, struct hf_content *out)
{
    out->kv = hf_tef_key(e)->key;
    return HF_OK;
}

static const struct hf_tef_profile profile = {
    .base_type = HF_TYPE_MAF_BASE,
    .client_type = HF_TYPE_MAF_CLIENT_REG,
    .label = HF_LABEL_CONNECTION,
    .procedure = &hf_maf_accept_provision,
    .prepare = hf_maf_retire_key_id,
    .assign_key = hf_maf_assign_km_id,
    .issue_key = issue_key,
};

static struct hf_tef make_tef(struct hf_maf *m, const struct hf_tef_ports *ports)
{
    const struct hf_maf_config *c = m->config;

    return (struct hf_tef){
        .profile = &profile,
        .policy = {.fqdn = c->fqdn,
                   .admin_fqdns = c->admin_fqdns,
                   .functions = {&c->mef, hf_bytes_is_empty(c->mef) ? 0 : 1},
                   .registration_lifetime_max_s = c->registration_lifetime_max_s,
                   .key_lifetime_max_s = c->key_lifetime_max_s,
                   .key_lifetime_s = c->key_lifetime_s},
        .ports = *ports,
        .role = m,
    };
}

hf_status hf_maf_new(const struct hf_maf_config *config, const struct hf_tef_ports *ports,
                     struct hf_maf **out)
{
    uint8_t seed[sizeof(struct hf_hash_key)] = {0};
    struct hf_reader r = hf_reader_over(hf_bytes_of(seed, sizeof seed));
    struct hf_maf *m = hf_alloc(1, sizeof *m);
    hf_status st;

    HF_TRY(m == NULL ? HF_ERR_SYSTEM : HF_OK);
    m->config = config;
    m->tef = make_tef(m, ports);
    HF_TRY(hf_random_get(&ports->random, seed, sizeof seed));
    m->hash_key.k0 = hf_get_u64(&r);
    m->hash_key.k1 = hf_get_u64(&r);
    m->absent = hf_known_ids_new(&m->hash_key, HF_MAF_NEGATIVE_IDS);
    m->retired = hf_known_ids_new(&m->hash_key, HF_MAF_RETIRED_IDS);
    HF_TRY(m->absent == NULL || m->retired == NULL ? HF_ERR_SYSTEM : HF_OK);
    *out = m;
    m = NULL; /* now the caller's */
done:
    hf_maf_free(m);
    return st;
}

void hf_maf_free(struct hf_maf *m)
{
    if (m == NULL)
        return;
    hf_maf_forget_pulls(m);
    hf_known_ids_free(m->absent);
    hf_known_ids_free(m->retired);
    hf_free(m);
}

struct hf_service hf_maf_service(struct hf_maf *m)
{
    return (struct hf_service){.self = &m->tef,
                               .resolve_psk = hf_maf_resolve_km,
                               .identify = hf_tef_identify,
                               .serve = hf_tef_serve};
}
