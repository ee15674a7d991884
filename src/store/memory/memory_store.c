#include "store/memory/memory_store.h"

#include <assert.h>

#include "base/memory.h"
#include "base/wire.h"
#include "store/memory/apply.h"
#include "store/memory/copy.h"

struct hf_memory_store {
    struct hf_memory_tables tables;
    struct hf_memory_list audit; /* char * */
    struct hf_commit *first, **last;
    bool is_held, fails_next;
    hf_status next_failure;
};

struct hf_memory_store *hf_memory_store_new(void)
{
    struct hf_memory_store *m = hf_alloc(1, sizeof *m);

    if (m == NULL)
        return NULL;
    hf_memory_tables_init(&m->tables);
    m->last = &m->first;
    return m;
}

void hf_memory_store_free(struct hf_memory_store *m)
{
    if (m == NULL)
        return;
    hf_memory_tables_done(&m->tables);
    for (size_t i = 0; i < m->audit.count; i++)
        hf_free(m->audit.at[i]);
    hf_memory_list_done(&m->audit);
    hf_free(m);
}

/* One line, its parts separated by a space; empty parts are left out. */
static char *audit_line(const struct hf_audit_event *e)
{
    const struct hf_bytes parts[] = {hf_text(e->act), e->who, e->what, e->detail};
    size_t size = HF_COUNT(parts) + 1;
    struct hf_writer w;
    char *line;

    for (size_t i = 0; i < HF_COUNT(parts); i++)
        size += parts[i].len;
    line = hf_alloc(size, 1);
    if (line == NULL)
        return NULL;
    w = hf_writer_over(line, size);
    for (size_t i = 0; i < HF_COUNT(parts); i++) {
        if (parts[i].len > 0 && w.used > 0)
            hf_put_u8(&w, ' ');
        hf_put_bytes(&w, parts[i]);
    }
    return line; /* zeroed, so it ends itself */
}

static hf_status carry_out(struct hf_memory_store *m, const struct hf_commit *c)
{
    char *line = NULL;
    hf_status st;

    if (m->fails_next) {
        m->fails_next = false;
        return m->next_failure;
    }
    if (c->audit.act == NULL)
        return HF_ERR_BUG; /* no audit, no act */
    for (size_t i = 0; i < c->count; i++)
        HF_TRY(hf_memory_apply(&m->tables, &c->changes[i], c->audit.time_s));
    line = audit_line(&c->audit);
    HF_TRY(line == NULL ? HF_ERR_STORE : HF_OK);
    HF_TRY(hf_memory_list_add(&m->audit, line));
    line = NULL; /* now the list's */
    hf_memory_accept(&m->tables);
    return HF_OK;

done:
    hf_free(line);
    hf_memory_rollback(&m->tables);
    return st;
}

static void finish(struct hf_memory_store *m, struct hf_commit *c)
{
    c->st = carry_out(m, c);
    c->done(c);
}

static void commit(void *self, struct hf_commit *c)
{
    struct hf_memory_store *m = self;

    if (!m->is_held) {
        finish(m, c);
        return;
    }
    c->next = NULL;
    *m->last = c;
    m->last = &c->next;
}

void hf_memory_store_deliver(struct hf_memory_store *m)
{
    struct hf_commit *c = m->first;

    m->first = NULL;
    m->last = &m->first;
    while (c != NULL) {
        struct hf_commit *next = c->next; /* `done` may free c */

        finish(m, c);
        c = next;
    }
}

void hf_memory_store_hold(struct hf_memory_store *m, bool hold)
{
    m->is_held = hold;
}

void hf_memory_store_fail_next(struct hf_memory_store *m, hf_status st)
{
    assert(st != HF_OK);
    m->fails_next = true;
    m->next_failure = st;
}

const char *hf_memory_store_audit(const struct hf_memory_store *m, size_t index)
{
    return index < m->audit.count ? m->audit.at[index] : NULL;
}

/* The credential with what its node adds; a credential of no node is one of the infrastructure. */
static hf_status load_credential(const struct hf_memory_store *m, const struct hf_memory_record *r,
                                 struct hf_lookup *l)
{
    const struct hf_memory_record *node =
        hf_memory_node(&m->tables, r->credential.authority, r->credential.node_id);
    hf_status st;

    HF_TRY(hf_memory_copy_credential(l->arena, &r->credential, &l->credential));
    if (l->credential.state != HF_RECORD_LIVE)
        hf_secret_wipe(&l->credential.key);
    l->credential.node_state = HF_RECORD_LIVE;
    l->credential.has_cse = false;
    l->credential.lifetime_s = 0;
    if (node != NULL) {
        HF_TRY(hf_memory_copy_list(l->arena, node->node.entities, &l->credential.entities));
        l->credential.has_cse = node->node.has_cse;
        l->credential.lifetime_s = node->node.lifetime_s;
        l->credential.node_state = node->node.state;
    }
done:
    return st;
}

static hf_status load(const struct hf_memory_store *m, const struct hf_memory_record *r,
                      struct hf_lookup *l)
{
    if (r == NULL)
        return HF_ERR_UNKNOWN;
    switch (r->table) {
    case HF_MEMORY_NODES:
        return hf_memory_copy_node(l->arena, &r->node, &l->node);
    case HF_MEMORY_CREDENTIALS:
        return load_credential(m, r, l);
    case HF_MEMORY_REGISTRATIONS:
        return hf_memory_copy_registration(l->arena, &r->registration, &l->registration);
    case HF_MEMORY_KEYS:
        return hf_memory_copy_key(l->arena, &r->key, &l->key);
    case HF_MEMORY_TABLES:
        break;
    }
    return HF_ERR_BUG;
}

static const struct hf_memory_record *find_record(const struct hf_memory_tables *t,
                                                  const struct hf_lookup *l)
{
    switch (l->kind) {
    case HF_FIND_CREDENTIAL:
        return hf_memory_credential(t, l->authority, l->id);
    case HF_FIND_REGISTRATION:
        return hf_memory_registration(t, l->authority, l->id);
    case HF_FIND_REGISTRATION_OF_CLIENT:
        return hf_memory_registration_of(t, l->authority, l->id, l->admin_fqdn);
    case HF_FIND_KEY:
        return hf_memory_key(t, l->authority, l->id);
    case HF_FIND_NODE:
        return hf_memory_node(t, l->authority, l->id);
    case HF_FIND_NODE_OF_ENTITY:
        return hf_memory_node_of_entity(t, l->authority, l->id);
    }
    return NULL;
}

static void find(void *self, struct hf_lookup *l)
{
    struct hf_memory_store *m = self;

    l->st = load(m, find_record(&m->tables, l), l);
    if (l->st == HF_ERR_LIMIT)
        l->st = HF_ERR_STORE; /* the asker's arena is too small */
    l->done(l);
}

struct hf_store hf_memory_store_handle(struct hf_memory_store *m)
{
    return (struct hf_store){.self = m, .find = find, .commit = commit};
}
