#include "core/certificate/der_value.h"

#include <string.h>

#include "base/time.h"

enum {
    TRUE_OCTET = 0xff,
    SIGN = 0x80,
    MORE = 0x80,
    NAMED_BITS_OCTETS = 2,
    UTC_TIME_LEN = 13,
    GENERALIZED_TIME_LEN = 15,
    YEAR_LEN = 4,
    DATE_LEN = 8,
    CENTURY_LEN = 2
};

static void check(struct hf_reader *r, bool is_right)
{
    if (r->st == HF_OK && !is_right)
        r->st = HF_ERR_MALFORMED;
}

bool hf_der_get_flag(struct hf_reader *r)
{
    struct hf_bytes content;

    if (!hf_der_is_next(r, HF_DER_BOOLEAN))
        return false;
    content = hf_der_get(r, HF_DER_BOOLEAN);
    check(r, content.len == 1 && content.at[0] == TRUE_OCTET);
    return r->st == HF_OK;
}

/* Nine equal bits at the front would say less than eight (X.690, 8.3.2). */
static bool is_shortest(struct hf_bytes integer)
{
    if (integer.len < 2)
        return integer.len == 1;
    if (integer.at[0] == 0)
        return (integer.at[1] & SIGN) != 0;
    return integer.at[0] != 0xff || (integer.at[1] & SIGN) == 0;
}

struct hf_bytes hf_der_get_integer(struct hf_reader *r)
{
    struct hf_bytes content = hf_der_get(r, HF_DER_INTEGER);

    check(r, is_shortest(content));
    return content;
}

int64_t hf_der_get_number(struct hf_reader *r)
{
    struct hf_bytes content = hf_der_get_integer(r);
    uint64_t n = 0;

    check(r, content.len > 0 && content.len <= sizeof n && (content.at[0] & SIGN) == 0);
    if (r->st != HF_OK)
        return 0;
    for (size_t i = 0; i < content.len; i++)
        n = n << 8 | content.at[i];
    return (int64_t)n;
}

static bool is_oid(struct hf_bytes content)
{
    bool begins = true;

    if (content.len == 0 || (content.at[content.len - 1] & MORE) != 0)
        return false;
    for (size_t i = 0; i < content.len; i++) {
        if (begins && content.at[i] == MORE)
            return false;
        begins = (content.at[i] & MORE) == 0;
    }
    return true;
}

struct hf_bytes hf_der_get_oid(struct hf_reader *r)
{
    struct hf_bytes content = hf_der_get(r, HF_DER_OID);

    check(r, is_oid(content));
    return content;
}

struct hf_bytes hf_der_get_octet_bits(struct hf_reader *r)
{
    struct hf_bytes content = hf_der_get(r, HF_DER_BIT_STRING);

    check(r, content.len > 0 && content.at[0] == 0);
    return hf_bytes_from(content, 1);
}

/* The last bit that counts is set, those behind it are not. */
static bool ends_in_one(struct hf_bytes bits, uint8_t unused)
{
    if (bits.len == 0)
        return unused == 0;
    return unused < 8 && (bits.at[bits.len - 1] & ((2u << unused) - 1)) == 1u << unused;
}

uint16_t hf_der_get_named_bits(struct hf_reader *r)
{
    struct hf_bytes content = hf_der_get(r, HF_DER_BIT_STRING);
    struct hf_bytes bits = hf_bytes_from(content, 1);
    unsigned n = 0;

    check(r, content.len > 0 && ends_in_one(bits, content.at[0]));
    if (r->st != HF_OK)
        return 0;
    for (size_t i = 0; i < NAMED_BITS_OCTETS; i++)
        n = n << 8 | (i < bits.len ? bits.at[i] : 0u);
    return (uint16_t)n;
}

/* `digits` is YYYYMMDDhhmmss. The calendar repeats every 400 years, so a year that base/time does
 * not know has the days of the one 2000 years later. */
static hf_status read_digits(const char *digits, uint64_t *out)
{
    char text[HF_TIMESTAMP_LEN];
    bool is_early = memcmp(digits, "1970", YEAR_LEN) < 0 && digits[0] >= '0';
    hf_status st;

    memcpy(text, digits, DATE_LEN);
    text[DATE_LEN] = 'T';
    memcpy(text + DATE_LEN + 1, digits + DATE_LEN, sizeof text - DATE_LEN - 1);
    if (is_early)
        text[0] = (char)(text[0] + 2);
    st = hf_timestamp_parse(hf_bytes_of(text, sizeof text), out);
    if (st == HF_OK && is_early)
        *out = 0;
    return st;
}

uint64_t hf_der_get_time(struct hf_reader *r)
{
    bool is_short = hf_der_is_next(r, HF_DER_UTC_TIME);
    struct hf_bytes t = hf_der_get(r, is_short ? HF_DER_UTC_TIME : HF_DER_GENERALIZED_TIME);
    size_t century_len = is_short ? CENTURY_LEN : 0;
    char digits[GENERALIZED_TIME_LEN];
    uint64_t time_s = 0;

    check(r, t.len == (is_short ? UTC_TIME_LEN : GENERALIZED_TIME_LEN) && t.at[t.len - 1] == 'Z');
    if (r->st != HF_OK)
        return 0;
    if (is_short)
        memcpy(digits, t.at[0] >= '5' ? "19" : "20", CENTURY_LEN);
    memcpy(digits + century_len, t.at, t.len);
    check(r, read_digits(digits, &time_s) == HF_OK);
    return time_s;
}
