/*
 * The part of DER (X.690) that names in certificates are written in: single-octet tags, definite
 * lengths in their shortest form.  A layer over base/wire: the reader remembers the first failure.
 */
#ifndef HF_CORE_CERTIFICATE_DER_H
#define HF_CORE_CERTIFICATE_DER_H

#include "base/wire.h"

enum {
    HF_DER_OID = 0x06,
    HF_DER_UTF8_STRING = 0x0c,
    HF_DER_RELATIVE_OID = 0x0d,
    HF_DER_SEQUENCE = 0x30,
    HF_DER_CONTEXT = 0x80,     /* [n] is HF_DER_CONTEXT | n */
    HF_DER_CONSTRUCTED = 0x20, /* with content of its own tags */
};

/* The content of the next element, whatever its tag. */
struct hf_bytes hf_der_get_any(struct hf_reader *r, uint8_t *tag);
/* The content of the next element; another tag is a failure. */
struct hf_bytes hf_der_get(struct hf_reader *r, uint8_t tag);
/* Is the next element one of that tag? Reads nothing. */
bool hf_der_is_next(const struct hf_reader *r, uint8_t tag);

#endif
