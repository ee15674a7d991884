/*
 * The oneM2M HTTP binding (TS-0009; digest 7.2): messages to primitives and back, for both ends.
 */
#ifndef HF_BINDING_HTTP_PRIMITIVE_H
#define HF_BINDING_HTTP_PRIMITIVE_H

#include "base/wire.h"
#include "binding/http/message.h"
#include "core/primitive/primitive.h"

enum { HF_HTTP_ANSWER_MAX = 16384 };

/*
 * Server: reads a request. A body that cannot be read is told in request->content_st, so that the
 * role can refuse in the right order. HF_OK, or the answer is already clear and is in *refusal:
 * method (4005), media type (4015), Accept (5207), rvi (4001), target form, parameters and request
 * identifier (4000). out->request_id is set whenever the request had a usable one.
 * The caller wipes out->content.kv, and that of a response.
 */
HF_CHECKED hf_status hf_http_read_request(const struct hf_http_message *m, struct hf_arena *a,
                                          struct hf_request *out, enum hf_rsc *refusal);
/* Server: writes status line, headers, body. Never a reason phrase, always Cache-Control: no-store.
 */
HF_CHECKED hf_status hf_http_write_response(const struct hf_response *r, bool keep_alive,
                                            struct hf_writer *w);
/* Client: writes a request for `host`. HF_ERR_LIMIT: no room, or a value that no
 * header can carry. */
HF_CHECKED hf_status hf_http_write_request(const struct hf_request *r, struct hf_bytes host,
                                           struct hf_writer *w);
/*
 * Client: reads a response; content of any type is in `out`, that of an error is not read.
 * HF_ERR_MALFORMED: also when HTTP status and X-M2M-RSC disagree on success.
 */
HF_CHECKED hf_status hf_http_read_response(const struct hf_http_message *m, struct hf_arena *a,
                                           struct hf_response *out);
/* The HTTP status for a response status code (TS-0009, table 6.3.2-1). */
unsigned hf_http_status_of(enum hf_rsc rsc);

#endif
