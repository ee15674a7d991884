#include "core/identity/public_key_id.h"
#include "support/hf_test.h"

#include "base/status.h"

/* RFC 6920, section 8.2: "Hello World!" by sha-256, and its beginnings (section 9.4). */
HF_TEST(the_three_suites_of_120_bits_and_more_are_valid)
{
    assert_true(hf_public_key_id_is_valid(
        HF_LITERAL("sha-256.f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk")));
    assert_true(hf_public_key_id_is_valid(HF_LITERAL("sha-256-128.f4OxZX_x_FO5LcGBSKHWXQ")));
    assert_true(hf_public_key_id_is_valid(HF_LITERAL("sha-256-120.f4OxZX_x_FO5LcGBSKHW")));
}

/* Threat row PKI-9: truncation, another suite's name, a second spelling. */
HF_TEST(shorter_hashes_other_suites_and_second_spellings_are_not)
{
    static const char *refused[] = {
        "",
        ".",
        "sha-256",
        "sha-256.",
        "sha-256.f4OxZX_x_FO5LcGBSKHWXQ",
        "sha-256.f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkG",
        "sha-256.f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGkA",
        "sha-256.f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk=",
        "sha-256.f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGl", /* an unused bit is set */
        "sha-256.f4OxZX/x/FO5LcGBSKHWXfwtSx+j1ncoSt3SABJtkGk",
        "SHA-256.f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk",
        "sha-256-128.f4OxZX_x_FO5LcGBSKHWXR",
        "sha-256-128.f4OxZX_x_FO5LcGBSKHW",
        "sha-256-120.f4OxZX_x_FO5LcGBSKHWXQ",
        "sha-256-96.f4OxZX_x_FO5LcGB",
        "sha-256-32.f4OxZQ",
        "md5.f4OxZX_x_FO5LcGBSKHWXQ",
        "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk",
    };

    for (size_t i = 0; i < HF_COUNT(refused); i++)
        assert_false(hf_public_key_id_is_valid(hf_text(refused[i])));
}
