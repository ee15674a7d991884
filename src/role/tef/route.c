#include "role/tef/route.h"

#include "base/hex.h"
#include "core/identity/fqdn.h"
#include "core/policy/client.h"
#include "role/tef/answer.h"
#include "role/tef/procedures.h"

static bool is_release_known(struct hf_bytes release)
{
    static const char *const known[] = {"", "1", "2", "2a", "3"};

    for (size_t i = 0; i < HF_COUNT(known); i++)
        if (hf_bytes_equal_text(release, known[i]))
            return true;
    return false;
}

bool hf_tef_admit(struct hf_tef_exchange *e)
{
    const struct hf_request *r = e->x->request;
    const struct hf_channel *channel = e->x->channel;
    const struct hf_peer *peer = channel->peer;
    struct hf_bytes bound = {0};

    if (peer == NULL || peer->proof == HF_PROOF_NONE) {
        hf_tef_refuse(e, HF_RSC_SECURITY_ASSOCIATION_REQUIRED, "the peer has proven nothing",
                      "digest 8");
        return false;
    }
    if (channel->bound_client != NULL)
        bound = *channel->bound_client;
    if (hf_policy_client(peer->entities, peer->has_cse, bound, r->from, &e->client) != HF_OK) {
        hf_tef_refuse(e, HF_RSC_ORIGINATOR_NOT_AUTHENTICATED,
                      "the originator is not who this channel has proven", "threat row KM-1");
        return false;
    }
    if (channel->bound_client != NULL)
        *channel->bound_client = e->client;
    if (hf_is_over(r->expires_s, e->now_s)) {
        hf_tef_refuse(e, HF_RSC_REQUEST_TIMEOUT, "the request came too late", "TS-0004, 7.3.2.1");
        return false;
    }
    if (!is_release_known(r->release)) {
        hf_tef_refuse(e, HF_RSC_RELEASE_VERSION_NOT_SUPPORTED, "an unknown release", "digest 8");
        return false;
    }
    return true;
}

static void refuse_operation(struct hf_tef_exchange *e)
{
    hf_tef_refuse(e, HF_RSC_OPERATION_NOT_ALLOWED, "not an operation for this resource",
                  "digest 7.7");
}

static void take(struct hf_tef_exchange *e, enum hf_tef_object on,
                 void (*then)(struct hf_tef_exchange *e))
{
    e->procedure = hf_tef_procedure(e->tef, e->x->request->operation, on);
    if (e->procedure == NULL)
        refuse_operation(e);
    else
        then(e);
}

static bool find_created(const struct hf_tef *tef, unsigned type, enum hf_tef_object *on)
{
    if (type == (unsigned)tef->profile->client_type)
        *on = HF_TEF_CLIENT;
    else if (type == HF_TYPE_SYMM_KEY_REG)
        *on = HF_TEF_KEY;
    else if (type == HF_TYPE_PROVISION)
        *on = HF_TEF_PROVISION;
    else
        return false;
    return hf_tef_procedure(tef, HF_CREATE, *on) != NULL;
}

static void create(struct hf_tef_exchange *e, bool on_base, void (*then)(struct hf_tef_exchange *e))
{
    const struct hf_request *r = e->x->request;
    enum hf_tef_object on;

    if (r->type == HF_TYPE_NONE)
        hf_tef_refuse(e, HF_RSC_BAD_REQUEST, "a create names no type", "digest 7.1");
    else if (r->type > HF_TYPE_PROVISION)
        hf_tef_refuse(e, HF_RSC_NOT_IMPLEMENTED, "an unknown type", "digest 8");
    else if (!on_base || !find_created(e->tef, r->type, &on))
        hf_tef_refuse(e, HF_RSC_INVALID_CHILD_RESOURCE_TYPE, "that type is not created there",
                      "digest 7.7");
    else if (r->content_st == HF_OK && r->has_content && r->content.type != r->type)
        hf_tef_refuse(e, HF_RSC_BAD_REQUEST, "the content is of another type", "digest 8");
    else
        take(e, on, then);
}

static void take_registration(struct hf_tef_exchange *e)
{
    bool is_configuration =
        e->x->request->operation == HF_RETRIEVE && e->x->request->wants_configuration;

    if (e->registration.st != HF_OK)
        hf_tef_refuse(e, HF_RSC_NOT_FOUND, "nothing has that identifier",
                      "digest 8; threat row KM-14");
    else
        take(e, is_configuration ? HF_TEF_CONFIGURATION : HF_TEF_CLIENT, e->resume);
}

/* An identifier says not what it names: first the keys, which are many, then the registrations. */
static void take_key(struct hf_tef_exchange *e)
{
    if (e->key.st == HF_OK)
        take(e, HF_TEF_KEY, e->resume);
    else
        hf_tef_find(e, &e->registration, HF_FIND_REGISTRATION, e->id, take_registration);
}

static bool is_about_registration(const struct hf_tef_exchange *e)
{
    const struct hf_request *r = e->x->request;

    return (r->operation == HF_RETRIEVE && r->wants_configuration)
           || (r->operation == HF_UPDATE && r->content_st == HF_OK && r->has_content
               && r->content.type == e->tef->profile->client_type);
}

static void route_to_resource(struct hf_tef_exchange *e)
{
    uint8_t octets[HF_RELATIVE_ID_LEN];

    if (hf_bytes_end_with(e->x->request->to, HF_LITERAL("/cmd"))) {
        hf_tef_refuse(e, HF_RSC_NOT_IMPLEMENTED, "client commands are not implemented",
                      "TS-0003, 8.3.9");
        return;
    }
    /* All that we name here has 32 hex digits, so nothing else needs looking for. */
    if (hf_hex_parse(e->x->request->to, octets, sizeof octets) != HF_OK) {
        hf_tef_refuse(e, HF_RSC_NOT_FOUND, "not an identifier of ours",
                      "digest 8; threat row KM-14");
        return;
    }
    if (hf_relative_id_of(octets, e->x->arena, &e->id) != HF_OK) {
        hf_tef_fail(e, HF_ERR_LIMIT);
        return;
    }
    if (is_about_registration(e))
        hf_tef_find(e, &e->registration, HF_FIND_REGISTRATION, e->id, take_registration);
    else
        hf_tef_find(e, &e->key, HF_FIND_KEY, e->id, take_key);
}

void hf_tef_route(struct hf_tef_exchange *e, void (*then)(struct hf_tef_exchange *e))
{
    const struct hf_request *r = e->x->request;
    bool on_base = hf_bytes_equal_text(r->to, "-");

    e->resume = then;
    if (!hf_bytes_is_empty(r->to_fqdn) && !hf_fqdn_equal(r->to_fqdn, e->tef->policy.fqdn))
        hf_tef_refuse(e, HF_RSC_NOT_FOUND, "the target is below another authority",
                      "threat row CH-12");
    else if (r->operation == HF_CREATE)
        create(e, on_base, then);
    else if (r->operation == HF_NOTIFY)
        refuse_operation(e);
    else if (on_base)
        take(e, HF_TEF_BASE, then);
    else
        route_to_resource(e);
}
