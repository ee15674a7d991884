#include "codec/options.h"

#include <stdio.h>
#include <string.h>

#include <yaml.h>

enum { DEPTH_MAX = 4, LINE_MAX_LEN = 512, SUGGEST_WITHIN = 2, NONE = 0 };

/* One reading of one text. */
struct reading {
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event, is_broken; /* broken: the YAML itself; nothing more can be read */
    const char *path;
    const struct hf_option_row *rows;
    size_t count;
    struct hf_option_place *places;
    struct hf_arena *arena;
    void *values;
    hf_options_say *say;
    void *context;
    size_t fault_count;
};

static struct hf_option_place mark_of(yaml_mark_t m)
{
    return (struct hf_option_place){(unsigned)m.line + 1, (unsigned)m.column + 1};
}

static void fault(struct reading *r, struct hf_option_place at, const char *what,
                  const char *what_to_do)
{
    r->fault_count++;
    hf_options_fault_at(r->path, at, r->say, r->context, what, what_to_do);
}

/* The next event, the one before is gone; false: the text is no YAML, and that was said. */
static bool next(struct reading *r)
{
    if (r->is_broken)
        return false;
    if (r->has_event)
        yaml_event_delete(&r->event);
    r->has_event = yaml_parser_parse(&r->parser, &r->event) != 0;
    if (!r->has_event) {
        r->is_broken = true;
        fault(r, mark_of(r->parser.problem_mark),
              r->parser.problem != NULL ? r->parser.problem : "this is not YAML",
              "write `name: value`, sections indented by spaces");
    }
    return r->has_event;
}

/* Passes over the node that the current event begins. */
static void skip(struct reading *r)
{
    int depth = 0;

    do {
        if (r->event.type == YAML_MAPPING_START_EVENT || r->event.type == YAML_SEQUENCE_START_EVENT)
            depth++;
        else if (r->event.type == YAML_MAPPING_END_EVENT
                 || r->event.type == YAML_SEQUENCE_END_EVENT)
            depth--;
    } while (depth > 0 && next(r));
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters differ (Levenshtein), for short names. */
static size_t distance(const char *a, const char *b)
{
    size_t row[HF_OPTION_PATH_MAX + 1], len = strlen(b);

    if (len > HF_OPTION_PATH_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= len; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= len; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);

            diagonal = row[j];
            row[j] = smaller(replaced, smaller(row[j], row[j - 1]) + 1);
        }
    }
    return row[len];
}

static void refuse_unknown(struct reading *r, struct hf_option_place at, const char *name)
{
    char what[LINE_MAX_LEN], what_to_do[LINE_MAX_LEN];
    size_t best = SUGGEST_WITHIN + 1;

    snprintf(what, sizeof what, "there is no option %.96s", name);
    snprintf(what_to_do, sizeof what_to_do, "remove it; the manual page lists the options");
    for (size_t i = 0; i < r->count; i++) {
        size_t d = distance(name, r->rows[i].path);

        if (d < best) {
            best = d;
            snprintf(what_to_do, sizeof what_to_do, "did you mean %.96s?", r->rows[i].path);
        }
    }
    fault(r, at, what, what_to_do);
}

/* NULL: no such row. */
static const struct hf_option_row *find_row(const struct reading *r, const char *name)
{
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->rows[i].path, name) == 0)
            return &r->rows[i];
    return NULL;
}

/* A row of that very path, or rows below it. */
static bool is_section(const struct reading *r, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < r->count; i++)
        if (strncmp(r->rows[i].path, name, len) == 0 && r->rows[i].path[len] == '.')
            return true;
    return false;
}

static void set(struct reading *r, const struct hf_option_row *row)
{
    struct hf_bytes text = hf_bytes_of(r->event.data.scalar.value, r->event.data.scalar.length);
    const char *why = NULL, *what_to_do = NULL;
    char what[LINE_MAX_LEN];

    if (r->event.data.scalar.tag != NULL || r->event.data.scalar.anchor != NULL) {
        fault(r, mark_of(r->event.start_mark), "tags and anchors are not allowed",
              "write the value itself");
        return;
    }
    if (hf_option_set(row, text, r->path, r->arena, r->values, &why, &what_to_do) == HF_OK)
        return;
    snprintf(what, sizeof what, "%s: %s", row->path, why);
    fault(r, mark_of(r->event.start_mark), what, what_to_do);
}

static void set_list(struct reading *r, const struct hf_option_row *row)
{
    struct hf_option_list *list = (void *)((uint8_t *)r->values + row->offset);

    list->count = 0; /* the default goes */
    while (next(r) && r->event.type != YAML_SEQUENCE_END_EVENT) {
        if (r->event.type == YAML_SCALAR_EVENT) {
            set(r, row);
            continue;
        }
        fault(r, mark_of(r->event.start_mark), "a list has only plain values", "write [one, two]");
        skip(r);
    }
}

static void read_mapping(struct reading *r, const char *prefix, int depth);

static bool is_empty_scalar(const struct reading *r)
{
    return r->event.type == YAML_SCALAR_EVENT && r->event.data.scalar.length == 0;
}

static void read_section(struct reading *r, const char *name, int depth)
{
    const struct hf_option_row *row = find_row(r, name);

    if (row != NULL)
        *(bool *)((uint8_t *)r->values + row->offset) = true;
    if (r->event.type == YAML_MAPPING_START_EVENT && depth < DEPTH_MAX) {
        read_mapping(r, name, depth + 1);
        return;
    }
    if (!is_empty_scalar(r))
        fault(r, mark_of(r->event.start_mark), "this is a section",
              "put its options below it, indented");
    skip(r);
}

/* The value behind `name`; the current event begins it. */
static void read_value(struct reading *r, const char *name, int depth)
{
    const struct hf_option_row *row = find_row(r, name);
    struct hf_option_place at = mark_of(r->event.start_mark);

    if (is_section(r, name)) {
        read_section(r, name, depth);
    } else if (r->event.type == YAML_SCALAR_EVENT && !hf_option_is_list(row->kind)) {
        set(r, row);
    } else if (r->event.type == YAML_SEQUENCE_START_EVENT && hf_option_is_list(row->kind)) {
        set_list(r, row);
    } else {
        fault(r, at, "this is not what the option takes",
              hf_option_is_list(row->kind) ? "write a list such as [one, two]"
                                           : "write a single value");
        skip(r);
    }
}

/* A key at the current event: its whole path into `name`; false: it was refused. */
static bool read_key(struct reading *r, const char *prefix, char *name, size_t size)
{
    struct hf_option_place at = mark_of(r->event.start_mark);
    const struct hf_option_row *row;
    int len;

    if (r->event.type != YAML_SCALAR_EVENT
        || strlen((const char *)r->event.data.scalar.value) != r->event.data.scalar.length) {
        fault(r, at, "an option's name is a plain word", "write `name: value`");
        skip(r);
        return false;
    }
    len = snprintf(name, size, "%s%s%s", prefix, *prefix == '\0' ? "" : ".",
                   (const char *)r->event.data.scalar.value);
    row = len > 0 && (size_t)len < size ? find_row(r, name) : NULL;
    if (row == NULL && !((size_t)len < size && is_section(r, name))) {
        refuse_unknown(r, at, name);
        return false;
    }
    if (row != NULL && r->places[row - r->rows].line != NONE) {
        fault(r, at, "this option is given twice", "keep one of them");
        return false;
    }
    if (row != NULL)
        r->places[row - r->rows] = at;
    return true;
}

static void read_mapping(struct reading *r, const char *prefix, int depth)
{
    char name[HF_OPTION_PATH_MAX];

    while (next(r) && r->event.type != YAML_MAPPING_END_EVENT) {
        bool known = read_key(r, prefix, name, sizeof name);

        if (!next(r))
            return;
        if (known)
            read_value(r, name, depth);
        else
            skip(r);
    }
}

/* Stream, one document, one mapping. An empty file is a mapping without options. */
static void read_document(struct reading *r)
{
    if (!next(r) || !next(r)) /* stream start, then document start or stream end */
        return;
    if (r->event.type == YAML_STREAM_END_EVENT || !next(r))
        return;
    if (r->event.type == YAML_MAPPING_START_EVENT) {
        read_mapping(r, "", 0);
    } else if (!is_empty_scalar(r)) {
        fault(r, mark_of(r->event.start_mark), "the file is not a list of options",
              "write `name: value`");
        skip(r);
    }
    if (next(r) && next(r) && r->event.type != YAML_STREAM_END_EVENT)
        fault(r, mark_of(r->event.start_mark), "the file has a second document",
              "keep one document in a file");
}

static void set_defaults(struct reading *r)
{
    const char *what, *what_to_do;

    for (size_t i = 0; i < r->count; i++) {
        const struct hf_option_row *row = &r->rows[i];
        struct hf_bytes rest = hf_text(row->default_text), item;

        while (hf_option_is_list(row->kind) && hf_bytes_split(rest, ',', &item, &rest))
            if (hf_option_set(row, item, r->path, r->arena, r->values, &what, &what_to_do) != HF_OK)
                r->fault_count++;
        if (rest.len > 0
            && hf_option_set(row, rest, r->path, r->arena, r->values, &what, &what_to_do) != HF_OK)
            r->fault_count++;
    }
}

/* Where the section of `row` begins; line 0: it is not there. A row at the top is in the file. */
static struct hf_option_place section_place(const struct reading *r,
                                            const struct hf_option_row *row)
{
    struct hf_option_place nowhere = {0, 0};
    const char *dot = strrchr(row->path, '.');
    size_t len = dot == NULL ? 0 : (size_t)(dot - row->path);

    if (dot == NULL)
        return (struct hf_option_place){1, 1};
    for (size_t i = 0; i < r->count; i++)
        if (strncmp(r->rows[i].path, row->path, len) == 0
            && (r->rows[i].path[len] == '.' || r->rows[i].path[len] == '\0')
            && r->places[i].line != NONE)
            return r->places[i];
    return nowhere;
}

static void check_required(struct reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct hf_option_place at = section_place(r, &r->rows[i]);
        char what[LINE_MAX_LEN];

        if (!r->rows[i].required || r->places[i].line != NONE || at.line == NONE
            || r->rows[i].default_text != NULL)
            continue;
        snprintf(what, sizeof what, "%s is missing", r->rows[i].path);
        fault(r, at, what, r->rows[i].help);
    }
}

hf_status hf_options_read_text(struct hf_bytes text, const char *path,
                               const struct hf_option_row *rows, size_t count, struct hf_arena *a,
                               void *values, struct hf_option_place *places, hf_options_say *say,
                               void *context)
{
    struct reading r = {.path = path,
                        .rows = rows,
                        .count = count,
                        .arena = a,
                        .values = values,
                        .say = say,
                        .context = context,
                        .places = places};

    if (places == NULL)
        r.places = hf_arena_take(a, count, sizeof *r.places);
    if (r.places == NULL || yaml_parser_initialize(&r.parser) == 0)
        return HF_ERR_LIMIT;
    memset(r.places, 0, count * sizeof *r.places);
    yaml_parser_set_input_string(&r.parser, text.at == NULL ? (const uint8_t *)"" : text.at,
                                 text.len);
    set_defaults(&r);
    read_document(&r);
    if (!r.is_broken)
        check_required(&r);
    if (r.has_event)
        yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    return r.fault_count == 0 ? HF_OK : HF_ERR_MALFORMED;
}
