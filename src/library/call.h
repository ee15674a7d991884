/* An HTTP request as an application gives it, to octets. */
#ifndef HF_LIBRARY_CALL_H
#define HF_LIBRARY_CALL_H

#include <handfast/session.h>

#include "base/wire.h"

/*
 * `host` is the target's public name, `origin` the application's absolute ID, `id` the request
 * identifier. Nothing of the caller's can end a line or name a header of ours.
 * HF_ERR_MALFORMED, HF_ERR_LIMIT.
 */
HF_CHECKED hf_status hf_call_write(const struct hf_session_request *r, struct hf_bytes host,
                                   struct hf_bytes origin, uint64_t id, struct hf_writer *w);

#endif
