#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cli/operator_import.h"

enum { NUMBER_ROOM = 24, NAME_SHOWN = 40 };

static hf_status say(char *fault, const char *what, const char *field)
{
    snprintf(fault, HF_IMPORT_FAULT_MAX, "%s%s%.*s", what, field[0] != '\0' ? " " : "", NAME_SHOWN,
             field);
    return HF_ERR_MALFORMED;
}

static hf_status read_list(const json_t *value, struct hf_arena *a, struct hf_import_fields *out,
                           char *fault)
{
    size_t index;
    json_t *item;
    hf_status st = HF_OK;

    if (json_array_size(value) > HF_ENTITIES_MAX)
        return say(fault, "a node has at most 64 entities", "");
    json_array_foreach(value, index, item)
    {
        if (!json_is_string(item))
            return say(fault, "a list of texts is due in", "ae_ids");
        HF_TRY(hf_arena_copy(a, hf_bytes_of(json_string_value(item), json_string_length(item)),
                             &out->ae_ids[out->ae_count++]));
    }
done:
    return st;
}

static hf_status read_scalar(const json_t *value, struct hf_arena *a, struct hf_bytes *out,
                             const char *name, char *fault)
{
    char room[NUMBER_ROOM];

    if (json_is_string(value))
        return hf_arena_copy(a, hf_bytes_of(json_string_value(value), json_string_length(value)),
                             out);
    if (json_is_boolean(value))
        return hf_arena_copy(a, hf_text(json_is_true(value) ? "true" : "false"), out);
    if (!json_is_integer(value))
        return say(fault, "a text, a whole number or a truth value is due in", name);
    snprintf(room, sizeof room, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return hf_arena_copy(a, hf_text(room), out);
}

static size_t field_of(const char *name)
{
    size_t i = 0;

    while (i < HF_IMPORT_FIELDS && strcmp(name, hf_import_field_names[i]) != 0)
        i++;
    return i;
}

static hf_status read_object(json_t *object, struct hf_arena *a, struct hf_import_fields *out,
                             char *fault)
{
    const char *name;
    json_t *value;
    hf_status st = HF_OK;

    json_object_foreach(object, name, value)
    {
        size_t field = field_of(name);

        if (field == HF_IMPORT_FIELDS)
            return say(fault, "there is no field",
                       hf_text(name).len > NAME_SHOWN ? "of that name" : name);
        if (field == HF_FIELD_AE_IDS && json_is_array(value))
            HF_TRY(read_list(value, a, out, fault));
        else
            HF_TRY(read_scalar(value, a, &out->at[field], name, fault));
    }
    if (out->at[HF_FIELD_AE_IDS].len > 0)
        HF_TRY(hf_import_split_ae_ids(out->at[HF_FIELD_AE_IDS], out));
done:
    return st;
}

hf_status hf_import_read_json(struct hf_bytes line, struct hf_arena *a,
                              struct hf_import_fields *out, char *fault)
{
    json_t *object = json_loadb((const char *)line.at, line.len, JSON_REJECT_DUPLICATES, NULL);
    hf_status st;

    *out = (struct hf_import_fields){0};
    if (!json_is_object(object)) {
        json_decref(object);
        return say(fault, "this is no JSON object, or it has a member twice", "");
    }
    st = read_object(object, a, out, fault);
    json_decref(object);
    return st;
}
