#include "base/memory.h"
#include "core/derive/derive.h"
#include "role/node/enrolment_state.h"

#include <string.h>

static const struct hf_node_step steps[] = {
    [HF_ENROL_IDLE] = {"This node",              "preparing",                NULL                },
    [HF_ENROL_ASKING] = {"The MEF",                "its list of methods",      NULL                },
    [HF_ENROL_CONNECTING] = {"The MEF",                "the handshake",            "TS-0003, 8.3.5.2.2"},
    [HF_ENROL_REGISTERING] = {"The MEF",                "the client registration",  "TS-0003, 8.3.5.2.3"},
    [HF_ENROL_RENEWING] = {"The MEF",                "the registration update",  "TS-0003, 8.3.5.2.5"},
    [HF_ENROL_CONFIGURING] = {"The MEF",                "the client configuration", "TS-0003, 8.3.5.2.4"},
    [HF_ENROL_KEYING] = {"The MEF",                "the key registration",     "TS-0003, 8.3.5.2.7"},
    [HF_ENROL_SAVING] = {"The secure environment", "saving the new key",       "TS-0003, 6.3"      },
    [HF_ENROL_JOINING] = {"The MAF",                "the handshake",            "TS-0003, 8.8.2.2"  },
    [HF_ENROL_ADMITTING] = {"The MAF",                "the client registration",  "TS-0003, 8.8.2.3"  },
    [HF_ENROL_READMITTING] = {"The MAF",                "the registration update",  "TS-0003, 8.8.2.5"  },
    [HF_ENROL_KEEPING] = {"The secure environment", "keeping the new key",      "TS-0003, 6.3"      },
    [HF_ENROL_WITHDRAWING] = {"The MEF",                "the key identifier",       "TS-0003, 10.3.4"   },
    [HF_ENROL_DROPPING] = {"The MAF",                "the handshake",            "TS-0003, 8.8.2.2"  },
    [HF_ENROL_ENROLLED] = {"This node",              "enrolled",                 NULL                },
    [HF_ENROL_FAILED] = {"This node",              "bootstrapping",            NULL                },
};

const struct hf_node_step *hf_node_enrolment_where(const struct hf_node_enrolment *n)
{
    return &steps[n->machine.state];
}

void hf_node_enrolment_tell(struct hf_node_enrolment *n, enum hf_enrol_event on)
{
    if (hf_enrol_handle(&n->machine, on, hf_now_ms(&n->ports->clock)) == HF_OK)
        hf_node_enrolment_step(n);
}

/* The first failure is the one to tell; what follows from it is not. */
static void fail(struct hf_node_enrolment *n, enum hf_enrol_event on, hf_status st, const char *why,
                 const char *what_to_do)
{
    if (n->outcome.st == HF_OK)
        hf_node_fail(&n->outcome, hf_node_enrolment_where(n), st, why, what_to_do);
    hf_node_enrolment_tell(n, on);
}

hf_status hf_node_enrolment_new(const struct hf_node_config *config,
                                const struct hf_node_ports *ports, struct hf_node_enrolment **out)
{
    struct hf_node_enrolment *n = hf_alloc(1, sizeof *n);

    if (n == NULL)
        return HF_ERR_SYSTEM;
    n->config = config;
    n->ports = ports;
    hf_arena_init(&n->arena, HF_NODE_ARENA_MAX);
    hf_enrol_init(&n->machine);
    *out = n;
    return HF_OK;
}

void hf_node_enrolment_free(struct hf_node_enrolment *n)
{
    if (n == NULL)
        return;
    hf_secret_wipe(&n->km);
    hf_secret_wipe(&n->exported.key);
    hf_arena_done(&n->arena);
    hf_free(n);
}

static bool can(const struct hf_node_enrolment *n, struct hf_bytes method)
{
    for (size_t i = 0; i < n->config->method_count; i++)
        if (hf_bytes_equal_text(method, n->config->methods[i]))
            return true;
    return false;
}

static uint16_t configured_port(const struct hf_node_config *c, const char *method)
{
    return strcmp(method, "psk") == 0 ? c->psk_port : c->certificate_port;
}

/* One method whose port is known needs no asking; otherwise the MEF's list decides. */
static void begin_afresh(struct hf_node_enrolment *n)
{
    const struct hf_node_config *c = n->config;

    if (c->method_count == 0) {
        fail(n, HF_ENROL_ON_REFUSED, HF_ERR_MALFORMED, "no bootstrap method is configured",
             "Name the methods that this node can do, best first.");
        return;
    }
    n->method = c->methods[0];
    n->port = configured_port(c, n->method);
    hf_node_enrolment_tell(n, c->method_count == 1 && n->port != 0 ? HF_ENROL_ON_BEGUN
                                                                   : HF_ENROL_ON_BEGUN_OPEN);
}

/* A candidate of this provider that was saved before the power went waits for its proof. */
static bool has_candidate(struct hf_node_enrolment *n, uint64_t now_s)
{
    const struct hf_node_config *c = n->config;

    return hf_node_load_enrolment(n->ports, HF_NODE_KM_CANDIDATE, &n->arena, &n->fresh, &n->km)
               == HF_OK
           && hf_enrolment_judge(&n->fresh, c->provider, c->mef_fqdn, now_s)
                  == HF_ENROLMENT_CURRENT;
}

void hf_node_enrolment_begin(struct hf_node_enrolment *n, bool anew)
{
    const struct hf_node_config *c = n->config;
    uint64_t now_s = hf_unix_time_s(&n->ports->clock);

    n->has_old = hf_node_load_enrolment(n->ports, HF_NODE_KM, &n->arena, &n->old, NULL) == HF_OK;
    if (!anew
        && hf_enrolment_judge(n->has_old ? &n->old : NULL, c->provider, c->mef_fqdn, now_s)
               == HF_ENROLMENT_CURRENT) {
        n->outcome.was_current = true;
        n->machine.state = HF_ENROL_ENROLLED;
        return;
    }
    if (has_candidate(n, now_s)) {
        hf_node_enrolment_tell(n, HF_ENROL_ON_RESUMED);
        return;
    }
    hf_secret_wipe(&n->km);
    n->fresh = (struct hf_enrolment){.provider = c->provider, .mef_fqdn = c->mef_fqdn};
    begin_afresh(n);
}

static bool take_order(void *self, struct hf_node_order *out)
{
    struct hf_node_enrolment *n = self;

    if (!n->has_order)
        return false;
    n->has_order = false;
    *out = n->order;
    return true;
}

/* Keeps the list as seen: it is repeated inside the handshake, and the MEF compares. */
static hf_status remember_list(struct hf_node_enrolment *n, const struct hf_node_offer *offers,
                               size_t count)
{
    hf_status st = HF_OK;

    HF_TRY(count <= HF_NODE_METHODS_MAX ? HF_OK : HF_ERR_LIMIT);
    for (size_t i = 0; i < count; i++)
        HF_TRY(hf_arena_copy(&n->arena, offers[i].method, &n->seen[i]));
    n->seen_count = count;
    n->has_seen = true;
done:
    return st;
}

static void listed(void *self, struct hf_bytes fqdn, const struct hf_node_offer *offers,
                   size_t count)
{
    struct hf_node_enrolment *n = self;
    hf_status st = remember_list(n, offers, count);

    if (st != HF_OK || !hf_bytes_equal(fqdn, n->config->mef_fqdn)) {
        fail(n, HF_ENROL_ON_REFUSED, st != HF_OK ? st : HF_ERR_DENIED,
             "the list is not of this MEF", "Look at the MEF's address and FQDN.");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (!can(n, offers[i].method))
            continue;
        n->method = hf_bytes_equal_text(offers[i].method, "psk") ? "psk" : "certificate";
        n->port = offers[i].port;
        hf_node_enrolment_tell(n, HF_ENROL_ON_LISTED);
        return;
    }
    fail(n, HF_ENROL_ON_REFUSED, HF_ERR_DENIED, "it offers no method that this node can do",
         "Give the node a credential of a kind that the MEF accepts.");
}

static void secured(void *self, const struct hf_channel *channel)
{
    struct hf_node_enrolment *n = self;
    hf_status st = HF_OK;

    if (n->machine.state == HF_ENROL_CONNECTING) {
        /* At once, before any application data (digest 3.2). */
        HF_TRY(channel->export_key(channel->self, HF_LABEL_BOOTSTRAP, &n->exported));
        HF_TRY(hf_relative_id_of(n->exported.id, &n->arena, &n->relative));
    }
    hf_node_enrolment_tell(n, HF_ENROL_ON_SECURED);
    return;
done:
    fail(n, HF_ENROL_ON_REFUSED, st, "the session gives no key",
         "The MEF must use TLS 1.2 with extended master secret, or TLS 1.3.");
}

static void answered(void *self, const struct hf_response *r)
{
    struct hf_node_enrolment *n = self;

    hf_node_enrolment_tell(n, hf_node_enrolment_read(n, r));
}

/* A server that hangs up after a good handshake has looked at who we are, and does not want us. */
static const char *advise(enum hf_enrol_state state, hf_status st)
{
    if (st != HF_ERR_UNREACHABLE)
        return "Compare the credential and the trust anchors of both ends.";
    if (state == HF_ENROL_REGISTERING || state == HF_ENROL_ADMITTING)
        return "It hung up: ask the operator whether it knows this node and its credential.";
    return "Look at the network and the configured address; then try again.";
}

static void failed(void *self, hf_status st, const char *why)
{
    struct hf_node_enrolment *n = self;

    fail(n, st == HF_ERR_UNREACHABLE ? HF_ENROL_ON_LOST : HF_ENROL_ON_REFUSED, st, why,
         advise(n->machine.state, st));
}

static void tick(void *self)
{
    struct hf_node_enrolment *n = self;

    if (hf_now_ms(&n->ports->clock) >= hf_enrol_deadline_ms(&n->machine))
        fail(n, HF_ENROL_ON_LATE, HF_ERR_UNREACHABLE, "it did not answer in time",
             "Try again later.");
}

static uint64_t deadline_ms(void *self)
{
    return hf_enrol_deadline_ms(&((struct hf_node_enrolment *)self)->machine);
}

static bool is_done(void *self)
{
    return hf_enrol_is_done(&((struct hf_node_enrolment *)self)->machine);
}

static const struct hf_node_outcome *outcome(void *self)
{
    return &((struct hf_node_enrolment *)self)->outcome;
}

struct hf_node_task hf_node_enrolment_task(struct hf_node_enrolment *n)
{
    return (struct hf_node_task){.self = n,
                                 .take_order = take_order,
                                 .listed = listed,
                                 .secured = secured,
                                 .answered = answered,
                                 .failed = failed,
                                 .tick = tick,
                                 .deadline_ms = deadline_ms,
                                 .is_done = is_done,
                                 .outcome = outcome};
}

const struct hf_enrolment *hf_node_enrolment_result(const struct hf_node_enrolment *n)
{
    if (!hf_enrol_is_enrolled(&n->machine))
        return n->has_old ? &n->old : NULL;
    return n->outcome.was_current ? &n->old : &n->fresh;
}
