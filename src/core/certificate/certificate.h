/*
 * One X.509 certificate in DER (RFC 5280, 4.1), read once and strictly: definite and shortest
 * lengths, no extension twice, nothing behind it.  Reading is not judging: a foreign key or
 * signature algorithm is read and said not to be ours.
 */
#ifndef HF_CORE_CERTIFICATE_CERTIFICATE_H
#define HF_CORE_CERTIFICATE_CERTIFICATE_H

#include "base/bytes.h"
#include "base/status.h"

/* Octets of a certificate (threat model, section 5), and extensions in it. */
enum { HF_CERTIFICATE_MAX = 16 * 1024, HF_CERTIFICATE_EXTENSIONS_MAX = 32 };

/* Everything is borrowed from the octets that were read. */
struct hf_certificate {
    struct hf_bytes tbs, signature;  /* what is signed, and the Ecdsa-Sig-Value that signs it */
    struct hf_bytes serial;          /* content of the INTEGER */
    struct hf_bytes subject, issuer; /* names */
    struct hf_bytes spki;            /* SubjectPublicKeyInfo */
    struct hf_bytes point;           /* the uncompressed point, where the key is of P-256 */
    uint64_t not_before_s, not_after_s;
    bool is_p256_uncompressed; /* subject key: the form only, the point may be off the curve */
    bool is_ecdsa_sha256;      /* the signature on it */
    bool is_ca, has_basic_constraints;
    int64_t path_length; /* -1: none */
    bool has_key_usage, may_sign_data, may_sign_certificates, may_sign_crls;
    bool has_extended_key_usage, is_server, is_client; /* EKU, where present */
    bool has_unknown_critical;        /* a critical extension that is not one of the usual ones */
    struct hf_bytes alt_names;        /* value of subjectAltName; empty: none */
    struct hf_bytes name_constraints; /* value; empty: none */
};

/*
 * HF_ERR_MALFORMED  no certificate of version 3 in DER
 * HF_ERR_LIMIT      more than 16 KiB or 32 extensions
 */
HF_CHECKED hf_status hf_certificate_read(struct hf_bytes der, struct hf_certificate *out);

#endif
