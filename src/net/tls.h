/*
 * TLS over GnuTLS with our own buffers: octets in, octets out, no socket, no callback into the
 * loop. The channel profile is the threat model's section 2 as ruled by the design page; the only
 * caller of the library's exporter is hf_tls_export (threat rows CH-1, CH-2).
 *
 * Life: a context belongs to one thread, as its sessions do; let go of, it ends with the last of
 * them. A session is fed the peer's octets and advanced until it has nothing more to say:
 *
 *     hf_tls_feed(t, octets);
 *     while ((e = hf_tls_advance(t)) != HF_TLS_WAITING) ...
 *     send hf_tls_output(t), then hf_tls_sent(t, n)
 */
#ifndef HF_NET_TLS_H
#define HF_NET_TLS_H

#include "base/secret.h"

struct hf_tls_context;
struct hf_tls;

enum hf_tls_mode {
    HF_TLS_SERVER_PSK = 1,
    HF_TLS_SERVER_CERTIFICATE, /* asks for a client certificate; none is allowed to finish */
    HF_TLS_CLIENT_PSK,
    HF_TLS_CLIENT_CERTIFICATE, /* with or without a certificate of its own */
};

enum { HF_TLS_CHAIN_MAX = 4, HF_TLS_IDENTITY_MAX = 255, HF_EXPORT_LEN = 48 };

/*
 * Called in the handshake with the peer's chain, leaf first, DER, never empty.
 * HF_OK accepts; HF_ERR_EXPIRED, HF_ERR_DENIED (revoked or unknown), HF_ERR_MALFORMED (profile) and
 * HF_ERR_CRYPTO (path) choose the alert.
 */
typedef hf_status hf_tls_verify(void *context, const struct hf_bytes *chain, size_t count);

/* Borrowed for the length of hf_tls_context_new, but `names`, kept. */
struct hf_tls_config {
    enum hf_tls_mode mode;
    struct hf_bytes certificate_pem; /* chain, leaf first; empty: none */
    struct hf_bytes private_key_pem;
    const struct hf_bytes *names; /* server: our authorities; SNI must be one of them, no default */
    size_t name_count;
    bool tls13;                      /* certificate modes only */
    const char *priority;            /* NULL: the profile's own; tests and interop only */
    const struct hf_secret *masking; /* server PSK: decoy keys are HMAC(masking, identity) */
    bool allow_no_ems; /* let a peer without extended master secret finish; it cannot export */
};

/* HF_ERR_MALFORMED certificate or key unreadable; HF_ERR_CRYPTO the library refuses. */
HF_CHECKED hf_status hf_tls_context_new(const struct hf_tls_config *c, struct hf_tls_context **out);
void hf_tls_context_free(struct hf_tls_context *c); /* accepts NULL */

/* What a session asks of its owner at creation. `verify` is due in certificate modes. */
struct hf_tls_start {
    hf_tls_verify *verify;
    void *verify_context;
    struct hf_bytes server_name;  /* client: SNI */
    struct hf_bytes psk_identity; /* client PSK */
    const struct hf_secret *psk;  /* client PSK; copied */
};

HF_CHECKED hf_status hf_tls_new(struct hf_tls_context *c, const struct hf_tls_start *s,
                                struct hf_tls **out);
void hf_tls_free(struct hf_tls *t); /* accepts NULL; wipes */

/* HF_ERR_LIMIT: more than the handshake or record limits allow (threat model, section 5). */
HF_CHECKED hf_status hf_tls_feed(struct hf_tls *t, struct hf_bytes octets);
/* The peer's end of file. Without close_notify it is a truncation: advance answers HF_TLS_FAILED.
 */
void hf_tls_feed_end(struct hf_tls *t);

enum hf_tls_event {
    HF_TLS_WAITING,  /* for octets, or for hf_tls_answer_psk */
    HF_TLS_WANT_PSK, /* once: an identity is known (hf_tls_identity); answer, now or later */
    HF_TLS_SECURED,  /* once: the handshake is done and the profile holds */
    HF_TLS_READABLE, /* plain octets wait for hf_tls_read */
    HF_TLS_CLOSED,   /* the peer said close_notify */
    HF_TLS_FAILED,   /* for ever; send what hf_tls_output still holds (the alert) and close */
};

enum hf_tls_event hf_tls_advance(struct hf_tls *t);

struct hf_bytes hf_tls_identity(const struct hf_tls *t);    /* as sent by the peer */
struct hf_bytes hf_tls_server_name(const struct hf_tls *t); /* canonical, one of ours */
/* NULL `key`: a decoy. To be called once after HF_TLS_WANT_PSK; the key is copied. */
void hf_tls_answer_psk(struct hf_tls *t, const struct hf_secret *key);
/* Ends a parked handshake with internal_error (80): the key's home did not answer in time. */
void hf_tls_abort(struct hf_tls *t);

/* At most `size` octets; 0 when none wait. */
size_t hf_tls_read(struct hf_tls *t, uint8_t *room, size_t size);
/* Encrypts into the output. HF_ERR_UNEXPECTED before HF_TLS_SECURED or after the end. */
HF_CHECKED hf_status hf_tls_write(struct hf_tls *t, struct hf_bytes plain);
/* close_notify into the output. */
void hf_tls_close(struct hf_tls *t);
/* Octets for the peer, borrowed until the next call on `t`; then say how many went. */
struct hf_bytes hf_tls_output(const struct hf_tls *t);
void hf_tls_sent(struct hf_tls *t, size_t len);

/* After HF_TLS_SECURED. */
const char *hf_tls_suite(const struct hf_tls *t); /* "TLS1.2 ECDHE-PSK CHACHA20-POLY1305" */
bool hf_tls_is_forward_secret(const struct hf_tls *t);
bool hf_tls_has_peer_certificate(const struct hf_tls *t);
hf_status hf_tls_why(const struct hf_tls *t);            /* after HF_TLS_FAILED */
const char *hf_tls_why_sentence(const struct hf_tls *t); /* for the operator */

/*
 * The one exporter: HF_EXPORT_LEN octets of RFC 5705 (TLS 1.2) or RFC 8446 7.5, without context.
 * HF_ERR_UNEXPECTED  not secured yet
 * HF_ERR_DENIED      TLS 1.2 without extended master secret
 * HF_ERR_CONFLICT    this session has exported already
 */
HF_CHECKED hf_status hf_tls_export(struct hf_tls *t, const char *label, struct hf_secret *out);

#endif
