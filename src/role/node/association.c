#include "base/memory.h"
#include "base/wire.h"
#include "core/associate/associate.h"
#include "core/derive/derive.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "core/identity/suid.h"
#include "role/node/node.h"
#include "role/node/talk.h"

struct hf_node_association {
    const struct hf_node_association_config *config;
    const struct hf_node_ports *ports;
    struct hf_arena arena;
    struct hf_associate machine;
    struct hf_node_outcome outcome;
    struct hf_node_talk talk;
    struct hf_node_order order;
    bool has_order;

    struct hf_enrolment enrolment;
    struct hf_secret km;
    struct hf_export exported; /* Kc and its identifier */
    struct hf_bytes relative;  /* hexBinary of that identifier */
    struct hf_bytes foreign;   /* the identifier that the MAF gave instead */
    struct hf_association result;
};

static const struct hf_node_step steps[] = {
    [HF_ASSOCIATE_IDLE] = {"This node",              "preparing",               NULL              },
    [HF_ASSOCIATE_CONNECTING] = {"The MAF",                "the handshake",           "TS-0003, 8.8.2.2"},
    [HF_ASSOCIATE_REGISTERING] = {"The MAF",                "the client registration", "TS-0003, 8.8.2.3"},
    [HF_ASSOCIATE_KEYING] = {"The MAF",                "the key registration",    "TS-0003, 8.8.2.7"},
    [HF_ASSOCIATE_KEEPING] = {"The secure environment", "keeping the key",         "TS-0003, 6.3"    },
    [HF_ASSOCIATE_WITHDRAWING] = {"The MAF",                "the key identifier",      "TS-0003, 10.3.5" },
    [HF_ASSOCIATE_ASSOCIATED] = {"This node",              "associated",              NULL              },
    [HF_ASSOCIATE_FAILED] = {"This node",              "the association",         NULL              },
};

static void step(struct hf_node_association *n);

static void tell(struct hf_node_association *n, enum hf_associate_event on)
{
    if (hf_associate_handle(&n->machine, on, hf_now_ms(&n->ports->clock)) == HF_OK)
        step(n);
}

/* The first failure is the one to tell. */
static void note(struct hf_node_association *n, hf_status st, const char *why,
                 const char *what_to_do)
{
    if (n->outcome.st == HF_OK)
        hf_node_fail(&n->outcome, &steps[n->machine.state], st, why, what_to_do);
}

static void refuse(struct hf_node_association *n, hf_status st, const char *why,
                   const char *what_to_do)
{
    note(n, st, why, what_to_do);
    tell(n, HF_ASSOCIATE_ON_REFUSED);
}

hf_status hf_node_association_new(const struct hf_node_association_config *config,
                                  const struct hf_node_ports *ports,
                                  struct hf_node_association **out)
{
    struct hf_node_association *n = hf_alloc(1, sizeof *n);

    if (n == NULL)
        return HF_ERR_SYSTEM;
    n->config = config;
    n->ports = ports;
    hf_arena_init(&n->arena, HF_NODE_ARENA_MAX);
    hf_associate_init(&n->machine);
    *out = n;
    return HF_OK;
}

void hf_node_association_free(struct hf_node_association *n)
{
    if (n == NULL)
        return;
    hf_secret_wipe(&n->km);
    hf_secret_wipe(&n->exported.key);
    hf_arena_done(&n->arena);
    hf_free(n);
}

/* Where the target listens: only the gateway of the IN-CSE is known from the configuration. */
static hf_status set_target(struct hf_node_association *n)
{
    const struct hf_enrolment *e = &n->enrolment;
    struct hf_association *c = &n->result;
    hf_status st;

    c->ae = n->config->ae;
    c->target = n->config->target;
    c->suid = HF_SUID_MAF_SAEF;
    HF_TRY(hf_fqdn_of_target(c->target, e->in_cse_id, &n->arena, &c->server_name));
    if (hf_entity_id_equal(c->target, e->in_cse_id)) {
        c->address = e->gateway_address;
        c->port = e->gateway_port;
    }
done:
    return st;
}

void hf_node_association_begin(struct hf_node_association *n)
{
    struct hf_enrolment *e = &n->enrolment;
    hf_status st = hf_node_load_enrolment(n->ports, HF_NODE_KM, &n->arena, e, &n->km);

    if (st != HF_OK) {
        refuse(n, st, "it is not enrolled", "Run `handfast node bootstrap` first.");
    } else if (hf_unix_time_s(&n->ports->clock) >= e->expires_s) {
        refuse(n, HF_ERR_EXPIRED, "its enrolment has expired", "Run `handfast node bootstrap`.");
    } else if (!hf_enrolment_has(e, n->config->ae)) {
        refuse(n, HF_ERR_DENIED, "it has no application of that ID",
               "Use one of the IDs that `handfast node show` lists.");
    } else if (hf_entity_id_equal(n->config->ae, n->config->target)) {
        refuse(n, HF_ERR_DENIED, "an association with oneself makes no sense",
               "Name another target.");
    } else if (set_target(n) != HF_OK) {
        refuse(n, HF_ERR_MALFORMED, "the target has no public name",
               "Give an absolute ID such as //sp.example/in-cse.");
    } else {
        tell(n, HF_ASSOCIATE_ON_BEGUN);
    }
}

static struct hf_node_registration registration(const struct hf_node_association *n)
{
    return (struct hf_node_registration){.type = HF_TYPE_MAF_CLIENT_REG,
                                         .from = n->config->ae,
                                         .admin_fqdn = n->enrolment.provider,
                                         .expires_s = n->enrolment.expires_s};
}

static void give(struct hf_node_association *n, enum hf_node_act act)
{
    n->order.act = act;
    n->order.request = act == HF_NODE_SEND ? &n->talk.request : NULL;
    n->has_order = true;
}

static void order_connection(struct hf_node_association *n)
{
    const struct hf_enrolment *e = &n->enrolment;

    n->order.end = (struct hf_node_end){.fqdn = e->maf_fqdn,
                                        .address = e->maf_address,
                                        .port = e->maf_psk_port,
                                        .with_psk = true,
                                        .psk_identity = e->key_id,
                                        .psk = &n->km};
    give(n, HF_NODE_CONNECT);
}

static void order_key(struct hf_node_association *n)
{
    struct hf_node_registration r = registration(n);
    uint64_t end_s = hf_unix_time_s(&n->ports->clock) + n->config->lifetime_s;

    if (end_s < r.expires_s)
        r.expires_s = end_s;
    hf_node_ask_key(&n->talk, &r, HF_SUID_MAF_SAEF, n->config->target);
    give(n, HF_NODE_SEND);
}

static void keep_key(struct hf_node_association *n)
{
    hf_status st = hf_node_save_association(n->ports, &n->result, &n->arena, &n->exported.key);

    hf_secret_wipe(&n->exported.key);
    if (st != HF_OK)
        refuse(n, st, NULL, "Look at the sealed file, its folder and the disk.");
    else
        tell(n, HF_ASSOCIATE_ON_KEPT);
}

static void step(struct hf_node_association *n)
{
    struct hf_node_registration r = registration(n);

    switch (hf_associate_want(&n->machine)) {
    case HF_ASSOCIATE_WANT_NOTHING:
    case HF_ASSOCIATE_WANT_COUNT:
        return;
    case HF_ASSOCIATE_WANT_CONNECT:
        order_connection(n);
        return;
    case HF_ASSOCIATE_WANT_REGISTER:
        hf_node_ask_registration(&n->talk, &r);
        give(n, HF_NODE_SEND);
        return;
    case HF_ASSOCIATE_WANT_REGISTER_KEY:
        order_key(n);
        return;
    case HF_ASSOCIATE_WANT_KEEP_KEY:
        keep_key(n);
        return;
    case HF_ASSOCIATE_WANT_WITHDRAW:
        hf_node_ask_withdrawal(&n->talk, r.from, n->foreign);
        give(n, HF_NODE_SEND);
        return;
    case HF_ASSOCIATE_WANT_CLOSE:
        give(n, HF_NODE_CLOSE);
        return;
    }
}

static bool take_order(void *self, struct hf_node_order *out)
{
    struct hf_node_association *n = self;

    if (!n->has_order)
        return false;
    n->has_order = false;
    *out = n->order;
    return true;
}

static void listed(void *self, struct hf_bytes fqdn, const struct hf_node_offer *offers,
                   size_t count)
{
    (void)self, (void)fqdn, (void)offers, (void)count; /* never asked for */
}

static void secured(void *self, const struct hf_channel *channel)
{
    struct hf_node_association *n = self;
    hf_status st;

    HF_TRY(channel->export_key(channel->self, HF_LABEL_CONNECTION, &n->exported));
    HF_TRY(hf_relative_id_of(n->exported.id, &n->arena, &n->relative));
    HF_TRY(hf_arena_copy(&n->arena, hf_text(channel->suite), &n->result.suite));
    tell(n, HF_ASSOCIATE_ON_SECURED);
    return;
done:
    refuse(n, st, "the session gives no key",
           "The MAF must use TLS 1.2 with extended master secret, or TLS 1.3.");
}

static void read_registration(struct hf_node_association *n, const struct hf_response *r)
{
    if (r->rsc == HF_RSC_CREATED) {
        tell(n, HF_ASSOCIATE_ON_ACCEPTED);
        return;
    }
    if (r->rsc == HF_RSC_ALREADY_REGISTERED) {
        tell(n, HF_ASSOCIATE_ON_ALREADY);
        return;
    }
    hf_node_fail_with(&n->outcome, &steps[n->machine.state], r->rsc);
    tell(n, HF_ASSOCIATE_ON_REFUSED);
}

static void read_key(struct hf_node_association *n, const struct hf_response *r)
{
    hf_status st;

    if (r->rsc != HF_RSC_CREATED) {
        hf_node_fail_with(&n->outcome, &steps[n->machine.state], r->rsc);
        tell(n, HF_ASSOCIATE_ON_REFUSED);
        return;
    }
    st = hf_node_check_key(r, &n->talk.request, n->relative);
    if (st == HF_ERR_CRYPTO && hf_arena_copy(&n->arena, r->content.rkid, &n->foreign) == HF_OK) {
        note(n, st, "it is not the one of this session; somebody may be in between", NULL);
        tell(n, HF_ASSOCIATE_ON_MISMATCHED);
        return;
    }
    HF_TRY(st);
    HF_TRY(r->content.et > hf_unix_time_s(&n->ports->clock) ? HF_OK : HF_ERR_EXPIRED);
    HF_TRY(hf_key_id_join(n->relative, n->enrolment.maf_fqdn, &n->arena,
                          &n->result.secure_connection_id));
    n->result.expires_s = r->content.et;
    tell(n, HF_ASSOCIATE_ON_ACCEPTED);
    return;
done:
    refuse(n, st, "the registration is not the one that was asked for",
           "Compare the versions of both ends.");
}

static void answered(void *self, const struct hf_response *r)
{
    struct hf_node_association *n = self;

    if (n->machine.state == HF_ASSOCIATE_REGISTERING)
        read_registration(n, r);
    else if (n->machine.state == HF_ASSOCIATE_KEYING)
        read_key(n, r);
    else if (n->machine.state == HF_ASSOCIATE_WITHDRAWING)
        tell(n, HF_ASSOCIATE_ON_ACCEPTED); /* whatever the answer: the run has failed already */
}

static void failed(void *self, hf_status st, const char *why)
{
    struct hf_node_association *n = self;

    if (st != HF_ERR_UNREACHABLE) {
        refuse(n, st, why,
               "The MAF may not know the key any more: run `handfast node bootstrap --again`.");
        return;
    }
    note(n, st, why, "Look at the network and the MAF's address; then try again.");
    tell(n, HF_ASSOCIATE_ON_LOST);
}

static void tick(void *self)
{
    struct hf_node_association *n = self;

    if (hf_now_ms(&n->ports->clock) < hf_associate_deadline_ms(&n->machine))
        return;
    note(n, HF_ERR_UNREACHABLE, "it did not answer in time", "Try again later.");
    tell(n, HF_ASSOCIATE_ON_LATE);
}

static uint64_t deadline_ms(void *self)
{
    return hf_associate_deadline_ms(&((struct hf_node_association *)self)->machine);
}

static bool is_done(void *self)
{
    return hf_associate_is_done(&((struct hf_node_association *)self)->machine);
}

static const struct hf_node_outcome *outcome(void *self)
{
    return &((struct hf_node_association *)self)->outcome;
}

struct hf_node_task hf_node_association_task(struct hf_node_association *n)
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

const struct hf_association *hf_node_association_result(const struct hf_node_association *n)
{
    return hf_associate_is_associated(&n->machine) ? &n->result : NULL;
}
