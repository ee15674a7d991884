/*
 * A queue of octets that takes memory only while it holds some: an idle connection keeps none.
 */
#ifndef HF_NET_BUFFER_H
#define HF_NET_BUFFER_H

#include "base/bytes.h"
#include "base/status.h"

struct hf_buffer {
    uint8_t *at;
    size_t start, end, size; /* the octets are at[start .. end) */
};

/* HF_ERR_SYSTEM: out of memory; the buffer is as it was. */
HF_CHECKED hf_status hf_buffer_append(struct hf_buffer *b, struct hf_bytes octets);
/* Borrowed until the buffer changes. */
struct hf_bytes hf_buffer_octets(const struct hf_buffer *b);
size_t hf_buffer_length(const struct hf_buffer *b);
/* Takes away the first `len` octets; gives the memory back with the last one. */
void hf_buffer_drop(struct hf_buffer *b, size_t len);
/* Copies out at most `size` octets and drops them. */
size_t hf_buffer_take(struct hf_buffer *b, uint8_t *room, size_t size);
/* The buffer is as a zeroed one afterwards. */
void hf_buffer_done(struct hf_buffer *b);

#endif
