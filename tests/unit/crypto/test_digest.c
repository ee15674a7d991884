#include "crypto/digest.h"
#include "support/hf_test.h"

#include <string.h>

enum { ROOM_LEN = 256 };

static void assert_sha256(struct hf_bytes data, const char *hex)
{
    uint8_t got[HF_SHA256_LEN], room[ROOM_LEN];
    struct hf_bytes expected = hf_test_hex(hex, room, sizeof room);

    assert_ok(hf_sha256(data, got));
    assert_true(hf_bytes_equal(hf_bytes_of(got, sizeof got), expected));
}

static struct hf_secret secret_of(struct hf_bytes octets)
{
    struct hf_secret s = {0};

    assert_ok(hf_secret_set(&s, octets));
    return s;
}

static struct hf_secret repeated(uint8_t octet, size_t count)
{
    struct hf_secret s = {0};

    memset(hf_secret_room(&s, count), octet, count);
    return s;
}

/* RFC 6234, section 8.5, and FIPS 180-4's empty message. */
HF_TEST(sha256_matches_rfc_6234)
{
    assert_sha256(HF_LITERAL("abc"),
                  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_sha256(HF_LITERAL("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_sha256(HF_LITERAL(""),
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_sha256((struct hf_bytes){NULL, 0},
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

HF_TEST(pieces_hash_like_the_whole)
{
    const struct hf_bytes pieces[] = {
        HF_LITERAL("a"), {NULL, 0},
         HF_LITERAL("bc")
    };
    uint8_t whole[HF_SHA256_LEN], cut[HF_SHA256_LEN];

    assert_ok(hf_sha256(HF_LITERAL("abc"), whole));
    assert_ok(hf_sha256_of(pieces, HF_COUNT(pieces), cut));
    assert_memory_equal(whole, cut, sizeof whole);
}

/* RFC 4231, 4.2 to 4.5. Cases 6 and 7 have a key of 131 octets: no secret of ours is that long. */
HF_TEST(hmac_matches_rfc_4231)
{
    struct hf_secret key = repeated(0x0b, 20), out = {0};
    uint8_t data[50], room[ROOM_LEN];

    assert_ok(hf_hmac_sha256(&key, HF_LITERAL("Hi There"), &out));
    assert_secret_hex(&out, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");

    key = secret_of(HF_LITERAL("Jefe"));
    assert_ok(hf_hmac_sha256(&key, HF_LITERAL("what do ya want for nothing?"), &out));
    assert_secret_hex(&out, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

    key = repeated(0xaa, 20);
    memset(data, 0xdd, sizeof data);
    assert_ok(hf_hmac_sha256(&key, hf_bytes_of(data, sizeof data), &out));
    assert_secret_hex(&out, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");

    key = secret_of(hf_test_hex("0102030405060708090a0b0c0d0e0f10111213141516171819", room, 25));
    memset(data, 0xcd, sizeof data);
    assert_ok(hf_hmac_sha256(&key, hf_bytes_of(data, sizeof data), &out));
    assert_secret_hex(&out, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
}

HF_TEST(hmac_over_pieces_is_hmac_over_the_whole_and_may_replace_its_key)
{
    const struct hf_bytes pieces[] = {
        HF_LITERAL("what do ya "), {NULL, 0},
         HF_LITERAL("want for nothing?")
    };
    struct hf_secret key = secret_of(HF_LITERAL("Jefe"));

    assert_ok(hf_hmac_sha256_of(&key, pieces, HF_COUNT(pieces), &key));
    assert_secret_hex(&key, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/* Python 3.11, hmac.new(bytes(range(64)), b"", "sha256"). */
HF_TEST(hmac_takes_a_key_of_a_whole_block_and_no_data)
{
    struct hf_secret key = {0}, out = {0};
    uint8_t *room = hf_secret_room(&key, HF_SECRET_MAX);

    for (size_t i = 0; i < HF_SECRET_MAX; i++)
        room[i] = (uint8_t)i;
    assert_ok(hf_hmac_sha256(&key, (struct hf_bytes){NULL, 0}, &out));
    assert_secret_hex(&out, "3499f163f48604c0b15ac89e4e7c66f314fb3b203b8ac2f564828e62f6be9d9d");
}

/* RFC 5869, A.1 and A.3: the first block of OKM. (A.2 has a longer key than a secret holds.) */
HF_TEST(hkdf_matches_rfc_5869)
{
    struct hf_secret key = repeated(0x0b, 22), out = {0};
    uint8_t salt_room[16], info_room[16];
    struct hf_bytes salt = hf_test_hex("000102030405060708090a0b0c", salt_room, sizeof salt_room);
    struct hf_bytes info = hf_test_hex("f0f1f2f3f4f5f6f7f8f9", info_room, sizeof info_room);

    assert_ok(hf_hkdf_sha256(&key, salt, info, &out));
    assert_secret_hex(&out, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    assert_ok(hf_hkdf_sha256(&key, HF_LITERAL(""), HF_LITERAL(""), &out));
    assert_secret_hex(&out, "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

/* Python 3.11, hmac module, salt = bytes(range(0x60, 0xb0)), the salt of RFC 5869, A.2. */
HF_TEST(hkdf_takes_a_salt_longer_than_a_block)
{
    struct hf_secret key = repeated(0x0b, 22), out = {0};
    uint8_t salt[80];

    for (size_t i = 0; i < sizeof salt; i++)
        salt[i] = (uint8_t)(0x60 + i);
    assert_ok(hf_hkdf_sha256(&key, hf_bytes_of(salt, sizeof salt), HF_LITERAL("info"), &out));
    assert_secret_hex(&out, "464515918fa78e3f4f14a545a3434c58e4c05f8e840eeed4b583784549af1cde");
}
