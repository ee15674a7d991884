/* Look-ups on a worker's own read connection. */
#ifndef HF_STORE_SQLITE_FIND_H
#define HF_STORE_SQLITE_FIND_H

#include "port/secure_environment.h"
#include "port/store.h"
#include "store/sqlite/database.h"

/* Answers into the look-up's record. HF_ERR_UNKNOWN, HF_ERR_CRYPTO, HF_ERR_STORE. */
HF_CHECKED hf_status hf_store_look_up(struct hf_database *d, const struct hf_secure_environment *se,
                                      struct hf_lookup *l);

#endif
