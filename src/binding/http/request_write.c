#include "base/time.h"
#include "binding/http/headers.h"
#include "binding/http/media.h"
#include "binding/http/primitive.h"
#include "codec/content.h"

static const char *method_of(enum hf_operation operation)
{
    switch (operation) {
    case HF_CREATE:
    case HF_NOTIFY:
        return "POST";
    case HF_RETRIEVE:
        return "GET";
    case HF_UPDATE:
        return "PUT";
    case HF_DELETE:
        return "DELETE";
    }
    return NULL;
}

static void put_request_line(struct hf_writer *w, const struct hf_request *r)
{
    hf_put_text(w, method_of(r->operation));
    hf_put_text(w, " /");
    if (r->to_fqdn.len > 0) {
        hf_put_text(w, "_/");
        hf_put_bytes(w, r->to_fqdn);
        hf_put_u8(w, '/');
    }
    hf_put_bytes(w, r->to);
    hf_put_text(w, r->wants_configuration ? "?atrl=ccfg HTTP/1.1\r\n" : " HTTP/1.1\r\n");
}

static void put_expiry(struct hf_writer *w, const struct hf_request *r)
{
    if (r->expires_s == HF_NEVER || r->expires_s == 0)
        return;
    hf_put_text(w, "X-M2M-RET: ");
    hf_put_timestamp(w, r->expires_s);
    hf_put_text(w, "\r\n");
}

static void put_media(struct hf_writer *w, const struct hf_request *r)
{
    hf_put_text(w, "Content-Type: " HF_HTTP_MEDIA_JSON);
    if (r->operation == HF_CREATE) {
        hf_put_text(w, "; ty=");
        hf_put_number(w, r->type);
    }
    hf_put_text(w, "\r\n");
}

static bool is_target(struct hf_bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] <= 0x20 || text.at[i] > 0x7e)
            return false;
    return true;
}

static void put_head(struct hf_writer *w, const struct hf_request *r, struct hf_bytes host)
{
    put_request_line(w, r);
    hf_http_put_header(w, "Host", host);
    hf_http_put_header(w, "X-M2M-Origin", r->from);
    hf_http_put_header(w, "X-M2M-RI", r->request_id);
    hf_http_put_header(w, "X-M2M-RVI", HF_LITERAL(HF_HTTP_RELEASE));
    put_expiry(w, r);
    if (r->has_content)
        put_media(w, r);
    hf_put_text(w, "Accept: application/json\r\n");
}

hf_status hf_http_write_request(const struct hf_request *r, struct hf_bytes host,
                                struct hf_writer *w)
{
    uint8_t room[HF_HTTP_ANSWER_MAX];
    struct hf_writer content = hf_writer_over(room, sizeof room);
    struct hf_bytes body = {0};
    hf_status st;

    if (method_of(r->operation) == NULL || !is_target(r->to) || !is_target(r->to_fqdn))
        return HF_ERR_BUG;
    if (r->has_content)
        HF_TRY(hf_content_write_json(&r->content, &content));
    HF_TRY(hf_writer_finish(&content, &body));
    put_head(w, r, host);
    if (r->operation == HF_CREATE || r->operation == HF_UPDATE || body.len > 0)
        hf_http_put_body(w, body);
    else
        hf_put_text(w, "\r\n");
    st = w->st;
done:
    hf_wipe(room, content.used);
    return st;
}
