/*
 * Reads the peer's clear-text handshake ahead of the TLS library: TLS records in, one whole
 * handshake message out, and never more memory than that message may have (threat model, section
 * 5).  What it accepts is then given to the library in one record of our own making, so that a
 * peer's way of cutting records never reaches it.
 */
#ifndef HF_NET_TLS_RECORDS_H
#define HF_NET_TLS_RECORDS_H

#include "base/bytes.h"
#include "base/status.h"
#include "net/tls_alert.h"

enum {
    HF_RECORD_ALERT = 21,
    HF_RECORD_HANDSHAKE = 22,
    HF_RECORD_HEADER_LEN = 5,
    HF_RECORD_MAX = 16384,
    HF_HANDSHAKE_HEADER_LEN = 4,
    HF_CLIENT_HELLO = 1,
    HF_CLIENT_KEY_EXCHANGE = 16,
    HF_CLIENT_HELLO_MAX = 4096,
    HF_HANDSHAKE_MAX = 16384,
    /* psk_identity of 255, its length, and the longest public key of ECDHE-PSK with room to spare.
     */
    HF_KEY_EXCHANGE_MAX = 1024,
};

struct hf_records {
    uint8_t expected_type; /* of the message */
    uint16_t record_left;  /* octets of the record that are still to come */
    uint8_t header[HF_HANDSHAKE_HEADER_LEN];
    uint8_t header_len;
    uint8_t *message; /* header and body; NULL until the header is whole */
    size_t message_len, message_size, message_max;
    enum hf_alert alert; /* what to tell the peer after HF_RECORDS_BAD */
    const char *sentence;
};

enum hf_records_result {
    HF_RECORDS_MORE,    /* everything was taken and the message is not whole */
    HF_RECORDS_MESSAGE, /* hf_records_message has it; what follows was not taken */
    HF_RECORDS_OTHER,   /* a record of another type comes next, nothing of it was taken */
    HF_RECORDS_BAD,     /* for ever */
};

/* Waits for one message of `type` with a body of at most `max`. */
void hf_records_init(struct hf_records *r, uint8_t type, size_t max);
void hf_records_done(struct hf_records *r);
enum hf_records_result hf_records_read(struct hf_records *r, struct hf_bytes octets, size_t *taken);
/* Header and body; borrowed until init or done. */
struct hf_bytes hf_records_message(const struct hf_records *r);

#endif
