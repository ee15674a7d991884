#include "crypto/scrypt.h"
#include "support/hf_test.h"

static struct hf_secret secret_of(struct hf_bytes octets)
{
    struct hf_secret s = {0};

    assert_ok(hf_secret_set(&s, octets));
    return s;
}

/*
 * RFC 7914, section 12: the first 32 octets of the third vector (PBKDF2 makes its blocks one after
 * the other, so a shorter output is a prefix). The others have costs that we refuse.
 */
HF_TEST(scrypt_matches_rfc_7914)
{
    struct hf_secret passphrase = secret_of(HF_LITERAL("pleaseletmein")), out = {0};
    struct hf_scrypt_cost cost = {14, 8, 1};

    assert_ok(hf_scrypt(&passphrase, HF_LITERAL("SodiumChloride"), cost, &out));
    assert_secret_hex(&out, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
}

HF_TEST(salt_cost_and_passphrase_each_change_the_key)
{
    struct hf_secret passphrase = secret_of(HF_LITERAL("open")), keys[5] = {0};

    assert_ok(
        hf_scrypt(&passphrase, HF_LITERAL("salt"), (struct hf_scrypt_cost){10, 1, 1}, &keys[0]));
    assert_ok(
        hf_scrypt(&passphrase, HF_LITERAL("salu"), (struct hf_scrypt_cost){10, 1, 1}, &keys[1]));
    assert_ok(
        hf_scrypt(&passphrase, HF_LITERAL("salt"), (struct hf_scrypt_cost){11, 1, 1}, &keys[2]));
    assert_ok(
        hf_scrypt(&passphrase, HF_LITERAL("salt"), (struct hf_scrypt_cost){10, 2, 1}, &keys[3]));
    passphrase = secret_of(HF_LITERAL("oper"));
    assert_ok(
        hf_scrypt(&passphrase, HF_LITERAL("salt"), (struct hf_scrypt_cost){10, 1, 1}, &keys[4]));
    for (size_t i = 0; i < HF_COUNT(keys); i++)
        for (size_t j = 0; j < i; j++)
            assert_false(hf_secret_equal(&keys[i], &keys[j]));
}

HF_TEST(a_cost_out_of_bounds_is_refused_before_any_work)
{
    static const struct hf_scrypt_cost costs[] = {
        {9,   8,  1},
        {21,  8,  1},
        {255, 8,  1},
        {0,   8,  1},
        {14,  0,  1},
        {14,  17, 1},
        {14,  8,  0},
        {14,  8,  5},
    };
    struct hf_secret passphrase = secret_of(HF_LITERAL("open")), out = passphrase;

    for (size_t i = 0; i < HF_COUNT(costs); i++)
        assert_status(hf_scrypt(&passphrase, HF_LITERAL("salt"), costs[i], &out), HF_ERR_LIMIT);
    assert_true(hf_secret_equal(&out, &passphrase));
}

HF_TEST(the_empty_passphrase_is_refused)
{
    struct hf_secret none = {0}, out = {0};

    assert_status(hf_scrypt(&none, HF_LITERAL("salt"), (struct hf_scrypt_cost){10, 1, 1}, &out),
                  HF_ERR_MALFORMED);
    assert_true(hf_secret_is_empty(&out));
}
