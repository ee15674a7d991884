#include "role/maf/pull_km.h"

#include "base/memory.h"
#include "role/maf/admit_km.h"
#include "role/maf/maf_internal.h"

enum { ARENA_MAX = 65536 };

struct hf_km_pull {
    struct hf_maf *maf;
    struct hf_arena arena;
    struct hf_bytes credential_id;
    struct hf_key_fetch fetch;
    struct hf_lookup node;
    struct hf_change changes[HF_KM_CHANGES];
    struct hf_commit commit;
    struct hf_km_wait *waiting;
    struct hf_km_pull *next;
};

static void free_pull(struct hf_km_pull *p)
{
    if (p == NULL)
        return;
    hf_secret_wipe(&p->fetch.key.key);
    hf_secret_wipe(&p->changes[1].credential.key);
    hf_arena_done(&p->arena);
    hf_free(p);
}

static void unlink_pull(struct hf_km_pull *p)
{
    struct hf_km_pull **at = &p->maf->pulls;

    while (*at != NULL && *at != p)
        at = &(*at)->next;
    if (*at == NULL)
        return;
    *at = p->next;
    p->maf->pull_count--;
}

static bool is_worth_remembering(hf_status st)
{
    return st == HF_ERR_UNKNOWN || st == HF_ERR_UNREACHABLE || st == HF_ERR_DENIED
           || st == HF_ERR_EXPIRED || st == HF_ERR_MALFORMED;
}

/* Tells all who wait; the pull is gone before the first of them may ask for another. */
static void finish(struct hf_km_pull *p, hf_status st, const char *reason)
{
    struct hf_km_wait *w = p->waiting;

    if (is_worth_remembering(st))
        hf_known_ids_add(p->maf->absent, p->credential_id, st,
                         hf_unix_time_s(&p->maf->tef.ports.clock) + HF_MAF_NEGATIVE_S);
    unlink_pull(p);
    free_pull(p);
    while (w != NULL) {
        struct hf_km_wait *next = w->next;

        w->done(w, st, reason);
        w = next;
    }
}

static void committed(struct hf_commit *c)
{
    struct hf_km_pull *p = c->context;

    /* Another worker, or a push, may have been faster: then the record tells (HF_ERR_CONFLICT). */
    if (c->st == HF_OK || c->st == HF_ERR_CONFLICT)
        finish(p, HF_OK, NULL);
    else
        finish(p, c->st, "the Master Credential could not be stored");
}

static struct hf_list entities_of(struct hf_km_pull *p)
{
    struct hf_key_fetch *f = &p->fetch;

    return f->entities.count > 0 ? f->entities : (struct hf_list){&f->key.source, 1};
}

static hf_status admit(struct hf_km_pull *p, uint64_t now_s, const char **reason)
{
    const struct hf_key_fetch *f = &p->fetch;

    if (!hf_list_has(p->maf->tef.policy.admin_fqdns, f->key.admin_fqdn)) {
        *reason = "the Master Credential is of a stakeholder not served here";
        return HF_ERR_DENIED;
    }
    return hf_km_admit(&(struct hf_km_offer){.authority = p->maf->tef.policy.fqdn,
                                             .credential_id = p->credential_id,
                                             .km = &f->key.key,
                                             .suid = f->key.suid,
                                             .expires_s = f->key.expires_s,
                                             .node_id = f->node_id,
                                             .entities = entities_of(p),
                                             .source = f->key.source,
                                             .has_cse = f->has_cse,
                                             .known = p->node.st == HF_OK ? &p->node.node : NULL,
                                             .now_s = now_s},
                       p->changes, reason);
}

static void node_found(struct hf_lookup *l)
{
    struct hf_km_pull *p = l->context;
    uint64_t now_s = hf_unix_time_s(&p->maf->tef.ports.clock);
    const char *reason = "the store failed";
    hf_status st = l->st == HF_ERR_UNKNOWN ? HF_OK : l->st;

    HF_TRY(st);
    HF_TRY(admit(p, now_s, &reason));
    p->commit = (struct hf_commit){
        .changes = p->changes,
        .count = HF_KM_CHANGES,
        .audit = {.act = "km.pulled",
                  .authority = p->maf->tef.policy.fqdn,
                  .who = p->fetch.fqdn,
                  .what = p->credential_id,
                  .detail = p->fetch.key.source,
                  .time_s = now_s},
        .done = committed,
        .context = p
    };
    hf_store_commit(&p->maf->tef.ports.store, &p->commit);
    return;
done:
    finish(p, st, reason);
}

static void fetched(struct hf_key_fetch *f)
{
    struct hf_km_pull *p = f->context;

    if (f->st != HF_OK) {
        finish(p, f->st,
               f->st == HF_ERR_UNREACHABLE ? "the MEF does not answer"
                                           : "the MEF does not give this key");
        return;
    }
    p->node =
        (struct hf_lookup){.kind = HF_FIND_NODE,
                           .authority = p->maf->tef.policy.fqdn,
                           .id = hf_bytes_is_empty(f->node_id) ? entities_of(p).at[0] : f->node_id,
                           .arena = &p->arena,
                           .done = node_found,
                           .context = p};
    hf_store_find(&p->maf->tef.ports.store, &p->node);
}

static hf_status new_pull(struct hf_maf *m, const struct hf_km_wait *w, struct hf_km_pull **out)
{
    struct hf_km_pull *p = NULL;
    hf_status st;

    HF_TRY(m->pull_count >= HF_MAF_PULLS_MAX ? HF_ERR_LIMIT : HF_OK);
    p = hf_alloc(1, sizeof *p);
    HF_TRY(p == NULL ? HF_ERR_LIMIT : HF_OK);
    p->maf = m;
    hf_arena_init(&p->arena, ARENA_MAX);
    HF_TRY(hf_arena_copy(&p->arena, w->credential_id, &p->credential_id));
    HF_TRY(hf_arena_copy(&p->arena, w->ke_id.fqdn, &p->fetch.fqdn));
    HF_TRY(hf_arena_copy(&p->arena, w->ke_id.relative, &p->fetch.relative_id));
    p->fetch.arena = &p->arena;
    p->fetch.done = fetched;
    p->fetch.context = p;
    *out = p;
    p = NULL; /* now the caller's */
done:
    free_pull(p);
    return st;
}

static struct hf_km_pull *find_pull(const struct hf_maf *m, struct hf_bytes credential_id)
{
    struct hf_km_pull *p = m->pulls;

    while (p != NULL && !hf_bytes_equal(p->credential_id, credential_id))
        p = p->next;
    return p;
}

void hf_maf_pull_km(struct hf_maf *m, struct hf_km_wait *w)
{
    struct hf_km_pull *p = find_pull(m, w->credential_id);
    hf_status st;

    if (p != NULL) {
        w->next = p->waiting;
        p->waiting = w;
        return;
    }
    if (hf_known_ids_has(m->absent, w->credential_id, hf_unix_time_s(&m->tef.ports.clock), &st)) {
        w->done(w, st, "the MEF did not give this key a moment ago");
        return;
    }
    st = new_pull(m, w, &p);
    if (st != HF_OK) {
        w->done(w, st, "too many pulls under way");
        return;
    }
    w->next = NULL;
    p->waiting = w;
    p->next = m->pulls;
    m->pulls = p;
    m->pull_count++;
    m->tef.ports.remote.fetch_key(m->tef.ports.remote.self, &p->fetch);
}

void hf_maf_forget_pulls(struct hf_maf *m)
{
    while (m->pulls != NULL) {
        struct hf_km_pull *p = m->pulls;

        m->pulls = p->next;
        free_pull(p);
    }
}
