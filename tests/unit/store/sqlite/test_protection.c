/* What a thief, a forger or a second server finds at a store: threat rows STO-1, 2, 9, 12, ADM-4.
 */
#include "store/sqlite/sqlite_store.h"

#include "base/base64.h"
#include "base/wire.h"
#include "unit/store/store_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

enum { ARENA = 64 << 10, CANARY_LEN = 32, TEXT_MAX = 128 };

static const char canary[] = "\x9c\x11-canary-in-the-coal-mine-\xfe\x83\x01";
static struct hf_sqlite_store *sqlite;

static struct hf_store open_fresh(void)
{
    struct hf_store s;

    remove_in_folder("p.db");
    assert_ok(hf_sqlite_store_open(path_in_folder("p.db"), environment(), true, &sqlite));
    assert_ok(hf_sqlite_store_handle(sqlite, NULL, NULL, &s));
    return s;
}

static void close_store(struct hf_store *s)
{
    hf_sqlite_store_release(s);
    hf_sqlite_store_close(sqlite);
}

/* As somebody with the file and no key would. */
static void tamper(const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path_in_folder("p.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static struct hf_bytes contents(const char *name)
{
    FILE *f = fopen(path_in_folder(name), "rb");
    uint8_t *room;
    long len;

    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    len = ftell(f);
    rewind(f);
    room = malloc((size_t)len + 1);
    assert_non_null(room);
    assert_int_equal(fread(room, 1, (size_t)len, f), (size_t)len);
    fclose(f);
    return hf_bytes_of(room, (size_t)len);
}

static bool file_has(const char *name, struct hf_bytes what)
{
    struct hf_bytes all = contents(name);
    bool found = memmem(all.at, all.len, what.at, what.len) != NULL;

    free((void *)(uintptr_t)all.at);
    return found;
}

static void assert_no_canary(const char *name)
{
    char hex[TEXT_MAX], base64[TEXT_MAX], lower[TEXT_MAX];
    uint8_t reversed[CANARY_LEN];
    struct hf_bytes raw = hf_bytes_of(canary, sizeof canary - 1);
    struct hf_writer h = hf_writer_over(hex, sizeof hex), b = hf_writer_over(base64, sizeof base64);

    hf_put_hex(&h, raw);
    hf_put_base64(&b, raw);
    for (size_t i = 0; i < h.used; i++)
        lower[i] = (char)hf_to_lower((uint8_t)hex[i]);
    for (size_t i = 0; i < raw.len; i++)
        reversed[i] = raw.at[raw.len - 1 - i];
    assert_false(file_has(name, raw));
    assert_false(file_has(name, hf_bytes_of(hex, h.used)));
    assert_false(file_has(name, hf_bytes_of(lower, h.used)));
    assert_false(file_has(name, hf_bytes_of(base64, b.used - 4))); /* without the padded end */
    assert_false(file_has(name, hf_bytes_of(reversed, raw.len)));
}

HF_TEST(no_file_has_a_key_in_any_clothes)
{
    struct hf_store s = open_fresh();

    assert_ok(commit_one(&s, node_change("visible-node", NULL, 0)));
    assert_ok(commit_one(&s, credential_change("11-C", "visible-node", canary)));
    assert_ok(commit_one(&s, key_change("K", "", "visible-node", canary)));
    assert_true(file_has("p.db-wal", HF_LITERAL("visible-node"))); /* the search does find */
    assert_no_canary("p.db-wal");
    assert_no_canary("p.db");
    close_store(&s);
    assert_true(file_has("p.db", HF_LITERAL("visible-node")));
    assert_no_canary("p.db");
}

static hf_status key_status(const struct hf_store *s, enum hf_lookup_kind kind, const char *id)
{
    struct hf_arena a;
    hf_status st;

    hf_arena_init(&a, ARENA);
    st = look_up(s, &a, kind, id).st;
    hf_arena_done(&a);
    return st;
}

HF_TEST(a_wrapped_key_opens_in_its_own_row_only)
{
    struct hf_store s = open_fresh();

    assert_ok(commit_one(&s, node_change("n", NULL, 0)));
    assert_ok(commit_one(&s, key_change("A", "", "n", "0123456789abcdef")));
    assert_ok(commit_one(&s, key_change("B", "", "n", "fedcba9876543210")));
    assert_ok(commit_one(&s, credential_change("C", "n", "0123456789ABCDEF")));
    tamper("UPDATE key SET key = (SELECT key FROM key WHERE relative_id = 'B')"
           " WHERE relative_id = 'A'");
    assert_status(key_status(&s, HF_FIND_KEY, "A"), HF_ERR_CRYPTO);
    assert_ok(key_status(&s, HF_FIND_KEY, "B"));
    tamper("UPDATE credential SET key = (SELECT key FROM key WHERE relative_id = 'B')");
    assert_status(key_status(&s, HF_FIND_CREDENTIAL, "C"), HF_ERR_CRYPTO);
    tamper("UPDATE key SET relative_id = 'Z' WHERE relative_id = 'B'");
    assert_status(key_status(&s, HF_FIND_KEY, "Z"), HF_ERR_CRYPTO);
    close_store(&s);
}

HF_TEST(a_wrapped_key_opens_in_its_own_table_only)
{
    struct hf_store s = open_fresh();

    assert_ok(commit_one(&s, node_change("n", NULL, 0)));
    assert_ok(commit_one(&s, key_change("SAME", "", "n", "0123456789abcdef")));
    assert_ok(commit_one(&s, credential_change("SAME", "n", "fedcba9876543210")));
    assert_ok(key_status(&s, HF_FIND_CREDENTIAL, "SAME"));
    tamper("UPDATE credential SET key = (SELECT key FROM key WHERE relative_id = 'SAME')");
    assert_status(key_status(&s, HF_FIND_CREDENTIAL, "SAME"), HF_ERR_CRYPTO);
    close_store(&s);
}

HF_TEST(an_ended_record_has_no_wrapped_key_left_in_its_row)
{
    struct hf_store s = open_fresh();
    sqlite3_stmt *q;
    sqlite3 *db;

    assert_ok(commit_one(&s, key_change("A", "", "", "0123456789abcdef")));
    assert_ok(commit_one(&s, as(key_change("A", "", "", NULL), HF_END_KEY)));
    assert_int_equal(sqlite3_open(path_in_folder("p.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*), count(key) FROM key", -1, &q, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(q, 0), 1);
    assert_int_equal(sqlite3_column_int(q, 1), 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    close_store(&s);
}

HF_TEST(another_root_key_does_not_open_the_store)
{
    struct hf_store s = open_fresh();
    struct hf_sqlite_store *other = NULL;

    close_store(&s);
    assert_status(hf_sqlite_store_open(path_in_folder("p.db"), other_environment(), true, &other),
                  HF_ERR_CRYPTO);
    assert_null(other);
    assert_ok(hf_sqlite_store_open(path_in_folder("p.db"), environment(), true, &other));
    hf_sqlite_store_close(other);
}

HF_TEST(a_second_daemon_is_refused_and_an_operator_is_not)
{
    struct hf_store s = open_fresh();
    struct hf_sqlite_store *other = NULL;

    assert_status(hf_sqlite_store_open(path_in_folder("p.db"), environment(), true, &other),
                  HF_ERR_CONFLICT);
    assert_ok(hf_sqlite_store_open(path_in_folder("p.db"), environment(), false, &other));
    hf_sqlite_store_close(other);
    close_store(&s);
    assert_ok(hf_sqlite_store_open(path_in_folder("p.db"), environment(), true, &other));
    hf_sqlite_store_close(other);
}

HF_TEST(what_is_no_store_or_a_newer_one_is_refused)
{
    struct hf_sqlite_store *other = NULL;
    struct hf_store s = open_fresh();
    FILE *f;

    close_store(&s);
    tamper("PRAGMA user_version = 1000");
    assert_status(hf_sqlite_store_open(path_in_folder("p.db"), environment(), true, &other),
                  HF_ERR_STORE);
    assert_non_null(strstr(hf_sqlite_store_fault(), "newer"));
    remove_in_folder("p.db");
    f = fopen(path_in_folder("p.db"), "w");
    assert_non_null(f);
    fprintf(f, "%04096d", 7);
    fclose(f);
    assert_status(hf_sqlite_store_open(path_in_folder("p.db"), environment(), true, &other),
                  HF_ERR_STORE);
    assert_null(other);
}

static int count_rows(const char *sql)
{
    sqlite3_stmt *q;
    sqlite3 *db;
    int count;

    assert_int_equal(sqlite3_open(path_in_folder("p.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    count = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return count;
}

HF_TEST(a_store_of_version_1_is_brought_up_with_its_records)
{
    static const char wide[] = "SELECT count(*) FROM sqlite_schema WHERE name = 'key_of_node'"
                               " AND sql NOT LIKE '%registration%'";
    struct hf_store s = open_fresh();

    assert_ok(commit_one(&s, key_change("A", "", "", "0123456789abcdef")));
    close_store(&s);
    tamper("DROP INDEX key_of_node;"
           "CREATE INDEX key_of_node ON key (node) WHERE state = 1 AND registration IS NULL;"
           "PRAGMA user_version = 1");
    assert_int_equal(count_rows(wide), 0);
    assert_ok(hf_sqlite_store_open(path_in_folder("p.db"), environment(), true, &sqlite));
    assert_ok(hf_sqlite_store_handle(sqlite, NULL, NULL, &s));
    assert_ok(key_status(&s, HF_FIND_KEY, "A"));
    assert_int_equal(count_rows(wide), 1);
    close_store(&s);
}

static void audited(struct hf_store *s)
{
    *s = open_fresh();
    for (int i = 0; i < 6; i++)
        assert_ok(commit_set(s, NULL, 0, NOW_S + (uint64_t)i));
}

HF_TEST(an_untouched_audit_trail_is_whole)
{
    struct hf_store s;
    uint64_t broken_at = 0;

    audited(&s);
    assert_ok(hf_sqlite_store_check_audit(sqlite, &broken_at));
    close_store(&s);
}

HF_TEST(every_change_of_the_audit_trail_is_seen_and_located)
{
    static const struct {
        const char *sql;
        uint64_t at;
    } changes[] = {
        {"UPDATE audit SET what = 'other' WHERE id = 3",               3},
        {"UPDATE audit SET time_s = time_s + 1 WHERE id = 1",          1},
        {"UPDATE audit SET who = who || what, what = '' WHERE id = 4", 4},
        {"UPDATE audit SET hash = zeroblob(32) WHERE id = 2",          2},
        {"DELETE FROM audit WHERE id = 3",                             3},
        {"DELETE FROM audit WHERE id = 1",                             1},
        {"DELETE FROM audit WHERE id = 6",                             6},
        {"DELETE FROM audit",                                          1},
        {"DELETE FROM meta WHERE name = 'audit_head'",                 7},
        {"UPDATE audit SET id = 99 WHERE id = 6",                      6},
        {"UPDATE audit SET id = 50 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3;"
         "UPDATE audit SET id = 3 WHERE id = 50",             2},
    };

    for (size_t i = 0; i < HF_COUNT(changes); i++) {
        struct hf_store s;
        uint64_t broken_at = 0;

        audited(&s);
        tamper(changes[i].sql);
        assert_status(hf_sqlite_store_check_audit(sqlite, &broken_at), HF_ERR_CRYPTO);
        assert_int_equal(broken_at, changes[i].at);
        close_store(&s);
    }
}
