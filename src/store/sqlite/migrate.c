#include "store/sqlite/migrate.h"

#include "store/schema/migrations.h"
#include "store/sqlite/protect.h"

static hf_status schema_version(struct hf_database *d, size_t *version)
{
    sqlite3_stmt *s = NULL;
    hf_status st = HF_ERR_STORE;

    if (sqlite3_prepare_v2(d->db, "PRAGMA user_version", -1, &s, NULL) == SQLITE_OK
        && sqlite3_step(s) == SQLITE_ROW) {
        *version = (size_t)sqlite3_column_int64(s, 0);
        st = HF_OK;
    } else {
        hf_database_set_fault("the store's database", sqlite3_errmsg(d->db));
    }
    sqlite3_finalize(s);
    return st;
}

static hf_status migrate_from(struct hf_database *d, size_t version)
{
    hf_status st = HF_OK;

    if (version > hf_migration_count()) {
        hf_database_set_fault("the store's database", "made by a newer version of this program");
        return HF_ERR_STORE;
    }
    for (size_t i = version; i < hf_migration_count(); i++)
        HF_TRY(hf_database_execute(d, hf_migration_text(i)));
done:
    return st;
}

/* All in one transaction; each migration sets the version it makes; another opener waits or finds
 * it done. */
hf_status hf_store_migrate(struct hf_database *d)
{
    size_t version = 0;
    hf_status st;

    HF_TRY(schema_version(d, &version));
    if (version == hf_migration_count())
        return HF_OK;
    HF_TRY(hf_database_execute(d, "BEGIN IMMEDIATE"));
    st = schema_version(d, &version);
    if (st == HF_OK)
        st = migrate_from(d, version);
    if (st == HF_OK)
        st = hf_database_execute(d, "COMMIT");
    if (st != HF_OK)
        sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
done:
    return st;
}

static hf_status add_check_value(struct hf_database *d, const struct hf_secure_environment *se)
{
    uint8_t room[HF_WRAPPED_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes wrapped;
    struct hf_query q;
    hf_status st;

    HF_TRY(hf_protect_check_value(se, &w));
    HF_TRY(hf_writer_finish(&w, &wrapped));
    q = hf_query_begin(d, HF_SQL_META_SET);
    hf_bind_bytes(&q, HF_LITERAL("key_check"));
    hf_bind_blob(&q, wrapped);
    HF_TRY(hf_query_run(&q));
done:
    return st;
}

static hf_status check_value(struct hf_database *d, const struct hf_secure_environment *se)
{
    struct hf_query q = hf_query_begin(d, HF_SQL_META_GET);
    hf_status st;

    hf_bind_bytes(&q, HF_LITERAL("key_check"));
    HF_TRY(hf_query_next(&q));
    HF_TRY(hf_unprotect_check_value(se, hf_read_borrowed(&q)));
done:
    hf_query_end(&q);
    if (st == HF_ERR_CRYPTO)
        hf_database_set_fault("the store's database", "was made with another root key");
    return st;
}

hf_status hf_store_check_root_key(struct hf_database *d, const struct hf_secure_environment *se)
{
    hf_status st = check_value(d, se);

    if (st != HF_ERR_UNKNOWN)
        return st;
    HF_TRY(hf_database_run(d, HF_SQL_BEGIN));
    st = check_value(d, se); /* another opener may have been first */
    if (st == HF_ERR_UNKNOWN)
        st = add_check_value(d, se);
    if (st == HF_OK)
        st = hf_database_run(d, HF_SQL_COMMIT);
    if (st != HF_OK)
        sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
done:
    return st;
}
