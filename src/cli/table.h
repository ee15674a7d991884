/*
 * What a command prints: facts about one thing, or a table of many; aligned text for people, JSON
 * for programs, from the same values. Control characters of foreign text never reach a terminal.
 */
#ifndef HF_CLI_TABLE_H
#define HF_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/record/record.h"

enum hf_value_kind {
    HF_VALUE_NONE, /* "-", null */
    HF_VALUE_TEXT,
    HF_VALUE_NUMBER,
    HF_VALUE_BOOL, /* "yes", true */
    HF_VALUE_TIME, /* seconds; "2030-01-01 00:00:00 UTC", oneM2M timestamp in JSON; HF_NEVER: none
                    */
    HF_VALUE_LIST,
};

struct hf_value {
    enum hf_value_kind kind;
    struct hf_bytes text;
    uint64_t number; /* also bool and time */
    struct hf_list list;
};

struct hf_value hf_value_text(struct hf_bytes text); /* empty gives none */
struct hf_value hf_value_number(uint64_t n);
struct hf_value hf_value_bool(bool b);
struct hf_value hf_value_time(uint64_t time_s);
struct hf_value hf_value_list(struct hf_list list);

struct hf_column {
    const char *key;   /* JSON member, lower_case */
    const char *title; /* for people */
};

/* One thing: a line a fact, or one JSON object. */
void hf_print_facts(FILE *out, bool json, const struct hf_column *columns,
                    const struct hf_value *values, size_t count);
/* Many things: `values` row by row, column_count each; an array of objects in JSON. */
void hf_print_table(FILE *out, bool json, const struct hf_column *columns, size_t column_count,
                    const struct hf_value *values, size_t row_count);

/* Pieces for commands with a shape of their own. */
void hf_print_text(FILE *out, struct hf_bytes text);        /* control characters as '?' */
void hf_print_json_string(FILE *out, struct hf_bytes text); /* with quotes */

#endif
