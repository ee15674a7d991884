#include "support/fake_remote.h"

#include "support/fake_channel.h"

enum { ARENA_MAX = 65536 };

static void on_identified(struct hf_identify_question *q)
{
    (void)q;
}

static void on_served(struct hf_exchange *x)
{
    bool *is_done = x->context;

    *is_done = true;
}

/* Asks `service` as the function `fqdn`. */
static hf_status ask(const struct hf_service *service, struct hf_bytes fqdn, struct hf_arena *a,
                     const struct hf_request *request, struct hf_response *out)
{
    bool is_done = false;
    struct fake_channel channel;
    struct hf_identify_question who = {
        .type = HF_CREDENTIAL_FQDN_CERT, .value = fqdn, .arena = a, .done = on_identified};
    struct hf_exchange x = {.request = request,
                            .channel = &channel.channel,
                            .arena = a,
                            .done = on_served,
                            .context = &is_done};

    service->identify(service->self, &who);
    if (who.st != HF_OK)
        return HF_ERR_UNREACHABLE;
    fake_channel_init(&channel, &who.peer, 0);
    service->serve(service->self, &x);
    if (!is_done)
        return HF_ERR_UNREACHABLE;
    *out = x.response;
    return HF_OK;
}

static void fetch_now(struct fake_remote *r, struct hf_key_fetch *f)
{
    struct hf_request request = {
        .operation = HF_RETRIEVE, .to = f->relative_id, .expires_s = HF_NEVER};
    struct hf_response response = {0};
    const struct hf_content *c = &response.content;

    f->st =
        r->failure != HF_OK ? r->failure : ask(&r->mef, r->maf_fqdn, f->arena, &request, &response);
    if (f->st == HF_OK && (response.rsc != HF_RSC_OK || !hf_content_has(c, HF_A_KV)))
        f->st = response.rsc == HF_RSC_INTERNAL_ERROR ? HF_ERR_UNREACHABLE : HF_ERR_UNKNOWN;
    if (f->st == HF_OK) {
        f->key = (struct hf_key_record){.relative_id = f->relative_id,
                                        .source = c->cr,
                                        .admin_fqdn = c->adfq,
                                        .suid = c->suid,
                                        .expires_s = c->et,
                                        .labels = c->lbl,
                                        .key = c->kv};
        f->node_id = c->nid;
        f->entities = c->eids;
        f->has_cse = c->hcse;
    }
    if (r->instead != NULL && r->failure == HF_OK) {
        f->st = HF_OK;
        f->key = *r->instead;
    }
    f->done(f);
}

static void fetch_key(void *self, struct hf_key_fetch *f)
{
    struct fake_remote *r = self;

    r->fetches++;
    if (!r->hold) {
        fetch_now(r, f);
        return;
    }
    f->next = r->held;
    r->held = f;
}

void fake_remote_deliver(struct fake_remote *r)
{
    while (r->held != NULL) {
        struct hf_key_fetch *f = r->held;

        r->held = f->next;
        fetch_now(r, f);
    }
}

static void push_key(void *self, struct hf_key_push *p)
{
    struct fake_remote *r = self;
    struct hf_arena a;
    struct hf_response response = {0};
    struct hf_request request = {
        .operation = HF_CREATE,
        .to = HF_LITERAL("-"),
        .type = HF_TYPE_PROVISION,
        .has_content = true,
        .expires_s = HF_NEVER,
        .content = {.type = HF_TYPE_PROVISION,
                    .has = 1u << HF_A_KID | 1u << HF_A_SUID | 1u << HF_A_ET | 1u << HF_A_ADFQ
                           | 1u << HF_A_KV | 1u << HF_A_CR | 1u << HF_A_NID | 1u << HF_A_EIDS
                           | 1u << HF_A_HCSE,
                    .kid = p->key_id,
                    .suid = p->key->suid,
                    .et = p->key->expires_s,
                    .adfq = p->key->admin_fqdn,
                    .kv = p->key->key,
                    .cr = p->key->source,
                    .nid = p->node_id,
                    .eids = p->entities,
                    .hcse = p->has_cse}
    };

    r->pushes++;
    hf_arena_init(&a, ARENA_MAX);
    p->st = r->failure != HF_OK ? r->failure : ask(&r->maf, r->mef_fqdn, &a, &request, &response);
    if (p->st == HF_OK && response.rsc != HF_RSC_CREATED)
        p->st = HF_ERR_DENIED;
    hf_arena_done(&a);
    p->done(p);
}

struct hf_remote fake_remote_handle(struct fake_remote *r)
{
    return (struct hf_remote){.self = r, .fetch_key = fetch_key, .push_key = push_key};
}
