#include "base/base64.h"
#include "codec/attributes.h"
#include "codec/forms.h"
#include "codec/json_load.h"

enum { NUMBER_DIGITS_MAX = 20, PREFIX_LEN = 4 };

/* One document while it is read. */
struct reading {
    struct hf_content content;
    enum hf_content_rule rule;
    struct hf_arena *arena;
    bool target_may_be_fqdn;
    const char *fault;
};

static hf_status refuse(struct reading *r, const char *fault)
{
    r->fault = fault;
    return HF_ERR_MALFORMED;
}

static hf_status read_number(const struct hf_attribute_row *row, const json_t *value, unsigned *out)
{
    json_int_t n = json_integer_value(value);

    if (!json_is_integer(value) || n < 0 || (json_int_t)row->max < n)
        return HF_ERR_MALFORMED;
    if (row->attribute == HF_A_SUID && !hf_suid_is_defined((unsigned)n))
        return HF_ERR_MALFORMED;
    *out = (unsigned)n;
    return HF_OK;
}

static hf_status read_flag(const json_t *value, bool *out)
{
    if (!json_is_boolean(value))
        return HF_ERR_MALFORMED;
    *out = json_is_true(value);
    return HF_OK;
}

static hf_status read_text(struct reading *r, const struct hf_attribute_row *row,
                           const json_t *value, struct hf_bytes *out)
{
    struct hf_bytes text = hf_json_text(value);

    if (!json_is_string(value))
        return HF_ERR_MALFORMED;
    if (row->form == HF_FORM_TARGET && r->target_may_be_fqdn
        && !hf_bytes_start_with(text, HF_LITERAL("/")))
        return hf_form_read_function(text, r->arena, out);
    return hf_form_read(row->form, text, row->max, r->arena, out);
}

/* A list of types is kept as texts, as every list is. */
static hf_status read_item_number(struct reading *r, const struct hf_attribute_row *row,
                                  const json_t *value, struct hf_bytes *out)
{
    uint8_t room[NUMBER_DIGITS_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes digits;
    unsigned n;
    hf_status st;

    HF_TRY(read_number(row, value, &n));
    hf_put_number(&w, n);
    HF_TRY(hf_writer_finish(&w, &digits));
    HF_TRY(hf_arena_copy(r->arena, digits, out));
done:
    return st;
}

static hf_status read_item(struct reading *r, const struct hf_attribute_row *row,
                           const json_t *value, struct hf_bytes *out)
{
    if (row->kind == HF_JSON_NUMBERS)
        return read_item_number(r, row, value, out);
    return read_text(r, row, value, out);
}

/* Each item is checked by itself, and against those before it (threat row INP-10). */
static hf_status read_list(struct reading *r, const struct hf_attribute_row *row,
                           const json_t *value, struct hf_list *out)
{
    size_t count = json_array_size(value);
    struct hf_bytes *items = NULL;
    hf_status st = HF_OK;

    if (!json_is_array(value) || count < row->count_min)
        return HF_ERR_MALFORMED;
    if (count > row->count_max)
        return HF_ERR_LIMIT;
    items = hf_arena_take(r->arena, count, sizeof *items);
    if (items == NULL && count > 0)
        return HF_ERR_LIMIT;
    for (size_t i = 0; i < count; i++) {
        HF_TRY(read_item(r, row, json_array_get(value, i), &items[i]));
        if (hf_list_has((struct hf_list){items, i}, items[i]))
            return HF_ERR_MALFORMED;
    }
    *out = (struct hf_list){items, count};
done:
    return st;
}

/* Straight into the secret; the text it came as is wiped at once (threat row KM-6). */
static hf_status read_key(json_t *value, struct hf_secret *out)
{
    size_t len = 0;
    hf_status st = HF_ERR_MALFORMED;

    if (json_is_string(value))
        st = hf_base64_parse(hf_json_text(value), hf_secret_room(out, HF_SECRET_MAX), HF_SECRET_MAX,
                             &len);
    if (st == HF_OK && (len < HF_KEY_VALUE_MIN || len > HF_KEY_VALUE_MAX))
        st = HF_ERR_MALFORMED;
    if (st == HF_OK)
        (void)hf_secret_room(out, len);
    else
        hf_secret_wipe(out);
    hf_json_wipe_text(value);
    return st;
}

static hf_status read_value(struct reading *r, const struct hf_attribute_row *row, json_t *value)
{
    void *at = (uint8_t *)&r->content + row->offset;

    switch (row->kind) {
    case HF_JSON_NUMBER:
        return read_number(row, value, at);
    case HF_JSON_FLAG:
        return read_flag(value, at);
    case HF_JSON_TIME:
        return hf_timestamp_parse(hf_json_text(value), at);
    case HF_JSON_TEXT:
        return read_text(r, row, value, at);
    case HF_JSON_TEXTS:
    case HF_JSON_NUMBERS:
        return read_list(r, row, value, at);
    case HF_JSON_KEY:
        return read_key(value, at);
    }
    return HF_ERR_BUG;
}

static hf_status read_member(struct reading *r, const char *name, json_t *value)
{
    const struct hf_attribute_row *row = hf_attribute_named(hf_text(name));
    char rule;
    hf_status st;

    if (row == NULL)
        return refuse(r, "an attribute is unknown");
    rule = hf_attribute_rule(row, r->content.type, r->rule);
    if (rule == '-' || (rule == 'N' && !json_is_null(value)))
        return refuse(r, row->forbidden);
    if (json_is_null(value)) {
        if (rule != 'N' && rule != 'D')
            return refuse(r, row->wrong);
        r->content.null |= 1U << row->attribute;
        return HF_OK;
    }
    st = read_value(r, row, value);
    if (st != HF_OK)
        r->fault = row->wrong;
    else
        r->content.has |= 1U << row->attribute;
    return st;
}

static hf_status check_presence(struct reading *r)
{
    const struct hf_content *c = &r->content;

    for (size_t i = 0; i < HF_COUNT(hf_attributes); i++) {
        const struct hf_attribute_row *row = &hf_attributes[i];

        if (hf_attribute_rule(row, c->type, r->rule) == 'M' && !hf_content_has(c, row->attribute))
            return refuse(r, row->missing);
    }
    if (r->rule == HF_RULE_UPDATE && (c->has | c->null) == 0)
        return refuse(r, "an update has to change something");
    if (hf_content_has(c, HF_A_TY) && c->ty != c->type)
        return refuse(r, "ty is not the type of this resource");
    return HF_OK;
}

/* The one member "sec:<type>". */
static hf_status open_resource(struct reading *r, json_t *document, unsigned type, json_t **body)
{
    void *member = json_object_iter(document);
    struct hf_bytes name = hf_text(member == NULL ? "" : json_object_iter_key(member));

    if (!json_is_object(document) || json_object_size(document) != 1)
        return refuse(r, "the document is not an object with one member");
    if (!hf_bytes_start_with(name, HF_LITERAL("sec:")))
        return refuse(r, "the member does not name a sec: resource");
    r->content.type = hf_type_named(hf_bytes_from(name, PREFIX_LEN));
    if (r->content.type == HF_TYPE_NONE)
        return refuse(r, "the member names no known type of resource");
    if (type != 0 && type != r->content.type)
        return refuse(r, "the member is another type than the request says");
    *body = json_object_iter_value(member);
    return json_is_object(*body) ? HF_OK : refuse(r, "the resource is not an object");
}

/* A key toward a MAF has that MAF as its target, which may be named by its FQDN alone (8.3.5.2.7).
 */
static bool may_target_fqdn(const json_t *body)
{
    const json_t *suid = json_object_get(body, "suid");

    return suid == NULL || json_integer_value(suid) == HF_SUID_RSPF_MAF;
}

static hf_status read_resource(struct reading *r, json_t *document, unsigned type)
{
    json_t *body = NULL, *value;
    const char *name;
    hf_status st;

    HF_TRY(open_resource(r, document, type, &body));
    r->target_may_be_fqdn = may_target_fqdn(body);
    json_object_foreach(body, name, value) HF_TRY(read_member(r, name, value));
    HF_TRY(check_presence(r));
done:
    return st;
}

hf_status hf_content_read_json(struct hf_bytes json, unsigned type, enum hf_content_rule rule,
                               struct hf_arena *a, struct hf_content *out, const char **fault)
{
    struct reading r = {.rule = rule, .arena = a};
    json_t *document = NULL;
    hf_status st;

    HF_TRY(hf_json_load(json, &document, &r.fault));
    HF_TRY(read_resource(&r, document, type));
    *out = r.content;
done:
    json_decref(document);
    hf_secret_wipe(&r.content.kv);
    *fault = r.fault;
    return st;
}
