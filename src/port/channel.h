/*
 * The (D)TLS channel as a role sees it: who was proven, and the one exporter.
 */
#ifndef HF_PORT_CHANNEL_H
#define HF_PORT_CHANNEL_H

#include "base/arena.h"
#include "core/identity/key_id.h"
#include "core/record/record.h"

enum hf_proof { HF_PROOF_NONE, HF_PROOF_PSK, HF_PROOF_CERTIFICATE };

/* Made once, when the handshake is done; the only source of identity (invariant G2). */
struct hf_peer {
    enum hf_proof proof;
    enum hf_credential_type type;
    struct hf_bytes credential_id; /* empty when nothing was proven */
    struct hf_bytes node_id;       /* may be empty (infrastructure) */
    struct hf_list entities;       /* absolute IDs this credential may speak for */
    bool has_cse;
    uint32_t lifetime_s;           /* enrolment lifetime of the node; 0 none */
    uint64_t expires_s;            /* of the credential */
    struct hf_bytes issuer_key_id; /* MAF: the KeID that this KmID replaces; else empty */
};

struct hf_export {
    uint8_t id[HF_RELATIVE_ID_LEN]; /* the first 16 octets */
    struct hf_secret key;           /* the last 32 */
};

struct hf_channel {
    void *self;
    const struct hf_peer *peer;
    struct hf_bytes server_name; /* our authority that the peer asked for by SNI */
    const char *suite;           /* "TLS1.2 ECDHE-PSK CHACHA20-POLY1305", for people */
    /*
     * A slot of the connection, empty at first. The role puts the identity there that the first
     * request used (one of peer->entities); the channel speaks for that one ever after.
     */
    struct hf_bytes *bound_client;
    /*
     * 48 octets of RFC 5705 without context, split. Once per channel.
     * HF_ERR_DENIED      neither TLS 1.3 nor extended master secret (threat row CH-1)
     * HF_ERR_CONFLICT    this channel has exported already (CH-2)
     */
    hf_status (*export_key)(void *self, const char *label, struct hf_export *out);
};

#endif
