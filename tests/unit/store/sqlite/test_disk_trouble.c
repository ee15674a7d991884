/*
 * The disk fails: full, read-only, or a sync that is refused once. Nothing is acknowledged that is
 * not there, look-ups go on (threat row STO-5; section 6). The calls below stand in front of
 * libc's.
 */
#include "store/sqlite/sqlite_store.h"

#include "unit/store/store_support.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ARENA = 64 << 10 };

static _Atomic int write_errno, sync_errno, syncs_refused, syncs_to_refuse;

ssize_t pwrite64(int fd, const void *at, size_t len, off64_t offset);
int fdatasync(int fd);
int fsync(int fd);

ssize_t pwrite64(int fd, const void *at, size_t len, off64_t offset)
{
    if (write_errno != 0) {
        errno = write_errno;
        return -1;
    }
    return syscall(SYS_pwrite64, fd, at, len, offset);
}

static int sync_with(long number, int fd)
{
    if (syncs_to_refuse > 0) {
        syncs_to_refuse--;
        syncs_refused++;
        errno = sync_errno;
        return -1;
    }
    return (int)syscall(number, fd);
}

int fdatasync(int fd)
{
    return sync_with(SYS_fdatasync, fd);
}

int fsync(int fd)
{
    return sync_with(SYS_fsync, fd);
}

static struct hf_sqlite_store *sqlite;

static struct hf_store open_with_one_key(void)
{
    struct hf_store s;

    remove_in_folder("d.db");
    assert_ok(hf_sqlite_store_open(path_in_folder("d.db"), environment(), true, &sqlite));
    assert_ok(hf_sqlite_store_handle(sqlite, NULL, NULL, &s));
    assert_ok(commit_one(&s, key_change("BEFORE", "", "", "0123456789abcdef")));
    return s;
}

static hf_status key_status(const struct hf_store *s, const char *id)
{
    struct hf_arena a;
    hf_status st;

    hf_arena_init(&a, ARENA);
    st = look_up(s, &a, HF_FIND_KEY, id).st;
    hf_arena_done(&a);
    return st;
}

/* After the trouble, and again as the next process would find it. */
static void assert_only_before_and_after(struct hf_store *s)
{
    uint64_t broken_at = 0;

    assert_ok(commit_one(s, key_change("AFTER", "", "", "0123456789abcdef")));
    for (int turn = 0; turn < 2; turn++) {
        assert_ok(key_status(s, "BEFORE"));
        assert_ok(key_status(s, "AFTER"));
        assert_status(key_status(s, "DURING"), HF_ERR_UNKNOWN);
        assert_ok(hf_sqlite_store_check_audit(sqlite, &broken_at));
        hf_sqlite_store_release(s);
        hf_sqlite_store_close(sqlite);
        if (turn == 0) {
            assert_ok(hf_sqlite_store_open(path_in_folder("d.db"), environment(), true, &sqlite));
            assert_ok(hf_sqlite_store_handle(sqlite, NULL, NULL, s));
        }
    }
}

HF_TEST(on_a_full_disk_writes_are_refused_and_look_ups_go_on)
{
    struct hf_store s = open_with_one_key();

    write_errno = ENOSPC;
    for (int i = 0; i < 3; i++) {
        assert_status(commit_one(&s, key_change("DURING", "", "", "0123456789abcdef")),
                      HF_ERR_STORE);
        assert_ok(key_status(&s, "BEFORE"));
        assert_status(key_status(&s, "DURING"), HF_ERR_UNKNOWN);
    }
    write_errno = 0;
    assert_only_before_and_after(&s);
}

HF_TEST(on_a_failing_disk_writes_are_not_acknowledged_and_look_ups_go_on)
{
    struct hf_store s = open_with_one_key();
    hf_status st;

    write_errno = EIO;
    st = commit_one(&s, key_change("DURING", "", "", "0123456789abcdef"));
    assert_true(st == HF_ERR_STORE || st == HF_ERR_UNREACHABLE);
    assert_ok(key_status(&s, "BEFORE"));
    write_errno = 0;
    assert_only_before_and_after(&s);
}

HF_TEST(a_refused_sync_is_not_tried_again_and_its_commit_is_gone)
{
    struct hf_store s = open_with_one_key();

    sync_errno = EIO;
    syncs_refused = 0;
    syncs_to_refuse = 1;
    assert_status(commit_one(&s, key_change("DURING", "", "", "0123456789abcdef")), HF_ERR_STORE);
    assert_int_equal(syncs_refused, 1);
    assert_only_before_and_after(&s);
}

HF_TEST(where_every_sync_is_refused_the_outcome_is_called_unknown)
{
    struct hf_store s = open_with_one_key();

    sync_errno = EIO;
    syncs_to_refuse = 1000;
    assert_status(commit_one(&s, key_change("DURING", "", "", "0123456789abcdef")),
                  HF_ERR_UNREACHABLE);
    assert_ok(key_status(&s, "BEFORE"));
    syncs_to_refuse = 0;
    assert_only_before_and_after(&s);
}
