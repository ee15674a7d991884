/*
 * The five end-to-end keys of the older framework (TS-0003, 10.3.6; digest 3.5). It resembles HKDF
 * (RFC 5869), but each round has a label of its own.
 */
#include "core/derive/derive.h"

#include "crypto/digest.h"

enum { KPSA_MIN = 16, HASH_LEN = 32 };

static hf_status extract(const struct hf_secret *kpsa, struct hf_bytes salt,
                         struct hf_secret *master)
{
    static const uint8_t zeros[HASH_LEN];
    struct hf_secret key = {0};
    hf_status st;

    HF_TRY(hf_secret_set(&key, salt.len > 0 ? salt : hf_bytes_of(zeros, sizeof zeros)));
    HF_TRY(hf_hmac_sha256(&key, hf_secret_reveal(kpsa), master));

done:
    hf_secret_wipe(&key);
    return st;
}

/* T(n) = HMAC(master, T(n - 1) | label | n). */
static hf_status expand(const struct hf_secret *master, const struct hf_secret *before,
                        struct hf_bytes label, uint8_t n, struct hf_secret *out)
{
    struct hf_bytes pieces[] = {
        hf_secret_reveal(before), label, {&n, 1}
    };

    return hf_hmac_sha256_of(master, pieces, HF_COUNT(pieces), out);
}

hf_status hf_ke2e_derive(const struct hf_secret *kpsa, struct hf_bytes salt, struct hf_ke2e *out)
{
    const struct hf_secret t0 = {0};
    struct hf_ke2e k = {0};
    hf_status st;

    HF_TRY(hf_secret_reveal(kpsa).len >= KPSA_MIN ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(extract(kpsa, salt, &k.master));
    HF_TRY(expand(&k.master, &t0, HF_LITERAL("E2E Message Authentication Key"), 1, &k.msg_auth));
    HF_TRY(expand(&k.master, &k.msg_auth, HF_LITERAL("E2E Message Confidentiality Key"), 2,
                  &k.msg_conf));
    HF_TRY(expand(&k.master, &k.msg_conf, HF_LITERAL("E2E Attribute Authenticity Key"), 3,
                  &k.att_auth));
    HF_TRY(expand(&k.master, &k.att_auth, HF_LITERAL("E2E Attribute Confidentiality Key"), 4,
                  &k.att_conf));
    *out = k;

done:
    hf_wipe(&k, sizeof k);
    return st;
}
