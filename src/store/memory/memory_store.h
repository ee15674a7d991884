/* The store in memory: same behaviour, nothing kept. For tests, and for trying things out. */
#ifndef HF_STORE_MEMORY_MEMORY_STORE_H
#define HF_STORE_MEMORY_MEMORY_STORE_H

#include "port/store.h"

struct hf_memory_store;

struct hf_memory_store *hf_memory_store_new(void); /* NULL: out of memory */
void hf_memory_store_free(struct hf_memory_store *m);
struct hf_store hf_memory_store_handle(struct hf_memory_store *m);
/* Tests: the next commit answers `st` and changes nothing. */
void hf_memory_store_fail_next(struct hf_memory_store *m, hf_status st);
/* Tests: commits wait until hf_memory_store_deliver. */
void hf_memory_store_hold(struct hf_memory_store *m, bool hold);
void hf_memory_store_deliver(struct hf_memory_store *m);
/* Audit events so far, oldest first; NULL past the end: "act who what detail". */
const char *hf_memory_store_audit(const struct hf_memory_store *m, size_t index);

#endif
