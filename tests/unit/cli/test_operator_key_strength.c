#include "cli/operator_key_strength.h"

#include <stdio.h>
#include <string.h>

#include "base/status.h"
#include "crypto/digest.h"
#include "support/hf_test.h"

enum { KEY_LEN = 32, RANDOM_KEYS = 10000, WEAK_KEYS = 1000 };

static const char *weakness_of_hex(const char *hex)
{
    uint8_t room[HF_PSK_MAX + 1];

    return hf_key_weakness(hf_test_hex(hex, room, sizeof room));
}

HF_TEST(ten_thousand_random_keys_are_accepted)
{
    for (uint32_t i = 0; i < RANDOM_KEYS; i++) {
        uint8_t key[HF_SHA256_LEN];

        assert_ok(hf_sha256(hf_bytes_of(&i, sizeof i), key));
        assert_null(hf_key_weakness(hf_bytes_of(key, sizeof key)));
    }
}

HF_TEST(a_random_key_of_each_length_is_accepted)
{
    uint8_t key[HF_PSK_MAX];

    for (size_t i = 0; i < HF_PSK_MAX; i += HF_SHA256_LEN)
        assert_ok(hf_sha256(hf_bytes_of(&i, sizeof i), key + i));
    for (size_t len = HF_PSK_MIN; len <= HF_PSK_MAX; len++)
        assert_null(hf_key_weakness(hf_bytes_of(key, len)));
}

HF_TEST(keys_outside_16_to_64_octets_are_refused)
{
    uint8_t key[HF_PSK_MAX + HF_SHA256_LEN];

    for (size_t i = 0; i < HF_PSK_MAX + HF_SHA256_LEN; i += HF_SHA256_LEN)
        assert_ok(hf_sha256(hf_bytes_of(&i, sizeof i), key + i));
    assert_non_null(hf_key_weakness(hf_bytes_of(key, 0)));
    assert_non_null(hf_key_weakness(hf_bytes_of(key, HF_PSK_MIN - 1)));
    assert_non_null(hf_key_weakness(hf_bytes_of(key, HF_PSK_MAX + 1)));
}

/* Threat row PSK-3: a thousand weak samples of each kind are refused. */
HF_TEST(a_thousand_weak_keys_are_refused)
{
    for (unsigned i = 0; i < WEAK_KEYS; i++) {
        uint8_t same[KEY_LEN], counting[KEY_LEN], text[KEY_LEN + 1], twice[KEY_LEN], few[KEY_LEN];

        memset(same, (int)(i & 0xff), sizeof same);
        assert_ok(hf_sha256(hf_bytes_of(&i, sizeof i), twice));
        memcpy(twice + KEY_LEN / 2, twice, KEY_LEN / 2);
        snprintf((char *)text, sizeof text, "device-%08u-secret-password", i);
        for (unsigned k = 0; k < KEY_LEN; k++) {
            counting[k] = (uint8_t)(i + k * (1 + i / 256));
            few[k] = (uint8_t)(twice[k] % 7);
        }
        assert_non_null(hf_key_weakness(hf_bytes_of(same, sizeof same)));
        assert_non_null(hf_key_weakness(hf_bytes_of(counting, sizeof counting)));
        assert_non_null(hf_key_weakness(hf_bytes_of(text, KEY_LEN)));
        assert_non_null(hf_key_weakness(hf_bytes_of(twice, sizeof twice)));
        assert_non_null(hf_key_weakness(hf_bytes_of(few, sizeof few)));
    }
}

HF_TEST(published_and_decimal_keys_are_refused)
{
    assert_non_null(weakness_of_hex("2B7E151628AED2A6ABF7158809CF4F3C"));
    assert_non_null(weakness_of_hex("465B5CE8B199B49FAA5F0A2EE238A6BC"));
    assert_non_null(weakness_of_hex("31415926535897932384626433832795"));
    assert_null(weakness_of_hex("9F86D081884C7D659A2FEAA0C55AD015"));
}
