#include "core/policy/key_value.h"

#include "core/identity/suid.h"

/* How few different octets a random value of 16 to 64 octets never has. */
enum { DISTINCT_MIN = 4, OCTET_VALUES = 256 };

static size_t count_distinct(struct hf_bytes b)
{
    bool seen[OCTET_VALUES] = {false};
    size_t count = 0;

    for (size_t i = 0; i < b.len; i++) {
        count += seen[b.at[i]] ? 0 : 1;
        seen[b.at[i]] = true;
    }
    hf_wipe(seen, sizeof seen);
    return count;
}

hf_status hf_policy_key_value(const struct hf_secret *value, unsigned suid, const char **reason)
{
    struct hf_bytes octets = hf_secret_reveal(value);

    if (octets.len < HF_KEY_VALUE_LEN_MIN) {
        *reason = "the key value is shorter than 16 octets";
        return HF_ERR_MALFORMED;
    }
    if (suid == HF_SUID_MAF_SAEF && octets.len != HF_KEY_VALUE_LEN_SAEF) {
        *reason = "the key value of an association has 32 octets";
        return HF_ERR_MALFORMED;
    }
    if (count_distinct(octets) < DISTINCT_MIN) {
        *reason = "the key value is not random";
        return HF_ERR_DENIED;
    }
    return HF_OK;
}
