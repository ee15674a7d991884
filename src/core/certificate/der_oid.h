/* Object identifiers in DER, arc by arc: at most 32 of at most 64 bits (threat model, PKI-1). */
#ifndef HF_CORE_CERTIFICATE_DER_OID_H
#define HF_CORE_CERTIFICATE_DER_OID_H

#include "base/wire.h"
#include "core/identity/oid.h"

struct hf_oid {
    size_t count;
    uint64_t arc[HF_OID_ARCS_MAX];
};

/*
 * The content of a DER OBJECT IDENTIFIER (X.690, 8.19).
 * HF_ERR_MALFORMED  not the one DER encoding of an OID
 * HF_ERR_LIMIT      too many arcs, or one too large
 */
HF_CHECKED hf_status hf_oid_read(struct hf_bytes content, struct hf_oid *out);
/* Appends the arcs of a DER RELATIVE-OID's content (X.690, 8.20). The same refusals; `io` is then
 * undefined. */
HF_CHECKED hf_status hf_oid_append(struct hf_oid *io, struct hf_bytes content);
bool hf_oid_equal(const struct hf_oid *a, const struct hf_oid *b);
/* Does `o` begin with all arcs of `base`? Itself included. "1.2.34" is not below "1.2.3". */
bool hf_oid_is_below(const struct hf_oid *o, const struct hf_oid *base);
/* Dotted decimal. */
void hf_put_oid(struct hf_writer *w, const struct hf_oid *o);

#endif
