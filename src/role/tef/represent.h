/* Records as the answers show them (digest 7.7). Everything is borrowed from the record. */
#ifndef HF_ROLE_TEF_REPRESENT_H
#define HF_ROLE_TEF_REPRESENT_H

#include "core/primitive/primitive.h"

static inline void hf_content_mark(struct hf_content *c, enum hf_attribute a)
{
    c->has |= 1u << a;
}

void hf_represent_registration(const struct hf_registration_record *r, enum hf_resource_type type,
                               struct hf_content *out);
/* Without the key. */
void hf_represent_key(const struct hf_key_record *k, struct hf_content *out);
/* What a target is told beside the key itself (5.6.6: Retrieval response). */
void hf_represent_key_to_target(const struct hf_key_record *k, struct hf_content *out);

#endif
