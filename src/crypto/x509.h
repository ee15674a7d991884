/*
 * X.509 over libcrypto, thin: PEM, revocation lists, issuing.  What a peer sends is not read here
 * but in core/certificate.
 */
#ifndef HF_CRYPTO_X509_H
#define HF_CRYPTO_X509_H

#include "base/arena.h"
#include "crypto/p256.h"

struct hf_x509_crl;

enum { HF_X509_CRL_MAX = 16 * 1024 * 1024 }; /* octets of one CRL */

/*
 * Every certificate of a PEM text, in order, as DER that nobody has read yet; in the arena.
 * HF_ERR_MALFORMED  none, or a broken block
 * HF_ERR_LIMIT      more than `room`, or than the arena
 */
HF_CHECKED hf_status hf_x509_read_pem(struct hf_bytes pem, struct hf_arena *a, struct hf_bytes *out,
                                      size_t room, size_t *count);

HF_CHECKED hf_status hf_x509_crl_parse(struct hf_bytes pem_or_der, struct hf_x509_crl **out);
void hf_x509_crl_free(struct hf_x509_crl *c);
struct hf_x509_crl_facts {
    struct hf_bytes issuer;
    uint64_t this_update_s, next_update_s, number;
};
void hf_x509_crl_facts(const struct hf_x509_crl *c, struct hf_x509_crl_facts *out);
/* Whether the signer may sign lists is the caller's to ask. HF_ERR_CRYPTO: not by this key. */
HF_CHECKED hf_status hf_x509_crl_check_signature(const struct hf_x509_crl *c,
                                                 const struct hf_p256_key *signer);
/* `serial`: the content of the DER INTEGER. */
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
/* An empty or filled CRL, PEM. Serials as for hf_x509_crl_has. */
HF_CHECKED hf_status hf_x509_issue_crl(struct hf_bytes issuer_pem, struct hf_bytes issuer_key_pem,
                                       const struct hf_bytes *serials, size_t count,
                                       uint64_t number, uint64_t this_update_s,
                                       uint64_t next_update_s, struct hf_arena *a,
                                       struct hf_bytes *crl_pem);

#endif
