#include "crypto/scrypt.h"

#include <openssl/err.h>
#include <openssl/evp.h>

enum {
    LOG2_N_MIN = 10,
    LOG2_N_MAX = 20,
    R_MAX = 16,
    P_MAX = 4,
    DERIVED_LEN = 32,
    R_UNIT_LEN = 128, /* RFC 7914, section 2: a block is 128 * r octets */
    SPARE_BLOCKS = 4, /* room for libcrypto's own scratch blocks */
};

static bool is_within_bounds(struct hf_scrypt_cost cost)
{
    return cost.log2_n >= LOG2_N_MIN && cost.log2_n <= LOG2_N_MAX && cost.r >= 1 && cost.r <= R_MAX
           && cost.p >= 1 && cost.p <= P_MAX;
}

hf_status hf_scrypt(const struct hf_secret *passphrase, struct hf_bytes salt,
                    struct hf_scrypt_cost cost, struct hf_secret *out)
{
    struct hf_bytes p = hf_secret_reveal(passphrase);
    uint8_t derived[DERIVED_LEN];
    uint64_t n, memory_max;
    hf_status st;

    HF_TRY(is_within_bounds(cost) ? HF_OK : HF_ERR_LIMIT);
    HF_TRY(p.len == 0 ? HF_ERR_MALFORMED : HF_OK);
    n = UINT64_C(1) << cost.log2_n;
    memory_max = (uint64_t)R_UNIT_LEN * cost.r * (n + cost.p + SPARE_BLOCKS);
    if (EVP_PBE_scrypt((const char *)p.at, p.len, salt.at, salt.len, n, cost.r, cost.p, memory_max,
                       derived, sizeof derived)
        != 1) {
        ERR_clear_error();
        HF_TRY(HF_ERR_CRYPTO);
    }
    HF_TRY(hf_secret_set(out, hf_bytes_of(derived, sizeof derived)));

done:
    hf_wipe(derived, sizeof derived);
    return st;
}
