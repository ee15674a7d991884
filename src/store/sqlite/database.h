/*
 * One SQLite connection with its prepared statements, and a query that remembers its first failure,
 * so that a row is bound and read without a check per column. A connection belongs to one thread.
 */
#ifndef HF_STORE_SQLITE_DATABASE_H
#define HF_STORE_SQLITE_DATABASE_H

#include "base/arena.h"
#include "core/record/record.h"
#include "store/sqlite/statements.h"

#include <sqlite3.h>

enum { HF_AUTHORITY_CACHE = 64, HF_FQDN_MAX = 255, HF_PACKED_LIST_MAX = 24 << 10 };

struct hf_known_authority {
    int64_t row;
    size_t len;
    uint8_t fqdn[HF_FQDN_MAX];
};

struct hf_database {
    sqlite3 *db;
    sqlite3_stmt *prepared[HF_SQL_COUNT];
    struct hf_known_authority known[HF_AUTHORITY_CACHE];
    size_t known_count;
    int code;       /* SQLite's extended code of the last failure that is not a conflict; 0 none */
    int wal_frames; /* after the last commit of this connection */
};

/* HF_ERR_STORE; hf_database_fault tells. */
HF_CHECKED hf_status hf_database_open(struct hf_database *d, const char *path, bool read_only);
void hf_database_close(struct hf_database *d); /* accepts a zeroed one */
/* What went wrong last in opening, on this thread. Never NULL. */
const char *hf_database_fault(void);
void hf_database_set_fault(const char *what, const char *why);
/* Statements without parameters or rows, for migrations and pragmas. */
HF_CHECKED hf_status hf_database_execute(struct hf_database *d, const char *sql);

struct hf_query {
    struct hf_database *d;
    sqlite3_stmt *statement;
    int parameter, column;
    hf_status st;
};

struct hf_query hf_query_begin(struct hf_database *d, enum hf_statement which);
void hf_bind_bytes(struct hf_query *q, struct hf_bytes text);  /* borrowed until hf_query_end */
void hf_bind_blob(struct hf_query *q, struct hf_bytes blob);   /* empty is NULL */
void hf_bind_list(struct hf_query *q, struct hf_bytes packed); /* may be empty, never NULL */
void hf_bind_number(struct hf_query *q, int64_t n);
void hf_bind_row(struct hf_query *q, int64_t row); /* 0 is NULL */
void hf_bind_time(struct hf_query *q, uint64_t time_s);
/* HF_OK a row is there to read, HF_ERR_UNKNOWN no (more) row, HF_ERR_CONFLICT, HF_ERR_STORE. */
HF_CHECKED hf_status hf_query_next(struct hf_query *q);
/* For a statement that answers no row. */
HF_CHECKED hf_status hf_query_run(struct hf_query *q);
/* Columns in their order; a failure to copy is remembered in q->st. */
void hf_read_bytes(struct hf_query *q, struct hf_arena *a, struct hf_bytes *out);
struct hf_bytes hf_read_borrowed(struct hf_query *q); /* until the next step */
void hf_read_list(struct hf_query *q, struct hf_arena *a, struct hf_list *out);
int64_t hf_read_number(struct hf_query *q);
uint64_t hf_read_time(struct hf_query *q);
void hf_query_end(struct hf_query *q);

/* A statement without parameters. */
HF_CHECKED hf_status hf_database_run(struct hf_database *d, enum hf_statement which);
/* Rows that the last statement changed. */
int hf_database_changed(const struct hf_database *d);

/* The row of an authority. HF_ERR_UNKNOWN; `add`: it is made instead. */
HF_CHECKED hf_status hf_database_authority(struct hf_database *d, struct hf_bytes fqdn, bool add,
                                           int64_t *row);
void hf_database_forget_authorities(struct hf_database *d); /* after a rollback */

/* A list as one blob. */
HF_CHECKED hf_status hf_list_pack(struct hf_list l, uint8_t *room, size_t size,
                                  struct hf_bytes *out);

#endif
