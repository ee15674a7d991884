/*
 * The numbered migrations of this folder, compiled in: index 0 makes version 1, and so on. A
 * migration that was released is never changed; the next one is another file.
 */
#ifndef HF_STORE_SCHEMA_MIGRATIONS_H
#define HF_STORE_SCHEMA_MIGRATIONS_H

#include <stddef.h>

size_t hf_migration_count(void);
const char *hf_migration_text(size_t index); /* SQL, one or more statements */

#endif
