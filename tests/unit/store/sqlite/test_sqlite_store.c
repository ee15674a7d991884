#include "store/sqlite/sqlite_store.h"

#include "unit/store/store_behaviour.c"

static struct hf_sqlite_store *sqlite;

static struct hf_store open_store(void)
{
    struct hf_store s;

    remove_in_folder("store.db");
    assert_ok(hf_sqlite_store_open(path_in_folder("store.db"), environment(), true, &sqlite));
    assert_ok(hf_sqlite_store_handle(sqlite, NULL, NULL, &s));
    return s;
}

static void close_store(struct hf_store *s)
{
    hf_sqlite_store_release(s);
    hf_sqlite_store_close(sqlite);
    sqlite = NULL;
}
