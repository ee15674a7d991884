/* What the store's tests share: records, commits that are waited for, a folder and a root key. */
#ifndef HF_TESTS_UNIT_STORE_STORE_SUPPORT_H
#define HF_TESTS_UNIT_STORE_STORE_SUPPORT_H

#include "port/random.h"
#include "port/secure_environment.h"
#include "port/store.h"
#include "support/hf_test.h"

#define MAF "maf.example"
/* HF_LITERAL where the compiler wants a constant. */
#define FIXED(text)                                                                                \
    {                                                                                              \
        (const uint8_t *)(text), sizeof(text) - 1                                                  \
    }
#define NOW_S UINT64_C(1700000000)

/* Records with everything set; the caller changes what matters. Borrowed from literals. */
struct hf_change node_change(const char *node_id, const struct hf_bytes *entities, size_t count);
struct hf_change credential_change(const char *credential_id, const char *node_id, const char *key);
struct hf_change registration_change(const char *ri, const char *client, const char *credential_id);
struct hf_change key_change(const char *relative_id, const char *ri, const char *node_id,
                            const char *key);
/* The same record, another verb. */
struct hf_change as(struct hf_change c, enum hf_change_kind kind);

/* Commits on a handle that answers at once. */
hf_status commit_set(const struct hf_store *s, const struct hf_change *changes, size_t count,
                     uint64_t time_s);
hf_status commit_one(const struct hf_store *s, struct hf_change change);
hf_status commit_unaudited(const struct hf_store *s, struct hf_change change);

/* A look-up on a handle; the arena is the caller's. */
struct hf_lookup look_up(const struct hf_store *s, struct hf_arena *a, enum hf_lookup_kind kind,
                         const char *id);
struct hf_lookup look_up_bytes(const struct hf_store *s, struct hf_arena *a,
                               enum hf_lookup_kind kind, struct hf_bytes id);
struct hf_lookup look_up_registration(const struct hf_store *s, struct hf_arena *a,
                                      const char *client);

/* A folder of its own under /tmp, gone at exit; "folder/name", in static room. */
const char *path_in_folder(const char *name);
void remove_in_folder(const char *name); /* with its -wal, -shm and .lock */
struct hf_random system_random(void);
/* Sealed files of this program: made at the first call, always the same. */
const struct hf_secure_environment *environment(void);
const struct hf_secure_environment *other_environment(void);

#endif
