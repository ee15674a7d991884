#include "core/identity/public_key_id.h"

#include "base/status.h"

enum { BITS_A_DIGIT = 6, BITS_AN_OCTET = 8 };

/* RFC 6920, section 9.4: the suites of 120 bits and more. */
static const struct suite {
    const char *name;
    size_t octets;
} suites[] = {
    {"sha-256",     32},
    {"sha-256-128", 16},
    {"sha-256-120", 15}
};

static int digit_value(uint8_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (hf_is_digit(c))
        return c - '0' + 52;
    if (c == '-')
        return 62;
    return c == '_' ? 63 : -1;
}

/* base64url without padding (RFC 4648, section 5) of exactly `octets` octets, in its one form. */
static bool is_base64url(struct hf_bytes text, size_t octets)
{
    size_t bits = octets * BITS_AN_OCTET, digits = (bits + BITS_A_DIGIT - 1) / BITS_A_DIGIT;
    unsigned unused = (unsigned)(digits * BITS_A_DIGIT - bits);

    if (text.len != digits)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (digit_value(text.at[i]) < 0)
            return false;
    return ((unsigned)digit_value(text.at[digits - 1]) & ((1u << unused) - 1)) == 0;
}

bool hf_public_key_id_is_valid(struct hf_bytes text)
{
    struct hf_bytes name, hash;

    if (!hf_bytes_split(text, '.', &name, &hash))
        return false;
    for (size_t i = 0; i < HF_COUNT(suites); i++)
        if (hf_bytes_equal_text(name, suites[i].name))
            return is_base64url(hash, suites[i].octets);
    return false;
}
