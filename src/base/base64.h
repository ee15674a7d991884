/* Base64 with padding (RFC 4648, section 4): keyValue and PEM-like texts. */
#ifndef HF_BASE_BASE64_H
#define HF_BASE_BASE64_H

#include "base/wire.h"

void hf_put_base64(struct hf_writer *w, struct hf_bytes b);
/*
 * Canonical form only: no white space, padded, unused bits zero.
 * HF_ERR_MALFORMED  it is not
 * HF_ERR_LIMIT      `room` is too small
 */
HF_CHECKED hf_status hf_base64_parse(struct hf_bytes text, uint8_t *room, size_t size, size_t *len);

#endif
