#include "core/identity/key_id.h"
#include "support/hf_test.h"

enum { ARENA_LIMIT = 8192 };

/* Base64url of 32, 16 and 15 octets, from RFC 6920's example hash of section 8.2. */
#define SHA_256     "sha-256.f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
#define SHA_256_128 "sha-256-128.f4OxZX_x_FO5LcGBSKHWXQ"
#define SHA_256_120 "sha-256-120.f4OxZX_x_FO5LcGBSKHW"

static const struct sample {
    enum hf_credential_type type;
    const char *value, *id;
} samples[] = {
    {HF_CREDENTIAL_MEF_KEY,     "thiskey@MyMEF.com",                            "10-thiskey@mymef.com"       },
    {HF_CREDENTIAL_MAF_KEY,     "34b7649266ccde88723d9d9e6264394e@maf.example",
     "11-34B7649266CCDE88723D9D9E6264394E@maf.example"                                                       },
    {HF_CREDENTIAL_SAEF_KEY,    "a-b@maf.example.",                             "12-a-b@maf.example"         },
    {HF_CREDENTIAL_RAW_KEY,     SHA_256,                                        "30-" SHA_256                },
    {HF_CREDENTIAL_RAW_KEY,     SHA_256_128,                                    "30-" SHA_256_128            },
    {HF_CREDENTIAL_RAW_KEY,     SHA_256_120,                                    "30-" SHA_256_120            },
    {HF_CREDENTIAL_DEVICE_CERT, "0.2.481.1.100.3030.10011",                     "31-0.2.481.1.100.3030.10011"},
    {HF_CREDENTIAL_CSE_CERT,    "//SP.example.com/CSE1",                        "32-//sp.example.com/CSE1"   },
    {HF_CREDENTIAL_AE_CERT,     "//sp.example.com/CSE1/C9",                     "33-//sp.example.com/CSE1/C9"},
    {HF_CREDENTIAL_NODE_CERT,   "urn:gsma:imei:1-2",                            "34-urn:gsma:imei:1-2"       },
    {HF_CREDENTIAL_FQDN_CERT,   "MAF.example.com",                              "90-maf.example.com"         },
};

HF_TEST(each_type_is_written_in_its_canonical_form_and_read_back)
{
    struct hf_arena a;

    hf_arena_init(&a, ARENA_LIMIT);
    for (size_t i = 0; i < HF_COUNT(samples); i++) {
        enum hf_credential_type type = 0;
        struct hf_bytes id, value, again;

        assert_ok(hf_credential_id_format(samples[i].type, hf_text(samples[i].value), &a, &id));
        assert_bytes_text(id, samples[i].id);
        assert_ok(hf_credential_id_parse(id, &type, &value));
        assert_int_equal(type, samples[i].type);
        assert_ok(hf_credential_id_format(type, value, &a, &again));
        assert_true(hf_bytes_equal(id, again));
    }
    hf_arena_done(&a);
}

HF_TEST(a_value_of_another_type_is_refused)
{
    static const char *refused[] = {
        "10-//sp.example.com/CSE1",
        "10-thiskey",
        "31-1.2.x",
        "31-thiskey@mymef.com",
        "32-//sp.example.com/S9",
        "32-//sp.example.com",
        "33-//sp.example.com/CSE1",
        "34-with space",
        "34-",
        "90-maf",
        "90-//maf.example",
        "30-sha-256.f4OxZX_x_FO5LcGBSKHWXQ",
        "30-" SHA_256 "=",
    };
    enum hf_credential_type type = HF_CREDENTIAL_MAF_KEY;
    struct hf_bytes value = HF_LITERAL("as it was");

    for (size_t i = 0; i < HF_COUNT(refused); i++)
        assert_status(hf_credential_id_parse(hf_text(refused[i]), &type, &value), HF_ERR_MALFORMED);
    assert_int_equal(type, HF_CREDENTIAL_MAF_KEY);
    assert_bytes_text(value, "as it was");
}

HF_TEST(an_unknown_or_misspelt_type_is_refused)
{
    static const char *refused[] = {
        "",
        "-",
        "10",
        "10thiskey@mymef.com",
        "010-k@mymef.com",
        "+10-k@a.b",
        " 10-k@a.b",
        "1-k@a.b",
        "13-k@a.b",
        "99-k@a.b",
        "110-k@a.b",
        "0x0a-k@a.b",
        "-10-k@a.b",
        "4294967306-k@a.b",
    };
    enum hf_credential_type type;
    struct hf_bytes value;

    for (size_t i = 0; i < HF_COUNT(refused); i++)
        assert_status(hf_credential_id_parse(hf_text(refused[i]), &type, &value), HF_ERR_MALFORMED);
}

HF_TEST(formatting_refuses_a_foreign_value_and_keeps_the_output)
{
    struct hf_arena a;
    struct hf_bytes out = HF_LITERAL("as it was");

    hf_arena_init(&a, ARENA_LIMIT);
    for (size_t i = 0; i < HF_COUNT(samples); i++)
        assert_status(
            hf_credential_id_format(samples[i].type, HF_LITERAL("not a value\0"), &a, &out),
            HF_ERR_MALFORMED);
    assert_status(
        hf_credential_id_format((enum hf_credential_type)13, HF_LITERAL("k@a.b"), &a, &out),
        HF_ERR_MALFORMED);
    assert_bytes_text(out, "as it was");
    hf_arena_done(&a);
}
