/* A small file that is read whole and replaced whole: the old one or the new one, never between. */
#ifndef HF_SECURE_ENVIRONMENT_SOFT_FILE_H
#define HF_SECURE_ENVIRONMENT_SOFT_FILE_H

#include "base/bytes.h"
#include "base/status.h"

#include <sys/stat.h>

/* Tells whether the file is still the one that was read or written. */
struct hf_file_mark {
    dev_t device;
    ino_t inode;
    struct timespec changed;
};

/*
 * Reads at most `size` octets; the file must be a regular one, ours, closed to everybody else.
 * HF_ERR_UNKNOWN there is none; HF_ERR_DENIED another's, or open to others; HF_ERR_LIMIT longer.
 */
HF_CHECKED hf_status hf_sealed_octets_read(const char *path, uint8_t *room, size_t size,
                                           size_t *len, struct hf_file_mark *mark);
/*
 * Writes beside, syncs, renames, syncs the directory. mark NULL: the file must not exist yet;
 * otherwise it must be the marked one, and the mark becomes the new one's.
 * HF_ERR_CONFLICT it exists, or somebody replaced it meanwhile; HF_ERR_STORE not written.
 */
HF_CHECKED hf_status hf_file_replace(const char *path, struct hf_bytes content,
                                     struct hf_file_mark *mark);

#endif
