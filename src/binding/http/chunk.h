/*
 * The strict framing of a chunked body (RFC 9112, 7.1), without extensions and without trailers.
 */
#ifndef HF_BINDING_HTTP_CHUNK_H
#define HF_BINDING_HTTP_CHUNK_H

#include "base/bytes.h"
#include "base/status.h"

enum hf_chunk_state {
    HF_CHUNK_SIZE,
    HF_CHUNK_SIZE_LF,
    HF_CHUNK_DATA,
    HF_CHUNK_DATA_CR,
    HF_CHUNK_DATA_LF,
    HF_CHUNK_END_CR,
    HF_CHUNK_END_LF,
    HF_CHUNK_DONE,
};

/* Zeroed at the start of a body. */
struct hf_http_chunk {
    enum hf_chunk_state state;
    uint32_t left;   /* the size so far, then octets of data still to come */
    uint32_t digits; /* of the size */
};

/*
 * Counts into *taken the octets that belong to the body; HF_CHUNK_DONE after its last.
 * HF_ERR_MALFORMED, HF_ERR_LIMIT (one chunk longer than a body may be).
 */
HF_CHECKED hf_status hf_http_chunk_scan(struct hf_http_chunk *c, struct hf_bytes octets,
                                        size_t *taken);

#endif
