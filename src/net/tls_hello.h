/*
 * What we must know of a peer before the TLS library does: the ClientHello (RFC 5246 7.4.1.2, RFC
 * 8446 4.1.2) and the psk_identity of a ClientKeyExchange (RFC 4279, RFC 5489).  Parsing only.
 */
#ifndef HF_NET_TLS_HELLO_H
#define HF_NET_TLS_HELLO_H

#include "base/bytes.h"
#include "base/status.h"

enum { HF_TLS_1_2 = 0x0303, HF_GROUP_P256 = 23, HF_GROUP_X25519 = 29 };

struct hf_client_hello {
    uint16_t legacy_version;
    struct hf_bytes random, session_id;
    struct hf_bytes suites;      /* two octets each */
    struct hf_bytes versions;    /* supported_versions, two octets each; empty: not sent */
    struct hf_bytes groups;      /* supported_groups, two octets each; empty: not sent */
    struct hf_bytes server_name; /* host_name of SNI; empty: not sent */
    bool has_ems, has_etm;
};

/*
 * `message` has header and body; pieces are borrowed from it.
 * HF_ERR_MALFORMED: a length is wrong, or an extension comes twice.
 */
HF_CHECKED hf_status hf_client_hello_parse(struct hf_bytes message, struct hf_client_hello *out);

bool hf_client_hello_offers_suite(const struct hf_client_hello *h, uint16_t suite);
bool hf_client_hello_offers_version(const struct hf_client_hello *h, uint16_t version);
/* A group of ours: without one there is no ECDHE. */
bool hf_client_hello_offers_group(const struct hf_client_hello *h);

/*
 * The identity in a ClientKeyExchange of a PSK suite; `has_public_key` for ECDHE-PSK.
 * HF_ERR_MALFORMED  a length is wrong
 * HF_ERR_LIMIT      the identity has not 1 to 255 octets (threat row PSK-6)
 */
HF_CHECKED hf_status hf_psk_identity_parse(struct hf_bytes message, bool has_public_key,
                                           struct hf_bytes *out);

#endif
