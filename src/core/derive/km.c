/* Km, the Master Credential shared with a MAF, in its older derivation (TS-0003, 10.3.2). */
#include "core/derive/derive.h"

#include "core/identity/fqdn.h"
#include "crypto/digest.h"

#define LABEL "oneM2M Enrolment Key to Master Credential derivation"

hf_status hf_km_derive(const struct hf_secret *ke, struct hf_bytes maf_fqdn, struct hf_secret *out)
{
    struct hf_bytes pieces[] = {HF_LITERAL(LABEL), maf_fqdn};

    if (hf_secret_reveal(ke).len != HF_EXPORTED_KEY_LEN || !hf_fqdn_is_canonical(maf_fqdn))
        return HF_ERR_MALFORMED;
    return hf_hmac_sha256_of(ke, pieces, HF_COUNT(pieces), out);
}
