#include "role/tef/identify.h"

#include "base/wire.h"
#include "core/identity/fqdn.h"
#include "core/policy/targets.h"
#include "role/tef/peer.h"

struct inquiry {
    const struct hf_tef *tef;
    struct hf_identify_question *q;
    struct hf_bytes credential_id;
    struct hf_lookup credential, node;
};

static void answer(struct hf_identify_question *q, hf_status st, const char *reason)
{
    q->st = st;
    q->reason = reason;
    q->done(q);
}

static hf_status only_entity(struct hf_identify_question *q, struct hf_bytes entity)
{
    struct hf_bytes *one = hf_arena_take(q->arena, 1, sizeof *one);

    if (one == NULL)
        return HF_ERR_LIMIT;
    *one = entity;
    q->peer.entities = (struct hf_list){one, 1};
    return HF_OK;
}

static bool is_of_entity(enum hf_credential_type type)
{
    return type == HF_CREDENTIAL_CSE_CERT || type == HF_CREDENTIAL_AE_CERT;
}

/* A certificate without a record: what it proves is in it. */
static void take_certificate(struct inquiry *i)
{
    struct hf_identify_question *q = i->q;
    const struct hf_node_record *node = i->node.st == HF_OK ? &i->node.node : NULL;

    if (node != NULL && node->state != HF_RECORD_LIVE) {
        answer(q, HF_ERR_DENIED, "the node of this entity has ended");
        return;
    }
    q->peer = (struct hf_peer){.proof = HF_PROOF_CERTIFICATE,
                               .type = q->type,
                               .credential_id = i->credential_id,
                               .has_cse = q->type == HF_CREDENTIAL_CSE_CERT,
                               .expires_s = HF_NEVER};
    if (node != NULL)
        q->peer.node_id = node->node_id;
    answer(q, only_entity(q, q->value), NULL);
}

static void node_found(struct hf_lookup *l)
{
    struct inquiry *i = l->context;

    if (l->st == HF_OK || l->st == HF_ERR_UNKNOWN)
        take_certificate(i);
    else
        answer(i->q, l->st, "the store failed");
}

/* The node may have ended although this certificate was never put on record. */
static void find_node(struct inquiry *i)
{
    i->node = (struct hf_lookup){.kind = HF_FIND_NODE_OF_ENTITY,
                                 .authority = i->tef->policy.fqdn,
                                 .id = i->q->value,
                                 .arena = i->q->arena,
                                 .done = node_found,
                                 .context = i};
    hf_store_find(&i->tef->ports.store, &i->node);
}

static void take_record(struct inquiry *i)
{
    struct hf_identify_question *q = i->q;
    const struct hf_credential_record *c = &i->credential.credential;
    const char *reason = NULL;
    hf_status st;

    HF_TRY(hf_tef_judge_credential(c, hf_unix_time_s(&i->tef->ports.clock), &reason));
    q->peer = hf_tef_peer_of(c, HF_PROOF_CERTIFICATE, q->type);
    /* An AE speaks for itself; a CSE for its node where it enrols the node, else for itself. */
    if (q->type == HF_CREDENTIAL_AE_CERT
        || (q->type == HF_CREDENTIAL_CSE_CERT && !i->tef->policy.is_mef)) {
        q->peer.has_cse = q->type == HF_CREDENTIAL_CSE_CERT;
        HF_TRY(only_entity(q, q->value));
    }
done:
    answer(q, st, reason);
}

static void credential_found(struct hf_lookup *l)
{
    struct inquiry *i = l->context;

    if (l->st == HF_OK)
        take_record(i);
    else if (l->st != HF_ERR_UNKNOWN)
        answer(i->q, l->st, "the store failed");
    else if (is_of_entity(i->q->type) && !i->tef->policy.is_mef)
        find_node(i);
    else
        answer(i->q, HF_ERR_UNKNOWN, "nobody is on record with this certificate");
}

static void identify_node(const struct hf_tef *tef, struct hf_identify_question *q)
{
    struct inquiry *i = hf_arena_take(q->arena, 1, sizeof *i);

    if (i == NULL) {
        answer(q, HF_ERR_LIMIT, "out of memory");
        return;
    }
    *i = (struct inquiry){.tef = tef, .q = q, .node.st = HF_ERR_UNEXPECTED};
    if (hf_credential_id_format(q->type, q->value, q->arena, &i->credential_id) != HF_OK) {
        answer(q, HF_ERR_MALFORMED, "the certificate's identifier has no credential ID");
        return;
    }
    i->credential = (struct hf_lookup){.kind = HF_FIND_CREDENTIAL,
                                       .authority = tef->policy.fqdn,
                                       .id = i->credential_id,
                                       .arena = q->arena,
                                       .done = credential_found,
                                       .context = i};
    hf_store_find(&tef->ports.store, &i->credential);
}

/* Threat rows PKI-5 and KM-15: only functions that are configured, by their own name. */
static hf_status identify_function(const struct hf_tef *tef, struct hf_identify_question *q)
{
    uint8_t room[HF_FQDN_MAX + 2];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes text, entity;
    hf_status st;

    hf_put_text(&w, "//");
    hf_put_bytes(&w, q->value);
    HF_TRY(hf_writer_finish(&w, &text));
    if (!hf_policy_is_function(tef->policy.functions, text))
        return HF_ERR_DENIED;
    HF_TRY(hf_arena_copy(q->arena, text, &entity));
    q->peer =
        (struct hf_peer){.proof = HF_PROOF_CERTIFICATE, .type = q->type, .expires_s = HF_NEVER};
    HF_TRY(hf_credential_id_format(q->type, q->value, q->arena, &q->peer.credential_id));
    HF_TRY(only_entity(q, entity));
done:
    return st;
}

void hf_tef_identify(void *tef, struct hf_identify_question *q)
{
    const struct hf_tef *self = tef;
    hf_status st;

    if (!hf_bytes_is_empty(q->server_name) && !hf_fqdn_equal(q->server_name, self->policy.fqdn)) {
        answer(q, HF_ERR_DENIED, "the peer asked for another authority");
        return;
    }
    switch (q->type) {
    case HF_CREDENTIAL_DEVICE_CERT:
    case HF_CREDENTIAL_NODE_CERT:
    case HF_CREDENTIAL_CSE_CERT:
    case HF_CREDENTIAL_AE_CERT:
        identify_node(self, q);
        return;
    case HF_CREDENTIAL_FQDN_CERT:
        st = identify_function(self, q);
        answer(q, st, st == HF_OK ? NULL : "not one of the functions configured here");
        return;
    case HF_CREDENTIAL_MEF_KEY:
    case HF_CREDENTIAL_MAF_KEY:
    case HF_CREDENTIAL_SAEF_KEY:
    case HF_CREDENTIAL_RAW_KEY:
        break;
    }
    answer(q, HF_ERR_DENIED, "not a certificate that this function takes");
}
