/* Credential-IDs: what a peer proved itself with (TS-0003, 10.4 and 12.3.2.1; digest 2.4). */
#include "base/wire.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "core/identity/key_id.h"
#include "core/identity/oid.h"
#include "core/identity/public_key_id.h"

enum { TYPE_MAX = 99, VALUE_MAX = 255, CREDENTIAL_ID_MAX = 3 /* "10-" */ + VALUE_MAX };

static bool is_entity(struct hf_bytes value, enum hf_entity_kind kind)
{
    struct hf_entity_id e;

    return hf_entity_id_parse(value, &e) == HF_OK && e.kind == kind;
}

/* The grammar of each type's value. */
static bool is_valid(enum hf_credential_type type, struct hf_bytes value)
{
    struct hf_key_id id;

    switch (type) {
    case HF_CREDENTIAL_MEF_KEY:
    case HF_CREDENTIAL_MAF_KEY:
    case HF_CREDENTIAL_SAEF_KEY:
        return hf_key_id_parse(value, &id) == HF_OK;
    case HF_CREDENTIAL_RAW_KEY:
        return hf_public_key_id_is_valid(value);
    case HF_CREDENTIAL_DEVICE_CERT:
        return hf_oid_is_valid(value);
    case HF_CREDENTIAL_CSE_CERT:
        return is_entity(value, HF_ENTITY_CSE);
    case HF_CREDENTIAL_AE_CERT:
        return is_entity(value, HF_ENTITY_AE);
    case HF_CREDENTIAL_NODE_CERT:
        return hf_node_id_is_valid(value);
    case HF_CREDENTIAL_FQDN_CERT:
        return hf_fqdn_is_valid(value);
    }
    return false;
}

/* The one form of a valid value. */
static hf_status canonical(enum hf_credential_type type, struct hf_bytes value, struct hf_arena *a,
                           struct hf_bytes *out)
{
    switch (type) {
    case HF_CREDENTIAL_MEF_KEY:
    case HF_CREDENTIAL_MAF_KEY:
    case HF_CREDENTIAL_SAEF_KEY:
        return hf_key_id_canonical(value, a, out);
    case HF_CREDENTIAL_CSE_CERT:
    case HF_CREDENTIAL_AE_CERT:
        return hf_entity_id_canonical(value, a, out);
    case HF_CREDENTIAL_FQDN_CERT:
        return hf_fqdn_canonical(value, a, out);
    case HF_CREDENTIAL_RAW_KEY:
    case HF_CREDENTIAL_DEVICE_CERT:
    case HF_CREDENTIAL_NODE_CERT:
        break; /* these have no second form */
    }
    return hf_arena_copy(a, value, out);
}

hf_status hf_credential_id_format(enum hf_credential_type type, struct hf_bytes value,
                                  struct hf_arena *a, struct hf_bytes *out)
{
    uint8_t room[CREDENTIAL_ID_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes one_form, id;
    hf_status st;

    HF_TRY(is_valid(type, value) ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(canonical(type, value, a, &one_form));
    hf_put_number(&w, type);
    hf_put_u8(&w, '-');
    hf_put_bytes(&w, one_form);
    HF_TRY(hf_writer_finish(&w, &id));
    HF_TRY(hf_arena_copy(a, id, out));

done:
    return st;
}

hf_status hf_credential_id_parse(struct hf_bytes text, enum hf_credential_type *type,
                                 struct hf_bytes *value)
{
    struct hf_bytes digits, rest;
    uint64_t number;

    if (!hf_bytes_split(text, '-', &digits, &rest) || !hf_bytes_to_number(digits, TYPE_MAX, &number)
        || !is_valid((enum hf_credential_type)number, rest))
        return HF_ERR_MALFORMED;
    *type = (enum hf_credential_type)number;
    *value = rest;
    return HF_OK;
}
