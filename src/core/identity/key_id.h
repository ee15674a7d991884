/*
 * Key identifiers "relative@FQDN": KpmID, KeID, KpsaID, KmID, KcID (TS-0003, 10.3.4 to 10.6; digest
 * 2.3), and Credential-IDs "type-value" (10.4, 12.3.2.1; digest 2.4).
 * One grammar, one canonical form: the relative part of 32 hex digits in upper case, any other as
 * it is; the FQDN in lower case. Relative parts of KmIDs are compared ignoring case.
 */
#ifndef HF_CORE_IDENTITY_KEY_ID_H
#define HF_CORE_IDENTITY_KEY_ID_H

#include "base/arena.h"

enum { HF_KEY_ID_MAX = 255, HF_RELATIVE_ID_LEN = 16 /* octets from the exporter */ };

struct hf_key_id {
    struct hf_bytes relative; /* 1*(ALPHA DIGIT . _ -) */
    struct hf_bytes fqdn;
};

/* Pieces borrowed from `text`. HF_ERR_MALFORMED: any octet outside the grammar, no or two "@". */
HF_CHECKED hf_status hf_key_id_parse(struct hf_bytes text, struct hf_key_id *out);
HF_CHECKED hf_status hf_key_id_canonical(struct hf_bytes text, struct hf_arena *a,
                                         struct hf_bytes *out);
bool hf_relative_id_is_valid(struct hf_bytes text);
/* hexBinary of 16 octets, upper case, in `a`. */
HF_CHECKED hf_status hf_relative_id_of(const uint8_t id[HF_RELATIVE_ID_LEN], struct hf_arena *a,
                                       struct hf_bytes *out);
/* relative "@" fqdn, canonical, in `a`. */
HF_CHECKED hf_status hf_key_id_join(struct hf_bytes relative, struct hf_bytes fqdn,
                                    struct hf_arena *a, struct hf_bytes *out);

enum hf_credential_type {
    HF_CREDENTIAL_MEF_KEY = 10,     /* KpmID */
    HF_CREDENTIAL_MAF_KEY = 11,     /* KmID, or KeID before one is assigned */
    HF_CREDENTIAL_SAEF_KEY = 12,    /* KpsaID or Key Identifier of Kc */
    HF_CREDENTIAL_RAW_KEY = 30,     /* public key identifier */
    HF_CREDENTIAL_DEVICE_CERT = 31, /* hardware instance ID, dotted OID */
    HF_CREDENTIAL_CSE_CERT = 32,    /* absolute CSE-ID */
    HF_CREDENTIAL_AE_CERT = 33,     /* absolute AE-ID */
    HF_CREDENTIAL_NODE_CERT = 34,   /* Node-ID */
    HF_CREDENTIAL_FQDN_CERT = 90,   /* [P] a MEF's or MAF's own FQDN certificate */
};

/* "10-thiskey@mymef.com": value canonical for its type. */
HF_CHECKED hf_status hf_credential_id_format(enum hf_credential_type type, struct hf_bytes value,
                                             struct hf_arena *a, struct hf_bytes *out);
/* HF_ERR_MALFORMED: no known type, or a value against the type's grammar. */
HF_CHECKED hf_status hf_credential_id_parse(struct hf_bytes text, enum hf_credential_type *type,
                                            struct hf_bytes *value);

#endif
