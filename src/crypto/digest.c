#include "crypto/digest.h"

#include <assert.h>
#include <string.h>

#include "crypto/contexts.h"

enum { SHA256_BLOCK_LEN = 64, INNER_PAD = 0x36, OUTER_PAD = 0x5c, HKDF_FIRST_BLOCK = 0x01 };

static_assert((int)HF_SECRET_MAX <= (int)SHA256_BLOCK_LEN, "a secret fits one block");

/* SHA-256 of `head` and then the pieces. */
static hf_status run(struct hf_bytes head, const struct hf_bytes *pieces, size_t count,
                     uint8_t out[HF_SHA256_LEN])
{
    struct hf_contexts *c = hf_contexts_of_thread();
    bool ok;

    if (c == NULL)
        return HF_ERR_CRYPTO;
    ok = EVP_DigestUpdate(c->digest, head.at, head.len) == 1;
    for (size_t i = 0; ok && i < count; i++)
        ok = EVP_DigestUpdate(c->digest, pieces[i].at, pieces[i].len) == 1;
    ok = ok && EVP_DigestFinal_ex(c->digest, out, NULL) == 1;
    /* The spent state is the result itself, perhaps a key: beginning afresh overwrites it. */
    ok = ok && EVP_DigestInit_ex2(c->digest, NULL, NULL) == 1;
    if (!ok)
        hf_contexts_drop();
    return ok ? HF_OK : HF_ERR_CRYPTO;
}

hf_status hf_sha256_of(const struct hf_bytes *pieces, size_t count, uint8_t out[HF_SHA256_LEN])
{
    uint8_t digest[HF_SHA256_LEN];
    hf_status st;

    HF_TRY(run((struct hf_bytes){NULL, 0}, pieces, count, digest));
    memcpy(out, digest, sizeof digest);

done:
    hf_wipe(digest, sizeof digest);
    return st;
}

hf_status hf_sha256(struct hf_bytes data, uint8_t out[HF_SHA256_LEN])
{
    return hf_sha256_of(&data, 1, out);
}

/* The key as a block (RFC 2104, section 2): one that is longer is hashed first. */
static hf_status fill_block(struct hf_bytes key, uint8_t block[SHA256_BLOCK_LEN])
{
    memset(block, 0, SHA256_BLOCK_LEN);
    if (key.len > SHA256_BLOCK_LEN)
        return run(key, NULL, 0, block);
    if (key.len > 0)
        memcpy(block, key.at, key.len);
    return HF_OK;
}

static struct hf_bytes masked(uint8_t block[SHA256_BLOCK_LEN], uint8_t mask)
{
    for (size_t i = 0; i < SHA256_BLOCK_LEN; i++)
        block[i] ^= mask;
    return hf_bytes_of(block, SHA256_BLOCK_LEN);
}

static hf_status hmac(struct hf_bytes key, const struct hf_bytes *pieces, size_t count,
                      struct hf_secret *out)
{
    uint8_t block[SHA256_BLOCK_LEN], digest[HF_SHA256_LEN];
    struct hf_bytes inner = {digest, sizeof digest};
    hf_status st;

    HF_TRY(fill_block(key, block));
    HF_TRY(run(masked(block, INNER_PAD), pieces, count, digest));
    HF_TRY(run(masked(block, INNER_PAD ^ OUTER_PAD), &inner, 1, digest));
    HF_TRY(hf_secret_set(out, inner));

done:
    hf_wipe(block, sizeof block);
    hf_wipe(digest, sizeof digest);
    return st;
}

hf_status hf_hmac_sha256_of(const struct hf_secret *key, const struct hf_bytes *pieces,
                            size_t count, struct hf_secret *out)
{
    return hmac(hf_secret_reveal(key), pieces, count, out);
}

hf_status hf_hmac_sha256(const struct hf_secret *key, struct hf_bytes data, struct hf_secret *out)
{
    return hmac(hf_secret_reveal(key), &data, 1, out);
}

/*
 * An absent salt is HashLen zero octets (RFC 5869, section 2.2); HMAC pads a key with zeros, so the
 * empty key says the same.
 */
hf_status hf_hkdf_sha256(const struct hf_secret *key, struct hf_bytes salt, struct hf_bytes info,
                         struct hf_secret *out)
{
    static const uint8_t first = HKDF_FIRST_BLOCK;
    struct hf_bytes material = hf_secret_reveal(key);
    struct hf_bytes block[] = {
        info, {&first, 1}
    };
    struct hf_secret extracted = {0};
    hf_status st;

    HF_TRY(hmac(salt, &material, 1, &extracted));
    HF_TRY(hf_hmac_sha256_of(&extracted, block, HF_COUNT(block), out));

done:
    hf_secret_wipe(&extracted);
    return st;
}
