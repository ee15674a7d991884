#include "secure_environment/soft/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static struct hf_file_mark mark_of(const struct stat *s)
{
    return (struct hf_file_mark){s->st_dev, s->st_ino, s->st_mtim};
}

static bool is_marked(const struct stat *s, const struct hf_file_mark *m)
{
    return s->st_dev == m->device && s->st_ino == m->inode && s->st_mtim.tv_sec == m->changed.tv_sec
           && s->st_mtim.tv_nsec == m->changed.tv_nsec;
}

static hf_status check_owner(const struct stat *s)
{
    if (!S_ISREG(s->st_mode) || s->st_uid != geteuid() || (s->st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return HF_ERR_DENIED;
    return HF_OK;
}

/* Fills `room` as far as the file goes. */
static hf_status read_all(int fd, uint8_t *room, size_t size, size_t *len)
{
    size_t used = 0;
    uint8_t beyond;
    ssize_t n;

    while (used < size) {
        n = read(fd, room + used, size - used);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return HF_ERR_SYSTEM;
        if (n == 0)
            break;
        used += (size_t)n;
    }
    if (used == size && read(fd, &beyond, 1) != 0)
        return HF_ERR_LIMIT;
    *len = used;
    return HF_OK;
}

hf_status hf_sealed_octets_read(const char *path, uint8_t *room, size_t size, size_t *len,
                                struct hf_file_mark *mark)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat s;
    hf_status st;

    if (fd < 0 && errno == ENOENT)
        return HF_ERR_UNKNOWN;
    if (fd < 0)
        return errno == EACCES ? HF_ERR_DENIED : HF_ERR_SYSTEM;
    HF_TRY(fstat(fd, &s) == 0 ? HF_OK : HF_ERR_SYSTEM);
    HF_TRY(check_owner(&s));
    HF_TRY(read_all(fd, room, size, len));
    if (mark != NULL)
        *mark = mark_of(&s);
done:
    close(fd);
    return st;
}

static hf_status write_all(int fd, struct hf_bytes content)
{
    while (content.len > 0) {
        ssize_t n = write(fd, content.at, content.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return HF_ERR_STORE;
        content = hf_bytes_from(content, (size_t)n);
    }
    return fsync(fd) == 0 ? HF_OK : HF_ERR_STORE;
}

/* A leftover of a writing that was cut short has no reader; it goes. */
static hf_status write_beside(int folder, const char *name, struct hf_bytes content, struct stat *s)
{
    int fd;
    hf_status st;

    if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
        return HF_ERR_STORE;
    fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return HF_ERR_STORE;
    HF_TRY(write_all(fd, content));
    HF_TRY(fstat(fd, s) == 0 ? HF_OK : HF_ERR_STORE);
done:
    if (close(fd) != 0 && st == HF_OK)
        st = HF_ERR_STORE;
    if (st != HF_OK)
        unlinkat(folder, name, 0);
    return st;
}

/* Under the folder's lock: is the file at `name` the one we know, or absent where it shall be? */
static hf_status check_mark(int folder, const char *name, const struct hf_file_mark *mark)
{
    struct stat s;

    if (fstatat(folder, name, &s, 0) != 0)
        return errno == ENOENT && mark == NULL ? HF_OK : HF_ERR_CONFLICT;
    return mark != NULL && is_marked(&s, mark) ? HF_OK : HF_ERR_CONFLICT;
}

static hf_status replace_in(int folder, const char *name, struct hf_bytes content,
                            struct hf_file_mark *mark)
{
    char beside[NAME_MAX + 1];
    struct stat s;
    hf_status st;

    if ((size_t)snprintf(beside, sizeof beside, "%s.new", name) >= sizeof beside)
        return HF_ERR_LIMIT;
    HF_TRY(flock(folder, LOCK_EX) == 0 ? HF_OK : HF_ERR_STORE);
    HF_TRY(check_mark(folder, name, mark));
    HF_TRY(write_beside(folder, beside, content, &s));
    if (renameat2(folder, beside, folder, name, mark == NULL ? RENAME_NOREPLACE : 0) != 0) {
        st = errno == EEXIST ? HF_ERR_CONFLICT : HF_ERR_STORE;
        unlinkat(folder, beside, 0);
        return st;
    }
    if (mark != NULL)
        *mark = mark_of(&s);
    HF_TRY(fsync(folder) == 0 ? HF_OK : HF_ERR_STORE);
done:
    return st;
}

hf_status hf_file_replace(const char *path, struct hf_bytes content, struct hf_file_mark *mark)
{
    char folder_path[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t folder_len = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    int folder;
    hf_status st;

    if (folder_len >= sizeof folder_path)
        return HF_ERR_LIMIT;
    memcpy(folder_path, path, folder_len);
    folder_path[folder_len] = '\0';
    folder = open(slash == NULL ? "." : folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return HF_ERR_STORE;
    st = replace_in(folder, name, content, mark);
    close(folder); /* and its lock with it */
    return st;
}
