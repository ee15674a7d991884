#include "core/identity/entity_id.h"
#include "core/identity/suid.h"
#include "role/node/enrolment_state.h"

#include <string.h>

static uint64_t wanted_end(const struct hf_node_enrolment *n)
{
    return hf_unix_time_s(&n->ports->clock) + n->config->lifetime_s;
}

static void give(struct hf_node_enrolment *n, enum hf_node_act act)
{
    n->order.act = act;
    n->order.request = act == HF_NODE_SEND ? &n->talk.request : NULL;
    n->has_order = true;
}

static void order_mef(struct hf_node_enrolment *n, enum hf_node_act act)
{
    const struct hf_node_config *c = n->config;
    bool with_psk = act == HF_NODE_CONNECT && strcmp(n->method, "psk") == 0;

    n->order.end = (struct hf_node_end){.fqdn = c->mef_fqdn,
                                        .address = c->mef_address,
                                        .port = act == HF_NODE_ASK ? c->certificate_port : n->port,
                                        .with_psk = with_psk,
                                        .with_certificate = act == HF_NODE_CONNECT && !with_psk};
    if (with_psk) {
        n->order.end.psk_identity = c->psk_identity;
        n->order.end.psk = c->psk;
    }
    give(n, act);
}

static void order_maf(struct hf_node_enrolment *n)
{
    n->order.end = (struct hf_node_end){.fqdn = n->fresh.maf_fqdn,
                                        .address = n->fresh.maf_address,
                                        .port = n->fresh.maf_psk_port,
                                        .with_psk = true,
                                        .psk_identity = n->fresh.key_id,
                                        .psk = &n->km};
    give(n, HF_NODE_CONNECT);
}

/* At the MEF the node speaks as whom the MEF knows it; before that, as configured. */
static struct hf_node_registration at_mef(const struct hf_node_enrolment *n)
{
    return (struct hf_node_registration){.type = HF_TYPE_MEF_CLIENT_REG,
                                         .from = hf_bytes_is_empty(n->client) ? n->config->entity
                                                                              : n->client,
                                         .admin_fqdn = n->config->provider,
                                         .expires_s = wanted_end(n)};
}

static struct hf_node_registration at_maf(const struct hf_node_enrolment *n)
{
    return (struct hf_node_registration){.type = HF_TYPE_MAF_CLIENT_REG,
                                         .from = hf_enrolment_self(&n->fresh),
                                         .admin_fqdn = n->config->provider,
                                         .expires_s = n->fresh.expires_s};
}

/* Both lists are repeated where nobody in the middle can change them (design page, section 2). */
static void order_registration(struct hf_node_enrolment *n)
{
    static const struct hf_bytes abilities[] = {
        {(const uint8_t *)"mafEnrolment", 12}
    };
    struct hf_node_registration r = at_mef(n);
    struct hf_content *c = &n->talk.request.content;

    hf_node_ask_registration(&n->talk, &r);
    for (size_t i = 0; i < n->config->method_count; i++)
        n->mine[i] = hf_text(n->config->methods[i]);
    c->has |= 1u << HF_A_NMTH | 1u << HF_A_NCAP;
    c->nmth = (struct hf_list){n->mine, n->config->method_count};
    c->ncap = (struct hf_list){abilities, HF_COUNT(abilities)};
    if (n->has_seen) {
        c->has |= 1u << HF_A_SMTH;
        c->smth = (struct hf_list){n->seen, n->seen_count};
    }
    give(n, HF_NODE_SEND);
}

static hf_status order_key(struct hf_node_enrolment *n)
{
    struct hf_node_registration r = at_mef(n);
    uint8_t room[HF_ENTITY_ID_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes target;
    hf_status st;

    hf_put_text(&w, "//");
    hf_put_bytes(&w, n->fresh.maf_fqdn);
    HF_TRY(hf_writer_finish(&w, &target));
    HF_TRY(hf_arena_copy(&n->arena, target, &target));
    if (n->fresh.lifetime_s != 0 && n->fresh.lifetime_s < n->config->lifetime_s)
        r.expires_s = hf_unix_time_s(&n->ports->clock) + n->fresh.lifetime_s;
    hf_node_ask_key(&n->talk, &r, HF_SUID_RSPF_MAF, target);
    give(n, HF_NODE_SEND);
done:
    return st;
}

static void order_renewal(struct hf_node_enrolment *n, const struct hf_node_registration *r,
                          struct hf_bytes ri)
{
    hf_node_ask_renewal(&n->talk, r, ri);
    give(n, HF_NODE_SEND);
}

/* The old key, if any, is untouched until here; one write replaces it (threat row DEV-6). */
static hf_status keep_key(struct hf_node_enrolment *n)
{
    const struct hf_secure_environment *se = &n->ports->secure_environment;
    hf_status st, forgotten;

    HF_TRY(hf_node_save_enrolment(n->ports, HF_NODE_KM, &n->fresh, &n->km));
    forgotten = se->forget(se->self, hf_text(HF_NODE_KM_CANDIDATE));
    (void)forgotten; /* a candidate that stays is resumed at worst, and then replaced */
done:
    return st;
}

static hf_status drop_candidate(struct hf_node_enrolment *n)
{
    const struct hf_secure_environment *se = &n->ports->secure_environment;

    return se->forget(se->self, hf_text(HF_NODE_KM_CANDIDATE));
}

static void tell_kept(struct hf_node_enrolment *n, hf_status st)
{
    if (st != HF_OK && n->outcome.st == HF_OK)
        hf_node_fail(&n->outcome, hf_node_enrolment_where(n), st, NULL,
                     "Look at the sealed file, its folder and the disk.");
    hf_node_enrolment_tell(n, st == HF_OK ? HF_ENROL_ON_KEPT : HF_ENROL_ON_REFUSED);
}

/* Local trouble in making an order ends the run as a refusal. */
static void tell_trouble(struct hf_node_enrolment *n, hf_status st)
{
    if (st == HF_OK)
        return;
    hf_node_fail(&n->outcome, hf_node_enrolment_where(n), st, NULL, NULL);
    hf_node_enrolment_tell(n, HF_ENROL_ON_REFUSED);
}

void hf_node_enrolment_step(struct hf_node_enrolment *n)
{
    struct hf_node_registration mef = at_mef(n), maf = at_maf(n);

    switch (hf_enrol_want(&n->machine)) {
    case HF_ENROL_WANT_NOTHING:
    case HF_ENROL_WANT_COUNT:
        return;
    case HF_ENROL_WANT_ASK:
        order_mef(n, HF_NODE_ASK);
        return;
    case HF_ENROL_WANT_CONNECT:
        order_mef(n, HF_NODE_CONNECT);
        return;
    case HF_ENROL_WANT_REGISTER:
        order_registration(n);
        return;
    case HF_ENROL_WANT_RENEW:
        order_renewal(n, &mef, n->fresh.mef_registration);
        return;
    case HF_ENROL_WANT_CONFIGURE:
        hf_node_ask_configuration(&n->talk, mef.from, n->fresh.mef_registration);
        give(n, HF_NODE_SEND);
        return;
    case HF_ENROL_WANT_REGISTER_KEY:
        tell_trouble(n, order_key(n));
        return;
    case HF_ENROL_WANT_SAVE_CANDIDATE:
        tell_kept(n, hf_node_save_enrolment(n->ports, HF_NODE_KM_CANDIDATE, &n->fresh, &n->km));
        return;
    case HF_ENROL_WANT_JOIN:
        order_maf(n);
        return;
    case HF_ENROL_WANT_ADMIT:
        hf_node_ask_registration(&n->talk, &maf);
        give(n, HF_NODE_SEND);
        return;
    case HF_ENROL_WANT_READMIT:
        order_renewal(n, &maf, n->fresh.maf_registration);
        return;
    case HF_ENROL_WANT_KEEP_KEY:
        tell_kept(n, keep_key(n));
        return;
    case HF_ENROL_WANT_WITHDRAW:
        hf_node_ask_withdrawal(&n->talk, mef.from, n->foreign);
        give(n, HF_NODE_SEND);
        return;
    case HF_ENROL_WANT_DROP_CANDIDATE:
        tell_kept(n, drop_candidate(n));
        return;
    case HF_ENROL_WANT_CLOSE:
        give(n, HF_NODE_CLOSE);
        return;
    }
}
