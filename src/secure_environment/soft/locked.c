#include "secure_environment/soft/locked.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/secret.h"

hf_status hf_locked_take(size_t len, struct hf_locked *out)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t size = (len / page + 1) * page;
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (at == MAP_FAILED)
        return HF_ERR_SYSTEM;
    if (mlock(at, size) != 0 || madvise(at, size, MADV_DONTDUMP) != 0) {
        munmap(at, size);
        return HF_ERR_SYSTEM;
    }
    *out = (struct hf_locked){at, size};
    return HF_OK;
}

void hf_locked_free(struct hf_locked *l)
{
    if (l->at == NULL)
        return;
    hf_wipe(l->at, l->len);
    munmap(l->at, l->len);
    *l = (struct hf_locked){0};
}
