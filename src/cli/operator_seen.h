/*
 * Which values did this file have already, and on which line? Twelve octets a value, so that a
 * million devices fit. Values are remembered as salted 64-bit digests: two different ones meet
 * once in a million files of that size, and not again on the next run.
 */
#ifndef HF_CLI_OPERATOR_SEEN_H
#define HF_CLI_OPERATOR_SEEN_H

#include "base/bytes.h"
#include "base/status.h"

enum { HF_SEEN_SALT_LEN = 16 };

enum hf_seen_kind {
    HF_SEEN_CREDENTIAL = 1,
    HF_SEEN_KEY,
    HF_SEEN_NODE,
    HF_SEEN_NODE_FACTS,
    HF_SEEN_ENTITY
};

struct hf_seen {
    uint8_t salt[HF_SEEN_SALT_LEN];
    void *slots;
    size_t size, count;
};

/* HF_ERR_SYSTEM: no random numbers. */
HF_CHECKED hf_status hf_seen_init(struct hf_seen *s);
void hf_seen_done(struct hf_seen *s);
/*
 * Remembers the value; *first_line is where it stood first, 0 where it is new.
 * HF_ERR_LIMIT: out of memory, or more than the table may hold.
 */
HF_CHECKED hf_status hf_seen_add(struct hf_seen *s, enum hf_seen_kind kind,
                                 const struct hf_bytes *pieces, size_t piece_count, uint32_t line,
                                 uint32_t *first_line);

#endif
