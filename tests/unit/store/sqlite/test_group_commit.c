/* Several workers and one writer: nothing is lost, nothing is said too early. Run under TSan too.
 */
#include "store/sqlite/sqlite_store.h"

#include "unit/store/store_support.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORKERS = 4, ROUNDS = 20, GROUP = 32, NAME = 24, ARENA = 64 << 10 };

struct worker {
    struct hf_sqlite_store *store;
    unsigned number;
    int woken; /* an eventfd */
    struct hf_store handle;
    size_t finished, failed, missing, contested;
    char names[GROUP][NAME];
    struct hf_change changes[GROUP];
    struct hf_commit commits[GROUP];
};

static void wake(void *context)
{
    const struct worker *w = context;
    uint64_t one = 1;

    if (write(w->woken, &one, sizeof one) != sizeof one)
        abort();
}

static void note(struct hf_commit *c)
{
    struct worker *w = c->context;

    w->finished++;
    w->failed += c->st != HF_OK && c->st != HF_ERR_CONFLICT;
    w->contested += c->st == HF_OK && c == &w->commits[0];
}

static void found(struct hf_lookup *l)
{
    (void)l;
}

static void wait_for_group(struct worker *w)
{
    uint64_t count;

    while (w->finished < GROUP) {
        if (read(w->woken, &count, sizeof count) != sizeof count)
            abort();
        hf_sqlite_store_deliver(&w->handle);
    }
}

/* The first of each group has the same name on every worker: one of them gets it. */
static void submit_group(struct worker *w, unsigned round)
{
    w->finished = 0;
    for (unsigned i = 0; i < GROUP; i++) {
        snprintf(w->names[i], NAME, "%u-%u-%u", i == 0 ? 99 : w->number, round, i);
        w->changes[i] = key_change(w->names[i], "", "", "0123456789abcdef");
        w->commits[i] = (struct hf_commit){
            .changes = &w->changes[i],
            .count = 1,
            .audit = {.act = "test.act", .time_s = NOW_S},
            .done = note,
            .context = w,
            .st = HF_ERR_BUG
        };
        hf_store_commit(&w->handle, &w->commits[i]);
    }
}

static void count_missing(struct worker *w)
{
    for (unsigned i = 0; i < GROUP; i++) {
        struct hf_arena a;
        struct hf_lookup l = {.kind = HF_FIND_KEY,
                              .authority = HF_LITERAL(MAF),
                              .id = hf_text(w->names[i]),
                              .arena = &a,
                              .done = found};

        hf_arena_init(&a, ARENA);
        hf_store_find(&w->handle, &l);
        w->missing += l.st != HF_OK;
        hf_arena_done(&a);
    }
}

static void *work(void *context)
{
    struct worker *w = context;

    for (unsigned round = 0; round < ROUNDS; round++) {
        submit_group(w, round);
        wait_for_group(w);
        count_missing(w);
    }
    return NULL;
}

static struct hf_sqlite_store *fresh_store(void)
{
    struct hf_sqlite_store *s;

    remove_in_folder("group.db");
    assert_ok(hf_sqlite_store_open(path_in_folder("group.db"), environment(), true, &s));
    return s;
}

static void open_worker(struct worker *w, struct hf_sqlite_store *s, unsigned number)
{
    w->store = s;
    w->number = number;
    w->woken = eventfd(0, EFD_CLOEXEC);
    assert_true(w->woken >= 0);
    assert_ok(hf_sqlite_store_handle(s, wake, w, &w->handle));
}

static void close_worker(struct worker *w)
{
    hf_sqlite_store_release(&w->handle);
    close(w->woken);
}

HF_TEST(what_four_workers_commit_is_all_there_and_a_contested_name_has_one_winner)
{
    static struct worker workers[WORKERS];
    struct hf_sqlite_store *s = fresh_store();
    pthread_t threads[WORKERS];
    uint64_t broken_at = 0;
    size_t winners = 0;

    for (unsigned i = 0; i < WORKERS; i++)
        open_worker(&workers[i], s, i);
    for (unsigned i = 0; i < WORKERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    for (unsigned i = 0; i < WORKERS; i++)
        pthread_join(threads[i], NULL);
    for (unsigned i = 0; i < WORKERS; i++) {
        assert_int_equal(workers[i].failed, 0);
        assert_int_equal(workers[i].missing, 0);
        winners += workers[i].contested;
        close_worker(&workers[i]);
    }
    assert_int_equal(winners, ROUNDS);
    assert_ok(hf_sqlite_store_check_audit(s, &broken_at));
    hf_sqlite_store_close(s);
}

HF_TEST(submitting_leaves_the_status_of_a_commit_alone)
{
    static struct worker w;
    struct hf_sqlite_store *s = fresh_store();
    struct hf_sqlite_store *blocker;
    uint64_t woken;

    open_worker(&w, s, 1);
    /* An open import holds the write lock, so the writer cannot finish meanwhile. */
    assert_ok(hf_sqlite_store_open(path_in_folder("group.db"), environment(), false, &blocker));
    assert_ok(hf_sqlite_store_begin(blocker));
    submit_group(&w, 0);
    for (unsigned i = 0; i < GROUP; i++)
        assert_status(w.commits[i].st, HF_ERR_BUG);
    assert_ok(hf_sqlite_store_end(blocker, false));
    hf_sqlite_store_close(blocker);
    assert_int_equal(read(w.woken, &woken, sizeof woken), sizeof woken);
    for (unsigned i = 0; i < GROUP; i++) /* carried out, not delivered */
        assert_status(w.commits[i].st, HF_ERR_BUG);
    wake(&w);
    wait_for_group(&w);
    assert_ok(w.commits[0].st);
    close_worker(&w);
    hf_sqlite_store_close(s);
}

static long long size_of(const char *name)
{
    struct stat s;

    assert_int_equal(stat(path_in_folder(name), &s), 0);
    return (long long)s.st_size;
}

HF_TEST(the_log_is_carried_into_the_database_while_the_store_is_open)
{
    enum { IMPORTED = 12000 }; /* several times what the log may hold before a checkpoint */
    static struct hf_change changes[IMPORTED];
    static struct hf_commit commits[IMPORTED];
    static char names[IMPORTED][NAME];
    struct hf_sqlite_store *s = fresh_store();
    long long empty = size_of("group.db");

    for (unsigned i = 0; i < IMPORTED; i++) {
        snprintf(names[i], NAME, "%08X-%u", i * 2654435761U, i);
        changes[i] = key_change(names[i], "", "", "0123456789abcdef");
        commits[i] = (struct hf_commit){
            .changes = &changes[i], .count = 1, .audit = {.act = "test.act", .time_s = NOW_S}
        };
    }
    for (unsigned i = 0; i < IMPORTED; i += 50)
        assert_ok(hf_sqlite_store_commit_all(s, &commits[i], 50));
    assert_true(size_of("group.db") > empty);
    assert_true(size_of("group.db-wal") < 64LL << 20);
    hf_sqlite_store_close(s);
}
