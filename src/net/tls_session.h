/* The inside of contexts and sessions, for the tls_*.c files of this folder only. */
#ifndef HF_NET_TLS_SESSION_H
#define HF_NET_TLS_SESSION_H

#include "net/buffer.h"
#include "net/tls.h"
#include "net/tls_records.h"
#include "net/tls_suites.h"

#include <gnutls/gnutls.h>

enum { HF_TLS_SUITES_MAX = 16 };

struct hf_tls_context {
    size_t users; /* sessions, and the owner until it lets go */
    enum hf_tls_mode mode;
    const struct hf_bytes *names;
    size_t name_count;
    bool allow_no_ems;
    bool is_overridden;         /* the priority came from outside: the allow-list is not asked */
    gnutls_priority_t priority; /* all modes but a PSK server's own profile */
    gnutls_priority_t by_suite[HF_TLS_SUITES_MAX]; /* PSK server: index as in hf_suite_at */
    gnutls_psk_server_credentials_t psk_server;
    gnutls_certificate_credentials_t certificate;
    struct hf_secret masking;
};

/* Where the octets that we read ahead stand. */
enum hf_tls_stage {
    HF_STAGE_HELLO,        /* PSK or certificate server: the ClientHello is not whole */
    HF_STAGE_KEY_EXCHANGE, /* PSK server: the ClientKeyExchange is not whole */
    HF_STAGE_ASKING,       /* the identity is known and not told to the owner */
    HF_STAGE_PARKED,       /* the owner looks for the key */
    HF_STAGE_HANDSHAKE,    /* everything goes to the library */
    HF_STAGE_SECURED,
    HF_STAGE_CLOSED, /* the peer said close_notify */
    HF_STAGE_FAILED,
};

struct hf_tls {
    struct hf_tls_context *context;
    gnutls_session_t session; /* servers: NULL until the ClientHello was judged */
    enum hf_tls_stage stage;
    bool has_begun;  /* the library had its first turn */
    bool ended;      /* the peer's end of file */
    bool is_closing; /* our close_notify is out */
    bool has_exported, has_chain;
    uint8_t warnings;
    struct hf_records records;
    struct hf_buffer in;    /* from the peer, not yet read ahead or not yet with the library */
    struct hf_buffer ready; /* read ahead and judged; goes to the library before `in` */
    struct hf_buffer out;
    gnutls_packet_t packet; /* plain octets, of which `packet_read` are read */
    size_t packet_read;
    const struct hf_suite *suite;
    struct hf_bytes server_name; /* one of the context's names */
    struct hf_secret key;        /* until the handshake is done */
    gnutls_psk_client_credentials_t psk_client;
    hf_tls_verify *verify;
    void *verify_context;
    enum hf_alert verify_alert;
    hf_status verify_status;
    hf_status why;
    const char *sentence;
    uint8_t identity[HF_TLS_IDENTITY_MAX];
    uint8_t identity_len;
};

/* tls.c: ends the session for ever, with our own alert where it is one. */
void hf_tls_fail(struct hf_tls *t, enum hf_alert alert, hf_status why, const char *sentence);

bool hf_tls_is_server(const struct hf_tls *t);

/*
 * tls_library.c: may the library go on? Every look of its own for octets costs it 16 KiB of memory,
 * so that it is called only when a whole record waits, or something that it will refuse anyway.
 */
bool hf_tls_library_has_input(const struct hf_tls *t);

/* tls_advance.c: HF_TLS_READABLE when `packet` has plain octets. */
enum hf_tls_event hf_tls_receive(struct hf_tls *t);

/* tls_peek.c: reads ahead; moves on to a later stage, or fails the session. */
void hf_tls_peek(struct hf_tls *t);

/* tls_library.c: the library's session, its transport and its callbacks. */
HF_CHECKED hf_status hf_tls_library_begin(struct hf_tls *t, gnutls_priority_t priority);
int hf_tls_library_find_psk(gnutls_session_t session, const gnutls_datum_t *username,
                            gnutls_datum_t *key);
int hf_tls_library_verify(gnutls_session_t session);

#endif
