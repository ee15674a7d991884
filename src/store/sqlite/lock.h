/* One daemon a store: a lock file beside the database (threat row STO-12). */
#ifndef HF_STORE_SQLITE_LOCK_H
#define HF_STORE_SQLITE_LOCK_H

#include "base/status.h"

/*
 * Takes `path`.lock and writes our process number into it; `*fd` holds it until closed.
 * HF_ERR_CONFLICT: another process has it. HF_ERR_STORE: it cannot be made, or on a network file
 * system, where a lock proves nothing.
 */
HF_CHECKED hf_status hf_store_lock(const char *path, int *fd);
/* Makes the database's file, closed to others, where there is none: SQLite would ask the umask. */
HF_CHECKED hf_status hf_store_touch(const char *path);

#endif
