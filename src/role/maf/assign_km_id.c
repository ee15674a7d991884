#include "role/maf/assign_km_id.h"

#include "role/maf/maf_internal.h"

enum { RANDOM_OF_KM_ID = 1 };

/* The KeID that this channel was made with; false: it was made with something else. */
static bool find_ke_id(struct hf_tef_exchange *e, struct hf_bytes *ke_id)
{
    const struct hf_credential_record *c = hf_tef_credential(e);
    enum hf_credential_type type;
    struct hf_key_id parts;

    return c != NULL && c->suid == HF_SUID_RSPF_MAF && !hf_secret_is_empty(&c->key)
           && hf_credential_id_parse(c->credential_id, &type, ke_id) == HF_OK
           && type == HF_CREDENTIAL_MAF_KEY && hf_key_id_parse(*ke_id, &parts) == HF_OK
           && !hf_bytes_equal(parts.fqdn, e->tef->policy.fqdn);
}

/* An answer may have been lost: who comes by the same KeID again keeps its KmID (row KM-16). */
static bool has_one(const struct hf_tef_exchange *e, struct hf_bytes ke_id)
{
    return e->assigned.st == HF_OK && e->assigned.credential.state == HF_RECORD_LIVE
           && hf_bytes_equal(e->assigned.credential.issuer_key_id, ke_id);
}

static hf_status assign_new(struct hf_tef_exchange *e, struct hf_bytes ke_id,
                            struct hf_registration_record *r)
{
    struct hf_credential_record *c;
    struct hf_bytes relative;
    hf_status st;

    HF_TRY(hf_relative_id_of(e->random[RANDOM_OF_KM_ID], e->x->arena, &relative));
    HF_TRY(hf_key_id_join(relative, e->tef->policy.fqdn, e->x->arena, &r->assigned_key_id));
    c = &hf_tef_change(e, HF_PUT_CREDENTIAL)->credential;
    *c = *hf_tef_credential(e);
    c->issuer_key_id = ke_id;
    HF_TRY(hf_credential_id_format(HF_CREDENTIAL_MAF_KEY, r->assigned_key_id, e->x->arena,
                                   &c->credential_id));
done:
    return st;
}

hf_status hf_maf_assign_km_id(struct hf_tef_exchange *e, struct hf_registration_record *r)
{
    enum hf_credential_type type;
    struct hf_bytes value;

    if (find_ke_id(e, &value) && !has_one(e, value))
        return assign_new(e, value, r);
    if (e->assigned.st == HF_OK && e->assigned.credential.state == HF_RECORD_LIVE)
        r->assigned_key_id = hf_tef_registration(e)->assigned_key_id;
    else if (hf_tef_credential(e) != NULL && !hf_bytes_is_empty(hf_tef_credential(e)->issuer_key_id)
             && hf_credential_id_parse(hf_tef_credential(e)->credential_id, &type, &value) == HF_OK)
        r->assigned_key_id = value; /* it came by its KmID: that is the one to go on with */
    return HF_OK;
}
