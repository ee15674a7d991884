#include "secure_environment/soft/wrap.h"

#include "crypto/aead.h"
#include "crypto/digest.h"

enum { VERSION = 1, SALT_LEN = 32 };

static const uint8_t no_nonce[HF_AEAD_NONCE_LEN]; /* every record key seals one record */

hf_status hf_soft_wrap(const struct hf_secret *root, const struct hf_random *random,
                       struct hf_bytes place, const struct hf_secret *key, struct hf_writer *out)
{
    uint8_t salt[SALT_LEN];
    struct hf_secret record_key = {0};
    hf_status st;

    HF_TRY(hf_random_get(random, salt, sizeof salt));
    HF_TRY(hf_hkdf_sha256(root, hf_bytes_of(salt, sizeof salt), place, &record_key));
    hf_put_u8(out, VERSION);
    hf_put_bytes(out, hf_bytes_of(salt, sizeof salt));
    HF_TRY(hf_aead_seal(&record_key, hf_bytes_of(no_nonce, sizeof no_nonce), place,
                        hf_secret_reveal(key), out));
done:
    hf_secret_wipe(&record_key);
    return st;
}

hf_status hf_soft_unwrap(const struct hf_secret *root, struct hf_bytes place,
                         struct hf_bytes wrapped, struct hf_secret *out)
{
    struct hf_reader r = hf_reader_over(wrapped);
    uint8_t version = hf_get_u8(&r);
    struct hf_bytes salt = hf_get_bytes(&r, SALT_LEN);
    struct hf_secret record_key = {0};
    uint8_t room[HF_SECRET_MAX];
    size_t len = 0;
    hf_status st;

    HF_TRY(r.st == HF_OK && version == VERSION ? HF_OK : HF_ERR_CRYPTO);
    HF_TRY(hf_hkdf_sha256(root, salt, place, &record_key));
    HF_TRY(hf_aead_open(&record_key, hf_bytes_of(no_nonce, sizeof no_nonce), place, r.rest, room,
                        sizeof room, &len));
    HF_TRY(hf_secret_set(out, hf_bytes_of(room, len)));
done:
    hf_wipe(room, sizeof room);
    hf_secret_wipe(&record_key);
    return st == HF_OK ? HF_OK : HF_ERR_CRYPTO;
}
