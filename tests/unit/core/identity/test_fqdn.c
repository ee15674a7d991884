#include "core/identity/fqdn.h"
#include "support/hf_test.h"

#include <string.h>

enum { ARENA_LIMIT = 4096 };

/* Threat row PKI-6: hostile names, none of which is an FQDN. */
static const char *hostile[] = {
    "",
    ".",
    "..",
    "a",
    "a.",
    ".a",
    ".a.b",
    "a..b",
    "a.b..",
    "localhost",
    "-a.b",
    "a-.b",
    "a.-b",
    "a.b-",
    "-.a.b",
    "*",
    "*.example.com",
    "m*f.example.com",
    "maf.*.com",
    "maf_1.example.com",
    "_maf.example.com",
    "maf.example.com ",
    " maf.example.com",
    "maf example.com",
    "maf\t.example.com",
    "maf.example.com\n",
    "maf.example.com\r\n",
    "\nmaf.example.com",
    "maf.example.com/",
    "maf.example.com/x",
    "//maf.example.com",
    "https://maf.example.com",
    "maf.example.com:443",
    "user@maf.example.com",
    "maf.example.com@",
    "maf.example.com?x",
    "maf.example.com#x",
    "maf.example.com\\",
    "maf%2eexample.com",
    "maf.example.com%00",
    "maf.example,com",
    "maf.example;com",
    "(maf).example.com",
    "[::1]",
    "::1",
    "fe80::1%eth0",
    "maf.example.com.\x7f",
    "maf.ex\xc3\xa4mple.com",
    "m\xd0\xb0"
    "f.example.com",
    "maf\xe3\x80\x82"
    "example.com",
    "maf\xef\xbc\x8e"
    "example.com",
    "\xef\xbd\x8d"
    "af.example.com",
    "maf.exa\xcc\x88mple.com",
    "maf\xc2\xad.example.com",
    "maf.example.com\xe2\x80\x8b",
    "\xef\xbb\xbfmaf.example.com",
    "maf.exampl\xc3\x29.com",
    "maf.example.\xff",
    "maf.\x01.com",
    "maf.example.com'",
    "\"maf.example.com\"",
    "maf.example.com|x",
    "~maf.example.com",
    "maf.example.com$",
};

static void assert_canonical(const char *text, const char *expected)
{
    struct hf_arena a;
    struct hf_bytes out;

    hf_arena_init(&a, ARENA_LIMIT);
    assert_ok(hf_fqdn_canonical(hf_text(text), &a, &out));
    assert_bytes_text(out, expected);
    assert_true(hf_fqdn_is_canonical(out));
    hf_arena_done(&a);
}

HF_TEST(the_canonical_form_is_lower_case_without_the_last_dot)
{
    assert_canonical("maf.example.com", "maf.example.com");
    assert_canonical("MAF.Example.COM", "maf.example.com");
    assert_canonical("maf.example.com.", "maf.example.com");
    assert_canonical("xn--BCHER-kva.example", "xn--bcher-kva.example");
    assert_canonical("a.b", "a.b");
    assert_canonical("1.2.3.4", "1.2.3.4");
    assert_canonical("a--b.c", "a--b.c");
}

HF_TEST(sixty_hostile_names_are_refused)
{
    struct hf_arena a;
    struct hf_bytes out = HF_LITERAL("as it was");

    hf_arena_init(&a, ARENA_LIMIT);
    assert_true(HF_COUNT(hostile) >= 60);
    for (size_t i = 0; i < HF_COUNT(hostile); i++) {
        assert_false(hf_fqdn_is_valid(hf_text(hostile[i])));
        assert_false(hf_fqdn_is_canonical(hf_text(hostile[i])));
        assert_status(hf_fqdn_canonical(hf_text(hostile[i]), &a, &out), HF_ERR_MALFORMED);
    }
    assert_bytes_text(out, "as it was");
    assert_false(hf_fqdn_is_valid(HF_LITERAL("maf.example.com\0.evil.example")));
    assert_false(hf_fqdn_is_valid(HF_LITERAL("maf.example.com\0")));
    hf_arena_done(&a);
}

HF_TEST(no_octet_outside_letters_digits_and_inner_hyphens_is_accepted)
{
    for (unsigned c = 0; c < 256; c++) {
        uint8_t name[] = {'a', (uint8_t)c, 'b', '.', 'c', 'd'};
        bool expected = hf_is_alnum((uint8_t)c) || c == '-' || c == '.';

        assert_int_equal(hf_fqdn_is_valid(hf_bytes_of(name, sizeof name)), expected);
    }
}

HF_TEST(a_label_has_63_octets_and_a_name_200_at_most)
{
    char name[256];

    memset(name, 'a', sizeof name);
    memcpy(name + 63, ".b", 3);
    assert_true(hf_fqdn_is_valid(hf_text(name)));
    memset(name, 'a', sizeof name);
    memcpy(name + 64, ".b", 3);
    assert_false(hf_fqdn_is_valid(hf_text(name)));

    memset(name, 'a', sizeof name);
    for (size_t i = 50; i < 200; i += 50)
        name[i] = '.';
    assert_true(hf_fqdn_is_valid(hf_bytes_of(name, 200)));
    name[200] = '.'; /* the root is not counted */
    assert_true(hf_fqdn_is_valid(hf_bytes_of(name, 201)));
    name[200] = 'a';
    assert_false(hf_fqdn_is_valid(hf_bytes_of(name, 201)));
}

HF_TEST(only_the_canonical_spelling_is_canonical)
{
    assert_true(hf_fqdn_is_canonical(HF_LITERAL("maf.example.com")));
    assert_false(hf_fqdn_is_canonical(HF_LITERAL("Maf.example.com")));
    assert_false(hf_fqdn_is_canonical(HF_LITERAL("maf.example.com.")));
}

HF_TEST(equality_ignores_case_and_the_root_and_nothing_else)
{
    assert_true(hf_fqdn_equal(HF_LITERAL("maf.example.com"), HF_LITERAL("MAF.example.com.")));
    assert_false(hf_fqdn_equal(HF_LITERAL("maf.example.com"), HF_LITERAL("maf.example.org")));
    assert_false(hf_fqdn_equal(HF_LITERAL("maf.example.com"), HF_LITERAL("maf.example.com..")));
    assert_false(hf_fqdn_equal(HF_LITERAL("maf.example.com"), HF_LITERAL("maf.example.co")));
    assert_false(
        hf_fqdn_equal(HF_LITERAL("maf.example.com"), HF_LITERAL("maf.example.com\0.evil.example")));
}

HF_TEST(a_full_arena_is_a_limit)
{
    struct hf_arena a;
    struct hf_bytes out = HF_LITERAL("as it was");

    hf_arena_init(&a, 1);
    assert_status(hf_fqdn_canonical(HF_LITERAL("maf.example.com"), &a, &out), HF_ERR_LIMIT);
    assert_bytes_text(out, "as it was");
    hf_arena_done(&a);
}
