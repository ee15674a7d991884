/* UTF-8 (RFC 3629), one character at a time. */
#ifndef HF_CODEC_UTF8_H
#define HF_CODEC_UTF8_H

#include "base/bytes.h"

/*
 * Octets of the character that `b` (not empty) starts with; 0 when it starts with none: truncated,
 * overlong, a surrogate, or past U+10FFFF.
 */
size_t hf_utf8_get(struct hf_bytes b, uint32_t *character);
/* Whole characters, none of which moves a terminal, a line or the reading direction (INP-5). */
bool hf_utf8_prints(struct hf_bytes text);

#endif
