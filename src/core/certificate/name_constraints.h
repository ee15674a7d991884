/*
 * nameConstraints (RFC 5280, 4.2.1.10) for the names of TS-0003, 10.1.1: dNSName, the host of a
 * URI, otherName and registeredID by leading arcs, directoryName by leading RDNs.
 */
#ifndef HF_CORE_CERTIFICATE_NAME_CONSTRAINTS_H
#define HF_CORE_CERTIFICATE_NAME_CONSTRAINTS_H

#include "core/certificate/alt_names.h"

enum { HF_SUBTREES_MAX = 32 };

/*
 * May an authority with these constraints vouch for `name`?
 * `is_identity`: then a list of permitted subtrees in which no subtree is of the name's kind
 * refuses it, although RFC 5280 lets it pass (threat model, PKI-4); `covered` says whether a
 * permitted subtree holds it.
 * HF_ERR_MALFORMED  the extension is not the DER of one, or has a minimum or maximum
 * HF_ERR_LIMIT      more than 32 subtrees
 * HF_ERR_CRYPTO     no
 */
HF_CHECKED hf_status hf_name_constraints_check(struct hf_bytes der, const struct hf_alt_name *name,
                                               bool is_identity, bool *covered);

#endif
