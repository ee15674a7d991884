/*
 * A VFS over SQLite's own, for what our two kinds of connection do all day.
 *
 * The writer: appends to the write-ahead log are gathered and handed to the kernel in one piece.
 * SQLite writes each frame as two small writes; with a frame or two for each change that was a
 * tenth of a registration's CPU time. It is safe because with synchronous=FULL SQLite syncs the log
 * before it tells anybody about the frames of a transaction: the buffer is empty by then. A write
 * that fails is reported by the call that empties the buffer, at the latest by the sync, and the
 * transaction fails with it.
 *
 * A reader: the mapping of the database stays. SQLite unmaps and maps it anew at every change that
 * another connection makes, in case the file was cut; ours only grows, and a page behind the
 * mapping is read in the ordinary way until the mapping is renewed. (Nobody may VACUUM a store in
 * use.)
 */
#ifndef HF_STORE_SQLITE_VFS_H
#define HF_STORE_SQLITE_VFS_H

/* Registers the VFS once a process and gives its name; NULL when SQLite refuses it. */
const char *hf_sqlite_vfs(void);

#endif
