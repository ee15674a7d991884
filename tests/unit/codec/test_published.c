/* What docs/protocol says is what the code does. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "codec/attributes.h"
#include "support/hf_test.h"

enum { FILE_MAX = 65536, TABLE_MAX = 16384 };

static const char resources_path[] = "docs/protocol/resources.md";
static const char schema_path[] = "docs/protocol/client-configuration.schema.json";

static const char *const kinds[] = {
    [HF_JSON_NUMBER] = "number", [HF_JSON_FLAG] = "boolean",  [HF_JSON_TIME] = "timestamp",
    [HF_JSON_TEXT] = "string",   [HF_JSON_TEXTS] = "strings", [HF_JSON_NUMBERS] = "numbers",
    [HF_JSON_KEY] = "base64",
};

static const char *read_file(const char *path)
{
    static char text[FILE_MAX];
    FILE *f = fopen(path, "rb");
    size_t len;

    assert_non_null(f);
    len = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[len] = 0;
    return text;
}

/* One line of the published table, from one row of the table in the code. */
static void put_row(struct hf_writer *w, const struct hf_attribute_row *row)
{
    hf_put_text(w, "| ");
    hf_put_text(w, row->name);
    hf_put_text(w, " | ");
    hf_put_text(w, kinds[row->kind]);
    for (unsigned type = 1; type < HF_TYPE_COUNT; type++) {
        hf_put_text(w, " | ");
        hf_put_text(w, row->rules[type]);
    }
    hf_put_text(w, " |\n");
}

HF_TEST(the_published_table_of_attributes_is_the_one_in_use)
{
    static char table[TABLE_MAX];
    struct hf_writer w = hf_writer_over(table, sizeof table);

    for (size_t i = 0; i < HF_COUNT(hf_attributes); i++)
        put_row(&w, &hf_attributes[i]);
    assert_ok(hf_writer_finish_text(&w));
    if (strstr(read_file(resources_path), table) == NULL)
        fail_msg("%s should say:\n%s", resources_path, table);
}

HF_TEST(the_published_types_are_the_ones_in_use)
{
    const char *text = read_file(resources_path);

    for (unsigned type = 1; type < HF_TYPE_COUNT; type++) {
        char line[64];

        snprintf(line, sizeof line, "\n| %u | `sec:%s` |", type, hf_type_name(type));
        if (strstr(text, line) == NULL)
            fail_msg("%s should say: %s", resources_path, line);
    }
}

HF_TEST(every_attribute_has_one_row_and_a_rule_for_every_operation)
{
    uint32_t seen = 0;

    for (size_t i = 0; i < HF_COUNT(hf_attributes); i++) {
        seen |= 1u << hf_attributes[i].attribute;
        assert_ptr_equal(hf_attribute_named(hf_text(hf_attributes[i].name)), &hf_attributes[i]);
        for (unsigned type = 0; type < HF_TYPE_COUNT; type++) {
            assert_int_equal(strlen(hf_attributes[i].rules[type]), 3);
            assert_int_equal(strspn(hf_attributes[i].rules[type], "MODN-"), 3);
        }
    }
    assert_int_equal(seen, (1u << HF_A_COUNT) - 1);
}

/* Every member of `document` has its property, and every required one is there. */
static void assert_described(json_t *schema, json_t *document)
{
    json_t *properties = json_object_get(schema, "properties");
    json_t *required = json_object_get(schema, "required");
    const char *name;
    json_t *value;

    json_object_foreach(document, name, value)
    {
        json_t *property = json_object_get(properties, name);

        if (property == NULL)
            fail_msg("the schema does not know %s", name);
        if (json_is_object(value))
            assert_described(property, value);
    }
    for (size_t i = 0; i < json_array_size(required); i++) {
        const char *member = json_string_value(json_array_get(required, i));

        if (json_object_get(document, member) == NULL)
            fail_msg("%s is required, and not written", member);
    }
}

static void write_and_compare(json_t *schema, const struct hf_client_configuration *c)
{
    static char room[TABLE_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    json_t *document;

    assert_ok(hf_client_configuration_write(c, &w));
    assert_ok(hf_writer_finish_text(&w));
    document = json_loads(room, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(document);
    assert_described(schema, document);
    json_decref(document);
}

HF_TEST(the_published_schema_describes_what_is_written)
{
    static const struct hf_bytes ae = {(const uint8_t *)"//sp.example.com/S1", 19};
    json_t *schema = json_loads(read_file(schema_path), JSON_REJECT_DUPLICATES, NULL);
    struct hf_client_configuration small = {.provider = HF_LITERAL("sp.example.com"),
                                            .node_id = HF_LITERAL("n"),
                                            .in_cse_id = HF_LITERAL("//sp.example.com/IN"),
                                            .maf_fqdn = HF_LITERAL("maf.example.com"),
                                            .lifetime_s = 1};
    struct hf_client_configuration full = small;

    full.cse_id = HF_LITERAL("//sp.example.com/CSE1");
    full.ae_ids = (struct hf_list){&ae, 1};
    full.maf_address = full.gateway_address = HF_LITERAL("192.0.2.1");
    full.maf_psk_port = full.maf_certificate_port = full.gateway_port = 1;
    assert_non_null(schema);
    write_and_compare(schema, &small);
    write_and_compare(schema, &full);
    json_decref(schema);
}
