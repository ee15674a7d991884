/*
 * The strict grammar of a message head (RFC 9112, sections 2 to 6), checked before http_parser sees
 * an octet: the packaged library is built without its strict checks and accepts more than we do.
 */
#ifndef HF_BINDING_HTTP_HEAD_H
#define HF_BINDING_HTTP_HEAD_H

#include "binding/http/message.h"

/* Looks for the end of a head while its octets arrive. Zeroed at the start. */
struct hf_http_scan {
    bool after_cr, in_line, has_line, is_done;
};

/*
 * Counts into *taken the octets that belong to the head, and marks the scan done at the empty line.
 * HF_ERR_MALFORMED: an octet that no head may have (bare CR or LF, control, above 0x7e), or an
 * empty first line.
 */
HF_CHECKED hf_status hf_http_scan(struct hf_http_scan *s, struct hf_bytes octets, size_t *taken);

/* How the body is delimited, as the head says it. */
struct hf_http_framing {
    bool is_chunked, has_length, is_http_1_0;
    uint64_t length;
};

/*
 * Reads a whole head, empty line included, into start line and headers of `m`, borrowed from it.
 * HF_ERR_MALFORMED, HF_ERR_LIMIT (too many headers, too long a body announced).
 */
HF_CHECKED hf_status hf_http_head_read(struct hf_bytes head, enum hf_http_kind kind,
                                       struct hf_http_message *m, struct hf_http_framing *framing);

bool hf_http_is_token(struct hf_bytes text);

#endif
