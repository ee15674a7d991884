#include "crypto/contexts.h"
#include "support/hf_test.h"

#include <pthread.h>

#include "base/memory.h"
#include "crypto/aead.h"
#include "crypto/digest.h"

enum { THREADS = 4, ROUNDS = 500 };

static const char *jefe = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

/* RFC 4231, 4.3; answers whether the result is right. */
static bool hmac_works(void)
{
    struct hf_secret key = {0}, out = {0}, expected = {0};
    uint8_t room[HF_SHA256_LEN];

    return hf_secret_set(&key, HF_LITERAL("Jefe")) == HF_OK
           && hf_hmac_sha256(&key, HF_LITERAL("what do ya want for nothing?"), &out) == HF_OK
           && hf_secret_set(&expected, hf_test_hex(jefe, room, sizeof room)) == HF_OK
           && hf_secret_equal(&out, &expected);
}

static void *many_rounds(void *failures)
{
    for (unsigned i = 0; i < ROUNDS; i++)
        *(unsigned *)failures += hmac_works() ? 0 : 1;
    return NULL;
}

HF_TEST(threads_have_contexts_of_their_own_and_leave_none_behind)
{
    pthread_t threads[THREADS];
    unsigned failures[THREADS] = {0};

    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, many_rounds, &failures[i]), 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(failures[i], 0);
    }
}

HF_TEST(the_same_thread_keeps_its_contexts)
{
    struct hf_contexts *first = hf_contexts_of_thread();

    assert_non_null(first);
    assert_true(hmac_works());
    assert_ptr_equal(hf_contexts_of_thread(), first);
}

HF_TEST(dropped_contexts_come_back_fresh)
{
    hf_contexts_drop();
    assert_true(hmac_works());
    hf_contexts_drop();
    hf_contexts_drop();
    assert_true(hmac_works());
}

HF_TEST(without_memory_there_is_a_refusal_and_later_a_result)
{
    struct hf_secret key = {0}, out = {0};

    assert_ok(hf_secret_set(&key, HF_LITERAL("Jefe")));
    hf_contexts_drop();
    hf_memory_fail_at(1);
    assert_status(hf_hmac_sha256(&key, HF_LITERAL("x"), &out), HF_ERR_CRYPTO);
    hf_memory_fail_at(0);
    assert_true(hf_secret_is_empty(&out));
    assert_true(hmac_works());
}

HF_TEST(a_context_is_left_empty_and_without_the_key)
{
    struct hf_secret key = {0};
    uint8_t room[64], nonce[HF_AEAD_NONCE_LEN] = {0}, digest[HF_SHA256_LEN], again[HF_SHA256_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    int len = 0;

    assert_true(hmac_works());
    assert_int_equal(EVP_DigestFinal_ex(hf_contexts_of_thread()->digest, digest, NULL), 1);
    hf_contexts_drop();
    assert_ok(hf_sha256(HF_LITERAL(""), again));
    assert_memory_equal(digest, again, sizeof digest);

    assert_ok(hf_secret_set(&key, HF_LITERAL("0123456789abcdef0123456789abcdef")));
    assert_ok(
        hf_aead_seal(&key, hf_bytes_of(nonce, sizeof nonce), HF_LITERAL(""), HF_LITERAL("x"), &w));
    /* What the context would still encrypt is under the key of zeros: GCM test case 14's first. */
    assert_int_equal(EVP_CipherUpdate(hf_contexts_of_thread()->aead, room, &len, nonce, 1), 1);
    assert_int_equal(room[0], 0xce);
    hf_contexts_drop();
}
