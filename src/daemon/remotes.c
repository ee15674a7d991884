/*
 * port/remote.h over HTTP: a role asks the one MEF or MAF that is configured for it, with the
 * role's own certificate, and nobody else (threat row GW-5).
 */
#include "base/memory.h"
#include "binding/http/primitive.h"
#include "daemon/log.h"
#include "daemon/worker.h"

enum { REQUEST_MAX = 16384, DEADLINE_MS = 5000, LINKS = 4, QUEUE_MAX = 4096, SCRATCH_MAX = 65536 };

/* One role as a client. */
struct side {
    struct hf_worker *worker;
    enum hf_role role;
    struct hf_bytes fqdn;   /* of the other */
    struct hf_bytes own_id; /* X-M2M-Origin */
    struct hf_tls_context *tls;
    struct hf_http_client *client; /* NULL: this role asks nobody */
};

struct hf_remotes {
    struct side sides[HF_ROLE_COUNT];
};

/* One request under way: a fetch or a push. */
struct asking {
    struct hf_http_call call;
    struct hf_key_fetch *fetch;
    struct hf_key_push *push;
    size_t size;
    uint8_t room[];
};

static hf_status verify_server(void *context, const struct hf_bytes *chain, size_t count)
{
    const struct side *s = context;
    struct hf_judge_question q = {
        .trust = s->worker->materials->of[s->role].trust,
        .chain = chain,
        .count = count,
        .now_s = hf_unix_time_s(&s->worker->clock),
        .accepted = 1u << 31,
        .expected_fqdn = s->fqdn,
        .infrastructure = &s->fqdn,
        .infrastructure_count = 1,
    };
    struct hf_verdict verdict = {0};
    struct hf_arena scratch;
    hf_status st;

    hf_arena_init(&scratch, SCRATCH_MAX);
    st = hf_certificate_judge(&q, &scratch, &verdict);
    if (st != HF_OK)
        hf_log(HF_LOG_WARNING, "server certificate refused", "reason", verdict.reason, NULL);
    hf_arena_done(&scratch);
    return st;
}

static void free_asking(struct asking *a)
{
    hf_wipe(a->room, a->size);
    hf_free(a);
}

static struct asking *new_asking(struct side *s, const struct hf_request *r,
                                 void (*done)(struct hf_http_call *c))
{
    struct asking *a = hf_alloc(1, sizeof *a + REQUEST_MAX);
    struct hf_writer w;

    if (a == NULL)
        return NULL;
    a->size = REQUEST_MAX;
    w = hf_writer_over(a->room, a->size);
    if (hf_http_write_request(r, s->fqdn, &w) != HF_OK
        || hf_writer_finish(&w, &a->call.request) != HF_OK) {
        free_asking(a);
        return NULL;
    }
    a->call.may_repeat = true; /* a retrieval, or a push that is the same the second time */
    a->call.done = done;
    a->call.context = a;
    return a;
}

/* The answer to Key Retrieval as a record (TS-0003, 8.3.5.2.8 and 8.8.2.8). */
static hf_status read_key(const struct hf_http_message *m, struct hf_key_fetch *f)
{
    struct hf_response r = {0};
    const struct hf_content *c = &r.content;
    hf_status st;

    HF_TRY(hf_http_read_response(m, f->arena, &r));
    if (r.rsc != HF_RSC_OK)
        return r.rsc == HF_RSC_INTERNAL_ERROR ? HF_ERR_UNREACHABLE : HF_ERR_UNKNOWN;
    if (c->type != HF_TYPE_SYMM_KEY_REG || !hf_content_has(c, HF_A_KV)
        || !hf_content_has(c, HF_A_ET) || !hf_content_has(c, HF_A_CR)
        || !hf_content_has(c, HF_A_SUID))
        HF_TRY(HF_ERR_MALFORMED);
    f->key.authority = f->fqdn;
    f->key.relative_id = f->relative_id;
    f->key.source = c->cr;
    f->key.admin_fqdn = c->adfq;
    f->key.suid = c->suid;
    f->key.expires_s = c->et;
    f->key.labels = c->lbl;
    f->key.key = c->kv;
    f->key.state = HF_RECORD_LIVE;
    f->node_id = c->nid;
    f->entities = c->eids;
    f->has_cse = c->hcse;
done:
    hf_secret_wipe(&r.content.kv);
    return st;
}

static void on_fetched(struct hf_http_call *call)
{
    struct asking *a = call->context;
    struct hf_key_fetch *f = a->fetch;

    f->st = call->st == HF_OK ? read_key(call->answer, f) : HF_ERR_UNREACHABLE;
    free_asking(a);
    f->done(f);
}

static void fetch_key(void *self, struct hf_key_fetch *f)
{
    struct side *s = self;
    struct hf_request r = {.operation = HF_RETRIEVE,
                           .to = f->relative_id,
                           .from = s->own_id,
                           .request_id = HF_LITERAL("1"),
                           .release = HF_LITERAL("3"),
                           .expires_s = HF_NEVER};
    struct asking *a;

    f->st = HF_ERR_DENIED;
    if (s->client == NULL || !hf_bytes_equal(f->fqdn, s->fqdn)) {
        f->done(f);
        return;
    }
    a = new_asking(s, &r, on_fetched);
    if (a == NULL) {
        f->st = HF_ERR_SYSTEM;
        f->done(f);
        return;
    }
    a->fetch = f;
    hf_http_client_call(s->client, &a->call);
}

static void on_pushed(struct hf_http_call *call)
{
    struct asking *a = call->context;
    struct hf_key_push *p = a->push;
    struct hf_response r = {0};
    struct hf_arena scratch;

    hf_arena_init(&scratch, SCRATCH_MAX);
    p->st = call->st;
    if (p->st == HF_OK)
        p->st = hf_http_read_response(call->answer, &scratch, &r);
    if (p->st == HF_OK && r.rsc != HF_RSC_CREATED)
        p->st = HF_ERR_DENIED;
    hf_arena_done(&scratch);
    free_asking(a);
    p->done(p);
}

static void push_key(void *self, struct hf_key_push *p)
{
    struct side *s = self;
    struct hf_request r = {.operation = HF_CREATE,
                           .to = HF_LITERAL("-"),
                           .from = s->own_id,
                           .request_id = HF_LITERAL("1"),
                           .release = HF_LITERAL("3"),
                           .type = HF_TYPE_PROVISION,
                           .has_content = true,
                           .expires_s = HF_NEVER};
    struct hf_content *c = &r.content;
    struct asking *a = NULL;

    c->type = HF_TYPE_PROVISION;
    c->has = 1u << HF_A_KID | 1u << HF_A_KV | 1u << HF_A_ET | 1u << HF_A_ADFQ | 1u << HF_A_SUID
             | 1u << HF_A_CR | 1u << HF_A_NID | 1u << HF_A_EIDS | 1u << HF_A_HCSE;
    c->kid = p->key_id;
    c->kv = p->key->key;
    c->et = p->key->expires_s;
    c->adfq = p->key->admin_fqdn;
    c->suid = p->key->suid;
    c->cr = p->key->source;
    c->nid = p->node_id;
    c->eids = p->entities;
    c->hcse = p->has_cse;
    if (s->client != NULL && hf_bytes_equal(p->fqdn, s->fqdn))
        a = new_asking(s, &r, on_pushed);
    hf_secret_wipe(&c->kv);
    if (a == NULL) {
        p->st = HF_ERR_DENIED;
        p->done(p);
        return;
    }
    a->push = p;
    hf_http_client_call(s->client, &a->call);
}

static hf_status secure_side(struct side *s)
{
    const struct hf_role_materials *m = &s->worker->materials->of[s->role];
    struct hf_tls_config config = {.mode = HF_TLS_CLIENT_CERTIFICATE,
                                   .certificate_pem = m->certificate_pem,
                                   .private_key_pem = m->private_key_pem,
                                   .tls13 = true};

    return hf_tls_context_new(&config, &s->tls);
}

static hf_status open_side(struct side *s, const struct hf_config_remote *r)
{
    struct hf_http_client_config config = {
        .loop = s->worker->loop,
        .clock = &s->worker->clock,
        .address = r->address,
        .port = r->port,
        .verify = verify_server,
        .verify_context = s,
        .server_name = hf_text(r->fqdn),
        .links_max = LINKS,
        .queue_max = QUEUE_MAX,
        .deadline_ms = DEADLINE_MS,
    };
    hf_status st;

    s->fqdn = hf_text(r->fqdn);
    HF_TRY(secure_side(s));
    config.tls = s->tls;
    HF_TRY(hf_http_client_new(&config, &s->client));
done:
    return st;
}

/* "//maf.sp.example": a function as an originator (digest, 7.7). */
static hf_status function_id(struct hf_worker *w, const char *fqdn, struct hf_bytes *out)
{
    size_t size = hf_text(fqdn).len + 2;
    uint8_t *room = hf_arena_take(&w->arena, size, 1);
    struct hf_writer writer = hf_writer_over(room, size);

    if (room == NULL)
        return HF_ERR_SYSTEM;
    hf_put_text(&writer, "//");
    hf_put_text(&writer, fqdn);
    return hf_writer_finish(&writer, out);
}

hf_status hf_remotes_new(struct hf_worker *w, hf_say *say, void *context)
{
    const struct hf_config *c = w->deployment->config;
    struct side *sides;
    hf_status st = HF_OK;

    w->remotes = hf_alloc(1, sizeof *w->remotes);
    if (w->remotes == NULL)
        return HF_ERR_SYSTEM;
    sides = w->remotes->sides;
    for (size_t i = 0; i < HF_ROLE_COUNT; i++) {
        sides[i].worker = w;
        sides[i].role = (enum hf_role)i;
        w->remote_of[i] = (struct hf_remote){&sides[i], fetch_key, push_key};
    }
    if (c->mef.f.enabled && c->mef.push_to_maf) {
        HF_TRY(function_id(w, c->mef.f.fqdn, &sides[HF_ROLE_MEF].own_id));
        HF_TRY(open_side(&sides[HF_ROLE_MEF], &c->mef.maf));
    }
    if (c->maf.f.enabled && c->maf.mef.fqdn != NULL) {
        HF_TRY(function_id(w, c->maf.f.fqdn, &sides[HF_ROLE_MAF].own_id));
        HF_TRY(open_side(&sides[HF_ROLE_MAF], &c->maf.mef));
    }
    if (c->gateway.enabled) {
        sides[HF_ROLE_GATEWAY].own_id = hf_text(c->gateway.cse);
        HF_TRY(open_side(&sides[HF_ROLE_GATEWAY], &c->gateway.maf));
    }
done:
    if (st != HF_OK)
        say(context, "a TLS client cannot be set up from the certificates that are configured");
    return st;
}

hf_status hf_remotes_secure(struct hf_worker *w)
{
    hf_status st = HF_OK;

    for (size_t i = 0; i < HF_ROLE_COUNT; i++) {
        struct side *s = &w->remotes->sides[i];
        struct hf_tls_context *old = s->tls;

        if (s->client == NULL)
            continue;
        HF_TRY(secure_side(s));
        hf_http_client_use(s->client, s->tls);
        hf_tls_context_free(old); /* links that are up still have it */
    }
done:
    return st;
}

void hf_remotes_close(struct hf_worker *w)
{
    if (w->remotes == NULL)
        return;
    for (size_t i = 0; i < HF_ROLE_COUNT; i++) {
        struct side *s = &w->remotes->sides[i];
        struct hf_http_client *client = s->client;

        s->client = NULL; /* nothing new is asked while the old is answered */
        hf_http_client_free(client);
        hf_tls_context_free(s->tls);
        s->tls = NULL;
    }
}

void hf_remotes_free(struct hf_worker *w)
{
    hf_remotes_close(w);
    hf_free(w->remotes);
    w->remotes = NULL;
}
