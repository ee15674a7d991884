#include "crypto/p256.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>

#include "base/memory.h"
#include "crypto/digest.h"
#include "crypto/p256_inside.h"

enum { UNCOMPRESSED = 0x04 };

/* libcrypto refuses a point that is not on the curve. */
static EVP_PKEY *make_key(struct hf_bytes point)
{
    OSSL_PARAM parts[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)"P-256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)point.at, point.len),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    EVP_PKEY *key = NULL;

    if (maker != NULL && EVP_PKEY_fromdata_init(maker) == 1)
        (void)EVP_PKEY_fromdata(maker, &key, EVP_PKEY_PUBLIC_KEY, parts);
    EVP_PKEY_CTX_free(maker);
    return key;
}

hf_status hf_p256_key_new(struct hf_bytes point, struct hf_p256_key **out)
{
    struct hf_p256_key *k = NULL;
    hf_status st;

    if (point.len != HF_P256_POINT_LEN || point.at[0] != UNCOMPRESSED)
        return HF_ERR_MALFORMED;
    k = hf_alloc(1, sizeof *k);
    if (k == NULL)
        return HF_ERR_SYSTEM;
    k->key = make_key(point);
    HF_TRY(k->key != NULL ? HF_OK : HF_ERR_MALFORMED);
    k->ready = EVP_PKEY_CTX_new_from_pkey(NULL, k->key, NULL);
    HF_TRY(k->ready != NULL && EVP_PKEY_verify_init(k->ready) == 1 ? HF_OK : HF_ERR_SYSTEM);
    *out = k;
    k = NULL; /* now the caller's */

done:
    hf_p256_key_free(k);
    if (st != HF_OK)
        ERR_clear_error();
    return st;
}

void hf_p256_key_free(struct hf_p256_key *k)
{
    if (k == NULL)
        return;
    EVP_PKEY_CTX_free(k->ready);
    EVP_PKEY_free(k->key);
    hf_free(k);
}

hf_status hf_p256_verify(const struct hf_p256_key *k, struct hf_bytes message,
                         struct hf_bytes signature)
{
    uint8_t digest[HF_SHA256_LEN];
    EVP_PKEY_CTX *once = NULL;
    hf_status st;

    HF_TRY(hf_sha256(message, digest));
    once = EVP_PKEY_CTX_dup(k->ready);
    HF_TRY(once != NULL
                   && EVP_PKEY_verify(once, signature.at, signature.len, digest, sizeof digest) == 1
               ? HF_OK
               : HF_ERR_CRYPTO);

done:
    EVP_PKEY_CTX_free(once);
    if (st != HF_OK)
        ERR_clear_error();
    return st;
}
