#include "codec/content.h"
#include "codec/forms.h"
#include "codec/json_load.h"
#include "core/identity/fqdn.h"

enum { VERSION = 1 };

static void put_offer(struct hf_writer *w, const struct hf_method_offer *offer)
{
    hf_put_text(w, "{\"method\":");
    hf_put_json_string(w, offer->method);
    hf_put_text(w, ",\"port\":");
    hf_put_number(w, offer->port);
    hf_put_u8(w, '}');
}

hf_status hf_method_list_write(struct hf_bytes mef_fqdn, const struct hf_method_offer *offers,
                               size_t count, struct hf_writer *w)
{
    hf_put_text(w, "{\"version\":");
    hf_put_number(w, VERSION);
    hf_put_text(w, ",\"mef\":");
    hf_put_json_string(w, mef_fqdn);
    hf_put_text(w, ",\"methods\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            hf_put_u8(w, ',');
        put_offer(w, &offers[i]);
    }
    hf_put_text(w, "]}");
    return w->st;
}

static bool is_offered(const struct hf_method_offer *offers, size_t count, struct hf_bytes method)
{
    for (size_t i = 0; i < count; i++)
        if (hf_bytes_equal(offers[i].method, method))
            return true;
    return false;
}

/* A method that this node has never heard of is kept: it repeats the whole list to the MEF. */
static hf_status read_offer(json_t *value, struct hf_arena *a, struct hf_method_offer *out)
{
    const char *method = NULL;
    size_t method_len = 0;
    json_int_t port = 0;

    if (json_unpack_ex(value, NULL, JSON_STRICT, "{s:s%,s:I}", "method", &method, &method_len,
                       "port", &port)
        != 0)
        return HF_ERR_MALFORMED;
    if (port < 1 || port > UINT16_MAX || !hf_form_is_word(hf_bytes_of(method, method_len)))
        return HF_ERR_MALFORMED;
    out->port = (uint16_t)port;
    return hf_arena_copy(a, hf_bytes_of(method, method_len), &out->method);
}

static hf_status read_offers(json_t *list, struct hf_arena *a, struct hf_method_offer *offers,
                             size_t room, size_t *count)
{
    size_t size = json_array_size(list);
    hf_status st = HF_OK;

    if (!json_is_array(list) || size == 0)
        return HF_ERR_MALFORMED;
    if (size > room)
        return HF_ERR_LIMIT;
    for (size_t i = 0; i < size; i++) {
        HF_TRY(read_offer(json_array_get(list, i), a, &offers[i]));
        if (is_offered(offers, i, offers[i].method))
            return HF_ERR_MALFORMED;
    }
    *count = size;
done:
    return st;
}

/* The pieces are the document's own. */
static hf_status open_list(json_t *document, struct hf_bytes *fqdn, json_t **list)
{
    json_int_t version = 0;
    const char *text = NULL;
    size_t len = 0;

    if (json_unpack_ex(document, NULL, JSON_STRICT, "{s:I,s:s%,s:o}", "version", &version, "mef",
                       &text, &len, "methods", list)
            != 0
        || version != VERSION)
        return HF_ERR_MALFORMED;
    *fqdn = hf_bytes_of(text, len);
    return HF_OK;
}

hf_status hf_method_list_read(struct hf_bytes json, struct hf_arena *a, struct hf_bytes *mef_fqdn,
                              struct hf_method_offer *offers, size_t *count)
{
    json_t *document = NULL, *list = NULL;
    const char *fault = NULL;
    struct hf_bytes fqdn, canonical;
    hf_status st;

    HF_TRY(hf_json_load(json, &document, &fault));
    HF_TRY(open_list(document, &fqdn, &list));
    HF_TRY(hf_form_read(HF_FORM_FQDN, fqdn, HF_FQDN_MAX + 1, a, &canonical));
    HF_TRY(read_offers(list, a, offers, *count, count));
    *mef_fqdn = canonical;
done:
    json_decref(document);
    return st;
}
