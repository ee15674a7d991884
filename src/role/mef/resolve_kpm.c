#include "role/mef/resolve_kpm.h"

#include "role/mef/mef_internal.h"
#include "role/tef/peer.h"

struct inquiry {
    const struct hf_tef *tef;
    struct hf_psk_question *q;
    struct hf_lookup lookup;
};

static void found(struct hf_lookup *l)
{
    const struct inquiry *i = l->context;
    const struct hf_mef *m = i->tef->role;

    if (l->st == HF_OK)
        hf_tef_answer_psk_with(i->tef, i->q, &l->credential, 1u << HF_SUID_PRESHARED_MEF,
                               m->config->require_pfs);
    else
        hf_tef_answer_psk(i->q, l->st,
                          l->st == HF_ERR_UNKNOWN ? "no such KpmID" : "the store failed");
    hf_secret_wipe(&l->credential.key);
}

static hf_status ask(const struct hf_tef *tef, struct hf_psk_question *q)
{
    struct hf_bytes identity, credential_id;
    struct hf_key_id parts;
    struct inquiry *i;
    hf_status st;

    HF_TRY(hf_tef_read_identity(tef, q, tef->policy.fqdn, (struct hf_bytes){0}, &identity, &parts));
    HF_TRY(hf_credential_id_format(HF_CREDENTIAL_MEF_KEY, identity, q->arena, &credential_id));
    i = hf_arena_take(q->arena, 1, sizeof *i);
    HF_TRY(i == NULL ? HF_ERR_LIMIT : HF_OK);
    i->tef = tef;
    i->q = q;
    i->lookup = (struct hf_lookup){.kind = HF_FIND_CREDENTIAL,
                                   .authority = tef->policy.fqdn,
                                   .id = credential_id,
                                   .arena = q->arena,
                                   .done = found,
                                   .context = i};
    hf_store_find(&tef->ports.store, &i->lookup);
done:
    return st;
}

void hf_mef_resolve_kpm(void *tef, struct hf_psk_question *q)
{
    hf_status st = ask(tef, q);

    if (st != HF_OK)
        hf_tef_answer_psk(q, st, "not the form of a KpmID of this MEF");
}
