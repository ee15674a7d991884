#include "role/maf/retire_key_id.h"

#include "role/maf/maf_internal.h"

/* The look-up was not about the peer. */
static void go_on(struct hf_tef_exchange *e)
{
    hf_secret_wipe(&e->credential.credential.key);
    e->credential = (struct hf_lookup){.st = HF_ERR_UNEXPECTED};
    e->change_count = 0;
    hf_tef_resume(e);
}

static void remember(struct hf_tef_exchange *e)
{
    hf_known_ids_add(hf_maf_of(e)->retired, e->x->channel->peer->issuer_key_id, HF_OK, HF_NEVER);
}

static void committed(struct hf_commit *c)
{
    struct hf_tef_exchange *e = c->context;

    /* Where it failed, the next request tries again; this one does not depend on it. */
    if (c->st == HF_OK)
        remember(e);
    go_on(e);
}

static void found(struct hf_tef_exchange *e)
{
    const struct hf_credential_record *c = hf_tef_credential(e);
    struct hf_change *end;

    if (c == NULL || c->state != HF_RECORD_LIVE) {
        remember(e);
        go_on(e);
        return;
    }
    end = hf_tef_change(e, HF_END_CREDENTIAL);
    end->credential.authority = c->authority;
    end->credential.credential_id = c->credential_id;
    end->credential.state = HF_RECORD_ENDED;
    e->commit = (struct hf_commit){
        .changes = e->changes,
        .count = e->change_count,
        .audit = {.act = "credential.replaced",
                  .authority = e->tef->policy.fqdn,
                  .who = e->x->channel->peer->credential_id,
                  .what = c->credential_id,
                  .detail = HF_LITERAL("the assigned KmID is in use"),
                  .time_s = e->now_s},
        .done = committed,
        .context = e
    };
    hf_store_commit(&e->tef->ports.store, &e->commit);
}

bool hf_maf_retire_key_id(struct hf_tef_exchange *e)
{
    struct hf_bytes ke_id = e->x->channel->peer->issuer_key_id;
    struct hf_bytes credential_id;
    hf_status known;

    if (hf_bytes_is_empty(ke_id) || hf_known_ids_has(hf_maf_of(e)->retired, ke_id, e->now_s, &known)
        || hf_credential_id_format(HF_CREDENTIAL_MAF_KEY, ke_id, e->x->arena, &credential_id)
               != HF_OK)
        return false;
    hf_tef_find(e, &e->credential, HF_FIND_CREDENTIAL, credential_id, found);
    return true;
}
