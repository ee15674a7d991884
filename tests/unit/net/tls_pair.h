/* Two TLS sessions wired together in memory, and what happened on either end. */
#ifndef HF_TESTS_UNIT_NET_TLS_PAIR_H
#define HF_TESTS_UNIT_NET_TLS_PAIR_H

#include "net/tls.h"

enum { SEEN_MAX = 4096 };

struct tls_end {
    struct hf_tls_context *context;
    struct hf_tls *session;
    bool has_ended; /* its writing side: the other end was told so */
    unsigned want_psk, secured, closed, failed;
    uint8_t plain[SEEN_MAX];    /* what it received */
    size_t plain_len, total;    /* since it was emptied, and ever */
    uint8_t sent[SEEN_MAX * 4]; /* what it put on the wire, as far as there is room */
    size_t sent_len, flights;
    uint8_t last_alert; /* description of the last octet that it sent in the clear */
};

struct tls_pair {
    struct tls_end server, client;
    size_t step;                 /* octets carried at a time; 0: all */
    bool hold_psk;               /* do not answer; the test does */
    const struct hf_secret *psk; /* the server's answer; NULL: decoy */
    hf_status verdict;           /* what verify answers */
    unsigned verified;
    size_t chain_count;
};

struct hf_secret test_key(uint8_t fill);
/* Certificates of a little CA made once per program: leaf, then the CA; and the leaf's key. */
struct hf_bytes test_chain_pem(void);
struct hf_bytes test_key_pem(void);

/* Default configurations: authority "mef.example.com". */
struct hf_tls_config server_config(enum hf_tls_mode mode);
struct hf_tls_config client_config(enum hf_tls_mode mode);
struct hf_tls_start client_start(struct tls_pair *p, const struct hf_secret *psk);

void pair_open(struct tls_pair *p, const struct hf_tls_config *server,
               const struct hf_tls_config *client, const struct hf_tls_start *start);
/* A server alone, to be fed by hand. */
void pair_open_server(struct tls_pair *p, const struct hf_tls_config *server);
void pair_close(struct tls_pair *p);
/* Carries octets both ways until nobody has anything to say. */
void pair_run(struct tls_pair *p);
void end_advance(struct tls_pair *p, struct tls_end *e);
/* Feeds `octets` and takes what it answers into `sent`. */
void end_feed(struct tls_pair *p, struct tls_end *e, struct hf_bytes octets);

#endif
