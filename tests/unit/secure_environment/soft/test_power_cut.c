/*
 * A process that ends, or a call that fails, at each system call of a writing: the file opens and
 * has the old key or the new one, always one that works (threat row DEV-6). The linker puts the
 * calls below in front of libc's.
 */
#include "secure_environment/soft/sealed_file.h"

#include "unit/secure_environment/soft/sealed_support.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/wait.h>

enum { NEVER = -1, END_NOW = 77, CALLS_MAX = 100, FAILURES = 14 };

static int calls, end_at = NEVER, fail_at = NEVER;

/* True: this call fails. Does not come back where the process ends. */
static bool trouble(void)
{
    int call = calls++;

    if (call == end_at)
        _exit(END_NOW);
    if (call != fail_at)
        return false;
    errno = EIO;
    return true;
}

ssize_t __real_write(int fd, const void *at, size_t len);
ssize_t __wrap_write(int fd, const void *at, size_t len);
int __real_openat(int fd, const char *name, int flags, ...);
int __wrap_openat(int fd, const char *name, int flags, ...);
int __real_renameat2(int a, const char *from, int b, const char *to, unsigned flags);
int __wrap_renameat2(int a, const char *from, int b, const char *to, unsigned flags);
int __real_unlinkat(int fd, const char *name, int flags);
int __wrap_unlinkat(int fd, const char *name, int flags);
int __real_flock(int fd, int how);
int __wrap_flock(int fd, int how);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_close(int fd);
int __wrap_close(int fd);

/* The power goes in the middle of a writing too: half of it is on disk by then. */
ssize_t __wrap_write(int fd, const void *at, size_t len)
{
    if (calls == end_at && __real_write(fd, at, len / 2) < 0)
        return -1;
    return trouble() ? -1 : __real_write(fd, at, len);
}

int __wrap_openat(int fd, const char *name, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = va_arg(more, mode_t);
    va_end(more);
    return trouble() ? -1 : __real_openat(fd, name, flags, mode);
}

int __wrap_renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
    return trouble() ? -1 : __real_renameat2(a, from, b, to, flags);
}

int __wrap_unlinkat(int fd, const char *name, int flags)
{
    return trouble() ? -1 : __real_unlinkat(fd, name, flags);
}

int __wrap_flock(int fd, int how)
{
    return trouble() ? -1 : __real_flock(fd, how);
}

int __wrap_fsync(int fd)
{
    return trouble() ? -1 : __real_fsync(fd);
}

/* A close that fails has closed all the same. */
int __wrap_close(int fd)
{
    bool fails = trouble();
    int closed = __real_close(fd);

    return fails ? -1 : closed;
}

static void start_with_old_key(void)
{
    struct hf_se_entry old = entry("Km", "the old key of 16");
    struct hf_secure_environment se;
    struct hf_sealed_file *f;

    end_at = fail_at = NEVER;
    fresh_file();
    assert_ok(open_with("correct horse", &f));
    se = hf_sealed_file_environment(f);
    assert_ok(se.put(se.self, &old));
    hf_sealed_file_close(f);
}

/* True: it is the new one. */
static bool assert_a_working_key(void)
{
    struct hf_secure_environment se;
    struct hf_sealed_file *f;
    struct hf_se_entry out = {0};
    bool is_new;

    end_at = fail_at = NEVER;
    assert_ok(open_with("correct horse", &f));
    se = hf_sealed_file_environment(f);
    assert_ok(se.find(se.self, HF_LITERAL("Km"), &out));
    is_new = hf_bytes_equal_text(hf_secret_reveal(&out.key), "the new key of 16");
    if (!is_new)
        assert_bytes_text(hf_secret_reveal(&out.key), "the old key of 16");
    out.key = secret_of("a later key of 16");
    assert_ok(se.put(se.self, &out)); /* and it can be written again */
    hf_sealed_file_close(f);
    return is_new;
}

/* In a child: opens, then writes with the trouble at call `at`. Gives its exit code. */
static int write_in_child(int at)
{
    struct hf_se_entry new = entry("Km", "the new key of 16");
    struct hf_secure_environment se;
    struct hf_sealed_file *f;
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        if (open_with("correct horse", &f) != HF_OK)
            _exit(1);
        se = hf_sealed_file_environment(f);
        calls = 0;
        end_at = at;
        _exit(se.put(se.self, &new) == HF_OK ? 0 : 2);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

HF_TEST(an_end_at_any_call_leaves_the_old_key_or_the_new_one)
{
    int ended = 0, old = 0, new = 0;

    for (int at = 0; at < CALLS_MAX; at++) {
        int code;

        start_with_old_key();
        code = write_in_child(at);
        if (code == 0) {
            assert_true(assert_a_working_key());
            break;
        }
        assert_int_equal(code, END_NOW);
        ended++;
        if (assert_a_working_key())
            new ++;
        else
            old++;
    }
    print_message("ended at %d calls: %d times the old key, %d times the new one\n", ended, old,
                  new);
    assert_true(ended >= 8 && ended < CALLS_MAX); /* flock .. fsync of the folder, close */
    assert_true(old > 0 && new > 0);              /* both sides of the renaming were seen */
}

HF_TEST(a_failure_at_any_call_leaves_a_working_key_and_is_told)
{
    int failed = 0;

    for (int at = 0; at < FAILURES; at++) {
        struct hf_se_entry new = entry("Km", "the new key of 16");
        struct hf_secure_environment se;
        struct hf_sealed_file *f;
        hf_status st;

        start_with_old_key();
        assert_ok(open_with("correct horse", &f));
        se = hf_sealed_file_environment(f);
        calls = 0;
        fail_at = at;
        st = se.put(se.self, &new);
        fail_at = NEVER;
        hf_sealed_file_close(f);
        failed += st != HF_OK;
        if (assert_a_working_key())
            continue;
        assert_true(st != HF_OK); /* HF_OK is never said about a key that is not there */
    }
    assert_true(failed >= 6);
}
