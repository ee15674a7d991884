#include "core/identity/entity_id.h"
#include "support/hf_test.h"

#include <string.h>

enum { ARENA_LIMIT = 4096 };

static const char *refused[] = {
    "",
    "/",
    "//",
    "///",
    "CSE1",
    "/CSE1",
    "/CSE1/C9",
    "C9",
    "sp.example.com/CSE1",
    "http://sp.example.com/CSE1",
    "onem2m://sp.example.com/CSE1",
    "//sp/CSE1",
    "//sp..com/CSE1",
    "//*.example.com/CSE1",
    "//sp.example.com:1/CSE1",
    "//u@sp.example.com/CSE1",
    "//sp.example.com/",
    "//sp.example.com//CSE1",
    "//sp.example.com/CSE1/",
    "//sp.example.com/CSE1//C9",
    "//sp.example.com/CSE1/S9",
    "//sp.example.com/CSE1/c9",
    "//sp.example.com/CSE1/x",
    "//sp.example.com/CSE1/C9/",
    "//sp.example.com/CSE1/C9/x",
    "//sp.example.com/S9/",
    "//sp.example.com/S9/C9",
    "//sp.example.com/.",
    "//sp.example.com/..",
    "//sp.example.com/../C9",
    "//sp.example.com/./C9",
    "//sp.example.com/CSE 1",
    "//sp.example.com/CSE%31",
    "//sp.example.com/CSE1?x",
    "//sp.example.com/CSE1#x",
    "//sp.example.com/CSE1/C*",
    "//sp.example.com/CSE1/C\xc3\xa4",
    "//sp.example.com/CSE\n",
    "//sp.example.com/CSE1/C+9",
    "//sp.example.com\\CSE1",
};

static void assert_parses(const char *text, enum hf_entity_kind kind, const char *sp,
                          const char *cse, const char *stem)
{
    struct hf_entity_id e = {0};

    assert_ok(hf_entity_id_parse(hf_text(text), &e));
    assert_int_equal(e.kind, kind);
    assert_bytes_text(e.sp, sp);
    assert_bytes_text(e.cse, cse);
    assert_bytes_text(e.stem, stem);
}

HF_TEST(absolute_forms_are_taken_apart)
{
    assert_parses("//m2m.prov.com/CSE3219", HF_ENTITY_CSE, "m2m.prov.com", "CSE3219", "");
    assert_parses("//m2m.prov.com/CSE1/C190", HF_ENTITY_AE, "m2m.prov.com", "CSE1", "C190");
    assert_parses("//m2m.prov.com/S98821", HF_ENTITY_AE, "m2m.prov.com", "", "S98821");
    assert_parses("//maf.example", HF_ENTITY_FUNCTION, "maf.example", "", "");
    assert_parses("//a.b/C9", HF_ENTITY_CSE, "a.b", "C9", "");
    assert_parses("//a.b/s9", HF_ENTITY_CSE, "a.b", "s9", "");
    assert_parses("//a.b/-._~/C-._~", HF_ENTITY_AE, "a.b", "-._~", "C-._~");
    assert_parses("//a.b/S", HF_ENTITY_AE, "a.b", "", "S");
}

HF_TEST(everything_else_is_refused)
{
    struct hf_arena a;
    struct hf_bytes out = HF_LITERAL("as it was");

    hf_arena_init(&a, ARENA_LIMIT);
    for (size_t i = 0; i < HF_COUNT(refused); i++) {
        struct hf_entity_id e = {.kind = HF_ENTITY_FUNCTION};

        assert_status(hf_entity_id_parse(hf_text(refused[i]), &e), HF_ERR_MALFORMED);
        assert_int_equal(e.kind, HF_ENTITY_FUNCTION);
        assert_int_equal(e.sp.len, 0);
        assert_status(hf_entity_id_canonical(hf_text(refused[i]), &a, &out), HF_ERR_MALFORMED);
    }
    assert_status(hf_entity_id_canonical(HF_LITERAL("//a.b/CSE1\0x"), &a, &out), HF_ERR_MALFORMED);
    assert_bytes_text(out, "as it was");
    hf_arena_done(&a);
}

HF_TEST(an_id_has_255_octets_at_most)
{
    char id[HF_ENTITY_ID_MAX + 1];
    struct hf_entity_id e;

    memset(id, 'x', sizeof id);
    memcpy(id, "//a.b/", strlen("//a.b/"));
    assert_ok(hf_entity_id_parse(hf_bytes_of(id, HF_ENTITY_ID_MAX), &e));
    assert_status(hf_entity_id_parse(hf_bytes_of(id, sizeof id), &e), HF_ERR_MALFORMED);
}

HF_TEST(canonical_is_the_fqdn_in_lower_case_and_the_rest_as_it_was)
{
    struct hf_arena a;
    struct hf_bytes out;

    hf_arena_init(&a, ARENA_LIMIT);
    assert_ok(hf_entity_id_canonical(HF_LITERAL("//M2M.Prov.COM./CSE1/C190XX7T"), &a, &out));
    assert_bytes_text(out, "//m2m.prov.com/CSE1/C190XX7T");
    assert_true(hf_entity_id_is_canonical(out));
    assert_false(hf_entity_id_is_canonical(HF_LITERAL("//M2M.prov.com/CSE1")));
    assert_false(hf_entity_id_is_canonical(HF_LITERAL("//m2m.prov.com./CSE1")));
    assert_ok(hf_entity_id_canonical(HF_LITERAL("//MAF.Example."), &a, &out));
    assert_bytes_text(out, "//maf.example");
    assert_true(hf_entity_id_equal(out, HF_LITERAL("//maf.example")));
    assert_false(hf_entity_id_equal(out, HF_LITERAL("//maf.example/x")));
    hf_arena_done(&a);
}

static bool is_named_by(const char *absolute, const char *text)
{
    return hf_entity_id_is_named_by(hf_text(absolute), hf_text(text));
}

HF_TEST(an_entity_is_named_absolutely_or_relative_to_its_provider)
{
    assert_true(is_named_by("//a.b/CSE1", "//a.b/CSE1"));
    assert_true(is_named_by("//a.b/CSE1", "//A.B./CSE1"));
    assert_true(is_named_by("//a.b/CSE1", "/CSE1"));
    assert_true(is_named_by("//a.b/CSE1/C9", "/CSE1/C9"));
    assert_true(is_named_by("//a.b/S7", "/S7"));
    assert_true(is_named_by("//maf.example", "//maf.example"));
}

HF_TEST(an_entity_is_not_named_by_its_neighbour_prefix_or_stem)
{
    assert_false(is_named_by("//a.b/CSE1", "//a.c/CSE1"));
    assert_false(is_named_by("//a.b/CSE1", "/CSE2"));
    assert_false(is_named_by("//a.b/CSE1", "/cse1"));
    assert_false(is_named_by("//a.b/CSE1", "/CSE11"));
    assert_false(is_named_by("//a.b/CSE11", "/CSE1"));
    assert_false(is_named_by("//a.b/CSE1/C9", "/CSE1"));
    assert_false(is_named_by("//a.b/CSE1", "/CSE1/C9"));
    assert_false(is_named_by("//a.b/CSE1/C9", "C9"));
    assert_false(is_named_by("//a.b/CSE1/C9", "/C9"));
    assert_false(is_named_by("//a.b/S7", "S7"));
    assert_false(is_named_by("//a.b/CSE1", ""));
    assert_false(is_named_by("//maf.example", ""));
    assert_false(is_named_by("//maf.example", "/"));
    assert_false(is_named_by("//maf.example", "maf.example"));
    assert_false(is_named_by("nonsense", "nonsense"));
}

HF_TEST(a_node_id_is_visible_ascii_of_1_to_255_octets)
{
    uint8_t room[HF_NODE_ID_MAX + 1];

    assert_true(hf_node_id_is_valid(HF_LITERAL("urn:gsma:imei:90420156-025763-0;svn=42")));
    assert_true(hf_node_id_is_valid(HF_LITERAL("0.2.481.1.100.3030.10011")));
    assert_false(hf_node_id_is_valid(HF_LITERAL("")));
    for (unsigned c = 0; c < 256; c++) {
        uint8_t id[] = {'a', (uint8_t)c};

        assert_int_equal(hf_node_id_is_valid(hf_bytes_of(id, sizeof id)), c > 0x20 && c < 0x7f);
    }
    memset(room, 'n', sizeof room);
    assert_true(hf_node_id_is_valid(hf_bytes_of(room, HF_NODE_ID_MAX)));
    assert_false(hf_node_id_is_valid(hf_bytes_of(room, sizeof room)));
}
