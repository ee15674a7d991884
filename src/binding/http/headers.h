/* Headers that both sides of the binding know (TS-0009, 6.4.3), each at most once. */
#ifndef HF_BINDING_HTTP_HEADERS_H
#define HF_BINDING_HTTP_HEADERS_H

#include "base/arena.h"
#include "base/wire.h"
#include "binding/http/message.h"

#define HF_HTTP_RELEASE "3" /* the release that we speak */

enum { HF_HTTP_PARAMETER_MAX = 255 };

/* A copy in `a`; where absent, NULL `at`. HF_ERR_MALFORMED: twice, longer than a parameter may
 * be, or with a tab. */
HF_CHECKED hf_status hf_http_parameter_read(const struct hf_http_message *m, const char *name,
                                            struct hf_arena *a, struct hf_bytes *out);
/*
 * "name: value" and the end of line; nothing for an empty value. A value that could end the line
 * fails the writer.
 */
void hf_http_put_header(struct hf_writer *w, const char *name, struct hf_bytes value);
void hf_http_put_number_header(struct hf_writer *w, const char *name, uint64_t n);
/* Content-Length, the empty line, and the body. */
void hf_http_put_body(struct hf_writer *w, struct hf_bytes body);

#endif
