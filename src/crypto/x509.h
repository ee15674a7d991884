/*
 * X.509 over libcrypto, thin: parsing to what core/certificate judges, signatures, issuing.
 */
#ifndef HF_CRYPTO_X509_H
#define HF_CRYPTO_X509_H

#include "base/arena.h"

struct hf_x509;
struct hf_x509_crl;

/* Octets of one certificate (threat model, section 5) and of one CRL. */
enum { HF_X509_MAX = 16 * 1024, HF_X509_CRL_MAX = 16 * 1024 * 1024 };

/* One DER certificate, nothing behind it, at most 16 KiB. HF_ERR_MALFORMED, HF_ERR_LIMIT. */
HF_CHECKED hf_status hf_x509_parse(struct hf_bytes der, struct hf_x509 **out);
void hf_x509_free(struct hf_x509 *c);
/* Every certificate of a PEM text, in order. HF_ERR_LIMIT: more than `room`. */
HF_CHECKED hf_status hf_x509_parse_pem(struct hf_bytes pem, struct hf_x509 **out, size_t room,
                                       size_t *count);

struct hf_x509_facts {
    bool is_ca, has_basic_constraints, has_key_usage, may_sign_data, may_sign_certificates;
    long path_length;                           /* -1: none */
    bool is_p256_uncompressed, is_ecdsa_sha256; /* subject key; signature on it */
    uint64_t not_before_s, not_after_s;
    struct hf_bytes subject, issuer;  /* DER names */
    struct hf_bytes alt_names;        /* DER value of subjectAltName; empty: none */
    struct hf_bytes name_constraints; /* DER value; empty: none */
    bool has_unknown_critical;        /* a critical extension that is not one of the usual ones */
    bool has_extended_key_usage, is_server, is_client; /* EKU, where present */
    struct hf_bytes serial, spki; /* DER integer content; SubjectPublicKeyInfo */
};

/* Borrowed from the certificate. */
void hf_x509_facts(const struct hf_x509 *c, struct hf_x509_facts *out);
/* Is `c` signed by the key of `issuer`? HF_ERR_CRYPTO: no. */
HF_CHECKED hf_status hf_x509_check_signature(const struct hf_x509 *c, const struct hf_x509 *issuer);

HF_CHECKED hf_status hf_x509_crl_parse(struct hf_bytes pem_or_der, struct hf_x509_crl **out);
void hf_x509_crl_free(struct hf_x509_crl *c);
struct hf_x509_crl_facts {
    struct hf_bytes issuer;
    uint64_t this_update_s, next_update_s, number;
};
void hf_x509_crl_facts(const struct hf_x509_crl *c, struct hf_x509_crl_facts *out);
HF_CHECKED hf_status hf_x509_crl_check_signature(const struct hf_x509_crl *c,
                                                 const struct hf_x509 *issuer);
bool hf_x509_crl_has(const struct hf_x509_crl *c, struct hf_bytes serial);

/*
 * Issuing, for `handfast init` and tests. P-256, SHA-256.
 *
 * The hardware instance ID of a device certificate is an otherName: type-id 0.2.481.1 (the M2M
 * Device Indication ID), value = the remaining arcs as a DER RELATIVE-OID (X.690, 8.20).  A Node-ID
 * is a URI if it begins with "urn:", a registeredID if it is a dotted OID, and otherwise an
 * otherName PermanentIdentifier (RFC 4043: 1.3.6.1.5.5.7.8.3) whose identifierValue it is, without
 * assigner.
 */
struct hf_x509_order {
    const char *common_name;
    bool is_ca;
    const char *dns_name; /* one kind of subjectAltName at most; NULL: none */
    const char *uri;
    const char *hardware_oid;  /* dotted; otherName: type-id 0.2.481.1, value = remaining arcs */
    const char *permitted_dns; /* CA: nameConstraints, permitted dNSName subtree; NULL: none */
    const char *permitted_uri_host;
    uint64_t not_before_s, not_after_s;
    const char *node_id;                /* as the other kinds of subjectAltName */
    const char *permitted_hardware_oid; /* dotted, with 0.2.481.1: a device CA's subtree */
    bool limits_path;                   /* CA: pathLenConstraint = path_length */
    unsigned path_length;
    bool for_server, for_client; /* extendedKeyUsage; neither: none, that is any use */
    /* Hostile certificates of the tests. */
    bool without_key_usage;
    struct hf_bytes raw_alt_names, raw_name_constraints; /* DER, instead of the names above */
    const char *extra_critical_oid;                      /* an extension nobody knows, critical */
};

/* A fresh P-256 key, PEM (PKCS#8) into `key_pem`. */
HF_CHECKED hf_status hf_x509_new_key(struct hf_arena *a, struct hf_bytes *key_pem);
/* Certificate for the key `subject_key_pem`, signed by issuer (both empty: self-signed). PEM out.
 */
HF_CHECKED hf_status hf_x509_issue(const struct hf_x509_order *o, struct hf_bytes subject_key_pem,
                                   struct hf_bytes issuer_pem, struct hf_bytes issuer_key_pem,
                                   struct hf_arena *a, struct hf_bytes *certificate_pem);
/* An empty or filled CRL, PEM. Serials as in hf_x509_facts. */
HF_CHECKED hf_status hf_x509_issue_crl(struct hf_bytes issuer_pem, struct hf_bytes issuer_key_pem,
                                       const struct hf_bytes *serials, size_t count,
                                       uint64_t number, uint64_t this_update_s,
                                       uint64_t next_update_s, struct hf_arena *a,
                                       struct hf_bytes *crl_pem);

#endif
