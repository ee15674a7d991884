#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/deployment.h"

enum { FILE_MAX = 256 * 1024 };

static hf_status read_all(int fd, size_t len, struct hf_arena *a, struct hf_bytes *out)
{
    uint8_t *room = hf_arena_take(a, len, 1);
    size_t got = 0;

    if (room == NULL)
        return HF_ERR_LIMIT;
    while (got < len) {
        ssize_t n = read(fd, room + got, len - got);

        if (n <= 0)
            return HF_ERR_SYSTEM;
        got += (size_t)n;
    }
    *out = hf_bytes_of(room, len);
    return HF_OK;
}

hf_status hf_file_read(const char *path, bool is_private, struct hf_arena *a, struct hf_bytes *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts;
    hf_status st;

    if (fd < 0)
        return HF_ERR_SYSTEM;
    if (fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode))
        HF_TRY(HF_ERR_SYSTEM);
    if (is_private && (facts.st_mode & 077) != 0)
        HF_TRY(HF_ERR_DENIED);
    if (facts.st_size > FILE_MAX)
        HF_TRY(HF_ERR_LIMIT);
    HF_TRY(read_all(fd, (size_t)facts.st_size, a, out));
done:
    close(fd);
    return st;
}
