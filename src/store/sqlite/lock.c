#include "store/sqlite/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>

#include "base/bytes.h"
#include "store/sqlite/database.h"

#ifndef CIFS_SUPER_MAGIC
enum { CIFS_SUPER_MAGIC = (int)0xff534d42, SMB2_SUPER_MAGIC = (int)0xfe534d42 };
#endif

static bool is_on_network(int fd)
{
    static const long network[] = {NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, (long)CIFS_SUPER_MAGIC,
                                   (long)SMB2_SUPER_MAGIC};
    struct statfs s;

    if (fstatfs(fd, &s) != 0)
        return true;
    for (size_t i = 0; i < HF_COUNT(network); i++)
        if ((uint32_t)s.f_type == (uint32_t)network[i])
            return true;
    return false;
}

static hf_status take(const char *path, int fd)
{
    if (is_on_network(fd)) {
        hf_database_set_fault(path, "on a network file system");
        return HF_ERR_STORE;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        hf_database_set_fault(path, "another process has this store open");
        return HF_ERR_CONFLICT;
    }
    if (ftruncate(fd, 0) != 0 || dprintf(fd, "%ld\n", (long)getpid()) < 0) {
        hf_database_set_fault(path, strerror(errno));
        return HF_ERR_STORE;
    }
    return HF_OK;
}

hf_status hf_store_lock(const char *path, int *fd)
{
    char lock_path[PATH_MAX];
    int lock;
    hf_status st;

    if ((size_t)snprintf(lock_path, sizeof lock_path, "%s.lock", path) >= sizeof lock_path)
        return HF_ERR_STORE;
    lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0) {
        hf_database_set_fault(lock_path, strerror(errno));
        return HF_ERR_STORE;
    }
    HF_TRY(take(lock_path, lock));
    *fd = lock;
    lock = -1; /* now the caller's */
done:
    if (lock >= 0)
        close(lock);
    return st;
}

hf_status hf_store_touch(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0) {
        hf_database_set_fault(path, strerror(errno));
        return HF_ERR_STORE;
    }
    close(fd);
    return HF_OK;
}
