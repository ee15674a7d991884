#include "core/identity/oid.h"
#include "support/hf_test.h"

HF_TEST(dotted_oids_are_valid)
{
    static const char *valid[] = {
        "0.0",
        "0.39",
        "1.39",
        "2.0",
        "2.999",
        "0.2.481.1.100.3030.10011",
        "2.18446744073709551535",
        "1.2.18446744073709551615",
    };

    for (size_t i = 0; i < HF_COUNT(valid); i++)
        assert_true(hf_oid_is_valid(hf_text(valid[i])));
}

HF_TEST(a_second_spelling_or_an_impossible_arc_is_not)
{
    static const char *refused[] = {
        "",
        "1",
        "1.",
        ".1",
        "1..2",
        "1.2.",
        "01.2",
        "1.02",
        "1.2.00",
        "3.1",
        "0.40",
        "1.40",
        "1.2,3",
        "1.-2",
        "1.+2",
        "1. 2",
        "1.2a",
        "1.2.0x1",
        "2.18446744073709551536",
        "1.2.18446744073709551616",
        "1.2.99999999999999999999999",
    };

    for (size_t i = 0; i < HF_COUNT(refused); i++)
        assert_false(hf_oid_is_valid(hf_text(refused[i])));
}

HF_TEST(an_oid_has_32_arcs_at_most)
{
    const struct hf_bytes arcs = HF_LITERAL("1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1."
                                            "1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1");

    assert_true(hf_oid_is_valid(hf_bytes_first(arcs, arcs.len - 2)));
    assert_false(hf_oid_is_valid(arcs));
}
