#include "binding/http/head.h"

#include <string.h>

enum { CR = 0x0d, LF = 0x0a, HTAB = 0x09, FIRST_PRINTABLE = 0x20, LAST_PRINTABLE = 0x7e };
enum { STATUS_MIN = 100, STATUS_MAX = 599, SWITCHING_PROTOCOLS = 101 };

static bool is_text(uint8_t c)
{
    return (c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE) || c == HTAB;
}

hf_status hf_http_scan(struct hf_http_scan *s, struct hf_bytes octets, size_t *taken)
{
    size_t i;

    for (i = 0; i < octets.len && !s->is_done; i++) {
        uint8_t c = octets.at[i];

        if (s->after_cr != (c == LF))
            return HF_ERR_MALFORMED;
        if (c == LF) {
            if (!s->in_line && !s->has_line)
                return HF_ERR_MALFORMED;
            s->is_done = !s->in_line;
            s->has_line = true;
            s->in_line = s->after_cr = false;
        } else if (c == CR) {
            s->after_cr = true;
        } else if (is_text(c)) {
            s->in_line = true;
        } else {
            return HF_ERR_MALFORMED;
        }
    }
    *taken = i;
    return HF_OK;
}

static bool is_one_of(uint8_t c, const char *set)
{
    return c != 0 && strchr(set, c) != NULL;
}

bool hf_http_is_token(struct hf_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!hf_is_alnum(text.at[i]) && !is_one_of(text.at[i], "!#$%&'*+-.^_`|~"))
            return false;
    return text.len > 0;
}

static bool is_hex(uint8_t c)
{
    uint8_t low = hf_to_lower(c);

    return hf_is_digit(c) || (low >= 'a' && low <= 'f');
}

/* origin-form (RFC 9112, 3.2.1): pchar, "/" and, after the first of them, "?". */
static bool is_origin_form(struct hf_bytes target)
{
    if (target.len == 0 || target.at[0] != '/')
        return false;
    for (size_t i = 0; i < target.len; i++) {
        uint8_t c = target.at[i];

        if (c == '%'
            && (target.len - i < 3 || !is_hex(target.at[i + 1]) || !is_hex(target.at[i + 2])))
            return false;
        if (!hf_is_alnum(c) && !is_one_of(c, "-._~!$&'()*+,;=:@/?%"))
            return false;
    }
    return true;
}

static hf_status read_request_line(struct hf_bytes line, struct hf_http_message *m)
{
    struct hf_bytes rest, version;

    if (!hf_bytes_split(line, ' ', &m->method, &rest)
        || !hf_bytes_split(rest, ' ', &m->target, &version))
        return HF_ERR_MALFORMED;
    if (!hf_http_is_token(m->method) || !is_origin_form(m->target)
        || !hf_bytes_equal_text(version, "HTTP/1.1"))
        return HF_ERR_MALFORMED;
    return HF_OK;
}

/* The space before an absent reason phrase is the rule; its absence is common and harmless. */
static hf_status read_status_line(struct hf_bytes line, struct hf_http_message *m,
                                  struct hf_http_framing *framing)
{
    struct hf_bytes version, rest, code, reason;
    uint64_t status;

    if (!hf_bytes_split(line, ' ', &version, &rest))
        return HF_ERR_MALFORMED;
    if (!hf_bytes_split(rest, ' ', &code, &reason))
        code = rest;
    framing->is_http_1_0 = hf_bytes_equal_text(version, "HTTP/1.0");
    if (!framing->is_http_1_0 && !hf_bytes_equal_text(version, "HTTP/1.1"))
        return HF_ERR_MALFORMED;
    if (code.len != 3 || !hf_bytes_to_number(code, STATUS_MAX, &status) || status < STATUS_MIN
        || status == SWITCHING_PROTOCOLS)
        return HF_ERR_MALFORMED;
    m->status = (unsigned)status;
    return HF_OK;
}

/* An empty value keeps its place, so that it differs from an absent header. */
static struct hf_bytes trim(struct hf_bytes b)
{
    while (b.len > 0 && is_one_of(b.at[0], " \t")) {
        b.at++;
        b.len--;
    }
    while (b.len > 0 && is_one_of(b.at[b.len - 1], " \t"))
        b.len--;
    return b;
}

/* A name that is no token covers folding, white space before the colon and a line without one. */
static hf_status read_header(struct hf_bytes line, struct hf_http_message *m)
{
    struct hf_http_header h;

    if (!hf_bytes_split(line, ':', &h.name, &h.value) || !hf_http_is_token(h.name))
        return HF_ERR_MALFORMED;
    if (m->header_count == HF_HTTP_HEADERS_MAX)
        return HF_ERR_LIMIT;
    h.value = trim(h.value);
    m->headers[m->header_count++] = h;
    return HF_OK;
}

/* uri-host and port (RFC 9110, 7.2), by their characters. */
static bool is_host(struct hf_bytes host)
{
    for (size_t i = 0; i < host.len; i++)
        if (!hf_is_alnum(host.at[i]) && !is_one_of(host.at[i], "-._~:[]"))
            return false;
    return host.len > 0;
}

/* What decides where a message ends is said once, plainly, or the message is refused. */
static hf_status read_framing(const struct hf_http_message *m, struct hf_http_framing *framing)
{
    struct hf_bytes length = hf_http_header(m, "Content-Length");
    struct hf_bytes coding = hf_http_header(m, "Transfer-Encoding");

    framing->has_length = length.at != NULL;
    framing->is_chunked = coding.at != NULL;
    if (framing->has_length && framing->is_chunked)
        return HF_ERR_MALFORMED;
    if (hf_http_header_count(m, "Content-Length") > 1
        || hf_http_header_count(m, "Transfer-Encoding") > 1)
        return HF_ERR_MALFORMED;
    if (framing->is_chunked
        && (framing->is_http_1_0 || !hf_bytes_equal_ignoring_case(coding, HF_LITERAL("chunked"))))
        return HF_ERR_MALFORMED;
    if (framing->has_length && !hf_bytes_to_number(length, UINT64_MAX - 1, &framing->length))
        return HF_ERR_MALFORMED;
    return framing->has_length && framing->length > HF_HTTP_BODY_MAX ? HF_ERR_LIMIT : HF_OK;
}

/* Nobody here speaks another protocol, or waits for "100 Continue". */
static hf_status check_headers(const struct hf_http_message *m, enum hf_http_kind kind)
{
    if (hf_http_header_count(m, "Upgrade") > 0)
        return HF_ERR_MALFORMED;
    if (kind == HF_HTTP_RESPONSES)
        return HF_OK;
    if (hf_http_header_count(m, "Host") != 1 || !is_host(hf_http_header(m, "Host"))
        || hf_http_header_count(m, "Expect") > 0)
        return HF_ERR_MALFORMED;
    return HF_OK;
}

/* The scan has made sure that CR only comes before LF, and that the head ends with an empty line.
 */
static struct hf_bytes take_line(struct hf_bytes *rest)
{
    struct hf_bytes line = {0}, after = {0};

    if (hf_bytes_split(*rest, CR, &line, &after))
        *rest = hf_bytes_from(after, 1);
    return line;
}

hf_status hf_http_head_read(struct hf_bytes head, enum hf_http_kind kind, struct hf_http_message *m,
                            struct hf_http_framing *framing)
{
    struct hf_bytes rest = head, line = take_line(&rest);
    hf_status st;

    if (kind == HF_HTTP_REQUESTS)
        HF_TRY(read_request_line(line, m));
    else
        HF_TRY(read_status_line(line, m, framing));
    for (line = take_line(&rest); line.len > 0; line = take_line(&rest))
        HF_TRY(read_header(line, m));
    HF_TRY(check_headers(m, kind));
    HF_TRY(read_framing(m, framing));
done:
    return st;
}
