/*
 * A process that commits is killed at random: every commit that it acknowledged is there
 * afterwards, and the store opens again (threat row STO-5).
 */
#include "store/sqlite/sqlite_store.h"

#include "unit/store/store_support.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LIVES = 25, LIFE_MAX_US = 300000, NAME = 16, ARENA = 64 << 10 };

/* Commits until killed; the number of each acknowledged one goes down the pipe. */
static void commit_for_ever(int out, uint32_t life)
{
    struct hf_sqlite_store *store;
    struct hf_store s;
    char name[NAME];

    if (hf_sqlite_store_open(path_in_folder("kill.db"), environment(), true, &store) != HF_OK
        || hf_sqlite_store_handle(store, NULL, NULL, &s) != HF_OK)
        _exit(1);
    for (uint32_t i = 0;; i++) {
        snprintf(name, sizeof name, "%u-%u", life, i);
        if (commit_one(&s, key_change(name, "", "", "0123456789abcdef")) != HF_OK
            || write(out, &i, sizeof i) != sizeof i)
            _exit(1);
    }
}

/* Returns how many were acknowledged. */
static uint32_t live_and_die(uint32_t life)
{
    uint32_t last, count = 0;
    int pipe_ends[2], status;
    pid_t child;

    assert_int_equal(pipe(pipe_ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(pipe_ends[0]);
        commit_for_ever(pipe_ends[1], life);
    }
    close(pipe_ends[1]);
    usleep((useconds_t)(rand() % LIFE_MAX_US)); /* a fault, not a synchronisation */
    kill(child, SIGKILL);
    while (read(pipe_ends[0], &last, sizeof last) == sizeof last)
        count = last + 1;
    close(pipe_ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return count;
}

static void count_missing(uint32_t life, uint32_t count, const struct hf_store *s,
                          unsigned *missing)
{
    char name[NAME];

    for (uint32_t i = 0; i < count; i++) {
        struct hf_arena a;

        snprintf(name, sizeof name, "%u-%u", life, i);
        hf_arena_init(&a, ARENA);
        *missing += look_up(s, &a, HF_FIND_KEY, name).st != HF_OK;
        hf_arena_done(&a);
    }
}

HF_TEST(what_was_acknowledged_survives_a_kill)
{
    struct hf_sqlite_store *store;
    struct hf_store s;
    uint32_t acknowledged[LIVES], total = 0;
    uint64_t broken_at = 0;
    unsigned missing = 0;

    (void)environment(); /* the root key is read once, before any child */
    remove_in_folder("kill.db");
    for (uint32_t life = 0; life < LIVES; life++) {
        acknowledged[life] = live_and_die(life);
        total += acknowledged[life];
        assert_ok(hf_sqlite_store_open(path_in_folder("kill.db"), environment(), true, &store));
        assert_ok(hf_sqlite_store_handle(store, NULL, NULL, &s));
        for (uint32_t i = 0; i <= life; i++)
            count_missing(i, acknowledged[i], &s, &missing);
        assert_ok(hf_sqlite_store_check_audit(store, &broken_at));
        hf_sqlite_store_release(&s);
        hf_sqlite_store_close(store);
    }
    print_message("%u acknowledged in %d lives, %u missing\n", total, LIVES, missing);
    assert_int_equal(missing, 0);
    assert_true(total > LIVES); /* otherwise nothing was tried */
}
