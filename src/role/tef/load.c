#include "role/tef/load.h"

#include "role/tef/answer.h"

struct hf_key_record *hf_tef_key(struct hf_tef_exchange *e)
{
    return e->key.st == HF_OK ? &e->key.key : NULL;
}

struct hf_registration_record *hf_tef_registration(struct hf_tef_exchange *e)
{
    return e->registration.st == HF_OK ? &e->registration.registration : NULL;
}

struct hf_credential_record *hf_tef_credential(struct hf_tef_exchange *e)
{
    return e->credential.st == HF_OK ? &e->credential.credential : NULL;
}

struct hf_node_record *hf_tef_node(struct hf_tef_exchange *e)
{
    return e->node.st == HF_OK ? &e->node.node : NULL;
}

static void found(struct hf_lookup *l)
{
    struct hf_tef_exchange *e = l->context;

    if (l->st == HF_OK || l->st == HF_ERR_UNKNOWN)
        e->then(e);
    else
        hf_tef_fail(e, l->st);
}

void hf_tef_find(struct hf_tef_exchange *e, struct hf_lookup *l, enum hf_lookup_kind kind,
                 struct hf_bytes id, void (*then)(struct hf_tef_exchange *e))
{
    l->kind = kind;
    l->authority = e->tef->policy.fqdn;
    l->id = id;
    l->arena = e->x->arena;
    l->done = found;
    l->context = e;
    e->then = then;
    hf_store_find(&e->tef->ports.store, l);
}

static bool find_registration_of_client(struct hf_tef_exchange *e,
                                        void (*then)(struct hf_tef_exchange *e))
{
    const struct hf_request *r = e->x->request;

    if (r->content_st != HF_OK || !hf_content_has(&r->content, HF_A_ADFQ))
        return false;
    e->registration.admin_fqdn = r->content.adfq;
    hf_tef_find(e, &e->registration, HF_FIND_REGISTRATION_OF_CLIENT, e->client, then);
    return true;
}

static bool find_pushed_credential(struct hf_tef_exchange *e,
                                   void (*then)(struct hf_tef_exchange *e))
{
    const struct hf_request *r = e->x->request;
    struct hf_bytes id;

    if (r->content_st != HF_OK || !hf_content_has(&r->content, HF_A_KID)
        || hf_credential_id_format(HF_CREDENTIAL_MAF_KEY, r->content.kid, e->x->arena, &id)
               != HF_OK)
        return false;
    e->id = id;
    hf_tef_find(e, &e->assigned, HF_FIND_CREDENTIAL, id, then);
    return true;
}

static bool find_assigned_credential(struct hf_tef_exchange *e,
                                     void (*then)(struct hf_tef_exchange *e))
{
    const struct hf_registration_record *r = hf_tef_registration(e);
    struct hf_bytes id;

    if (r == NULL || hf_bytes_is_empty(r->assigned_key_id)
        || hf_credential_id_format(HF_CREDENTIAL_MAF_KEY, r->assigned_key_id, e->x->arena, &id)
               != HF_OK)
        return false;
    hf_tef_find(e, &e->assigned, HF_FIND_CREDENTIAL, id, then);
    return true;
}

static bool find_if_named(struct hf_tef_exchange *e, struct hf_lookup *l, enum hf_lookup_kind kind,
                          struct hf_bytes id, void (*then)(struct hf_tef_exchange *e))
{
    if (hf_bytes_is_empty(id))
        return false;
    hf_tef_find(e, l, kind, id, then);
    return true;
}

bool hf_tef_load(struct hf_tef_exchange *e, enum hf_tef_load load,
                 void (*then)(struct hf_tef_exchange *e))
{
    const struct hf_key_record *key = hf_tef_key(e);

    switch (load) {
    case HF_TEF_LOAD_KEY:
        return find_if_named(e, &e->key, HF_FIND_KEY, e->id, then);
    case HF_TEF_LOAD_REGISTRATION:
        return find_if_named(e, &e->registration, HF_FIND_REGISTRATION, e->id, then);
    case HF_TEF_LOAD_REGISTRATION_OF_CLIENT:
        return find_registration_of_client(e, then);
    case HF_TEF_LOAD_REGISTRATION_OF_KEY:
        return key != NULL
               && find_if_named(e, &e->registration, HF_FIND_REGISTRATION, key->registration, then);
    case HF_TEF_LOAD_NODE_OF_KEY:
        return key != NULL && key->suid == HF_SUID_RSPF_MAF /* told with Km only */
               && find_if_named(e, &e->node, HF_FIND_NODE, key->node_id, then);
    case HF_TEF_LOAD_CREDENTIAL_OF_PEER:
        return find_if_named(e, &e->credential, HF_FIND_CREDENTIAL,
                             e->x->channel->peer->credential_id, then);
    case HF_TEF_LOAD_ASSIGNED_CREDENTIAL:
        return find_assigned_credential(e, then);
    case HF_TEF_LOAD_PUSHED_CREDENTIAL:
        return find_pushed_credential(e, then);
    case HF_TEF_LOAD_PUSHED_NODE:
        return find_if_named(e, &e->node, HF_FIND_NODE, e->x->request->content.nid, then);
    case HF_TEF_LOAD_COUNT:
        break;
    }
    return false;
}
