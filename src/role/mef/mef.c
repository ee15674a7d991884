#include "role/mef/mef.h"

#include "base/memory.h"
#include "core/derive/derive.h"
#include "role/mef/issue_key.h"
#include "role/mef/mef_internal.h"
#include "role/mef/method_list.h"
#include "role/mef/provision_maf.h"
#include "role/mef/resolve_kpm.h"
#include "role/tef/identify.h"

static struct hf_policy_answer judge_registration(const struct hf_tef_exchange *e)
{
    const struct hf_mef_config *c = hf_mef_of(e)->config;

    return hf_method_list_judge(c->methods, c->method_count, e->x->channel->peer->proof,
                                &e->x->request->content);
}

/* The bootstrap is done when its outcome is durable: with the key for the MAF. */
static hf_status note_key(struct hf_tef_exchange *e, const struct hf_key_record *k)
{
    struct hf_node_record *node;

    if (k->suid != HF_SUID_RSPF_MAF || hf_bytes_is_empty(k->node_id))
        return HF_OK;
    node = &hf_tef_change(e, HF_TOUCH_NODE)->node;
    node->authority = k->authority;
    node->node_id = k->node_id;
    node->enrolled_s = e->now_s;
    return HF_OK;
}

static hf_status configuration(struct hf_tef_exchange *e, struct hf_bytes *out)
{
    const struct hf_mef_config *c = hf_mef_of(e)->config;

    if (c->configuration == NULL)
        return HF_ERR_UNKNOWN;
    return c->configuration(c->configuration_self, e->x->channel->peer, e->x->arena, out);
}

static const struct hf_tef_profile profile = {
    .base_type = HF_TYPE_MEF_BASE,
    .client_type = HF_TYPE_MEF_CLIENT_REG,
    .label = HF_LABEL_BOOTSTRAP,
    .judge_registration = judge_registration,
    .note_key = note_key,
    .issue_key = hf_mef_issue_key,
    .configuration = configuration,
    .committed = hf_mef_provision_maf,
};

hf_status hf_mef_new(const struct hf_mef_config *config, const struct hf_tef_ports *ports,
                     struct hf_mef **out)
{
    struct hf_mef *m = hf_alloc(1, sizeof *m);

    if (m == NULL)
        return HF_ERR_SYSTEM;
    m->config = config;
    m->tef = (struct hf_tef){
        .profile = &profile,
        .policy = {.is_mef = true,
                   .fqdn = config->fqdn,
                   .admin_fqdns = config->admin_fqdns,
                   .functions = config->mafs,
                   .registration_lifetime_max_s = config->registration_lifetime_max_s,
                   .key_lifetime_max_s = config->key_lifetime_max_s,
                   .key_lifetime_s = config->key_lifetime_s},
        .ports = *ports,
        .role = m,
    };
    *out = m;
    return HF_OK;
}

void hf_mef_free(struct hf_mef *m)
{
    if (m == NULL)
        return;
    hf_mef_forget_provisions(m);
    hf_free(m);
}

struct hf_service hf_mef_service(struct hf_mef *m)
{
    return (struct hf_service){.self = &m->tef,
                               .resolve_psk = hf_mef_resolve_kpm,
                               .identify = hf_tef_identify,
                               .serve = hf_tef_serve};
}
