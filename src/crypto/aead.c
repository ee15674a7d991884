#include "crypto/aead.h"

#include <limits.h>
#include <string.h>

#include "crypto/contexts.h"

enum { OPENING = 0, SEALING = 1 };

/* What both directions ask: lengths of the algorithm, and of libcrypto's int. */
static hf_status check(const struct hf_secret *key, struct hf_bytes nonce, struct hf_bytes aad,
                       struct hf_bytes text)
{
    if (hf_secret_reveal(key).len != HF_AEAD_KEY_LEN || nonce.len != HF_AEAD_NONCE_LEN)
        return HF_ERR_MALFORMED;
    if (aad.len > INT_MAX || text.len > INT_MAX)
        return HF_ERR_LIMIT;
    return HF_OK;
}

static bool begin(EVP_CIPHER_CTX *c, int direction, const struct hf_secret *key,
                  struct hf_bytes nonce, struct hf_bytes aad)
{
    int len;

    return EVP_CipherInit_ex2(c, NULL, hf_secret_reveal(key).at, nonce.at, direction, NULL) == 1
           && (aad.len == 0 || EVP_CipherUpdate(c, NULL, &len, aad.at, (int)aad.len) == 1);
}

static bool turn(EVP_CIPHER_CTX *c, struct hf_bytes in, uint8_t *out)
{
    int len;

    return in.len == 0
           || (EVP_CipherUpdate(c, out, &len, in.at, (int)in.len) == 1 && len == (int)in.len);
}

/*
 * The context outlives the call, so the key in it must not: a key of zeros takes its place. (A
 * reset would wipe as well, but costs an allocation per call.)
 */
static bool forget(EVP_CIPHER_CTX *c)
{
    static const uint8_t key[HF_AEAD_KEY_LEN], nonce[HF_AEAD_NONCE_LEN];

    return EVP_CipherInit_ex2(c, NULL, key, nonce, SEALING, NULL) == 1;
}

/* One use of the thread's context, from the key to the tag. */
static bool seal_with(EVP_CIPHER_CTX *c, const struct hf_secret *key, struct hf_bytes nonce,
                      struct hf_bytes aad, struct hf_bytes plain, uint8_t *at)
{
    uint8_t nothing[HF_AEAD_TAG_LEN];
    int len;

    return begin(c, SEALING, key, nonce, aad) && turn(c, plain, at)
           && EVP_CipherFinal_ex(c, nothing, &len) == 1
           && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, HF_AEAD_TAG_LEN, at + plain.len) == 1
           && forget(c);
}

hf_status hf_aead_seal(const struct hf_secret *key, struct hf_bytes nonce, struct hf_bytes aad,
                       struct hf_bytes plain, struct hf_writer *out)
{
    struct hf_contexts *c = hf_contexts_of_thread();
    size_t left = out->size - out->used;
    hf_status st;

    HF_TRY(out->st);
    HF_TRY(c == NULL ? HF_ERR_CRYPTO : HF_OK);
    HF_TRY(check(key, nonce, aad, plain));
    HF_TRY(left < HF_AEAD_TAG_LEN || plain.len > left - HF_AEAD_TAG_LEN ? HF_ERR_LIMIT : HF_OK);
    if (!seal_with(c->aead, key, nonce, aad, plain, out->room + out->used)) {
        hf_wipe(out->room + out->used, plain.len + HF_AEAD_TAG_LEN);
        hf_contexts_drop();
        HF_TRY(HF_ERR_CRYPTO);
    }
    out->used += plain.len + HF_AEAD_TAG_LEN;

done:
    out->st = st; /* what follows in this writer would be in the wrong place */
    return st;
}

static bool open_with(EVP_CIPHER_CTX *c, const struct hf_secret *key, struct hf_bytes nonce,
                      struct hf_bytes aad, struct hf_bytes sealed, uint8_t *room)
{
    uint8_t nothing[HF_AEAD_TAG_LEN], tag[HF_AEAD_TAG_LEN];
    size_t plain_len = sealed.len - HF_AEAD_TAG_LEN;
    int len;

    memcpy(tag, sealed.at + plain_len, sizeof tag);
    return begin(c, OPENING, key, nonce, aad) && turn(c, hf_bytes_first(sealed, plain_len), room)
           && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, HF_AEAD_TAG_LEN, tag) == 1
           && EVP_CipherFinal_ex(c, nothing, &len) == 1 && forget(c);
}

hf_status hf_aead_open(const struct hf_secret *key, struct hf_bytes nonce, struct hf_bytes aad,
                       struct hf_bytes sealed, uint8_t *room, size_t size, size_t *len)
{
    struct hf_contexts *c = hf_contexts_of_thread();
    size_t plain_len = sealed.len - HF_AEAD_TAG_LEN;
    hf_status st;

    HF_TRY(c == NULL ? HF_ERR_CRYPTO : HF_OK);
    HF_TRY(check(key, nonce, aad, sealed));
    HF_TRY(sealed.len < HF_AEAD_TAG_LEN ? HF_ERR_MALFORMED : HF_OK);
    HF_TRY(plain_len > size ? HF_ERR_LIMIT : HF_OK);
    if (!open_with(c->aead, key, nonce, aad, sealed, room)) {
        hf_wipe(room, size);
        hf_contexts_drop(); /* the key is still in it */
        HF_TRY(HF_ERR_CRYPTO);
    }
    *len = plain_len;

done:
    return st;
}
