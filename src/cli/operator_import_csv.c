#include <stdio.h>

#include "cli/operator_import.h"

/* The next cell (RFC 4180, without line ends in quotes); moves *rest past its comma. */
static hf_status next_cell(struct hf_bytes *rest, struct hf_arena *a, struct hf_bytes *out)
{
    uint8_t *room;
    size_t used = 0, i = 0;

    if (rest->len == 0 || rest->at[0] != '"') {
        struct hf_bytes cell = *rest, after = {0};

        (void)hf_bytes_split(*rest, ',', &cell, &after);
        *rest = after;
        *out = cell;
        return HF_OK;
    }
    room = hf_arena_take(a, rest->len, 1);
    if (room == NULL)
        return HF_ERR_LIMIT;
    for (i = 1; i < rest->len; i++) {
        if (rest->at[i] == '"' && (i + 1 == rest->len || rest->at[i + 1] != '"'))
            break;
        i += rest->at[i] == '"';
        room[used++] = rest->at[i];
    }
    if (i == rest->len || (i + 1 < rest->len && rest->at[i + 1] != ','))
        return HF_ERR_MALFORMED;
    *out = hf_bytes_of(room, used);
    *rest = hf_bytes_from(*rest, i + 2);
    return HF_OK;
}

static size_t cells_of(struct hf_bytes line)
{
    bool quoted = false;
    size_t cells = 1;

    for (size_t i = 0; i < line.len; i++) {
        quoted ^= line.at[i] == '"';
        cells += line.at[i] == ',' && !quoted;
    }
    return cells;
}

static hf_status say(char *fault, const char *what)
{
    snprintf(fault, HF_IMPORT_FAULT_MAX, "%s", what);
    return HF_ERR_MALFORMED;
}

static hf_status add_column(struct hf_import_columns *c, struct hf_bytes name, char *fault)
{
    for (size_t field = 0; field < HF_IMPORT_FIELDS; field++) {
        if (!hf_bytes_equal_text(name, hf_import_field_names[field]))
            continue;
        for (size_t i = 0; i < c->count; i++)
            if (c->field[i] == (enum hf_import_field)field)
                return say(fault, "the header names a field twice");
        c->field[c->count++] = (enum hf_import_field)field;
        return HF_OK;
    }
    return say(fault, "the header names a field that does not exist; see handfast-import(5)");
}

hf_status hf_import_read_header(struct hf_bytes line, struct hf_arena *a,
                                struct hf_import_columns *out, char *fault)
{
    size_t cells = cells_of(line);
    hf_status st = HF_OK;

    *out = (struct hf_import_columns){0};
    if (cells > HF_IMPORT_FIELDS)
        return say(fault, "the header has more fields than there are");
    for (size_t i = 0; i < cells; i++) {
        struct hf_bytes name;

        HF_TRY(next_cell(&line, a, &name));
        HF_TRY(add_column(out, name, fault));
    }
done:
    if (st != HF_OK && fault[0] == '\0')
        (void)say(fault, "the quotes of the header do not match");
    return st;
}

hf_status hf_import_read_csv(struct hf_bytes line, const struct hf_import_columns *c,
                             struct hf_arena *a, struct hf_import_fields *out, char *fault)
{
    hf_status st = HF_OK;

    *out = (struct hf_import_fields){0};
    if (cells_of(line) != c->count)
        return say(fault, "the line has another number of cells than the header");
    for (size_t i = 0; i < c->count; i++)
        HF_TRY(next_cell(&line, a, &out->at[c->field[i]]));
    st = hf_import_split_ae_ids(out->at[HF_FIELD_AE_IDS], out);
    if (st != HF_OK)
        return say(fault, "a node has at most 64 entities");
done:
    if (st != HF_OK)
        (void)say(fault, "the quotes of the line do not match");
    return st;
}

hf_status hf_import_split_ae_ids(struct hf_bytes text, struct hf_import_fields *out)
{
    size_t from = 0;

    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.at[i] != ' ' && text.at[i] != ';')
            continue;
        if (i > from) {
            if (out->ae_count == HF_ENTITIES_MAX)
                return HF_ERR_LIMIT;
            out->ae_ids[out->ae_count++] = hf_bytes_of(text.at + from, i - from);
        }
        from = i + 1;
    }
    return HF_OK;
}
