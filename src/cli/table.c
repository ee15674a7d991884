#include "cli/table.h"

#include "base/time.h"

enum { GAP = 2 };

struct hf_value hf_value_text(struct hf_bytes text)
{
    return (struct hf_value){.kind = text.len == 0 ? HF_VALUE_NONE : HF_VALUE_TEXT, .text = text};
}

struct hf_value hf_value_number(uint64_t n)
{
    return (struct hf_value){.kind = HF_VALUE_NUMBER, .number = n};
}

struct hf_value hf_value_bool(bool b)
{
    return (struct hf_value){.kind = HF_VALUE_BOOL, .number = b};
}

struct hf_value hf_value_time(uint64_t time_s)
{
    return (struct hf_value){.kind = time_s == HF_NEVER ? HF_VALUE_NONE : HF_VALUE_TIME,
                             .number = time_s};
}

struct hf_value hf_value_list(struct hf_list list)
{
    return (struct hf_value){.kind = HF_VALUE_LIST, .list = list};
}

void hf_print_text(FILE *out, struct hf_bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];

        fputc(c < ' ' || c == 0x7f ? '?' : c, out);
    }
}

void hf_print_json_string(FILE *out, struct hf_bytes text)
{
    fputc('"', out);
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];

        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c < ' ' || c == 0x7f)
            fprintf(out, "\\u%04x", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

/* "20300101T000000"; the room is that of one value. */
static struct hf_bytes timestamp(uint64_t time_s, uint8_t room[HF_TIMESTAMP_LEN])
{
    struct hf_writer w = hf_writer_over(room, HF_TIMESTAMP_LEN);

    hf_put_timestamp(&w, time_s);
    return hf_bytes_of(room, w.used);
}

static void print_time(FILE *out, uint64_t time_s)
{
    uint8_t room[HF_TIMESTAMP_LEN];
    const char *t = (const char *)timestamp(time_s, room).at;

    fprintf(out, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s UTC", t, t + 4, t + 6, t + 9, t + 11, t + 13);
}

static void print_for_people(FILE *out, const struct hf_value *v)
{
    switch (v->kind) {
    case HF_VALUE_NONE:
        fputc('-', out);
        return;
    case HF_VALUE_TEXT:
        hf_print_text(out, v->text);
        return;
    case HF_VALUE_NUMBER:
        fprintf(out, "%llu", (unsigned long long)v->number);
        return;
    case HF_VALUE_BOOL:
        fputs(v->number != 0 ? "yes" : "no", out);
        return;
    case HF_VALUE_TIME:
        print_time(out, v->number);
        return;
    case HF_VALUE_LIST:
        for (size_t i = 0; i < v->list.count; i++) {
            fputs(i == 0 ? "" : ", ", out);
            hf_print_text(out, v->list.at[i]);
        }
        if (v->list.count == 0)
            fputc('-', out);
        return;
    }
}

static void print_as_json(FILE *out, const struct hf_value *v)
{
    uint8_t room[HF_TIMESTAMP_LEN];

    switch (v->kind) {
    case HF_VALUE_NONE:
        fputs("null", out);
        return;
    case HF_VALUE_TEXT:
        hf_print_json_string(out, v->text);
        return;
    case HF_VALUE_NUMBER:
        fprintf(out, "%llu", (unsigned long long)v->number);
        return;
    case HF_VALUE_BOOL:
        fputs(v->number != 0 ? "true" : "false", out);
        return;
    case HF_VALUE_TIME:
        hf_print_json_string(out, timestamp(v->number, room));
        return;
    case HF_VALUE_LIST:
        fputc('[', out);
        for (size_t i = 0; i < v->list.count; i++) {
            fputs(i == 0 ? "" : ",", out);
            hf_print_json_string(out, v->list.at[i]);
        }
        fputc(']', out);
        return;
    }
}

static size_t digits_of(uint64_t n)
{
    size_t digits = 1;

    for (; n >= 10; n /= 10)
        digits++;
    return digits;
}

static size_t width_of(const struct hf_value *v)
{
    size_t width = 0;

    switch (v->kind) {
    case HF_VALUE_NONE:
        return 1;
    case HF_VALUE_TEXT:
        return v->text.len;
    case HF_VALUE_NUMBER:
        return digits_of(v->number);
    case HF_VALUE_BOOL:
        return v->number != 0 ? sizeof "yes" - 1 : sizeof "no" - 1;
    case HF_VALUE_TIME:
        return sizeof "2030-01-01 00:00:00 UTC" - 1;
    case HF_VALUE_LIST:
        for (size_t i = 0; i < v->list.count; i++)
            width += v->list.at[i].len + (i == 0 ? 0 : 2);
        return width == 0 ? 1 : width;
    }
    return 0;
}

static void pad(FILE *out, size_t width, size_t used)
{
    for (; used < width; used++)
        fputc(' ', out);
}

static void print_object(FILE *out, const struct hf_column *columns, const struct hf_value *values,
                         size_t count)
{
    fputc('{', out);
    for (size_t i = 0; i < count; i++) {
        fputs(i == 0 ? "" : ", ", out);
        hf_print_json_string(out, hf_text(columns[i].key));
        fputs(": ", out);
        print_as_json(out, &values[i]);
    }
    fputc('}', out);
}

void hf_print_facts(FILE *out, bool json, const struct hf_column *columns,
                    const struct hf_value *values, size_t count)
{
    size_t width = 0;

    if (json) {
        print_object(out, columns, values, count);
        fputc('\n', out);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (hf_text(columns[i].title).len > width)
            width = hf_text(columns[i].title).len;
    for (size_t i = 0; i < count; i++) {
        fputs(columns[i].title, out);
        pad(out, width + GAP, hf_text(columns[i].title).len);
        print_for_people(out, &values[i]);
        fputc('\n', out);
    }
}

static size_t column_width(const char *title, const struct hf_value *first, size_t stride,
                           size_t row_count)
{
    size_t width = hf_text(title).len;

    for (size_t r = 0; r < row_count; r++)
        if (width_of(&first[r * stride]) > width)
            width = width_of(&first[r * stride]);
    return width;
}

static void print_rows(FILE *out, const struct hf_column *columns, size_t column_count,
                       const struct hf_value *values, size_t row_count)
{
    for (size_t r = 0; r <= row_count; r++) {
        for (size_t c = 0; c < column_count; c++) {
            const struct hf_value *v = &values[r == 0 ? 0 : (r - 1) * column_count + c];
            size_t width = column_width(columns[c].title, values + c, column_count, row_count);
            size_t used = r == 0 ? hf_text(columns[c].title).len : width_of(v);

            if (r == 0)
                fputs(columns[c].title, out);
            else
                print_for_people(out, v);
            if (c + 1 < column_count)
                pad(out, width + GAP, used);
        }
        fputc('\n', out);
    }
}

void hf_print_table(FILE *out, bool json, const struct hf_column *columns, size_t column_count,
                    const struct hf_value *values, size_t row_count)
{
    if (!json) {
        print_rows(out, columns, column_count, values, row_count);
        return;
    }
    fputc('[', out);
    for (size_t r = 0; r < row_count; r++) {
        fputs(r == 0 ? "" : ",\n ", out);
        print_object(out, columns, values + r * column_count, column_count);
    }
    fputs("]\n", out);
}
