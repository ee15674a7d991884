#include "role/maf/resolve_km.h"

#include "role/maf/maf_internal.h"
#include "role/maf/pull_km.h"
#include "role/tef/peer.h"

struct inquiry {
    struct hf_km_wait wait; /* first: hf_km_wait.done leads back here */
    struct hf_maf *maf;
    struct hf_lookup lookup;
    bool has_pulled;
};

static void find(struct inquiry *i);

static void pulled(struct hf_km_wait *w, hf_status st, const char *reason)
{
    struct inquiry *i = (struct inquiry *)w;

    i->has_pulled = true;
    if (st == HF_OK)
        find(i);
    else
        hf_tef_answer_psk(w->q, st, reason);
}

static bool may_pull(const struct inquiry *i)
{
    const struct hf_maf *m = i->maf;

    return !i->has_pulled && !hf_bytes_is_empty(m->config->mef)
           && m->tef.ports.remote.fetch_key != NULL
           && hf_bytes_equal(i->wait.ke_id.fqdn, m->config->mef);
}

static void found(struct hf_lookup *l)
{
    struct inquiry *i = l->context;

    if (l->st == HF_OK)
        hf_tef_answer_psk_with(&i->maf->tef, i->wait.q, &l->credential,
                               1u << HF_SUID_PRESHARED_MAF | 1u << HF_SUID_RSPF_MAF,
                               i->maf->config->require_pfs);
    else if (l->st == HF_ERR_UNKNOWN && may_pull(i))
        hf_maf_pull_km(i->maf, &i->wait);
    else
        hf_tef_answer_psk(i->wait.q, l->st,
                          l->st == HF_ERR_UNKNOWN ? "no such KmID or KeID" : "the store failed");
}

static void find(struct inquiry *i)
{
    i->lookup = (struct hf_lookup){.kind = HF_FIND_CREDENTIAL,
                                   .authority = i->maf->tef.policy.fqdn,
                                   .id = i->wait.credential_id,
                                   .arena = i->wait.q->arena,
                                   .done = found,
                                   .context = i};
    hf_store_find(&i->maf->tef.ports.store, &i->lookup);
}

static hf_status ask(struct hf_maf *m, struct hf_psk_question *q)
{
    struct hf_bytes identity;
    struct inquiry *i = hf_arena_take(q->arena, 1, sizeof *i);
    hf_status st;

    HF_TRY(i == NULL ? HF_ERR_LIMIT : HF_OK);
    i->maf = m;
    i->wait.q = q;
    i->wait.done = pulled;
    HF_TRY(hf_tef_read_identity(&m->tef, q, m->config->fqdn, m->config->mef, &identity,
                                &i->wait.ke_id));
    HF_TRY(
        hf_credential_id_format(HF_CREDENTIAL_MAF_KEY, identity, q->arena, &i->wait.credential_id));
    find(i);
done:
    return st;
}

void hf_maf_resolve_km(void *tef, struct hf_psk_question *q)
{
    const struct hf_tef *self = tef;
    hf_status st = ask(self->role, q);

    if (st != HF_OK)
        hf_tef_answer_psk(q, st, "not the form of a KmID of this MAF or a KeID of its MEF");
}
