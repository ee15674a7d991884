#include "base/time.h"
#include "binding/http/headers.h"
#include "binding/http/media.h"
#include "binding/http/primitive.h"
#include "binding/http/target.h"
#include "codec/content.h"

/* Read first, so that every refusal can repeat it. */
static hf_status read_request_id(const struct hf_http_message *m, struct hf_arena *a,
                                 struct hf_request *r)
{
    hf_status st;

    HF_TRY(hf_http_parameter_read(m, "X-M2M-RI", a, &r->request_id));
    st = r->request_id.len > 0 ? HF_OK : HF_ERR_MALFORMED;
done:
    return st;
}

static hf_status read_operation(const struct hf_http_message *m, struct hf_request *r)
{
    static const struct {
        const char *method;
        enum hf_operation operation;
    } rows[] = {
        {"POST",   HF_CREATE  },
        {"GET",    HF_RETRIEVE},
        {"PUT",    HF_UPDATE  },
        {"DELETE", HF_DELETE  },
    };

    for (size_t i = 0; i < HF_COUNT(rows); i++) {
        if (!hf_bytes_equal_text(m->method, rows[i].method))
            continue;
        r->operation = rows[i].operation;
        return HF_OK;
    }
    return HF_ERR_UNKNOWN;
}

static hf_status read_to(const struct hf_http_message *m, struct hf_arena *a, struct hf_request *r)
{
    struct hf_http_to to;
    hf_status st;

    HF_TRY(hf_http_target_read(m->target, a, &to));
    if (to.wants_configuration && r->operation != HF_RETRIEVE)
        return HF_ERR_MALFORMED;
    r->to = to.to;
    r->to_fqdn = to.fqdn;
    r->wants_configuration = to.wants_configuration;
done:
    return st;
}

static hf_status read_from(const struct hf_http_message *m, struct hf_arena *a,
                           struct hf_request *r)
{
    return hf_http_parameter_read(m, "X-M2M-Origin", a, &r->from);
}

/* Only absolute times: a relative one would need a clock here. */
static hf_status read_expiry(const struct hf_http_message *m, struct hf_arena *a,
                             struct hf_request *r)
{
    struct hf_bytes text;
    hf_status st;

    HF_TRY(hf_http_parameter_read(m, "X-M2M-RET", a, &text));
    r->expires_s = HF_NEVER;
    if (text.at != NULL)
        HF_TRY(hf_timestamp_parse(text, &r->expires_s));
done:
    return st;
}

/* Release 1 has no indicator; saying so is the same. */
static hf_status read_release(const struct hf_http_message *m, struct hf_arena *a,
                              struct hf_request *r)
{
    static const char *const known[] = {"2", "2a", "3"};
    struct hf_bytes text;
    hf_status st;

    HF_TRY(hf_http_parameter_read(m, "X-M2M-RVI", a, &text));
    if (text.at == NULL || hf_bytes_equal_text(text, "1"))
        return HF_OK;
    for (size_t i = 0; i < HF_COUNT(known); i++)
        if (hf_bytes_equal_text(text, known[i]))
            r->release = text;
    st = r->release.len > 0 ? HF_OK : HF_ERR_UNKNOWN;
done:
    return st;
}

static hf_status check_accept(const struct hf_http_message *m)
{
    if (hf_http_header_count(m, "Accept") == 0)
        return HF_OK;
    for (size_t i = 0; i < m->header_count; i++)
        if (hf_bytes_equal_ignoring_case(m->headers[i].name, HF_LITERAL("Accept"))
            && hf_http_media_is_accepted(m->headers[i].value))
            return HF_OK;
    return HF_ERR_UNKNOWN;
}

/* `ty` makes a create of a POST, and has no place elsewhere. */
static hf_status read_media(const struct hf_http_message *m, struct hf_request *r)
{
    struct hf_bytes text = hf_http_header(m, "Content-Type");
    hf_status st = HF_OK;

    if (text.at == NULL)
        return m->body.len > 0 ? HF_ERR_UNKNOWN : HF_OK;
    if (hf_http_header_count(m, "Content-Type") > 1)
        return HF_ERR_MALFORMED;
    HF_TRY(hf_http_media_read(text, &r->type));
    if (r->type != 0 && r->operation != HF_CREATE)
        st = HF_ERR_MALFORMED;
done:
    return st;
}

static void read_content(const struct hf_http_message *m, struct hf_arena *a, struct hf_request *r)
{
    enum hf_content_rule rule = r->operation == HF_CREATE ? HF_RULE_CREATE : HF_RULE_UPDATE;

    r->has_content = m->body.len > 0;
    if (r->operation != HF_CREATE && r->operation != HF_UPDATE) {
        r->content_st = r->has_content ? HF_ERR_MALFORMED : HF_OK;
        r->content_fault = r->has_content ? "a retrieve or delete has no content" : NULL;
        return;
    }
    r->content_st = hf_content_read_json(m->body, r->type, rule, a, &r->content, &r->content_fault);
}

/* A POST without type is a notification, which nobody here takes. */
static hf_status check_notify(struct hf_request *r)
{
    if (r->operation != HF_CREATE || r->type != 0)
        return HF_OK;
    r->operation = HF_NOTIFY;
    return HF_ERR_UNKNOWN;
}

/* HF_ERR_UNKNOWN is well-formed but not for us, and has its own answer at each step. */
static hf_status judge(hf_status st, enum hf_rsc unknown, enum hf_rsc *refusal)
{
    if (st != HF_OK)
        *refusal = st == HF_ERR_UNKNOWN ? unknown : HF_RSC_BAD_REQUEST;
    return st;
}

hf_status hf_http_read_request(const struct hf_http_message *m, struct hf_arena *a,
                               struct hf_request *out, enum hf_rsc *refusal)
{
    struct hf_request *r = out;
    hf_status st;

    *r = (struct hf_request){.expires_s = HF_NEVER};
    HF_TRY(judge(read_request_id(m, a, r), HF_RSC_BAD_REQUEST, refusal));
    HF_TRY(judge(read_operation(m, r), HF_RSC_OPERATION_NOT_ALLOWED, refusal));
    HF_TRY(judge(read_to(m, a, r), HF_RSC_BAD_REQUEST, refusal));
    HF_TRY(judge(read_from(m, a, r), HF_RSC_BAD_REQUEST, refusal));
    HF_TRY(judge(read_expiry(m, a, r), HF_RSC_BAD_REQUEST, refusal));
    HF_TRY(judge(read_release(m, a, r), HF_RSC_RELEASE_VERSION_NOT_SUPPORTED, refusal));
    HF_TRY(judge(check_accept(m), HF_RSC_NOT_ACCEPTABLE, refusal));
    HF_TRY(judge(read_media(m, r), HF_RSC_UNSUPPORTED_MEDIA_TYPE, refusal));
    HF_TRY(judge(check_notify(r), HF_RSC_OPERATION_NOT_ALLOWED, refusal));
    read_content(m, a, r);
done:
    return st;
}
