/*
 * FQDNs as A-labels: letters, digits, inner hyphens, at most 200 octets (threat-model, section 5).
 */
#ifndef HF_CORE_IDENTITY_FQDN_H
#define HF_CORE_IDENTITY_FQDN_H

#include "base/arena.h"
#include "base/wire.h"

enum { HF_FQDN_MAX = 200, HF_LABEL_MAX = 63 };

/* Two labels at least; upper case and one trailing dot are accepted here, not stored. */
bool hf_fqdn_is_valid(struct hf_bytes text);
/* Valid, and already in the form that is stored, compared and derived from. */
bool hf_fqdn_is_canonical(struct hf_bytes text);
/* One label: 1..63 letters, digits and inner hyphens. */
bool hf_fqdn_is_label(struct hf_bytes text);
/* Lower case, no trailing dot, in `a`. HF_ERR_MALFORMED: not an FQDN. */
HF_CHECKED hf_status hf_fqdn_canonical(struct hf_bytes text, struct hf_arena *a,
                                       struct hf_bytes *out);
/* Ignores case and one trailing dot. */
bool hf_fqdn_equal(struct hf_bytes a, struct hf_bytes b);
/* Writes the canonical form of a valid one. */
void hf_put_fqdn(struct hf_writer *w, struct hf_bytes fqdn);

/*
 * Public domain name of an Absolute-CSE-ID (TS-0001, 6.5.1.1): the IN's is <IN-CSE-ID>.<sp>, any
 * other is <CSE-ID>.<IN-CSE-ID>.<sp>, in lower case. `in_cse` is the absolute ID of the IN-CSE of
 * that provider; empty, or one of another provider, gives <CSE-ID>.<sp>.
 * HF_ERR_MALFORMED: not a CSE-ID, a CSE-ID that is no DNS label, or a name that gets too long.
 */
HF_CHECKED hf_status hf_public_name_of_cse(struct hf_bytes cse_id, struct hf_bytes in_cse,
                                           struct hf_arena *a, struct hf_bytes *out);
/*
 * Target-ID in key derivation: an AE-ID's labels reversed (digest A4), a CSE's public name, a MAF's
 * FQDN ("//maf.example" or "maf.example").
 * HF_ERR_MALFORMED: none of these, or an ID that is no DNS label.
 */
HF_CHECKED hf_status hf_fqdn_of_target(struct hf_bytes target_id, struct hf_bytes in_cse,
                                       struct hf_arena *a, struct hf_bytes *out);
/*
 * The absolute CSE-ID that a dNSName stands for, below `in_cse` (absolute). The answer is in the
 * name's own (lower) case. HF_ERR_UNKNOWN: the name is not below that provider.
 * HF_ERR_MALFORMED: not an FQDN, or `in_cse` is not a CSE-ID.
 */
HF_CHECKED hf_status hf_cse_id_of_public_name(struct hf_bytes name, struct hf_bytes in_cse,
                                              struct hf_arena *a, struct hf_bytes *out);

#endif
