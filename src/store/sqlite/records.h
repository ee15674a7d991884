/* Records from the columns of HF_SQL_FIND_... and HF_SQL_LIST_..., into an arena. */
#ifndef HF_STORE_SQLITE_RECORDS_H
#define HF_STORE_SQLITE_RECORDS_H

#include "core/record/record.h"
#include "port/secure_environment.h"
#include "store/sqlite/database.h"

/* `se` NULL leaves the key out. HF_ERR_CRYPTO: it cannot be unwrapped; HF_ERR_STORE: no room. */
HF_CHECKED hf_status hf_record_read_node(struct hf_query *q, struct hf_arena *a,
                                         struct hf_node_record *out);
HF_CHECKED hf_status hf_record_read_credential(struct hf_query *q,
                                               const struct hf_secure_environment *se,
                                               struct hf_arena *a,
                                               struct hf_credential_record *out);
HF_CHECKED hf_status hf_record_read_registration(struct hf_query *q, struct hf_arena *a,
                                                 struct hf_registration_record *out);
HF_CHECKED hf_status hf_record_read_key(struct hf_query *q, const struct hf_secure_environment *se,
                                        struct hf_arena *a, struct hf_key_record *out);

#endif
