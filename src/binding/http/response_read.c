#include "binding/http/headers.h"
#include "binding/http/media.h"
#include "binding/http/primitive.h"
#include "binding/http/target.h"
#include "codec/content.h"

enum { RSC_MIN = 1000, RSC_MAX = 9999, RSC_CLASS = 1000, STATUS_CLASS = 100, SUCCESS = 2 };

/* The oneM2M code and the HTTP status have to agree on whether it worked. */
static hf_status read_rsc(const struct hf_http_message *m, struct hf_response *r)
{
    uint64_t rsc;

    if (hf_http_header_count(m, "X-M2M-RSC") != 1
        || !hf_bytes_to_number(hf_http_header(m, "X-M2M-RSC"), RSC_MAX, &rsc) || rsc < RSC_MIN)
        return HF_ERR_MALFORMED;
    if ((rsc / RSC_CLASS == SUCCESS) != (m->status / STATUS_CLASS == SUCCESS))
        return HF_ERR_MALFORMED;
    r->rsc = (enum hf_rsc)rsc;
    return HF_OK;
}

static hf_status read_location(const struct hf_http_message *m, struct hf_arena *a,
                               struct hf_response *r)
{
    struct hf_bytes text;
    struct hf_http_to to;
    hf_status st;

    HF_TRY(hf_http_parameter_read(m, "Content-Location", a, &text));
    if (text.at == NULL)
        return HF_OK;
    HF_TRY(hf_http_target_read(text, a, &to));
    r->location = to.to;
done:
    return st;
}

/* Seconds; a date is somebody else's, and no reason to fail. */
static void read_retry(const struct hf_http_message *m, struct hf_response *r)
{
    uint64_t seconds;

    if (hf_bytes_to_number(hf_http_header(m, "Retry-After"), UINT32_MAX, &seconds))
        r->retry_after_s = (uint32_t)seconds;
}

/* What an error says in its body is for people, if for anybody. */
static hf_status read_content(const struct hf_http_message *m, struct hf_arena *a,
                              struct hf_response *r)
{
    const char *fault;
    unsigned type;
    hf_status st = HF_OK;

    if (m->body.len == 0 || r->rsc / RSC_CLASS != SUCCESS)
        return HF_OK;
    if (hf_http_header_count(m, "Content-Type") != 1
        || hf_http_media_read(hf_http_header(m, "Content-Type"), &type) != HF_OK)
        return HF_ERR_MALFORMED;
    HF_TRY(hf_content_read_json(m->body, HF_TYPE_NONE, HF_RULE_ANSWER, a, &r->content, &fault));
    r->has_content = true;
done:
    return st;
}

hf_status hf_http_read_response(const struct hf_http_message *m, struct hf_arena *a,
                                struct hf_response *out)
{
    struct hf_response r = {.close = !m->keep_alive};
    hf_status st;

    HF_TRY(read_rsc(m, &r));
    HF_TRY(hf_http_parameter_read(m, "X-M2M-RI", a, &r.request_id));
    HF_TRY(read_location(m, a, &r));
    HF_TRY(read_content(m, a, &r));
    read_retry(m, &r);
    *out = r;
done:
    hf_secret_wipe(&r.content.kv);
    return st;
}
