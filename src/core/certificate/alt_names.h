/*
 * subjectAltName (RFC 5280, 4.2.1.6), as far as TS-0003, 10.1.1 puts identities into it.
 *
 * Two kinds of otherName are identities, each in exactly one encoding:
 *   hardware instance ID  type-id 0.2.481.1 (M2M Device Indication ID), value a RELATIVE-OID with
 *                         the remaining arcs
 *   Node-ID               type-id 1.3.6.1.5.5.7.8.3 (RFC 4043), value PermanentIdentifier with an
 *                         identifierValue and no assigner
 */
#ifndef HF_CORE_CERTIFICATE_ALT_NAMES_H
#define HF_CORE_CERTIFICATE_ALT_NAMES_H

#include "core/certificate/der_oid.h"

enum { HF_ALT_NAMES_MAX = 32 };

enum hf_alt_kind {
    HF_ALT_DNS = 1,
    HF_ALT_URI,
    HF_ALT_DEVICE,     /* otherName, hardware instance ID */
    HF_ALT_REGISTERED, /* registeredID */
    HF_ALT_PERMANENT,  /* otherName, PermanentIdentifier */
    HF_ALT_DIRECTORY,
    HF_ALT_FOREIGN, /* any other; never an identity */
};

struct hf_alt_name {
    enum hf_alt_kind kind;
    struct hf_bytes text; /* DNS, URI, PERMANENT: characters; DIRECTORY: the RDNs in DER */
    struct hf_oid oid;    /* DEVICE: type-id arcs, then value arcs; REGISTERED */
};

/* The next GeneralName. */
void hf_alt_name_get(struct hf_reader *r, struct hf_alt_name *out);
/*
 * All names of an extension value, at least one.
 * HF_ERR_MALFORMED  not the DER of such a value
 * HF_ERR_LIMIT      more than 32 names, or an OID beyond its limits
 */
HF_CHECKED hf_status hf_alt_names_read(struct hf_bytes der,
                                       struct hf_alt_name names[HF_ALT_NAMES_MAX], size_t *count);

#endif
