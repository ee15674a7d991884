/* One change on the memory tables, judged and carried out. */
#ifndef HF_STORE_MEMORY_APPLY_H
#define HF_STORE_MEMORY_APPLY_H

#include "store/memory/table.h"

/* HF_ERR_CONFLICT, HF_ERR_UNKNOWN, HF_ERR_LIMIT, HF_ERR_STORE: the caller rolls back. */
HF_CHECKED hf_status hf_memory_apply(struct hf_memory_tables *t, const struct hf_change *c,
                                     uint64_t now_s);

#endif
