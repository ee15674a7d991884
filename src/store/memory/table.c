#include "store/memory/table.h"

#include <string.h>

#include "base/memory.h"

enum { FIRST_ROOM = 64, ARENA_LIMIT = 1 << 30 };

struct hf_memory_step {
    struct hf_memory_record *record;
    bool is_new;
    struct hf_memory_record before;
};

void hf_memory_tables_init(struct hf_memory_tables *t)
{
    memset(t, 0, sizeof *t);
    hf_arena_init(&t->arena, ARENA_LIMIT);
}

void hf_memory_list_done(struct hf_memory_list *l)
{
    hf_free(l->at);
    *l = (struct hf_memory_list){0};
}

static void free_record(struct hf_memory_record *r)
{
    hf_wipe(r, sizeof *r);
    hf_free(r);
}

void hf_memory_tables_done(struct hf_memory_tables *t)
{
    hf_memory_accept(t);
    hf_memory_list_done(&t->journal);
    for (size_t i = 0; i < HF_MEMORY_TABLES; i++) {
        for (size_t k = 0; k < t->of[i].count; k++)
            free_record(t->of[i].at[k]);
        hf_memory_list_done(&t->of[i]);
    }
    hf_arena_done(&t->arena);
}

hf_status hf_memory_list_add(struct hf_memory_list *l, void *item)
{
    if (l->count == l->room) {
        size_t room = l->room == 0 ? FIRST_ROOM : 2 * l->room;
        void **at = hf_alloc(room, sizeof *at);

        if (at == NULL)
            return HF_ERR_STORE;
        if (l->count > 0)
            memcpy(at, l->at, l->count * sizeof *at);
        hf_free(l->at);
        l->at = at;
        l->room = room;
    }
    l->at[l->count++] = item;
    return HF_OK;
}

static hf_status add_step(struct hf_memory_tables *t, struct hf_memory_record *r, bool is_new)
{
    struct hf_memory_step *step = hf_alloc(1, sizeof *step);

    if (step == NULL)
        return HF_ERR_STORE;
    step->record = r;
    step->is_new = is_new;
    step->before = *r;
    if (hf_memory_list_add(&t->journal, step) != HF_OK) {
        hf_wipe(step, sizeof *step);
        hf_free(step);
        return HF_ERR_STORE;
    }
    return HF_OK;
}

struct hf_memory_record *hf_memory_insert(struct hf_memory_tables *t, enum hf_memory_table table)
{
    struct hf_memory_record *r = hf_alloc(1, sizeof *r);

    if (r == NULL)
        return NULL;
    r->table = table;
    if (hf_memory_list_add(&t->of[table], r) != HF_OK) {
        hf_free(r);
        return NULL;
    }
    if (add_step(t, r, true) != HF_OK) {
        t->of[table].count--;
        hf_free(r);
        return NULL;
    }
    return r;
}

hf_status hf_memory_keep(struct hf_memory_tables *t, struct hf_memory_record *r)
{
    return add_step(t, r, false);
}

void hf_memory_accept(struct hf_memory_tables *t)
{
    for (size_t i = 0; i < t->journal.count; i++) {
        hf_wipe(t->journal.at[i], sizeof(struct hf_memory_step));
        hf_free(t->journal.at[i]);
    }
    t->journal.count = 0;
}

void hf_memory_rollback(struct hf_memory_tables *t)
{
    for (size_t i = t->journal.count; i > 0; i--) {
        struct hf_memory_step *step = t->journal.at[i - 1];

        if (step->is_new) {
            t->of[step->record->table].count--; /* newest last, so it is the last */
            free_record(step->record);
        } else {
            *step->record = step->before;
        }
    }
    hf_memory_accept(t);
}

struct hf_memory_record *hf_memory_node(const struct hf_memory_tables *t, struct hf_bytes authority,
                                        struct hf_bytes node_id)
{
    for (size_t i = 0; i < t->of[HF_MEMORY_NODES].count; i++) {
        struct hf_memory_record *r = t->of[HF_MEMORY_NODES].at[i];

        if (hf_bytes_equal(r->node.node_id, node_id)
            && hf_bytes_equal(r->node.authority, authority))
            return r;
    }
    return NULL;
}

struct hf_memory_record *hf_memory_node_of_entity(const struct hf_memory_tables *t,
                                                  struct hf_bytes authority, struct hf_bytes entity)
{
    struct hf_memory_record *last = NULL;

    for (size_t i = 0; i < t->of[HF_MEMORY_NODES].count; i++) {
        struct hf_memory_record *r = t->of[HF_MEMORY_NODES].at[i];

        if (!hf_bytes_equal(r->node.authority, authority) || !hf_list_has(r->node.entities, entity))
            continue;
        if (r->node.state == HF_RECORD_LIVE)
            return r;
        last = r;
    }
    return last;
}

struct hf_memory_record *hf_memory_credential(const struct hf_memory_tables *t,
                                              struct hf_bytes authority,
                                              struct hf_bytes credential_id)
{
    for (size_t i = 0; i < t->of[HF_MEMORY_CREDENTIALS].count; i++) {
        struct hf_memory_record *r = t->of[HF_MEMORY_CREDENTIALS].at[i];

        if (hf_bytes_equal(r->credential.credential_id, credential_id)
            && hf_bytes_equal(r->credential.authority, authority))
            return r;
    }
    return NULL;
}

struct hf_memory_record *hf_memory_registration(const struct hf_memory_tables *t,
                                                struct hf_bytes authority, struct hf_bytes ri)
{
    for (size_t i = 0; i < t->of[HF_MEMORY_REGISTRATIONS].count; i++) {
        struct hf_memory_record *r = t->of[HF_MEMORY_REGISTRATIONS].at[i];

        if (hf_bytes_equal(r->registration.ri, ri)
            && hf_bytes_equal(r->registration.authority, authority))
            return r;
    }
    return NULL;
}

struct hf_memory_record *hf_memory_registration_of(const struct hf_memory_tables *t,
                                                   struct hf_bytes authority,
                                                   struct hf_bytes client,
                                                   struct hf_bytes admin_fqdn)
{
    struct hf_memory_record *last = NULL;

    for (size_t i = 0; i < t->of[HF_MEMORY_REGISTRATIONS].count; i++) {
        struct hf_memory_record *r = t->of[HF_MEMORY_REGISTRATIONS].at[i];

        if (!hf_bytes_equal(r->registration.client, client)
            || !hf_bytes_equal(r->registration.admin_fqdn, admin_fqdn)
            || !hf_bytes_equal(r->registration.authority, authority))
            continue;
        if (r->registration.state == HF_RECORD_LIVE)
            return r;
        last = r;
    }
    return last;
}

struct hf_memory_record *hf_memory_key(const struct hf_memory_tables *t, struct hf_bytes authority,
                                       struct hf_bytes relative_id)
{
    for (size_t i = 0; i < t->of[HF_MEMORY_KEYS].count; i++) {
        struct hf_memory_record *r = t->of[HF_MEMORY_KEYS].at[i];

        if (hf_bytes_equal(r->key.relative_id, relative_id)
            && hf_bytes_equal(r->key.authority, authority))
            return r;
    }
    return NULL;
}
