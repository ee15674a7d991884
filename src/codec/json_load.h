/*
 * JSON text to jansson values, strictly (RFC 8259; threat row INP-2): one document of at most 64
 * KiB and 16 levels, no duplicate names, no NUL, no invalid UTF-8.
 *
 * A document may hold a key.  The first load gives jansson an allocator that wipes what it frees
 * (unless the program has chosen one of its own), so that no copy of a string outlives its value.
 */
#ifndef HF_CODEC_JSON_LOAD_H
#define HF_CODEC_JSON_LOAD_H

#include <jansson.h>

#include "base/bytes.h"
#include "base/status.h"

enum { HF_JSON_MAX = 65536 };

/*
 * The caller gives the value back with json_decref.
 * HF_ERR_MALFORMED, HF_ERR_LIMIT; *fault says which, a fixed sentence.
 */
HF_CHECKED hf_status hf_json_load(struct hf_bytes text, json_t **out, const char **fault);

/* Octets of a string value, borrowed; none where it is not a string. */
struct hf_bytes hf_json_text(const json_t *value);
/* Wipes a string value in place, for programs that kept their own allocator. */
void hf_json_wipe_text(json_t *value);

#endif
