#include "core/derive/derive.h"
#include "support/hf_test.h"

#include <string.h>

#include "core/identity/suid.h"

enum { OBJECT_MAX = 2048 };

static const char *too_strange[] = {
    "",
    "maf",
    "MAF.example.com",
    "maf.example.com.",
    ".maf.example.com",
    "maf..com",
    "-maf.example",
    "maf.example.com ",
    "maf_1.example.com",
    "*.example.com",
    "maf/x.com",
    "maf.exam\xc3\xbcle",
    "//maf.example.com",
    "maf.example.com@x",
};

static struct hf_secret key_of(size_t len)
{
    struct hf_secret s = {0};

    memset(hf_secret_room(&s, len), 0x11, len);
    return s;
}

static struct hf_secret untouched(void)
{
    return key_of(7);
}

static void assert_untouched(const struct hf_secret *s)
{
    struct hf_secret before = untouched();

    assert_true(hf_secret_equal(s, &before));
}

HF_TEST(an_export_of_another_length_is_not_split)
{
    for (size_t len = 0; len <= HF_SECRET_MAX; len++) {
        struct hf_secret whole = key_of(len), key = untouched();
        uint8_t id[HF_RELATIVE_ID_LEN] = {0};

        if (len == HF_EXPORTED_LEN)
            continue;
        assert_status(hf_exported_split(&whole, id, &key), HF_ERR_MALFORMED);
        assert_int_equal(id[0], 0);
        assert_untouched(&key);
    }
}

HF_TEST(only_the_uses_a_mef_provisions_have_a_derived_key)
{
    struct hf_secret ke = key_of(HF_EXPORTED_KEY_LEN), out = untouched();
    const struct hf_bytes target = HF_LITERAL("maf.example.com");

    for (unsigned suid = 0; suid < 1000; suid++) {
        if (hf_suid_is_for_mef_registration(suid))
            continue;
        assert_status(hf_usage_constrained_derive(&ke, suid, target, &out), HF_ERR_MALFORMED);
    }
    /* Their last two digits would pass. */
    assert_status(hf_usage_constrained_derive(&ke, 121, target, &out), HF_ERR_MALFORMED);
    assert_status(hf_usage_constrained_derive(&ke, 0xffffffff, target, &out), HF_ERR_MALFORMED);
    assert_untouched(&out);
}

HF_TEST(a_target_with_a_second_spelling_is_refused)
{
    struct hf_secret ke = key_of(HF_EXPORTED_KEY_LEN), out = untouched();

    for (size_t i = 0; i < HF_COUNT(too_strange); i++) {
        struct hf_bytes target = hf_text(too_strange[i]);

        assert_status(hf_usage_constrained_derive(&ke, 21, target, &out), HF_ERR_MALFORMED);
        assert_status(hf_km_derive(&ke, target, &out), HF_ERR_MALFORMED);
    }
    assert_status(hf_km_derive(&ke, HF_LITERAL("maf.example\0.com"), &out), HF_ERR_MALFORMED);
    assert_untouched(&out);
}

/* Threat row KM-8: full-width and composed forms of one name (what NFKC would fold). */
HF_TEST(unicode_variants_of_a_target_are_refused)
{
    static const char *variants[] = {
        "\xef\xbd\x8d"
        "af.example.com", /* full-width m */
        "maf\xe3\x80\x82"
        "example.com",                 /* ideographic full stop */
        "maf.ex\xd0\xb0mple.com",      /* Cyrillic a */
        "maf.exa\xcc\x88mple.com",     /* combining diaeresis */
        "ma\xef\xac\x81.example.com",  /* the ligature fi */
        "maf.example.com\xe2\x80\x8b", /* zero-width space */
        "\xef\xbb\xbfmaf.example.com", /* byte order mark */
        "maf\xc2\xad.example.com",     /* soft hyphen */
    };
    struct hf_secret ke = key_of(HF_EXPORTED_KEY_LEN), out = untouched();

    for (size_t i = 0; i < HF_COUNT(variants); i++)
        assert_status(hf_usage_constrained_derive(&ke, 21, hf_text(variants[i]), &out),
                      HF_ERR_MALFORMED);
    assert_untouched(&out);
}

HF_TEST(an_enrolment_key_of_another_length_is_refused)
{
    struct hf_secret out = untouched();

    for (size_t len = 0; len <= HF_SECRET_MAX; len++) {
        struct hf_secret ke = key_of(len);

        if (len == HF_EXPORTED_KEY_LEN)
            continue;
        assert_status(hf_usage_constrained_derive(&ke, 21, HF_LITERAL("a.b"), &out),
                      HF_ERR_MALFORMED);
        assert_status(hf_km_derive(&ke, HF_LITERAL("a.b"), &out), HF_ERR_MALFORMED);
        assert_status(hf_kpsa_derive(&ke, HF_LITERAL("//a.b/x"), &out), HF_ERR_MALFORMED);
    }
    assert_untouched(&out);
}

HF_TEST(enrolee_b_is_one_absolute_cse_or_ae)
{
    static const char *refused[] = {
        "",
        "/CSE1",
        "CSE1",
        "//sp.example.com",
        "//SP.example.com/CSE1",
        "//sp.example.com./CSE1",
        "//sp.example.com/CSE1/",
        "//sp.example.com/CSE1/S7",
        "//sp.example.com/CSE 1",
    };
    struct hf_secret ke = key_of(HF_EXPORTED_KEY_LEN), out = untouched();

    for (size_t i = 0; i < HF_COUNT(refused); i++)
        assert_status(hf_kpsa_derive(&ke, hf_text(refused[i]), &out), HF_ERR_MALFORMED);
    assert_untouched(&out);
    assert_ok(hf_kpsa_derive(&ke, HF_LITERAL("//sp.example.com/CSE1/C7"), &out));
}

HF_TEST(a_short_kpsa_or_a_long_salt_is_refused)
{
    static const uint8_t salt[HF_SECRET_MAX + 1];
    struct hf_secret enough = key_of(16), few = key_of(15), none = {0};
    struct hf_ke2e out = {0};

    assert_status(hf_ke2e_derive(&none, HF_LITERAL(""), &out), HF_ERR_MALFORMED);
    assert_status(hf_ke2e_derive(&few, HF_LITERAL(""), &out), HF_ERR_MALFORMED);
    assert_status(hf_ke2e_derive(&enough, hf_bytes_of(salt, sizeof salt), &out), HF_ERR_LIMIT);
    assert_true(hf_secret_is_empty(&out.master));
    assert_ok(hf_ke2e_derive(&enough, hf_bytes_of(salt, sizeof salt - 1), &out));
}

HF_TEST(a_rand_object_with_space_or_inner_braces_is_refused)
{
    static const char *refused[] = {
        "",           "{",         "}",   "}{",          "{}{}", "{\"a\": 1}",
        "{\"a\":{}}", "{\"}\":1}", "[1]", "{\"a\":1}\n", " {}",  "{\"\xc3\xa4\":1}",
        "null",
    };
    struct hf_secret pairwise = key_of(32), few = key_of(15), out = untouched();
    const struct hf_bytes good = HF_LITERAL("{\"a\":1}");
    uint8_t large[OBJECT_MAX + 1];

    for (size_t i = 0; i < HF_COUNT(refused); i++) {
        struct hf_bytes bad = hf_text(refused[i]);

        assert_status(hf_session_esprim_key_derive(&pairwise, bad, good, &out), HF_ERR_MALFORMED);
        assert_status(hf_session_esprim_key_derive(&pairwise, good, bad, &out), HF_ERR_MALFORMED);
    }
    memset(large, '1', sizeof large);
    assert_status(
        hf_session_esprim_key_derive(&pairwise, good, hf_bytes_of(large, sizeof large), &out),
        HF_ERR_LIMIT);
    assert_status(hf_session_esprim_key_derive(&few, good, good, &out), HF_ERR_MALFORMED);
    assert_untouched(&out);
    assert_ok(hf_session_esprim_key_derive(&pairwise, good, good, &out));
}
