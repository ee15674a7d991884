#include "role/mef/issue_key.h"

#include "role/mef/mef_internal.h"
#include "support/hf_test.h"

/* Ke of the digest's vectors, section 3.7: 00 01 .. 1f. */
static void derive(const struct hf_mef_config *config, unsigned suid, bool is_exported,
                   const char *target, const char *expected)
{
    struct hf_mef m = {.config = config};
    struct hf_key_record k = {.suid = suid, .is_exported = is_exported};
    struct hf_secret out = {0};
    struct hf_arena a;
    uint8_t ke[32];

    for (uint8_t i = 0; i < sizeof ke; i++)
        ke[i] = i;
    assert_ok(hf_secret_set(&k.key, hf_bytes_of(ke, sizeof ke)));
    hf_arena_init(&a, 4096);
    assert_ok(hf_mef_key_for(&m, &k, hf_text(target), &a, &out));
    assert_secret_hex(&out, expected);
    hf_arena_done(&a);
}

#define IN_CSE "//sp.example.com/in-cse"
#define KE     "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

HF_TEST(an_exported_key_is_derived_for_its_use_and_target)
{
    struct hf_mef_config c = {.in_cse = HF_LITERAL(IN_CSE)};

    derive(&c, 21, true, "//maf.example.com",
           "f8610e4d1a428f72308e2941f53a1a0fdc1afa7b1dde3ec59fc52381dcbeb66a");
    derive(&c, 22, true, "//sp.example.com/CSE1",
           "e107054407f56931da7d6d3fba0a31fd7699f01b898ad890099019c77376962f");
    derive(&c, 23, true, "//sp.example.com/CSE1/C123",
           "3ae84bc30242597c15192047d6c9cba8056318c12c35eb50456dc1df80d9a47d");
}

HF_TEST(a_given_value_and_the_verbatim_switch_leave_the_key_as_it_is)
{
    struct hf_mef_config c = {.in_cse = HF_LITERAL(IN_CSE)};

    derive(&c, 24, false, "//sp.example.com/CSE1", KE);
    c.exported_verbatim = true;
    derive(&c, 21, true, "//maf.example.com", KE);
}

HF_TEST(the_legacy_labels_are_those_of_10_3_2_and_10_3_3)
{
    struct hf_mef_config c = {.in_cse = HF_LITERAL(IN_CSE), .legacy_labels = true};

    derive(&c, 21, true, "//maf.example.com",
           "3055bf32dd9c95586aaffa2ae2e165dfeffd0803566e16bdd343171457da8a5e");
    derive(&c, 22, true, "//sp.example.com/CSE1",
           "f8613d98d7d020f814593e48d2740066d7f47a56c8df0aa2cde1a20d43446792");
    derive(&c, 23, true, "//sp.example.com/CSE1/C123",
           "3ae84bc30242597c15192047d6c9cba8056318c12c35eb50456dc1df80d9a47d");
}
