#include "binding/http/headers.h"

static bool is_printable(struct hf_bytes value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] < 0x20 || value.at[i] > 0x7e)
            return false;
    return true;
}

hf_status hf_http_parameter_read(const struct hf_http_message *m, const char *name,
                                 struct hf_arena *a, struct hf_bytes *out)
{
    struct hf_bytes value = hf_http_header(m, name);

    if (value.at == NULL) {
        *out = (struct hf_bytes){0};
        return HF_OK;
    }
    if (value.len > HF_HTTP_PARAMETER_MAX || !is_printable(value)
        || hf_http_header_count(m, name) != 1)
        return HF_ERR_MALFORMED;
    return hf_arena_copy(a, value, out);
}

void hf_http_put_header(struct hf_writer *w, const char *name, struct hf_bytes value)
{
    if (value.len == 0)
        return;
    if (!is_printable(value))
        w->st = HF_ERR_LIMIT;
    hf_put_text(w, name);
    hf_put_text(w, ": ");
    hf_put_bytes(w, value);
    hf_put_text(w, "\r\n");
}

void hf_http_put_number_header(struct hf_writer *w, const char *name, uint64_t n)
{
    hf_put_text(w, name);
    hf_put_text(w, ": ");
    hf_put_number(w, n);
    hf_put_text(w, "\r\n");
}

void hf_http_put_body(struct hf_writer *w, struct hf_bytes body)
{
    hf_http_put_number_header(w, "Content-Length", body.len);
    hf_put_text(w, "\r\n");
    hf_put_bytes(w, body);
}
