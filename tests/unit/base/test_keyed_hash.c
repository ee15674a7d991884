#include "base/keyed_hash.h"

#include "support/hf_test.h"

/* Aumasson and Bernstein, "SipHash", appendix A, and the vectors of its reference code. */
HF_TEST(the_hash_is_siphash_2_4)
{
    static const struct {
        size_t len;
        uint64_t hash;
    } rows[] = {
        {0,  UINT64_C(0x726fdb47dd0e0e31)},
        {1,  UINT64_C(0x74f839c593dc67fd)},
        {8,  UINT64_C(0x93f5f5799a932462)},
        {15, UINT64_C(0xa129ca6149be45e5)},
    };
    static const struct hf_hash_key key = {UINT64_C(0x0706050403020100),
                                           UINT64_C(0x0f0e0d0c0b0a0908)};
    uint8_t text[16];

    for (uint8_t i = 0; i < sizeof text; i++)
        text[i] = i;
    for (size_t i = 0; i < HF_COUNT(rows); i++)
        assert_true(hf_keyed_hash(&key, hf_bytes_of(text, rows[i].len)) == rows[i].hash);
}
