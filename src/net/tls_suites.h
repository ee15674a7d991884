/*
 * The cipher suites of the channel profile (threat model, section 2; design page, rulings): an
 * allow-list by number.  The library's priority strings are made from it, and a context is not made
 * when the library would enable anything else (threat row CH-14).
 */
#ifndef HF_NET_TLS_SUITES_H
#define HF_NET_TLS_SUITES_H

#include "net/tls.h"
#include "net/tls_hello.h"

#include <gnutls/gnutls.h>

struct hf_suite {
    uint16_t number;
    const char *name;         /* for people, "TLS1.2 PSK AES-128-GCM" */
    const char *library_name; /* IANA, as gnutls_ciphersuite_get answers */
    const char *priority;     /* PSK servers: what enables exactly this suite, else NULL */
    bool is_forward_secret;
    bool has_public_key; /* in the ClientKeyExchange of a PSK suite */
    bool is_cbc;         /* needs encrypt-then-mac */
    unsigned modes;      /* bits 1u << enum hf_tls_mode */
};

/* In order of preference; NULL past the end. */
const struct hf_suite *hf_suite_at(size_t index);
/* The allowed suite with this library name in this mode, or NULL. */
const struct hf_suite *hf_suite_of_library(const char *library_name, enum hf_tls_mode mode);
bool hf_suite_is_allowed(const struct hf_suite *s, enum hf_tls_mode mode);

/*
 * A PSK server's choice: the first suite of ours that the peer offers and can use. The index, or
 * HF_ERR_DENIED when there is none.
 */
HF_CHECKED hf_status hf_suite_choose_psk(const struct hf_client_hello *h, size_t *out);

/* The priority string of a mode; for PSK servers see hf_suite.priority. */
const char *hf_suites_priority(enum hf_tls_mode mode, bool tls13);
/*
 * Does `priority` enable suites of this mode only, and all of them (one: exactly that one)?
 * HF_ERR_CRYPTO: the library would accept something else.
 */
HF_CHECKED hf_status hf_suites_check(gnutls_priority_t priority, enum hf_tls_mode mode, bool tls13,
                                     const struct hf_suite *one);

#endif
