/*
 * The part of DER (X.690) that certificates are written in: single-octet tags, definite
 * lengths in their shortest form.  A layer over base/wire: the reader remembers the first failure.
 */
#ifndef HF_CORE_CERTIFICATE_DER_H
#define HF_CORE_CERTIFICATE_DER_H

#include "base/wire.h"

enum {
    HF_DER_BOOLEAN = 0x01,
    HF_DER_INTEGER = 0x02,
    HF_DER_BIT_STRING = 0x03,
    HF_DER_OCTET_STRING = 0x04,
    HF_DER_OID = 0x06,
    HF_DER_UTF8_STRING = 0x0c,
    HF_DER_RELATIVE_OID = 0x0d,
    HF_DER_UTC_TIME = 0x17,
    HF_DER_GENERALIZED_TIME = 0x18,
    HF_DER_SEQUENCE = 0x30,
    HF_DER_SET = 0x31,
    HF_DER_CONTEXT = 0x80,     /* [n] is HF_DER_CONTEXT | n */
    HF_DER_CONSTRUCTED = 0x20, /* with content of its own tags */
};

/* The content of the next element, whatever its tag. */
struct hf_bytes hf_der_get_any(struct hf_reader *r, uint8_t *tag);
/* The content of the next element; another tag is a failure. */
struct hf_bytes hf_der_get(struct hf_reader *r, uint8_t tag);
/* The same, and in `whole` the element with its tag and length. */
struct hf_bytes hf_der_get_whole(struct hf_reader *r, uint8_t tag, struct hf_bytes *whole);
/* Is the next element one of that tag? Reads nothing. */
bool hf_der_is_next(const struct hf_reader *r, uint8_t tag);

#endif
