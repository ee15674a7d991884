#include "library/device_state.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/memory.h"

enum { FILE_MAX = 65536, OPEN_TO_OTHERS = 0077, KEY_MIN = 16 };

/* Whose secret is it, if others may read or write it? (Symbolic links are followed on purpose:
 * credential stores use them.) */
static hf_status check_file(int fd, bool is_secret, size_t *len)
{
    struct stat s;

    if (fstat(fd, &s) != 0)
        return HF_ERR_SYSTEM;
    if (!S_ISREG(s.st_mode) || s.st_size > FILE_MAX)
        return HF_ERR_LIMIT;
    if (is_secret && (s.st_mode & OPEN_TO_OTHERS) != 0)
        return HF_ERR_DENIED;
    *len = (size_t)s.st_size;
    return HF_OK;
}

static hf_status read_all(int fd, uint8_t *room, size_t len)
{
    for (size_t at = 0; at < len;) {
        ssize_t n = read(fd, room + at, len - at);

        if (n <= 0)
            return HF_ERR_SYSTEM;
        at += (size_t)n;
    }
    return HF_OK;
}

hf_status hf_file_read(const char *path, bool is_secret, struct hf_arena *a, struct hf_bytes *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    uint8_t *room;
    size_t len = 0;
    hf_status st;

    HF_TRY(fd >= 0 ? HF_OK : HF_ERR_UNKNOWN);
    HF_TRY(check_file(fd, is_secret, &len));
    room = hf_arena_take(a, len + 1, 1);
    HF_TRY(room != NULL ? HF_OK : HF_ERR_LIMIT);
    HF_TRY(read_all(fd, room, len));
    *out = hf_bytes_of(room, len);
done:
    if (fd >= 0)
        close(fd);
    return st;
}

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

hf_status hf_key_file_read(const char *path, struct hf_secret *out)
{
    struct hf_secret key = {0};
    struct hf_arena a; /* wiped when it is done */
    struct hf_bytes text;
    hf_status st;

    hf_arena_init(&a, FILE_MAX + 1);
    HF_TRY(hf_file_read(path, true, &a, &text));
    while (text.len > 0 && is_space(text.at[text.len - 1]))
        text.len--;
    HF_TRY(text.len / 2 >= KEY_MIN && text.len / 2 <= HF_SECRET_MAX ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(hf_hex_parse(text, hf_secret_room(&key, text.len / 2), text.len / 2));
    *out = key;
done:
    hf_secret_wipe(&key);
    hf_arena_done(&a);
    return st;
}
