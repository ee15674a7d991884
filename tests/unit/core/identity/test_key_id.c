#include "core/identity/key_id.h"
#include "support/hf_test.h"

#include <stdio.h>
#include <string.h>

enum { ARENA_LIMIT = 4096, LINE_MAX_LEN = 2048, IDENTITIES_MIN = 2000, LARGEST = 65535 };

HF_TEST(a_key_id_is_a_relative_part_and_an_fqdn)
{
    struct hf_key_id id = {0};

    assert_ok(hf_key_id_parse(HF_LITERAL("thiskey@mymef.com"), &id));
    assert_bytes_text(id.relative, "thiskey");
    assert_bytes_text(id.fqdn, "mymef.com");
}

HF_TEST(a_refused_key_id_leaves_the_output_alone)
{
    struct hf_key_id id = {.relative = HF_LITERAL("before")};

    assert_status(hf_key_id_parse(HF_LITERAL("this key@mymef.com"), &id), HF_ERR_MALFORMED);
    assert_status(hf_key_id_parse(HF_LITERAL("victim@mymef.com\0x"), &id), HF_ERR_MALFORMED);
    assert_status(hf_key_id_parse(HF_LITERAL("victim\0x@mymef.com"), &id), HF_ERR_MALFORMED);
    assert_bytes_text(id.relative, "before");
    assert_int_equal(id.fqdn.len, 0);
}

/* Threat row PSK-6. */
HF_TEST(lengths_around_every_limit_are_judged_without_harm)
{
    static const size_t refused[] = {0, 1, 4, 256, 257, 512, LARGEST};
    static const size_t accepted[] = {5, 127, 128, 129, 254, 255};
    static uint8_t room[LARGEST];
    struct hf_key_id id;

    for (size_t i = 0; i < HF_COUNT(refused); i++) {
        memset(room, 'k', sizeof room);
        if (refused[i] >= 4)
            memcpy(room + refused[i] - 4, "@a.b", 4);
        assert_status(hf_key_id_parse(hf_bytes_of(room, refused[i]), &id), HF_ERR_MALFORMED);
    }
    for (size_t i = 0; i < HF_COUNT(accepted); i++) {
        memset(room, 'k', sizeof room);
        memcpy(room + accepted[i] - 4, "@a.b", 4);
        assert_ok(hf_key_id_parse(hf_bytes_of(room, accepted[i]), &id));
    }
}

/* One line of the file: what the reference says, and what we say. */
static void compare_with_reference(const char *hex, const char *verdict)
{
    uint8_t room[LINE_MAX_LEN / 2];
    struct hf_bytes text = hf_test_hex(strcmp(hex, "-") == 0 ? "" : hex, room, sizeof room), out;
    struct hf_arena a;
    struct hf_key_id id;
    hf_status st;

    hf_arena_init(&a, ARENA_LIMIT);
    st = hf_key_id_canonical(text, &a, &out);
    if (strcmp(verdict, "refused") == 0) {
        assert_status(st, HF_ERR_MALFORMED);
        assert_status(hf_key_id_parse(text, &id), HF_ERR_MALFORMED);
    } else {
        assert_ok(st);
        assert_bytes_text(out, verdict);
        assert_ok(hf_key_id_canonical(out, &a, &out));
        assert_bytes_text(out, verdict);
    }
    hf_arena_done(&a);
}

/* Threat row PSK-5: tests/vectors/key_identifiers.py holds the grammar a second time. */
HF_TEST(the_accepted_set_is_that_of_the_reference_grammar)
{
    FILE *f = fopen("tests/vectors/key_identifiers.txt", "r");
    static char line[LINE_MAX_LEN];
    size_t count = 0;

    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        char *hex = strtok(line, " \n"), *verdict = strtok(NULL, " \n");

        assert_non_null(hex);
        assert_non_null(verdict);
        if (strcmp(hex, "#") == 0)
            continue;
        compare_with_reference(hex, verdict);
        count++;
    }
    fclose(f);
    assert_true(count >= IDENTITIES_MIN);
}

HF_TEST(sixteen_octets_are_written_as_hex_binary)
{
    static const uint8_t octets[HF_RELATIVE_ID_LEN] = {0x34, 0xb7, 0x64, 0x92, 0xff};
    struct hf_arena a;
    struct hf_bytes out;

    hf_arena_init(&a, ARENA_LIMIT);
    assert_ok(hf_relative_id_of(octets, &a, &out));
    assert_bytes_text(out, "34B76492FF0000000000000000000000");
    assert_true(hf_relative_id_is_valid(out));
    hf_arena_done(&a);
}

HF_TEST(joining_gives_the_canonical_form)
{
    struct hf_arena a;
    struct hf_bytes out;

    hf_arena_init(&a, ARENA_LIMIT);
    assert_ok(hf_key_id_join(HF_LITERAL("KmID-1"), HF_LITERAL("MAF.example."), &a, &out));
    assert_bytes_text(out, "KmID-1@maf.example");
    assert_ok(hf_key_id_join(HF_LITERAL("34b7649266ccde88723d9d9e6264394e"),
                             HF_LITERAL("maf.example"), &a, &out));
    assert_bytes_text(out, "34B7649266CCDE88723D9D9E6264394E@maf.example");
    hf_arena_done(&a);
}

HF_TEST(joining_refuses_what_parsing_refuses)
{
    uint8_t room[HF_KEY_ID_MAX];
    struct hf_arena a;
    struct hf_bytes out = HF_LITERAL("as it was");

    memset(room, 'k', sizeof room);
    hf_arena_init(&a, ARENA_LIMIT);
    assert_status(hf_key_id_join(HF_LITERAL(""), HF_LITERAL("a.b"), &a, &out), HF_ERR_MALFORMED);
    assert_status(hf_key_id_join(HF_LITERAL("a@b"), HF_LITERAL("a.b"), &a, &out), HF_ERR_MALFORMED);
    assert_status(hf_key_id_join(HF_LITERAL("k"), HF_LITERAL("a"), &a, &out), HF_ERR_MALFORMED);
    assert_status(hf_key_id_join(hf_bytes_of(room, 252), HF_LITERAL("a.b"), &a, &out),
                  HF_ERR_MALFORMED);
    assert_bytes_text(out, "as it was");
    assert_ok(hf_key_id_join(hf_bytes_of(room, 251), HF_LITERAL("a.b"), &a, &out));
    hf_arena_done(&a);
}
