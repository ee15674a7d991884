#include "crypto/p256.h"

#include <pthread.h>
#include <string.h>

#include "support/hf_test.h"

/* RFC 6979, A.2.5: the public key, and its signature with SHA-256 of "sample". */
#define POINT                                                                                      \
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"                           \
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
#define R "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
#define S "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"

enum { ROOM = 128, X_LAST = 32, THREADS = 4, ROUNDS = 200 };

static struct hf_p256_key *sample_key(void)
{
    uint8_t room[ROOM];
    struct hf_p256_key *k = NULL;

    assert_ok(hf_p256_key_new(hf_test_hex(POINT, room, sizeof room), &k));
    return k;
}

static hf_status verify(const struct hf_p256_key *k, const char *message, const char *signature)
{
    uint8_t room[ROOM];

    return hf_p256_verify(k, hf_text(message), hf_test_hex(signature, room, sizeof room));
}

HF_TEST(the_signature_of_a_published_vector_is_right_and_that_of_another_text_is_not)
{
    struct hf_p256_key *k = sample_key();

    assert_ok(verify(k, "sample", "3046022100" R "022100" S));
    assert_ok(verify(k, "sample", "3046022100" R "022100" S)); /* the key is as it was */
    assert_status(verify(k, "test", "3046022100" R "022100" S), HF_ERR_CRYPTO);
    assert_ok(verify(k, "sample", "3046022100" R "022100" S));
    hf_p256_key_free(k);
}

static void *verify_often(void *at)
{
    uint8_t room[ROOM];
    struct hf_bytes right = hf_test_hex("3046022100" R "022100" S, room, sizeof room);
    size_t wrong = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        wrong += hf_p256_verify(at, HF_LITERAL("sample"), right) == HF_OK ? 0 : 1;
        wrong += hf_p256_verify(at, HF_LITERAL("test"), right) == HF_ERR_CRYPTO ? 0 : 1;
    }
    return wrong == 0 ? at : NULL;
}

HF_TEST(threads_share_a_key)
{
    struct hf_p256_key *k = sample_key();
    pthread_t threads[THREADS];
    void *answer = NULL;

    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, verify_often, k), 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], &answer), 0);
        assert_ptr_equal(answer, k);
    }
    hf_p256_key_free(k);
}

HF_TEST(a_signature_in_any_other_form_is_refused)
{
    static const char *const others[] = {
        "",
        "3000",
        R S,                            /* without DER */
        "3045022100" R "022100" S,      /* a length too short */
        "3046022100" R "022100" S "00", /* something behind it */
        "308146022100" R "022100" S,    /* a length in the long form */
        "30470222"
        "0000" R "022100" S, /* a number in a longer form */
        "3080022100" R "022100" S "0000" /* indefinite */,
        "30440220" R "0220" S, /* negative numbers */
        "3006020100020100",
        "3006020101020101",
        "3026022100" R "020100",
    };
    struct hf_p256_key *k = sample_key();

    for (size_t i = 0; i < HF_COUNT(others); i++)
        assert_status(verify(k, "sample", others[i]), HF_ERR_CRYPTO);
    hf_p256_key_free(k);
}

HF_TEST(one_changed_bit_anywhere_in_a_signature_is_refused)
{
    uint8_t room[ROOM];
    struct hf_bytes signature = hf_test_hex("3046022100" R "022100" S, room, sizeof room);
    struct hf_p256_key *k = sample_key();

    for (size_t bit = 0; bit < signature.len * 8; bit++) {
        room[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_status(hf_p256_verify(k, HF_LITERAL("sample"), signature), HF_ERR_CRYPTO);
        room[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    hf_p256_key_free(k);
}

HF_TEST(a_point_that_is_none_or_off_the_curve_is_refused)
{
    uint8_t room[ROOM] = {0};
    struct hf_bytes point = hf_test_hex(POINT, room, sizeof room);
    struct hf_p256_key *k = NULL;

    assert_status(hf_p256_key_new((struct hf_bytes){NULL, 0}, &k), HF_ERR_MALFORMED);
    assert_status(hf_p256_key_new(hf_bytes_first(point, 1), &k), HF_ERR_MALFORMED);
    assert_status(hf_p256_key_new(hf_bytes_first(point, point.len - 1), &k), HF_ERR_MALFORMED);
    assert_status(hf_p256_key_new(hf_bytes_of(room, point.len + 1), &k), HF_ERR_MALFORMED);
    room[X_LAST] ^= 1;
    assert_status(hf_p256_key_new(point, &k), HF_ERR_MALFORMED);
    room[X_LAST] ^= 1;
    for (uint8_t form = 0; form < 8; form++) {
        room[0] = form;
        if (form != 4)
            assert_status(hf_p256_key_new(point, &k), HF_ERR_MALFORMED);
    }
    memset(room, 0, sizeof room); /* the point at infinity has no such form */
    assert_status(hf_p256_key_new(point, &k), HF_ERR_MALFORMED);
    room[0] = 4;
    assert_status(hf_p256_key_new(point, &k), HF_ERR_MALFORMED);
    memset(room + 1, 0xff, point.len - 1); /* coordinates beyond the field */
    assert_status(hf_p256_key_new(point, &k), HF_ERR_MALFORMED);
    assert_null(k);
}
