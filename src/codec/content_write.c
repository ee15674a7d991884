#include "base/base64.h"
#include "base/time.h"
#include "codec/attributes.h"

/* No tree is built: an answer is written in one pass, and a key is never in a copy. */

static void put_texts(struct hf_writer *w, const struct hf_list *list)
{
    hf_put_u8(w, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            hf_put_u8(w, ',');
        hf_put_json_string(w, list->at[i]);
    }
    hf_put_u8(w, ']');
}

static void put_numbers(struct hf_writer *w, const struct hf_list *list)
{
    hf_put_u8(w, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            hf_put_u8(w, ',');
        hf_put_bytes(w, list->at[i]);
    }
    hf_put_u8(w, ']');
}

static void put_value(struct hf_writer *w, const struct hf_attribute_row *row, const void *at)
{
    switch (row->kind) {
    case HF_JSON_NUMBER:
        hf_put_number(w, *(const unsigned *)at);
        break;
    case HF_JSON_FLAG:
        hf_put_text(w, *(const bool *)at ? "true" : "false");
        break;
    case HF_JSON_TIME:
        hf_put_u8(w, '"');
        hf_put_timestamp(w, *(const uint64_t *)at);
        hf_put_u8(w, '"');
        break;
    case HF_JSON_TEXT:
        hf_put_json_string(w, *(const struct hf_bytes *)at);
        break;
    case HF_JSON_TEXTS:
        put_texts(w, at);
        break;
    case HF_JSON_NUMBERS:
        put_numbers(w, at);
        break;
    case HF_JSON_KEY:
        hf_put_u8(w, '"');
        hf_put_base64(w, hf_secret_reveal(at));
        hf_put_u8(w, '"');
        break;
    }
}

static void put_member(struct hf_writer *w, const struct hf_attribute_row *row,
                       const struct hf_content *c)
{
    hf_put_u8(w, '"');
    hf_put_text(w, row->name);
    hf_put_text(w, "\":");
    if ((c->null >> row->attribute & 1) != 0)
        hf_put_text(w, "null");
    else
        put_value(w, row, (const uint8_t *)c + row->offset);
}

hf_status hf_content_write_json(const struct hf_content *c, struct hf_writer *w)
{
    const char *type = hf_type_name(c->type);
    uint32_t present = c->has | c->null;
    bool is_first = true;

    if (type == NULL)
        return HF_ERR_BUG;
    hf_put_text(w, "{\"sec:");
    hf_put_text(w, type);
    hf_put_text(w, "\":{");
    for (size_t i = 0; i < HF_COUNT(hf_attributes); i++) {
        if ((present >> hf_attributes[i].attribute & 1) == 0)
            continue;
        if (!is_first)
            hf_put_u8(w, ',');
        put_member(w, &hf_attributes[i], c);
        is_first = false;
    }
    hf_put_text(w, "}}");
    return w->st;
}
