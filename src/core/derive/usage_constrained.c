/* The key for one use and one target out of Ke (TS-0003, 10.3.7; digest 3.3, A7, A10). */
#include "core/derive/derive.h"

#include "core/identity/fqdn.h"
#include "core/identity/suid.h"
#include "crypto/digest.h"

#define LABEL "oneM2M Enrolment Key to Usage-Constrained Symmetric Key derivation"

enum { SUID_DIGITS = 2 };

/*
 * Label, SUID and target stand side by side without a separator: only because the SUID has two
 * digits and the target one spelling is every input unlike every other (threat row KM-8).
 */
static hf_status check(const struct hf_secret *ke, unsigned suid, struct hf_bytes target_fqdn)
{
    if (hf_secret_reveal(ke).len != HF_EXPORTED_KEY_LEN || !hf_suid_is_for_mef_registration(suid)
        || !hf_fqdn_is_canonical(target_fqdn))
        return HF_ERR_MALFORMED;
    return HF_OK;
}

hf_status hf_usage_constrained_derive(const struct hf_secret *ke, unsigned suid,
                                      struct hf_bytes target_fqdn, struct hf_secret *out)
{
    uint8_t digits[SUID_DIGITS] = {(uint8_t)('0' + suid / 10 % 10), (uint8_t)('0' + suid % 10)};
    struct hf_bytes pieces[] = {
        HF_LITERAL(LABEL), {digits, sizeof digits},
         target_fqdn
    };
    hf_status st;

    HF_TRY(check(ke, suid, target_fqdn));
    HF_TRY(hf_hmac_sha256_of(ke, pieces, HF_COUNT(pieces), out));

done:
    return st;
}
