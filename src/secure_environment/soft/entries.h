/*
 * The named entries as they lie in the box, one after the other:
 * name (u8 length), suid (u16), expiry (u64), attributes (u16 length), key (u8 length).
 */
#ifndef HF_SECURE_ENVIRONMENT_SOFT_ENTRIES_H
#define HF_SECURE_ENVIRONMENT_SOFT_ENTRIES_H

#include "port/secure_environment.h"

/* HF_ERR_LIMIT, HF_ERR_MALFORMED: not what an entry may be. */
HF_CHECKED hf_status hf_entry_check(const struct hf_se_entry *e);
void hf_put_entry(struct hf_writer *w, const struct hf_se_entry *e);
/* The next one; its name and attributes are borrowed from the reader's octets. */
HF_CHECKED hf_status hf_entry_read(struct hf_reader *r, struct hf_se_entry *out);
/* Is it entries to the last octet, no name twice? */
HF_CHECKED hf_status hf_entries_check(struct hf_bytes entries);
/* HF_ERR_UNKNOWN */
HF_CHECKED hf_status hf_entries_find(struct hf_bytes entries, struct hf_bytes name,
                                     struct hf_se_entry *out);
HF_CHECKED hf_status hf_entries_at(struct hf_bytes entries, size_t index, struct hf_se_entry *out);
/* The same entries with `e` in the place of its namesake, or at the end. */
HF_CHECKED hf_status hf_entries_with(struct hf_bytes entries, const struct hf_se_entry *e,
                                     struct hf_writer *out);
/* The same entries without `name`. */
HF_CHECKED hf_status hf_entries_without(struct hf_bytes entries, struct hf_bytes name,
                                        struct hf_writer *out);

#endif
