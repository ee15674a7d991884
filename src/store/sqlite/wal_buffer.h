/*
 * A VFS over the default one that gathers the writer's appends to the write-ahead log and hands
 * them to the kernel in one piece. SQLite writes each frame as two small writes; with a frame or
 * two for each change that was a tenth of a registration's CPU time.
 *
 * It is safe because with synchronous=FULL SQLite syncs the log before it tells anybody about the
 * frames of a transaction: the buffer is empty by then. A write that fails is reported by the call
 * that empties the buffer, at the latest by the sync, and the transaction fails with it.
 */
#ifndef HF_STORE_SQLITE_WAL_BUFFER_H
#define HF_STORE_SQLITE_WAL_BUFFER_H

#include <stdbool.h>

/* Registers the VFS once a process and gives its name; NULL when SQLite refuses it. */
const char *hf_wal_buffer_vfs(void);

#endif
