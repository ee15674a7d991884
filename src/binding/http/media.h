/* Media types of the binding (TS-0009, 6.2.2.2 and 6.4.1; digest 7.2). */
#ifndef HF_BINDING_HTTP_MEDIA_H
#define HF_BINDING_HTTP_MEDIA_H

#include "base/bytes.h"
#include "base/status.h"

#define HF_HTTP_MEDIA_JSON "application/vnd.onem2m-res+json"

/*
 * A Content-Type that is JSON. *type gets its `ty`, 0 where it has none.
 * HF_ERR_UNKNOWN: another media type. HF_ERR_MALFORMED: parameters that are none, or ty twice.
 */
HF_CHECKED hf_status hf_http_media_read(struct hf_bytes content_type, unsigned *type);
/* Does one Accept value allow JSON? */
bool hf_http_media_is_accepted(struct hf_bytes accept);

#endif
