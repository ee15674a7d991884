/*
 * The tables of the memory store: records in the order of their creation, never removed, and a
 * journal that takes a half-applied set of changes back.
 */
#ifndef HF_STORE_MEMORY_TABLE_H
#define HF_STORE_MEMORY_TABLE_H

#include "base/arena.h"
#include "core/record/change.h"

enum hf_memory_table {
    HF_MEMORY_NODES,
    HF_MEMORY_CREDENTIALS,
    HF_MEMORY_REGISTRATIONS,
    HF_MEMORY_KEYS,
    HF_MEMORY_TABLES
};

struct hf_memory_record {
    enum hf_memory_table table;
    struct hf_bytes owner; /* registrations: the Node-ID it belongs to; empty where unknown */
    union {
        struct hf_node_record node;
        struct hf_credential_record credential;
        struct hf_registration_record registration;
        struct hf_key_record key;
    };
};

struct hf_memory_list {
    void **at;
    size_t count, room;
};

struct hf_memory_tables {
    struct hf_memory_list of[HF_MEMORY_TABLES]; /* struct hf_memory_record * */
    struct hf_memory_list journal;              /* struct hf_memory_step *, of the current set */
    struct hf_arena arena;                      /* the variable parts of every record */
};

void hf_memory_tables_init(struct hf_memory_tables *t);
void hf_memory_tables_done(struct hf_memory_tables *t);

/* HF_ERR_STORE: out of memory. */
HF_CHECKED hf_status hf_memory_list_add(struct hf_memory_list *l, void *item);
void hf_memory_list_done(struct hf_memory_list *l); /* the room, not the items */

/* A new record at the end, zeroed; gone again after a rollback. NULL: out of memory. */
struct hf_memory_record *hf_memory_insert(struct hf_memory_tables *t, enum hf_memory_table table);
/* Call before changing a record. HF_ERR_STORE: out of memory. */
HF_CHECKED hf_status hf_memory_keep(struct hf_memory_tables *t, struct hf_memory_record *r);
void hf_memory_accept(struct hf_memory_tables *t);   /* forgets the journal */
void hf_memory_rollback(struct hf_memory_tables *t); /* undoes the journal */

/* By identifier, any state; NULL: there is none. */
struct hf_memory_record *hf_memory_node(const struct hf_memory_tables *t, struct hf_bytes authority,
                                        struct hf_bytes node_id);
struct hf_memory_record *hf_memory_node_of_entity(const struct hf_memory_tables *t,
                                                  struct hf_bytes authority,
                                                  struct hf_bytes entity);
struct hf_memory_record *hf_memory_credential(const struct hf_memory_tables *t,
                                              struct hf_bytes authority,
                                              struct hf_bytes credential_id);
struct hf_memory_record *hf_memory_registration(const struct hf_memory_tables *t,
                                                struct hf_bytes authority, struct hf_bytes ri);
/* The live one, or the last. */
struct hf_memory_record *hf_memory_registration_of(const struct hf_memory_tables *t,
                                                   struct hf_bytes authority,
                                                   struct hf_bytes client,
                                                   struct hf_bytes admin_fqdn);
struct hf_memory_record *hf_memory_key(const struct hf_memory_tables *t, struct hf_bytes authority,
                                       struct hf_bytes relative_id);

#endif
