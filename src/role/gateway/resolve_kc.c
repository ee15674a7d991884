/*
 * Key Identifier to Kc (TS-0003, 8.2.2.3, steps 2 and 3): from the cache, or by MAF Key Retrieval
 * while the handshake is parked. Askers of one key share one retrieval.
 */
#include <string.h>

#include "base/memory.h"
#include "role/gateway/gateway.h"
#include "role/gateway/key_cache.h"

enum { FETCHES_MAX = 4096, ASKERS_MAX = 64, FETCH_ARENA = 32768 };

struct waiting {
    struct hf_psk_question *question;
    struct waiting *next;
};

/* One retrieval under way and everybody who waits for it. */
struct pull {
    struct hf_gateway *gateway;
    struct hf_key_fetch fetch;
    struct hf_arena arena;
    struct waiting *waiting;
    size_t waiting_count;
    bool orphaned; /* the gateway is gone */
    struct pull *next;
};

struct hf_gateway {
    struct hf_gateway_config config;
    const struct hf_clock *clock;
    const struct hf_remote *remote;
    struct hf_key_cache *keys, *refusals;
    struct pull *pulls;
    size_t pull_count;
};

static void answer(struct hf_psk_question *q, hf_status st, const char *reason)
{
    q->st = st;
    q->reason = reason;
    q->done(q);
}

/* The peer that a key of the MAF proves: its Source, under the Credential-ID 12-<Key Identifier>.
 */
static hf_status make_peer(struct hf_psk_question *q, const struct hf_cached_key *k)
{
    struct hf_bytes *entities = hf_arena_take(q->arena, 1, sizeof *entities);
    hf_status st;

    if (entities == NULL)
        return HF_ERR_LIMIT;
    HF_TRY(hf_arena_copy(q->arena, hf_text(k->source), &entities[0]));
    HF_TRY(hf_credential_id_format(HF_CREDENTIAL_SAEF_KEY, q->identity, q->arena,
                                   &q->peer.credential_id));
    q->peer.proof = HF_PROOF_PSK;
    q->peer.type = HF_CREDENTIAL_SAEF_KEY;
    q->peer.entities = (struct hf_list){entities, 1};
    q->peer.expires_s = k->expires_s;
done:
    return st;
}

/* Step 3: the right use, not expired, and a Source that is an entity. */
static void judge(struct hf_gateway *g, struct hf_psk_question *q, const struct hf_cached_key *k)
{
    struct hf_entity_id source;
    hf_status st;

    if (k->is_refusal) {
        answer(q, HF_ERR_UNKNOWN, "the MAF does not give us this key");
    } else if (!hf_suid_opens_association(k->suid)) {
        answer(q, HF_ERR_DENIED, "the key is registered for another use than an association");
    } else if (k->expires_s <= hf_unix_time_s(g->clock)) {
        answer(q, HF_ERR_EXPIRED, "the key has expired");
    } else if (hf_entity_id_parse(hf_text(k->source), &source) != HF_OK
               || source.kind == HF_ENTITY_FUNCTION) {
        answer(q, HF_ERR_DENIED, "the MAF names no AE or CSE as the source of the key");
    } else if ((st = make_peer(q, k)) != HF_OK) {
        answer(q, st, "out of memory");
    } else {
        q->key = k->key;
        q->require_pfs = g->config.require_pfs;
        answer(q, HF_OK, NULL);
    }
}

static uint64_t fresh_until(const struct hf_gateway *g, const struct hf_cached_key *k)
{
    uint64_t until = hf_unix_time_s(g->clock) + g->config.cache_s;

    return until < k->expires_s ? until : k->expires_s;
}

/* What the MAF said, as something to keep; false when it said nothing that may be kept. */
static bool remember(struct hf_gateway *g, struct pull *p, struct hf_cached_key *out)
{
    const struct hf_key_record *key = &p->fetch.key;

    memset(out, 0, sizeof *out);
    if (p->fetch.st == HF_ERR_UNREACHABLE || p->fetch.st == HF_ERR_SYSTEM)
        return false;
    out->is_refusal = p->fetch.st != HF_OK || key->source.len > HF_ENTITY_ID_MAX;
    if (out->is_refusal) {
        hf_key_cache_put(g->refusals, p->fetch.relative_id, out,
                         hf_unix_time_s(g->clock) + HF_GATEWAY_NEGATIVE_S);
        return true;
    }
    out->key = key->key;
    out->suid = key->suid;
    out->expires_s = key->expires_s;
    memcpy(out->source, key->source.at, key->source.len);
    hf_key_cache_put(g->keys, p->fetch.relative_id, out, fresh_until(g, out));
    return true;
}

static void unlink_pull(struct hf_gateway *g, struct pull *p)
{
    struct pull **link = &g->pulls;

    while (*link != p)
        link = &(*link)->next;
    *link = p->next;
    g->pull_count--;
}

static void free_pull(struct pull *p)
{
    hf_secret_wipe(&p->fetch.key.key);
    hf_arena_done(&p->arena);
    hf_free(p);
}

static void on_fetched(struct hf_key_fetch *f)
{
    struct pull *p = f->context;
    struct hf_gateway *g = p->gateway;
    struct hf_cached_key key;
    bool told;

    if (p->orphaned) {
        free_pull(p);
        return;
    }
    unlink_pull(g, p);
    told = remember(g, p, &key);
    for (struct waiting *w = p->waiting; w != NULL; w = w->next) {
        if (told)
            judge(g, w->question, &key);
        else
            answer(w->question, HF_ERR_UNREACHABLE, "the MAF does not answer");
    }
    hf_secret_wipe(&key.key);
    free_pull(p);
}

static hf_status wait_for(struct pull *p, struct hf_psk_question *q)
{
    struct waiting *w;

    if (p->waiting_count >= ASKERS_MAX)
        return HF_ERR_LIMIT;
    w = hf_arena_take(&p->arena, 1, sizeof *w);
    if (w == NULL)
        return HF_ERR_LIMIT;
    *w = (struct waiting){q, p->waiting};
    p->waiting = w;
    p->waiting_count++;
    return HF_OK;
}

static struct pull *find_pull(struct hf_gateway *g, struct hf_bytes relative)
{
    for (struct pull *p = g->pulls; p != NULL; p = p->next)
        if (hf_bytes_equal(p->fetch.relative_id, relative))
            return p;
    return NULL;
}

static hf_status start_pull(struct hf_gateway *g, struct hf_bytes relative,
                            struct hf_psk_question *q)
{
    struct pull *p;
    hf_status st;

    if (g->pull_count >= FETCHES_MAX)
        return HF_ERR_LIMIT;
    p = hf_alloc(1, sizeof *p);
    if (p == NULL)
        return HF_ERR_SYSTEM;
    hf_arena_init(&p->arena, FETCH_ARENA);
    HF_TRY(hf_arena_copy(&p->arena, relative, &p->fetch.relative_id));
    HF_TRY(wait_for(p, q));
    p->gateway = g;
    p->fetch.fqdn = g->config.maf_fqdn;
    p->fetch.arena = &p->arena;
    p->fetch.done = on_fetched;
    p->fetch.context = p;
    p->next = g->pulls;
    g->pulls = p;
    g->pull_count++;
    g->remote->fetch_key(g->remote->self, &p->fetch); /* may be done, and `p` gone, already */
    return HF_OK;
done:
    free_pull(p);
    return st;
}

static void resolve(void *self, struct hf_psk_question *q)
{
    struct hf_gateway *g = self;
    uint64_t now_s = hf_unix_time_s(g->clock);
    const struct hf_cached_key *known;
    struct hf_bytes canonical;
    struct hf_key_id id;
    struct pull *p;
    hf_status st;

    if (hf_key_id_canonical(q->identity, q->arena, &canonical) != HF_OK
        || hf_key_id_parse(canonical, &id) != HF_OK) {
        answer(q, HF_ERR_MALFORMED, "the identity is no Key Identifier");
        return;
    }
    if (!hf_bytes_equal(id.fqdn, g->config.maf_fqdn)) {
        answer(q, HF_ERR_DENIED, "the Key Identifier names no MAF that is configured here");
        return;
    }
    known = hf_key_cache_find(g->keys, id.relative, now_s);
    if (known == NULL)
        known = hf_key_cache_find(g->refusals, id.relative, now_s);
    if (known != NULL) {
        judge(g, q, known);
        return;
    }
    p = find_pull(g, id.relative);
    st = p != NULL ? wait_for(p, q) : start_pull(g, id.relative, q);
    if (st != HF_OK)
        answer(q, HF_ERR_UNREACHABLE, "too many keys are being fetched");
}

hf_status hf_gateway_new(const struct hf_gateway_config *c, const struct hf_clock *clock,
                         const struct hf_random *random, const struct hf_remote *remote,
                         struct hf_gateway **out)
{
    struct hf_gateway *g = hf_alloc(1, sizeof *g);
    struct hf_hash_key key;
    hf_status st;

    if (g == NULL)
        return HF_ERR_SYSTEM;
    *g = (struct hf_gateway){.config = *c, .clock = clock, .remote = remote};
    if (g->config.cache_s > HF_GATEWAY_CACHE_MAX_S)
        g->config.cache_s = HF_GATEWAY_CACHE_MAX_S;
    HF_TRY(hf_random_get(random, (uint8_t *)&key, sizeof key));
    g->keys = hf_key_cache_new(HF_GATEWAY_CACHE_KEYS, &key);
    g->refusals = hf_key_cache_new(HF_GATEWAY_CACHE_KEYS, &key);
    if (g->keys == NULL || g->refusals == NULL)
        HF_TRY(HF_ERR_SYSTEM);
    *out = g;
    return HF_OK;
done:
    hf_gateway_free(g);
    return st;
}

void hf_gateway_free(struct hf_gateway *g)
{
    if (g == NULL)
        return;
    for (struct pull *p = g->pulls; p != NULL; p = p->next)
        p->orphaned = true; /* its answer, when it comes, only frees it */
    hf_key_cache_free(g->keys);
    hf_key_cache_free(g->refusals);
    hf_free(g);
}

static void identify(void *self, struct hf_identify_question *q)
{
    (void)self;
    q->st = HF_ERR_DENIED;
    q->reason = "this gateway takes no certificates";
    q->done(q);
}

static void serve(void *self, struct hf_exchange *x)
{
    (void)self;
    x->response.rsc = HF_RSC_OPERATION_NOT_ALLOWED;
    x->response.reason = "a gateway serves no Mmaf or Mmef";
    x->done(x);
}

struct hf_service hf_gateway_service(struct hf_gateway *g)
{
    return (struct hf_service){g, resolve, identify, serve};
}
