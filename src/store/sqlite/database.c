#include "store/sqlite/database.h"

#include <stdio.h>
#include <string.h>

#include "store/sqlite/vfs.h"

enum { BUSY_MS = 5000, FAULT_LEN = 256 };

/* Look-ups read mapped pages; a writer's pages are cached, for its random inserts. */
static const char reader_settings[] = "PRAGMA mmap_size = 2147418112; PRAGMA query_only = ON;"
                                      "PRAGMA cache_size = -2000;";
static const char writer_settings[] =
    "PRAGMA mmap_size = 0; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA "
    "wal_autocheckpoint = 0;"
    "PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = ON;"
    "PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;";

static _Thread_local char fault[FAULT_LEN];

const char *hf_database_fault(void)
{
    return fault;
}

void hf_database_set_fault(const char *what, const char *why)
{
    snprintf(fault, sizeof fault, "%s: %s", what, why);
}

static hf_status fail(struct hf_database *d, const char *what)
{
    d->code = sqlite3_extended_errcode(d->db);
    hf_database_set_fault(what, sqlite3_errmsg(d->db));
    return HF_ERR_STORE;
}

static int note_frames(void *self, sqlite3 *db, const char *name, int frames)
{
    struct hf_database *d = self;

    (void)db;
    (void)name;
    d->wal_frames = frames;
    return SQLITE_OK;
}

hf_status hf_database_open(struct hf_database *d, const char *path, bool read_only)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
                | (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    hf_status st;

    memset(d, 0, sizeof *d);
    if (sqlite3_open_v2(path, &d->db, flags, hf_sqlite_vfs()) != SQLITE_OK) {
        hf_database_set_fault(path, sqlite3_errmsg(d->db));
        hf_database_close(d);
        return HF_ERR_STORE;
    }
    sqlite3_extended_result_codes(d->db, 1);
    sqlite3_busy_timeout(d->db, BUSY_MS);
    sqlite3_db_config(d->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    HF_TRY(hf_database_execute(d, read_only ? reader_settings : writer_settings));
    /* After the settings: wal_autocheckpoint is a hook as well, and would take the place of ours.
     */
    sqlite3_wal_hook(d->db, note_frames, d);
done:
    if (st != HF_OK)
        hf_database_close(d);
    return st;
}

void hf_database_close(struct hf_database *d)
{
    for (size_t i = 0; i < HF_SQL_COUNT; i++) {
        sqlite3_finalize(d->prepared[i]);
        d->prepared[i] = NULL;
    }
    sqlite3_close(d->db);
    d->db = NULL;
    d->known_count = 0;
}

hf_status hf_database_execute(struct hf_database *d, const char *sql)
{
    if (sqlite3_exec(d->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return fail(d, "the store's database");
    return HF_OK;
}

static sqlite3_stmt *prepared(struct hf_database *d, enum hf_statement which)
{
    if (d->prepared[which] == NULL
        && sqlite3_prepare_v3(d->db, hf_statement_text(which), -1, SQLITE_PREPARE_PERSISTENT,
                              &d->prepared[which], NULL)
               != SQLITE_OK)
        return NULL;
    return d->prepared[which];
}

struct hf_query hf_query_begin(struct hf_database *d, enum hf_statement which)
{
    struct hf_query q = {.d = d, .st = HF_ERR_STORE};

    if (d->db == NULL)
        return q; /* a connection that could not be opened again */
    q.statement = prepared(d, which);
    q.st = q.statement == NULL ? fail(d, "preparing a statement") : HF_OK;
    return q;
}

static void note_bound(struct hf_query *q, int code)
{
    if (code != SQLITE_OK)
        q->st = fail(q->d, "binding a value");
}

void hf_bind_bytes(struct hf_query *q, struct hf_bytes text)
{
    if (q->st == HF_OK)
        note_bound(q, sqlite3_bind_text64(q->statement, ++q->parameter,
                                          text.len == 0 ? "" : (const char *)text.at, text.len,
                                          SQLITE_STATIC, SQLITE_UTF8));
}

void hf_bind_blob(struct hf_query *q, struct hf_bytes blob)
{
    if (q->st == HF_OK)
        note_bound(q, blob.len == 0 ? sqlite3_bind_null(q->statement, ++q->parameter)
                                    : sqlite3_bind_blob64(q->statement, ++q->parameter, blob.at,
                                                          blob.len, SQLITE_STATIC));
}

void hf_bind_list(struct hf_query *q, struct hf_bytes packed)
{
    if (q->st == HF_OK)
        note_bound(q, sqlite3_bind_blob64(q->statement, ++q->parameter,
                                          packed.len == 0 ? "" : (const char *)packed.at,
                                          packed.len, SQLITE_STATIC));
}

void hf_bind_number(struct hf_query *q, int64_t n)
{
    if (q->st == HF_OK)
        note_bound(q, sqlite3_bind_int64(q->statement, ++q->parameter, n));
}

void hf_bind_row(struct hf_query *q, int64_t row)
{
    if (row != 0)
        hf_bind_number(q, row);
    else if (q->st == HF_OK)
        note_bound(q, sqlite3_bind_null(q->statement, ++q->parameter));
}

void hf_bind_time(struct hf_query *q, uint64_t time_s)
{
    hf_bind_number(q, time_s > INT64_MAX ? INT64_MAX : (int64_t)time_s);
}

hf_status hf_query_next(struct hf_query *q)
{
    int code;

    if (q->st != HF_OK)
        return q->st;
    q->column = 0;
    code = sqlite3_step(q->statement);
    if (code == SQLITE_ROW)
        return HF_OK;
    if (code == SQLITE_DONE)
        return HF_ERR_UNKNOWN;
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        return q->st = HF_ERR_CONFLICT;
    return q->st = fail(q->d, "running a statement");
}

hf_status hf_query_run(struct hf_query *q)
{
    hf_status st = hf_query_next(q);

    hf_query_end(q);
    return st == HF_ERR_UNKNOWN ? HF_OK : st;
}

void hf_query_end(struct hf_query *q)
{
    if (q->statement != NULL)
        sqlite3_reset(q->statement);
    q->statement = NULL;
}

struct hf_bytes hf_read_borrowed(struct hf_query *q)
{
    int column = q->column++;
    const void *at = sqlite3_column_blob(q->statement, column);

    return hf_bytes_of(at, (size_t)sqlite3_column_bytes(q->statement, column));
}

void hf_read_bytes(struct hf_query *q, struct hf_arena *a, struct hf_bytes *out)
{
    struct hf_bytes b = hf_read_borrowed(q);

    if (q->st == HF_OK && hf_arena_copy(a, b, out) != HF_OK)
        q->st = HF_ERR_STORE; /* the asker's arena is too small */
}

int64_t hf_read_number(struct hf_query *q)
{
    return sqlite3_column_int64(q->statement, q->column++);
}

uint64_t hf_read_time(struct hf_query *q)
{
    int64_t n = hf_read_number(q);

    return n == INT64_MAX ? HF_NEVER : (uint64_t)n;
}

hf_status hf_database_run(struct hf_database *d, enum hf_statement which)
{
    struct hf_query q = hf_query_begin(d, which);

    return hf_query_run(&q);
}

int hf_database_changed(const struct hf_database *d)
{
    return sqlite3_changes(d->db);
}
