/* Deep copies of records into an arena. HF_ERR_LIMIT: the arena is full; `out` is undefined. */
#ifndef HF_STORE_MEMORY_COPY_H
#define HF_STORE_MEMORY_COPY_H

#include "base/arena.h"
#include "core/record/record.h"

HF_CHECKED hf_status hf_memory_copy_list(struct hf_arena *a, struct hf_list l, struct hf_list *out);
HF_CHECKED hf_status hf_memory_copy_node(struct hf_arena *a, const struct hf_node_record *n,
                                         struct hf_node_record *out);
/* Without what is filled on load. */
HF_CHECKED hf_status hf_memory_copy_credential(struct hf_arena *a,
                                               const struct hf_credential_record *c,
                                               struct hf_credential_record *out);
HF_CHECKED hf_status hf_memory_copy_registration(struct hf_arena *a,
                                                 const struct hf_registration_record *r,
                                                 struct hf_registration_record *out);
HF_CHECKED hf_status hf_memory_copy_key(struct hf_arena *a, const struct hf_key_record *k,
                                        struct hf_key_record *out);

#endif
