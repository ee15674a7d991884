#include "role/mef/provision_maf.h"

#include "base/memory.h"
#include "role/mef/issue_key.h"
#include "role/mef/mef_internal.h"

enum { ARENA_MAX = 65536 };

/* Outlives the exchange that caused it, so everything is a copy. */
struct hf_maf_provision {
    struct hf_mef *mef;
    struct hf_arena arena;
    struct hf_key_record key;
    struct hf_key_push push;
    struct hf_commit commit;
    struct hf_maf_provision *next;
};

static void unlink_provision(struct hf_mef *m, const struct hf_maf_provision *p)
{
    struct hf_maf_provision **at = &m->provisions;

    while (*at != NULL && *at != p)
        at = &(*at)->next;
    if (*at != NULL)
        *at = p->next;
}

static void free_provision(struct hf_maf_provision *p)
{
    hf_secret_wipe(&p->key.key);
    hf_arena_done(&p->arena);
    hf_free(p);
}

static void audited(struct hf_commit *c)
{
    struct hf_maf_provision *p = c->context;

    unlink_provision(p->mef, p);
    free_provision(p);
}

static void pushed(struct hf_key_push *push)
{
    struct hf_maf_provision *p = push->context;

    hf_secret_wipe(&p->key.key);
    p->commit = (struct hf_commit){
        .audit = {.act = push->st == HF_OK ? "maf.provisioned" : "maf.not_provisioned",
                  .authority = p->mef->tef.policy.fqdn,
                  .who = push->fqdn,
                  .what = push->key_id,
                  .detail = hf_text(hf_status_sentence(push->st)),
                  .time_s = hf_unix_time_s(&p->mef->tef.ports.clock)},
        .done = audited,
        .context = p,
    };
    hf_store_commit(&p->mef->tef.ports.store, &p->commit);
}

static hf_status copy_list(struct hf_arena *a, struct hf_list from, struct hf_list *out)
{
    struct hf_bytes *at = hf_arena_take(a, from.count, sizeof *at);
    hf_status st = HF_OK;

    HF_TRY(at == NULL ? HF_ERR_LIMIT : HF_OK);
    for (size_t i = 0; i < from.count; i++)
        HF_TRY(hf_arena_copy(a, from.at[i], &at[i]));
    *out = (struct hf_list){at, from.count};
done:
    return st;
}

static hf_status fill(struct hf_maf_provision *p, const struct hf_key_record *k,
                      const struct hf_peer *peer)
{
    struct hf_bytes target = k->targets.at[0];
    hf_status st;

    HF_TRY(hf_arena_copy(&p->arena, hf_bytes_from(target, 2), &p->push.fqdn));
    HF_TRY(hf_key_id_join(k->relative_id, p->mef->tef.policy.fqdn, &p->arena, &p->push.key_id));
    HF_TRY(hf_arena_copy(&p->arena, k->relative_id, &p->key.relative_id));
    HF_TRY(hf_arena_copy(&p->arena, k->source, &p->key.source));
    HF_TRY(hf_arena_copy(&p->arena, k->admin_fqdn, &p->key.admin_fqdn));
    HF_TRY(hf_arena_copy(&p->arena, peer->node_id, &p->push.node_id));
    HF_TRY(copy_list(&p->arena, peer->entities, &p->push.entities));
    HF_TRY(copy_list(&p->arena, k->labels, &p->key.labels));
    HF_TRY(hf_mef_key_for(p->mef, k, target, &p->arena, &p->key.key));
    p->key.authority = p->mef->tef.policy.fqdn;
    p->key.suid = k->suid;
    p->key.created_s = k->created_s;
    p->key.modified_s = k->modified_s;
    p->key.expires_s = k->expires_s;
    p->key.state = HF_RECORD_LIVE;
    p->push.has_cse = peer->has_cse;
    p->push.key = &p->key;
    p->push.done = pushed;
    p->push.context = p;
done:
    return st;
}

void hf_mef_provision_maf(struct hf_tef_exchange *e)
{
    struct hf_mef *m = hf_mef_of(e);
    const struct hf_key_record *k = &e->changes[0].key;
    struct hf_maf_provision *p;

    if (!m->config->push_to_maf || m->tef.ports.remote.push_key == NULL
        || e->procedure->act != HF_ACT_REGISTER_KEY || k->suid != HF_SUID_RSPF_MAF)
        return;
    p = hf_alloc(1, sizeof *p);
    if (p == NULL)
        return; /* the MAF pulls */
    p->mef = m;
    hf_arena_init(&p->arena, ARENA_MAX);
    if (fill(p, k, e->x->channel->peer) != HF_OK) {
        free_provision(p);
        return;
    }
    p->next = m->provisions;
    m->provisions = p;
    m->tef.ports.remote.push_key(m->tef.ports.remote.self, &p->push);
}

void hf_mef_forget_provisions(struct hf_mef *m)
{
    while (m->provisions != NULL) {
        struct hf_maf_provision *p = m->provisions;

        m->provisions = p->next;
        free_provision(p);
    }
}
