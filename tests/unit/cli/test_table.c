#include "cli/table.h"

#include <string.h>

#include "base/time.h"
#include "support/hf_test.h"

enum { TEXT_MAX = 2048 };

static const struct hf_column columns[] = {
    {"id",   "ID"  },
    {"ends", "Ends"},
    {"who",  "Who" }
};

static char text[TEXT_MAX];

static FILE *open_text(void)
{
    memset(text, 0, sizeof text);
    return fmemopen(text, sizeof text - 1, "w");
}

static void print(bool json, const struct hf_value *values, size_t rows)
{
    FILE *out = open_text();

    if (rows == 0)
        hf_print_facts(out, json, columns, values, HF_COUNT(columns));
    else
        hf_print_table(out, json, columns, HF_COUNT(columns), values, rows);
    fclose(out);
}

HF_TEST(facts_are_aligned_for_people_and_typed_for_programs)
{
    static const struct hf_bytes who[] = {
        {(const uint8_t *)"a", 1},
        {(const uint8_t *)"b", 1}
    };
    const struct hf_value values[] = {hf_value_text(HF_LITERAL("k1")), hf_value_time(0),
                                      hf_value_list((struct hf_list){who, 2})};

    print(false, values, 0);
    assert_string_equal(text, "ID    k1\nEnds  1970-01-01 00:00:00 UTC\nWho   a, b\n");
    print(true, values, 0);
    assert_string_equal(
        text, "{\"id\": \"k1\", \"ends\": \"19700101T000000\", \"who\": [\"a\",\"b\"]}\n");
}

HF_TEST(a_table_has_columns_as_wide_as_their_widest_cell)
{
    const struct hf_value values[] = {
        hf_value_text(HF_LITERAL("long-one")), hf_value_time(HF_NEVER), hf_value_bool(true),
        hf_value_text(HF_LITERAL("")),         hf_value_number(70),     hf_value_bool(false)};

    print(false, values, 2);
    assert_string_equal(text, "ID        Ends  Who\nlong-one  -     yes\n-         70    no\n");
    print(true, values, 2);
    assert_string_equal(text, "[{\"id\": \"long-one\", \"ends\": null, \"who\": true},\n"
                              " {\"id\": null, \"ends\": 70, \"who\": false}]\n");
}

HF_TEST(foreign_control_characters_never_reach_a_terminal)
{
    const struct hf_value values[] = {hf_value_text(HF_LITERAL("\x1b[2J\x07")), hf_value_number(1),
                                      hf_value_text(HF_LITERAL("a\nb\"\\"))};

    print(false, values, 0);
    assert_null(strchr(text, 0x1b));
    assert_non_null(strstr(text, "?[2J?"));
    print(true, values, 0);
    assert_non_null(strstr(text, "\\u001b[2J\\u0007"));
    assert_non_null(strstr(text, "a\\u000ab\\\"\\\\"));
}
