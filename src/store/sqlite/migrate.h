/* Brings a database to this program's schema, and checks that the root key is the store's. */
#ifndef HF_STORE_SQLITE_MIGRATE_H
#define HF_STORE_SQLITE_MIGRATE_H

#include "port/secure_environment.h"
#include "store/sqlite/database.h"

/* HF_ERR_STORE: a newer schema, or it failed and left the database as it was (STO-8). */
HF_CHECKED hf_status hf_store_migrate(struct hf_database *d);
/* HF_ERR_CRYPTO: another root key. A new store gets its check value. */
HF_CHECKED hf_status hf_store_check_root_key(struct hf_database *d,
                                             const struct hf_secure_environment *se);

#endif
