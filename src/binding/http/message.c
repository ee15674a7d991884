#include "binding/http/message.h"

struct hf_bytes hf_http_header(const struct hf_http_message *m, const char *name)
{
    for (size_t i = 0; i < m->header_count; i++)
        if (hf_bytes_equal_ignoring_case(m->headers[i].name, hf_text(name)))
            return m->headers[i].value;
    return (struct hf_bytes){0};
}

size_t hf_http_header_count(const struct hf_http_message *m, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < m->header_count; i++)
        count += hf_bytes_equal_ignoring_case(m->headers[i].name, hf_text(name));
    return count;
}
