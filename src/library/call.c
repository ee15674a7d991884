#include "library/call.h"

#include <string.h>

enum { URI_MAX = 2048, VALUE_MAX = 1024 };

/* Headers that say who speaks, to whom, and where the message ends: ours alone. */
static const char *const reserved[] = {
    "Host",       "X-M2M-Origin", "X-M2M-RI",          "X-M2M-RVI", "Content-Length",
    "Connection", "Content-Type", "Transfer-Encoding", "Upgrade",   "Expect",
};

static bool is_token(struct hf_bytes b)
{
    for (size_t i = 0; i < b.len; i++)
        if (!hf_is_alnum(b.at[i]) && b.at[i] != '-' && b.at[i] != '_')
            return false;
    return b.len > 0;
}

/* Printable, so that no line ends in it. */
static bool is_value(struct hf_bytes b, bool with_spaces)
{
    for (size_t i = 0; i < b.len; i++)
        if (b.at[i] < (with_spaces ? ' ' : '!') || b.at[i] > '~')
            return false;
    return b.len <= VALUE_MAX;
}

static bool is_reserved(struct hf_bytes name)
{
    for (size_t i = 0; i < HF_COUNT(reserved); i++)
        if (hf_bytes_equal_ignoring_case(name, hf_text(reserved[i])))
            return true;
    return false;
}

static hf_status check(const struct hf_session_request *r)
{
    struct hf_bytes uri = hf_text(r->uri);

    if (!is_token(hf_text(r->method)) || uri.len == 0 || uri.at[0] != '/' || !is_value(uri, false))
        return HF_ERR_MALFORMED;
    if (uri.len > URI_MAX)
        return HF_ERR_LIMIT;
    if (r->from != NULL && (r->from[0] == '\0' || !is_value(hf_text(r->from), false)))
        return HF_ERR_MALFORMED;
    if (r->body_type != NULL && !is_value(hf_text(r->body_type), true))
        return HF_ERR_MALFORMED;
    for (size_t i = 0; i < r->header_count; i++) {
        struct hf_bytes name = hf_text(r->headers[i].name);

        if (!is_token(name) || is_reserved(name) || !is_value(hf_text(r->headers[i].value), true))
            return HF_ERR_MALFORMED;
    }
    return HF_OK;
}

static void put_header(struct hf_writer *w, const char *name, struct hf_bytes value)
{
    hf_put_text(w, name);
    hf_put_text(w, ": ");
    hf_put_bytes(w, value);
    hf_put_text(w, "\r\n");
}

static void put_number_header(struct hf_writer *w, const char *name, const char *prefix, uint64_t n)
{
    hf_put_text(w, name);
    hf_put_text(w, ": ");
    hf_put_text(w, prefix);
    hf_put_number(w, n);
    hf_put_text(w, "\r\n");
}

/* TS-0009, 6.4: a create names its type in the media type. */
static void put_type(struct hf_writer *w, const struct hf_session_request *r)
{
    const char *type = r->body_type == NULL ? "application/json" : r->body_type;

    hf_put_text(w, "Content-Type: ");
    hf_put_text(w, type);
    if (r->type != 0) {
        hf_put_text(w, ";ty=");
        hf_put_number(w, r->type);
    }
    hf_put_text(w, "\r\n");
}

hf_status hf_call_write(const struct hf_session_request *r, struct hf_bytes host,
                        struct hf_bytes origin, uint64_t id, struct hf_writer *w)
{
    hf_status st = check(r);

    if (st != HF_OK)
        return st;
    hf_put_text(w, r->method);
    hf_put_u8(w, ' ');
    hf_put_text(w, r->uri);
    hf_put_text(w, " HTTP/1.1\r\n");
    put_header(w, "Host", host);
    put_header(w, "X-M2M-Origin", r->from == NULL ? origin : hf_text(r->from));
    put_number_header(w, "X-M2M-RI", "hf", id);
    put_header(w, "X-M2M-RVI", HF_LITERAL("3"));
    for (size_t i = 0; i < r->header_count; i++)
        put_header(w, r->headers[i].name, hf_text(r->headers[i].value));
    if (r->body_len > 0) {
        put_type(w, r);
        put_number_header(w, "Content-Length", "", r->body_len);
    }
    hf_put_text(w, "\r\n");
    hf_put_bytes(w, hf_bytes_of(r->body, r->body_len));
    return w->st;
}
