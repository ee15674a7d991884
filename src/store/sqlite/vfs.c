#include "store/sqlite/vfs.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <sqlite3.h>

/* SQLite's own VFS masks the length of one write with 0x1ffff. */
enum { GATHER_MAX = 96 * 1024 };

/* Transactions of a reader between two looks at how far the database has grown. */
enum { RENEWAL = 4096 };

/* The default VFS's own file follows in the same memory. */
struct file {
    sqlite3_file head;
    sqlite3_file *real;
    uint8_t *room; /* NULL: not a log, or nothing was written yet */
    sqlite3_int64 at;
    int used;
    bool is_log;
    unsigned kept; /* how often the mapping was kept since it was made */
};

static sqlite3_vfs *below;
static sqlite3_vfs ours;

static struct file *of(sqlite3_file *f)
{
    return (struct file *)f;
}

static sqlite3_file *real(sqlite3_file *f)
{
    return of(f)->real;
}

/* What was gathered goes to the kernel. After a failure it is gone: the transaction fails. */
static int flush(struct file *f)
{
    int used = f->used;

    f->used = 0;
    if (used == 0)
        return SQLITE_OK;
    return f->real->pMethods->xWrite(f->real, f->room, used, f->at);
}

static int close_file(sqlite3_file *f)
{
    int flushed = flush(of(f)), closed = real(f)->pMethods->xClose(real(f));

    sqlite3_free(of(f)->room);
    return flushed != SQLITE_OK ? flushed : closed;
}

static int read_file(sqlite3_file *f, void *room, int len, sqlite3_int64 at)
{
    int code = flush(of(f));

    return code != SQLITE_OK ? code : real(f)->pMethods->xRead(real(f), room, len, at);
}

static int write_file(sqlite3_file *f, const void *octets, int len, sqlite3_int64 at)
{
    struct file *log = of(f);
    int code = SQLITE_OK;

    if (log->is_log && log->room == NULL)
        log->room = sqlite3_malloc(GATHER_MAX);
    if (log->used > 0 && (at != log->at + log->used || len > GATHER_MAX - log->used))
        code = flush(log);
    if (code != SQLITE_OK)
        return code;
    if (log->room == NULL || len > GATHER_MAX)
        return real(f)->pMethods->xWrite(real(f), octets, len, at);
    if (log->used == 0)
        log->at = at;
    memcpy(log->room + log->used, octets, (size_t)len);
    log->used += len;
    return SQLITE_OK;
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 size)
{
    int code = flush(of(f));

    return code != SQLITE_OK ? code : real(f)->pMethods->xTruncate(real(f), size);
}

static int sync_file(sqlite3_file *f, int flags)
{
    int code = flush(of(f));

    return code != SQLITE_OK ? code : real(f)->pMethods->xSync(real(f), flags);
}

static int size_of_file(sqlite3_file *f, sqlite3_int64 *out)
{
    int code = flush(of(f));

    return code != SQLITE_OK ? code : real(f)->pMethods->xFileSize(real(f), out);
}

static int lock_file(sqlite3_file *f, int level)
{
    return real(f)->pMethods->xLock(real(f), level);
}

static int unlock_file(sqlite3_file *f, int level)
{
    return real(f)->pMethods->xUnlock(real(f), level);
}

static int check_reserved(sqlite3_file *f, int *out)
{
    return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int control(sqlite3_file *f, int what, void *argument)
{
    return real(f)->pMethods->xFileControl(real(f), what, argument);
}

static int sector_size(sqlite3_file *f)
{
    return real(f)->pMethods->xSectorSize(real(f));
}

static int characteristics(sqlite3_file *f)
{
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int shm_lock(sqlite3_file *f, int offset, int count, int flags)
{
    return real(f)->pMethods->xShmLock(real(f), offset, count, flags);
}

static void shm_barrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}

static int shm_unmap(sqlite3_file *f, int remove)
{
    return real(f)->pMethods->xShmUnmap(real(f), remove);
}

static int fetch(sqlite3_file *f, sqlite3_int64 at, int len, void **out)
{
    return real(f)->pMethods->xFetch(real(f), at, len, out);
}

/* Without a page: "the file has changed, forget the mapping". */
static int unfetch(sqlite3_file *f, sqlite3_int64 at, void *page)
{
    struct file *d = of(f);

    if (page == NULL && ++d->kept % RENEWAL != 0)
        return SQLITE_OK;
    return real(f)->pMethods->xUnfetch(real(f), at, page);
}

static const sqlite3_io_methods methods = {
    .iVersion = 3,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
    .xFetch = fetch,
    .xUnfetch = unfetch,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *out, int flags, int *got)
{
    struct file *f = of(out);
    int code;

    (void)vfs;
    memset(f, 0, sizeof *f);
    f->real = (sqlite3_file *)(f + 1);
    f->is_log = (flags & SQLITE_OPEN_WAL) != 0;
    code = below->xOpen(below, name, f->real, flags, got);
    if (f->real->pMethods != NULL)
        f->head.pMethods = &methods;
    return code;
}

static void set_up(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* its lock is shared by all threads */
    below = sqlite3_vfs_find(NULL);
    if (below == NULL)
        return;
    ours = *below; /* everything but opening is the default's */
    ours.pNext = NULL;
    ours.zName = "handfast";
    ours.szOsFile = (int)sizeof(struct file) + below->szOsFile;
    ours.xOpen = open_file;
    if (sqlite3_vfs_register(&ours, 0) != SQLITE_OK)
        below = NULL;
}

const char *hf_sqlite_vfs(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, set_up);
    return below == NULL ? NULL : ours.zName;
}
