#include "cli/operator_key_strength.h"

#include "base/hex.h"
#include "base/status.h"

enum { OCTETS = 256, DISTINCT_ENOUGH = 16, DECIMAL_BASE = 10, NIBBLE_BITS = 4, NIBBLE_MASK = 15 };

/* Keys from standards and test suites, as people copy them from there. */
static const char *const published[] = {
    "2B7E151628AED2A6ABF7158809CF4F3C", /* FIPS 197 and SP 800-38A, AES-128 */
    "465B5CE8B199B49FAA5F0A2EE238A6BC", /* 3GPP TS 35.208, test set 1 */
    "000102030405060708090A0B0C0D0E0F", /* FIPS 197, appendix C */
    "8E73B0F7DA0E6452C810F32B809079E5", /* SP 800-38A, AES-192, its start */
    "603DEB1015CA71BE2B73AEF0857D7781", /* SP 800-38A, AES-256, its start */
    "0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B0B", /* RFC 4231, test case 1 */
    "DEADBEEFDEADBEEFDEADBEEFDEADBEEF",
};

static bool is_text(struct hf_bytes key)
{
    for (size_t i = 0; i < key.len; i++)
        if ((key.at[i] < ' ' || key.at[i] > '~') && key.at[i] != '\0' && key.at[i] != '\n')
            return false;
    return true;
}

/* Every octet is two decimal digits, as when a number was typed where hexadecimal was wanted. */
static bool is_decimal(struct hf_bytes key)
{
    for (size_t i = 0; i < key.len; i++)
        if (key.at[i] >> NIBBLE_BITS >= DECIMAL_BASE || (key.at[i] & NIBBLE_MASK) >= DECIMAL_BASE)
            return false;
    return true;
}

static bool repeats(struct hf_bytes key)
{
    for (size_t period = 1; period <= key.len / 2; period++) {
        size_t i = period;

        while (i < key.len && key.at[i] == key.at[i - period])
            i++;
        if (i == key.len)
            return true;
    }
    return false;
}

static bool has_few_values(struct hf_bytes key)
{
    bool seen[OCTETS] = {false};
    size_t distinct = 0, enough = key.len / 2 < DISTINCT_ENOUGH ? key.len / 2 : DISTINCT_ENOUGH;

    for (size_t i = 0; i < key.len; i++) {
        distinct += !seen[key.at[i]];
        seen[key.at[i]] = true;
    }
    return distinct < enough;
}

/* 00 01 02 03, FF FE FD, 10 20 30: one step taken again and again. */
static bool is_sequence(struct hf_bytes key)
{
    size_t steps[OCTETS] = {0};

    for (size_t i = 1; i < key.len; i++)
        if (++steps[(uint8_t)(key.at[i] - key.at[i - 1])] > key.len / 2)
            return true;
    return false;
}

static bool is_published(struct hf_bytes key)
{
    for (size_t i = 0; i < HF_COUNT(published); i++) {
        uint8_t known[HF_PSK_MIN];

        if (hf_hex_parse(hf_text(published[i]), known, sizeof known) == HF_OK
            && hf_bytes_start_with(key, hf_bytes_of(known, sizeof known)))
            return true;
    }
    return false;
}

const char *hf_key_weakness(struct hf_bytes key)
{
    static const struct {
        bool (*is_weak)(struct hf_bytes key);
        const char *sentence;
    } tests[] = {
        {repeats,        "the pre-shared key repeats itself"                     },
        {is_text,        "the pre-shared key is text, not random octets"         },
        {is_decimal,     "the pre-shared key is a decimal number"                },
        {has_few_values, "the pre-shared key has too few different octets"       },
        {is_sequence,    "the pre-shared key counts up or down"                  },
        {is_published,   "the pre-shared key stands in a published specification"},
    };

    if (key.len < HF_PSK_MIN)
        return "the pre-shared key is shorter than 16 octets";
    if (key.len > HF_PSK_MAX)
        return "the pre-shared key is longer than 64 octets";
    for (size_t i = 0; i < HF_COUNT(tests); i++)
        if (tests[i].is_weak(key))
            return tests[i].sentence;
    return NULL;
}
