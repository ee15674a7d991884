/*
 * Connections whose peer has proven nothing yet: how many there are, in all and by source address,
 * and which is the oldest (threat rows DOS-4, DOS-6, DOS-11). One book a worker; every entry is
 * written once and crossed out once.
 */
#ifndef HF_DAEMON_HALF_OPEN_H
#define HF_DAEMON_HALF_OPEN_H

#include "base/keyed_hash.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HF_HALF_OPEN_MAX = 2048, HF_HALF_OPEN_PER_SOURCE_MAX = 64, HF_HALF_OPEN_BUCKETS = 4096 };

/* Part of a connection; zeroed it is in no book. */
struct hf_half_open_entry {
    struct hf_half_open_entry *older, *newer;
    uint32_t source; /* bucket + 1; 0: not in the book */
    void *owner;
};

struct hf_half_open {
    struct hf_half_open_entry *oldest, *newest;
    size_t count;
    struct hf_hash_key key; /* so that nobody aims at another's bucket */
    uint16_t by_source[HF_HALF_OPEN_BUCKETS];
};

/*
 * `address` is the peer's numeric address; IPv6 counts by its /64.
 * HF_ERR_LIMIT: its source has HF_HALF_OPEN_PER_SOURCE_MAX already; nothing is written.
 */
HF_CHECKED hf_status hf_half_open_enter(struct hf_half_open *b, struct hf_half_open_entry *e,
                                        const char *address, void *owner);
/* Does nothing for an entry that is in no book. */
void hf_half_open_leave(struct hf_half_open *b, struct hf_half_open_entry *e);
/* The owner to drop when there are more than HF_HALF_OPEN_MAX; NULL while there are not. */
void *hf_half_open_surplus(const struct hf_half_open *b);

#endif
