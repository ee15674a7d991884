#include "store/memory/apply.h"

#include "store/memory/copy.h"

/* An end that is not a revocation is an end. */
static enum hf_record_state end_state(enum hf_record_state asked)
{
    return asked == HF_RECORD_REVOKED ? HF_RECORD_REVOKED : HF_RECORD_ENDED;
}

/* Threat row KM-3: an entity belongs to one live node of an authority. */
static hf_status check_claims(const struct hf_memory_tables *t, const struct hf_node_record *n)
{
    if (n->entities.count > HF_ENTITIES_MAX)
        return HF_ERR_LIMIT;
    for (size_t i = 0; i < n->entities.count; i++) {
        const struct hf_memory_record *holder =
            hf_memory_node_of_entity(t, n->authority, n->entities.at[i]);

        if (holder != NULL && holder->node.state == HF_RECORD_LIVE
            && !hf_bytes_equal(holder->node.node_id, n->node_id))
            return HF_ERR_CONFLICT;
    }
    return HF_OK;
}

static hf_status put_node(struct hf_memory_tables *t, const struct hf_node_record *n)
{
    struct hf_memory_record *r = hf_memory_node(t, n->authority, n->node_id);
    hf_status st;

    if (r != NULL && r->node.state != HF_RECORD_LIVE)
        return HF_ERR_CONFLICT; /* identifiers never return */
    HF_TRY(check_claims(t, n));
    if (r == NULL) {
        r = hf_memory_insert(t, HF_MEMORY_NODES);
        if (r == NULL)
            return HF_ERR_STORE;
        HF_TRY(hf_memory_copy_node(&t->arena, n, &r->node));
        r->node.state = HF_RECORD_LIVE;
    } else {
        HF_TRY(hf_memory_keep(t, r));
        HF_TRY(hf_memory_copy_list(&t->arena, n->entities, &r->node.entities));
        r->node.has_cse = n->has_cse;
        r->node.lifetime_s = n->lifetime_s;
    }
done:
    return st;
}

static hf_status touch_node(struct hf_memory_tables *t, const struct hf_node_record *n)
{
    struct hf_memory_record *r = hf_memory_node(t, n->authority, n->node_id);
    hf_status st;

    if (r == NULL || r->node.state != HF_RECORD_LIVE)
        return HF_ERR_UNKNOWN;
    HF_TRY(hf_memory_keep(t, r));
    r->node.enrolled_s = n->enrolled_s;
done:
    return st;
}

static bool is_live_node(const struct hf_memory_tables *t, struct hf_bytes authority,
                         struct hf_bytes node_id)
{
    const struct hf_memory_record *r = hf_memory_node(t, authority, node_id);

    return r != NULL && r->node.state == HF_RECORD_LIVE;
}

/*
 * Threat row PSK-4: a key belongs to one node of an authority, for ever. Two credentials of one
 * node may share it: a KmID is another name for the key of a KeID.
 */
static bool is_key_taken(const struct hf_memory_tables *t, const struct hf_credential_record *c)
{
    for (size_t i = 0; i < t->of[HF_MEMORY_CREDENTIALS].count; i++) {
        const struct hf_memory_record *r = t->of[HF_MEMORY_CREDENTIALS].at[i];

        if (hf_bytes_equal(r->credential.authority, c->authority)
            && hf_secret_equal(&r->credential.key, &c->key)
            && (c->node_id.len == 0 || !hf_bytes_equal(r->credential.node_id, c->node_id)))
            return true;
    }
    return false;
}

static hf_status put_credential(struct hf_memory_tables *t, const struct hf_credential_record *c)
{
    struct hf_memory_record *r;
    hf_status st;

    if (c->node_id.len > 0 && !is_live_node(t, c->authority, c->node_id))
        return HF_ERR_UNKNOWN;
    if (hf_memory_credential(t, c->authority, c->credential_id) != NULL)
        return HF_ERR_CONFLICT;
    if (!hf_secret_is_empty(&c->key) && is_key_taken(t, c))
        return HF_ERR_CONFLICT;
    r = hf_memory_insert(t, HF_MEMORY_CREDENTIALS);
    if (r == NULL)
        return HF_ERR_STORE;
    HF_TRY(hf_memory_copy_credential(&t->arena, c, &r->credential));
    r->credential.state = HF_RECORD_LIVE;
done:
    return st;
}

/*
 * A tombstone keeps its key here, so that the key stays taken; hf_memory_store hands it to nobody.
 */
static hf_status end_credential(struct hf_memory_tables *t, struct hf_memory_record *r,
                                enum hf_record_state state)
{
    hf_status st;

    if (r == NULL || r->credential.state != HF_RECORD_LIVE)
        return HF_ERR_UNKNOWN;
    HF_TRY(hf_memory_keep(t, r));
    r->credential.state = end_state(state);
done:
    return st;
}

static hf_status end_key(struct hf_memory_tables *t, struct hf_memory_record *r,
                         enum hf_record_state state)
{
    hf_status st;

    if (r == NULL || r->key.state != HF_RECORD_LIVE)
        return HF_ERR_UNKNOWN;
    HF_TRY(hf_memory_keep(t, r));
    r->key.state = end_state(state);
    hf_secret_wipe(&r->key.key);
done:
    return st;
}

static hf_status end_registration(struct hf_memory_tables *t, struct hf_memory_record *r,
                                  enum hf_record_state state)
{
    hf_status st;

    if (r == NULL || r->registration.state != HF_RECORD_LIVE)
        return HF_ERR_UNKNOWN;
    HF_TRY(hf_memory_keep(t, r));
    r->registration.state = end_state(state);
    for (size_t i = 0; i < t->of[HF_MEMORY_KEYS].count; i++) {
        struct hf_memory_record *k = t->of[HF_MEMORY_KEYS].at[i];

        if (k->key.state == HF_RECORD_LIVE
            && hf_bytes_equal(k->key.registration, r->registration.ri)
            && hf_bytes_equal(k->key.authority, r->registration.authority))
            HF_TRY(end_key(t, k, state));
    }
done:
    return st;
}

/* The node that a registration belongs to: its credential's, or the one that claims the client. */
static const struct hf_memory_record *node_of_client(const struct hf_memory_tables *t,
                                                     const struct hf_registration_record *g)
{
    const struct hf_memory_record *c = hf_memory_credential(t, g->authority, g->credential_id);

    if (c != NULL)
        return hf_memory_node(t, g->authority, c->credential.node_id);
    return hf_memory_node_of_entity(t, g->authority, g->client);
}

static hf_status put_registration(struct hf_memory_tables *t,
                                  const struct hf_registration_record *g, uint64_t now_s)
{
    const struct hf_memory_record *node = node_of_client(t, g);
    struct hf_memory_record *r =
        hf_memory_registration_of(t, g->authority, g->client, g->admin_fqdn);
    hf_status st;

    if (node != NULL && node->node.state != HF_RECORD_LIVE)
        return HF_ERR_UNKNOWN;
    if (hf_memory_registration(t, g->authority, g->ri) != NULL)
        return HF_ERR_CONFLICT;
    if (r != NULL && r->registration.state == HF_RECORD_LIVE) {
        if (r->registration.expires_s > now_s)
            return HF_ERR_CONFLICT;
        HF_TRY(end_registration(t, r, HF_RECORD_ENDED));
    }
    r = hf_memory_insert(t, HF_MEMORY_REGISTRATIONS);
    if (r == NULL)
        return HF_ERR_STORE;
    HF_TRY(hf_memory_copy_registration(&t->arena, g, &r->registration));
    r->registration.state = HF_RECORD_LIVE;
    if (node != NULL)
        r->owner = node->node.node_id;
done:
    return st;
}

static hf_status set_registration(struct hf_memory_tables *t,
                                  const struct hf_registration_record *g)
{
    struct hf_memory_record *r = hf_memory_registration(t, g->authority, g->ri);
    hf_status st;

    if (r == NULL || r->registration.state != HF_RECORD_LIVE)
        return HF_ERR_UNKNOWN;
    HF_TRY(hf_memory_keep(t, r));
    HF_TRY(hf_memory_copy_list(&t->arena, g->labels, &r->registration.labels));
    HF_TRY(hf_arena_copy(&t->arena, g->assigned_key_id, &r->registration.assigned_key_id));
    r->registration.expires_s = g->expires_s;
    r->registration.modified_s = g->modified_s;
done:
    return st;
}

/* Threat row KM-11: a key cannot be hung on a registration or node that ended meanwhile. */
static hf_status put_key(struct hf_memory_tables *t, const struct hf_key_record *k)
{
    const struct hf_memory_record *g;
    struct hf_memory_record *r;
    hf_status st;

    if (k->node_id.len > 0 && !is_live_node(t, k->authority, k->node_id))
        return HF_ERR_UNKNOWN;
    g = hf_memory_registration(t, k->authority, k->registration);
    if (k->registration.len > 0 && (g == NULL || g->registration.state != HF_RECORD_LIVE))
        return HF_ERR_UNKNOWN;
    if (hf_memory_key(t, k->authority, k->relative_id) != NULL)
        return HF_ERR_CONFLICT;
    r = hf_memory_insert(t, HF_MEMORY_KEYS);
    if (r == NULL)
        return HF_ERR_STORE;
    HF_TRY(hf_memory_copy_key(&t->arena, k, &r->key));
    r->key.state = HF_RECORD_LIVE;
done:
    return st;
}

static hf_status set_key(struct hf_memory_tables *t, const struct hf_key_record *k)
{
    struct hf_memory_record *r = hf_memory_key(t, k->authority, k->relative_id);
    hf_status st;

    if (r == NULL || r->key.state != HF_RECORD_LIVE)
        return HF_ERR_UNKNOWN;
    HF_TRY(hf_memory_keep(t, r));
    HF_TRY(hf_memory_copy_list(&t->arena, k->labels, &r->key.labels));
    HF_TRY(hf_memory_copy_list(&t->arena, k->targets, &r->key.targets));
    r->key.expires_s = k->expires_s;
    r->key.modified_s = k->modified_s;
done:
    return st;
}

/* Everything of the node that is still live. */
static hf_status end_belongings(struct hf_memory_tables *t, const struct hf_node_record *n)
{
    hf_status st = HF_OK;

    for (size_t table = HF_MEMORY_CREDENTIALS; table < HF_MEMORY_TABLES; table++)
        for (size_t i = 0; i < t->of[table].count; i++) {
            struct hf_memory_record *r = t->of[table].at[i];

            if (r->table == HF_MEMORY_CREDENTIALS && r->credential.state == HF_RECORD_LIVE
                && hf_bytes_equal(r->credential.node_id, n->node_id)
                && hf_bytes_equal(r->credential.authority, n->authority))
                HF_TRY(end_credential(t, r, n->state));
            if (r->table == HF_MEMORY_REGISTRATIONS && r->registration.state == HF_RECORD_LIVE
                && hf_bytes_equal(r->owner, n->node_id)
                && hf_bytes_equal(r->registration.authority, n->authority))
                HF_TRY(end_registration(t, r, n->state));
            if (r->table == HF_MEMORY_KEYS && r->key.state == HF_RECORD_LIVE
                && hf_bytes_equal(r->key.node_id, n->node_id)
                && hf_bytes_equal(r->key.authority, n->authority))
                HF_TRY(end_key(t, r, n->state));
        }
done:
    return st;
}

static hf_status end_node(struct hf_memory_tables *t, const struct hf_node_record *n)
{
    struct hf_memory_record *r = hf_memory_node(t, n->authority, n->node_id);
    hf_status st;

    if (r == NULL || r->node.state != HF_RECORD_LIVE)
        return HF_ERR_UNKNOWN;
    HF_TRY(hf_memory_keep(t, r));
    r->node.state = end_state(n->state);
    HF_TRY(end_belongings(t, n));
done:
    return st;
}

hf_status hf_memory_apply(struct hf_memory_tables *t, const struct hf_change *c, uint64_t now_s)
{
    switch (c->kind) {
    case HF_PUT_NODE:
        return put_node(t, &c->node);
    case HF_PUT_CREDENTIAL:
        return put_credential(t, &c->credential);
    case HF_END_CREDENTIAL:
        return end_credential(
            t, hf_memory_credential(t, c->credential.authority, c->credential.credential_id),
            c->credential.state);
    case HF_TOUCH_NODE:
        return touch_node(t, &c->node);
    case HF_PUT_REGISTRATION:
        return put_registration(t, &c->registration, now_s);
    case HF_SET_REGISTRATION:
        return set_registration(t, &c->registration);
    case HF_END_REGISTRATION:
        return end_registration(
            t, hf_memory_registration(t, c->registration.authority, c->registration.ri),
            c->registration.state);
    case HF_PUT_KEY:
        return put_key(t, &c->key);
    case HF_SET_KEY:
        return set_key(t, &c->key);
    case HF_END_KEY:
        return end_key(t, hf_memory_key(t, c->key.authority, c->key.relative_id), c->key.state);
    case HF_END_NODE:
        return end_node(t, &c->node);
    }
    return HF_ERR_BUG;
}
