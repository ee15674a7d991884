#include "crypto/aead.h"
#include "support/hf_test.h"

#include <string.h>

enum { ROOM_LEN = 128, PLAIN_LEN = 60 };

/*
 * McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", test case 16: AES-256 with
 * associated data (the algorithm as in RFC 5116, section 5.2, AEAD_AES_256_GCM).
 */
static const char *key_hex = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
static const char *nonce_hex = "cafebabefacedbaddecaf888";
static const char *aad_hex = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
static const char *plain_hex = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                               "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
static const char *sealed_hex = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                "76fc6ece0f4e1768cddf8853bb2d551b";

struct sample {
    struct hf_secret key;
    struct hf_bytes nonce, aad, plain, sealed;
    uint8_t rooms[5][ROOM_LEN];
};

static void fill(struct sample *s)
{
    s->key = (struct hf_secret){0};
    assert_ok(hf_secret_set(&s->key, hf_test_hex(key_hex, s->rooms[0], ROOM_LEN)));
    s->nonce = hf_test_hex(nonce_hex, s->rooms[1], ROOM_LEN);
    s->aad = hf_test_hex(aad_hex, s->rooms[2], ROOM_LEN);
    s->plain = hf_test_hex(plain_hex, s->rooms[3], ROOM_LEN);
    s->sealed = hf_test_hex(sealed_hex, s->rooms[4], ROOM_LEN);
}

HF_TEST(sealing_appends_the_ciphertext_and_tag_of_gcm_test_case_16)
{
    struct sample s;
    uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes all;

    fill(&s);
    hf_put_u8(&w, 1);
    assert_ok(hf_aead_seal(&s.key, s.nonce, s.aad, s.plain, &w));
    assert_ok(hf_writer_finish(&w, &all));
    assert_int_equal(all.at[0], 1);
    assert_true(hf_bytes_equal(hf_bytes_from(all, 1), s.sealed));
}

HF_TEST(opening_gives_the_plain_text_back)
{
    struct sample s;
    uint8_t room[PLAIN_LEN];
    size_t len = 0;

    fill(&s);
    assert_ok(hf_aead_open(&s.key, s.nonce, s.aad, s.sealed, room, sizeof room, &len));
    assert_true(hf_bytes_equal(hf_bytes_of(room, len), s.plain));
}

/* The same source, test case 13: nothing but a tag. */
HF_TEST(nothing_at_all_can_be_sealed_and_opened)
{
    struct hf_secret key = {0};
    static const uint8_t zeros[HF_AEAD_KEY_LEN];
    struct hf_bytes nonce = hf_bytes_of(zeros, HF_AEAD_NONCE_LEN), none = {NULL, 0}, sealed;
    uint8_t room[HF_AEAD_TAG_LEN], tag_room[HF_AEAD_TAG_LEN], plain[1];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    size_t len = 7;

    assert_ok(hf_secret_set(&key, hf_bytes_of(zeros, sizeof zeros)));
    assert_ok(hf_aead_seal(&key, nonce, none, none, &w));
    assert_ok(hf_writer_finish(&w, &sealed));
    assert_true(hf_bytes_equal(
        sealed, hf_test_hex("530f8afbc74536b9a963b4f1c4cb738b", tag_room, sizeof tag_room)));
    assert_ok(hf_aead_open(&key, nonce, none, sealed, plain, 0, &len));
    assert_int_equal(len, 0);
}

HF_TEST(every_flipped_bit_is_a_forgery_and_leaves_a_wiped_room)
{
    static const uint8_t zeros[PLAIN_LEN];
    struct sample s;
    uint8_t room[PLAIN_LEN];
    size_t len = 7;

    fill(&s);
    for (size_t bit = 0; bit < s.sealed.len * 8; bit++) {
        s.rooms[4][bit / 8] ^= (uint8_t)(1u << bit % 8);
        memset(room, 0x55, sizeof room);
        assert_status(hf_aead_open(&s.key, s.nonce, s.aad, s.sealed, room, sizeof room, &len),
                      HF_ERR_CRYPTO);
        assert_memory_equal(room, zeros, sizeof room);
        assert_int_equal(len, 7);
        s.rooms[4][bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_ok(hf_aead_open(&s.key, s.nonce, s.aad, s.sealed, room, sizeof room, &len));
}

HF_TEST(another_place_or_nonce_or_key_is_refused)
{
    struct sample s;
    uint8_t room[PLAIN_LEN];
    size_t len = 0;

    fill(&s);
    s.rooms[2][0] ^= 1;
    assert_status(hf_aead_open(&s.key, s.nonce, s.aad, s.sealed, room, sizeof room, &len),
                  HF_ERR_CRYPTO);
    fill(&s);
    s.rooms[1][0] ^= 1;
    assert_status(hf_aead_open(&s.key, s.nonce, s.aad, s.sealed, room, sizeof room, &len),
                  HF_ERR_CRYPTO);
    fill(&s);
    s.rooms[0][0] ^= 1;
    assert_ok(hf_secret_set(&s.key, hf_bytes_of(s.rooms[0], HF_AEAD_KEY_LEN)));
    assert_status(hf_aead_open(&s.key, s.nonce, s.aad, s.sealed, room, sizeof room, &len),
                  HF_ERR_CRYPTO);
}

HF_TEST(a_key_or_nonce_of_another_length_is_refused)
{
    struct sample s;
    struct hf_secret half = {0};
    uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    size_t len = 0;

    fill(&s);
    assert_ok(hf_secret_set(&half, hf_bytes_of(s.rooms[0], HF_AEAD_KEY_LEN / 2)));
    assert_status(hf_aead_seal(&half, s.nonce, s.aad, s.plain, &w), HF_ERR_MALFORMED);
    assert_status(hf_aead_open(&half, s.nonce, s.aad, s.sealed, room, sizeof room, &len),
                  HF_ERR_MALFORMED);
    s.nonce.len--;
    w = hf_writer_over(room, sizeof room);
    assert_status(hf_aead_seal(&s.key, s.nonce, s.aad, s.plain, &w), HF_ERR_MALFORMED);
    assert_status(hf_aead_open(&s.key, s.nonce, s.aad, s.sealed, room, sizeof room, &len),
                  HF_ERR_MALFORMED);
}

HF_TEST(a_text_shorter_than_its_tag_is_refused)
{
    struct sample s;
    uint8_t room[ROOM_LEN];
    size_t len = 0;

    fill(&s);
    assert_status(hf_aead_open(&s.key, s.nonce, s.aad,
                               hf_bytes_first(s.sealed, HF_AEAD_TAG_LEN - 1), room, sizeof room,
                               &len),
                  HF_ERR_MALFORMED);
}

HF_TEST(too_small_a_room_is_a_limit_in_both_directions)
{
    struct sample s;
    uint8_t room[PLAIN_LEN + HF_AEAD_TAG_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room - 1);
    struct hf_bytes all;
    size_t len = 0;

    fill(&s);
    assert_status(hf_aead_seal(&s.key, s.nonce, s.aad, s.plain, &w), HF_ERR_LIMIT);
    assert_status(hf_writer_finish(&w, &all), HF_ERR_LIMIT);
    assert_status(hf_aead_open(&s.key, s.nonce, s.aad, s.sealed, room, PLAIN_LEN - 1, &len),
                  HF_ERR_LIMIT);
}
