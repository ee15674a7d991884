#include "binding/http/headers.h"
#include "binding/http/media.h"
#include "binding/http/primitive.h"
#include "codec/content.h"

/* TS-0009, 6.3.2: no reason phrase. RFC 9112, 4: its space stays. */
static void put_status_line(struct hf_writer *w, enum hf_rsc rsc)
{
    hf_put_text(w, "HTTP/1.1 ");
    hf_put_number(w, hf_http_status_of(rsc));
    hf_put_text(w, " \r\n");
}

static void put_location(struct hf_writer *w, struct hf_bytes location)
{
    if (location.len == 0)
        return;
    hf_put_text(w, "Content-Location: /");
    hf_put_bytes(w, location);
    hf_put_text(w, "\r\n");
}

static void put_head(struct hf_writer *w, const struct hf_response *r, bool keep_alive)
{
    put_status_line(w, r->rsc);
    hf_http_put_number_header(w, "X-M2M-RSC", r->rsc);
    hf_http_put_header(w, "X-M2M-RI", r->request_id);
    hf_http_put_header(w, "X-M2M-RVI", HF_LITERAL(HF_HTTP_RELEASE));
    put_location(w, r->location);
    hf_put_text(w, "Cache-Control: no-store\r\n");
    if (r->retry_after_s != 0)
        hf_http_put_number_header(w, "Retry-After", r->retry_after_s);
    if (!keep_alive || r->close)
        hf_put_text(w, "Connection: close\r\n");
    if (r->has_content)
        hf_put_text(w, "Content-Type: " HF_HTTP_MEDIA_JSON "\r\n");
}

hf_status hf_http_write_response(const struct hf_response *r, bool keep_alive, struct hf_writer *w)
{
    uint8_t room[HF_HTTP_ANSWER_MAX];
    struct hf_writer content = hf_writer_over(room, sizeof room);
    struct hf_bytes body = {0};
    hf_status st;

    if (r->has_content)
        HF_TRY(hf_content_write_json(&r->content, &content));
    HF_TRY(hf_writer_finish(&content, &body));
    put_head(w, r, keep_alive);
    hf_http_put_body(w, body);
    st = w->st;
done:
    hf_wipe(room, content.used);
    return st;
}
