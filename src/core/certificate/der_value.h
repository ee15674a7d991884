/*
 * Values in DER (X.690, clauses 8, 10 and 11), each in its one encoding.  As everywhere over
 * base/wire, the reader remembers the first failure, and what is read after it is zero or none.
 */
#ifndef HF_CORE_CERTIFICATE_DER_VALUE_H
#define HF_CORE_CERTIFICATE_DER_VALUE_H

#include "core/certificate/der.h"

/* BOOLEAN DEFAULT FALSE: absent, or TRUE; FALSE is never written (X.690, 11.5). */
bool hf_der_get_flag(struct hf_reader *r);
/* The content of an INTEGER of any size and sign, in its shortest form. */
struct hf_bytes hf_der_get_integer(struct hf_reader *r);
/* An INTEGER from 0 to INT64_MAX. */
int64_t hf_der_get_number(struct hf_reader *r);
/* An OBJECT IDENTIFIER's content: whole arcs in their shortest form, of any size. */
struct hf_bytes hf_der_get_oid(struct hf_reader *r);
/* A BIT STRING of whole octets. */
struct hf_bytes hf_der_get_octet_bits(struct hf_reader *r);
/* A BIT STRING with named bits: no zero at its end (X.690, 11.2.2). The first of its bits is the
 * highest of the 16; bits after those count for nothing. */
uint16_t hf_der_get_named_bits(struct hf_reader *r);
/* Time as RFC 5280, 4.1.2.5 narrows it: UTCTime YYMMDDhhmmssZ, 1950 to 2049, or GeneralizedTime
 * YYYYMMDDhhmmssZ. Before 1970 gives 0. */
uint64_t hf_der_get_time(struct hf_reader *r);

#endif
