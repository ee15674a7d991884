/*
 * Dotted object identifiers: hardware instance IDs and OID device IDs (TS-0001, annex H). One text
 * for each: no leading zeros, at most 32 arcs of at most 64 bits (threat row PKI-1).
 */
#ifndef HF_CORE_IDENTITY_OID_H
#define HF_CORE_IDENTITY_OID_H

#include "base/bytes.h"

enum { HF_OID_MAX = 255, HF_OID_ARCS_MAX = 32 };

/* Two arcs at least; the first is 0, 1 or 2, the second below 40 under 0 and 1 (X.660). */
bool hf_oid_is_valid(struct hf_bytes text);

#endif
