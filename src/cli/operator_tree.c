#include "cli/operator_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DESCRIPTORS_MAX = 16 };

static hf_status fail(struct hf_tree *t, const char *what, const char *path)
{
    snprintf(t->fault, sizeof t->fault, "%s %.160s: %s", what, path, strerror(errno));
    return HF_ERR_SYSTEM;
}

static bool is_free(const char *path)
{
    DIR *folder;
    size_t entries = 0;

    if (access(path, F_OK) != 0)
        return errno == ENOENT;
    folder = opendir(path);
    if (folder == NULL)
        return false;
    while (readdir(folder) != NULL)
        entries++;
    closedir(folder);
    return entries <= 2; /* "." and ".." */
}

hf_status hf_tree_begin(struct hf_tree *t, const char *path)
{
    size_t len = strlen(path);

    *t = (struct hf_tree){0};
    while (len > 1 && path[len - 1] == '/')
        len--;
    if (len == 0 || len + sizeof ".XXXXXX" > sizeof t->building)
        return HF_ERR_LIMIT;
    snprintf(t->path, sizeof t->path, "%.*s", (int)len, path);
    if (!is_free(t->path)) {
        snprintf(t->fault, sizeof t->fault, "%.200s is there already", t->path);
        return HF_ERR_CONFLICT;
    }
    snprintf(t->building, sizeof t->building, "%.*s.XXXXXX", (int)len, path);
    if (mkdtemp(t->building) == NULL) {
        t->building[0] = '\0';
        return fail(t, "cannot make a folder beside", t->path);
    }
    return HF_OK;
}

hf_status hf_tree_where(struct hf_tree *t, const char *name, char room[static PATH_MAX])
{
    int n = snprintf(room, PATH_MAX, "%s/%s", t->building, name);

    return n > 0 && n < PATH_MAX ? HF_OK : HF_ERR_LIMIT;
}

hf_status hf_tree_folder(struct hf_tree *t, const char *name)
{
    char path[PATH_MAX];

    if (hf_tree_where(t, name, path) != HF_OK)
        return HF_ERR_LIMIT;
    return mkdir(path, S_IRWXU) == 0 ? HF_OK : fail(t, "cannot make", path);
}

static bool write_all(int fd, struct hf_bytes b)
{
    while (b.len > 0) {
        ssize_t n = write(fd, b.at, b.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        b = hf_bytes_from(b, (size_t)n);
    }
    return true;
}

hf_status hf_tree_file(struct hf_tree *t, const char *name, bool is_secret, struct hf_bytes content)
{
    char path[PATH_MAX];
    mode_t mode = is_secret ? S_IRUSR | S_IWUSR : S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
    bool is_written;
    int fd;

    if (hf_tree_where(t, name, path) != HF_OK)
        return HF_ERR_LIMIT;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0)
        return fail(t, "cannot make", path);
    is_written = write_all(fd, content) && fsync(fd) == 0;
    if (!is_written)
        (void)fail(t, "cannot write", path);
    if (close(fd) != 0 && is_written)
        return fail(t, "cannot write", path);
    return is_written ? HF_OK : HF_ERR_SYSTEM;
}

static void sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    (void)fsync(fd); /* some file systems refuse; the files themselves are synced */
    close(fd);
}

static int sync_each(const char *path, const struct stat *s, int kind, struct FTW *walk)
{
    (void)s;
    (void)walk;
    if (kind == FTW_DP)
        sync_folder(path);
    return 0;
}

hf_status hf_tree_finish(struct hf_tree *t)
{
    char parent[PATH_MAX];
    char *slash;

    (void)nftw(t->building, sync_each, DESCRIPTORS_MAX, FTW_DEPTH | FTW_PHYS);
    if (rename(t->building, t->path) != 0)
        return fail(t, "cannot make", t->path);
    t->building[0] = '\0';
    snprintf(parent, sizeof parent, "%s", t->path);
    slash = strrchr(parent, '/');
    if (slash == NULL)
        snprintf(parent, sizeof parent, ".");
    else
        slash[slash == parent ? 1 : 0] = '\0';
    sync_folder(parent);
    return HF_OK;
}

static int remove_each(const char *path, const struct stat *s, int kind, struct FTW *walk)
{
    (void)s;
    (void)kind;
    (void)walk;
    return remove(path);
}

void hf_tree_abandon(struct hf_tree *t)
{
    if (t->building[0] == '\0')
        return;
    (void)nftw(t->building, remove_each, DESCRIPTORS_MAX, FTW_DEPTH | FTW_PHYS);
    t->building[0] = '\0';
}
