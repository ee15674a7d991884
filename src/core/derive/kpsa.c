/* Kpsa, shared by two entities, in its older derivation (TS-0003, 10.3.3; digest A4). */
#include "core/derive/derive.h"

#include "core/identity/entity_id.h"
#include "crypto/digest.h"

#define LABEL "oneM2M Enrolment Key to Provisioned Secure Connection Key derivation"

/* Enrolee B is a CSE or an AE, named absolutely. */
static bool is_enrolee(struct hf_bytes id)
{
    struct hf_entity_id e;

    return hf_entity_id_is_canonical(id) && hf_entity_id_parse(id, &e) == HF_OK
           && e.kind != HF_ENTITY_FUNCTION;
}

hf_status hf_kpsa_derive(const struct hf_secret *ke, struct hf_bytes enrolee_b_id,
                         struct hf_secret *out)
{
    struct hf_bytes pieces[] = {HF_LITERAL(LABEL), enrolee_b_id};

    if (hf_secret_reveal(ke).len != HF_EXPORTED_KEY_LEN || !is_enrolee(enrolee_b_id))
        return HF_ERR_MALFORMED;
    return hf_hmac_sha256_of(ke, pieces, HF_COUNT(pieces), out);
}
