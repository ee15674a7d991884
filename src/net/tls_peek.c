/* Reading ahead of the library: who is asked for, with which suite, and by whom. */
#include "net/tls_session.h"

#include <string.h>

#include "base/wire.h"

enum { RECORD_VERSION = 0x0303 };

/* Hands the message that was read to the library, in one record. */
static hf_status release_message(struct hf_tls *t)
{
    struct hf_bytes message = hf_records_message(&t->records), head;
    uint8_t room[HF_RECORD_HEADER_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    hf_status st;

    hf_put_u8(&w, HF_RECORD_HANDSHAKE);
    hf_put_u16(&w, RECORD_VERSION);
    hf_put_len16(&w, message.len);
    HF_TRY(hf_writer_finish(&w, &head));
    HF_TRY(hf_buffer_append(&t->ready, head));
    HF_TRY(hf_buffer_append(&t->ready, message));

done:
    hf_records_done(&t->records);
    return st;
}

/* SNI must name one of our authorities; there is no default one (CH-12). */
static bool find_server_name(struct hf_tls *t, struct hf_bytes name)
{
    for (size_t i = 0; i < t->context->name_count; i++) {
        if (hf_bytes_equal_ignoring_case(t->context->names[i], name)) {
            t->server_name = t->context->names[i];
            return true;
        }
    }
    return false;
}

/* The one priority that this peer gets; NULL: we have no suite in common. */
static gnutls_priority_t choose_priority(struct hf_tls *t, const struct hf_client_hello *h)
{
    size_t index;

    if (t->context->mode != HF_TLS_SERVER_PSK || t->context->is_overridden)
        return t->context->priority;
    if (hf_suite_choose_psk(h, &index) != HF_OK)
        return NULL;
    t->suite = hf_suite_at(index);
    return t->context->by_suite[index];
}

static void handle_hello(struct hf_tls *t)
{
    struct hf_client_hello h;
    gnutls_priority_t priority;

    if (hf_client_hello_parse(hf_records_message(&t->records), &h) != HF_OK) {
        hf_tls_fail(t, HF_ALERT_DECODE_ERROR, HF_ERR_MALFORMED, "the ClientHello is malformed");
        return;
    }
    if (!find_server_name(t, h.server_name)) {
        hf_tls_fail(t, HF_ALERT_UNRECOGNIZED_NAME, HF_ERR_UNKNOWN,
                    h.server_name.len == 0 ? "the peer names no server (SNI)"
                                           : "the peer asks for a server that is not ours (SNI)");
        return;
    }
    if (t->context->mode == HF_TLS_SERVER_PSK && !hf_client_hello_offers_version(&h, HF_TLS_1_2)) {
        hf_tls_fail(t, HF_ALERT_PROTOCOL_VERSION, HF_ERR_DENIED, "the peer does not offer TLS 1.2");
        return;
    }
    priority = choose_priority(t, &h);
    if (priority == NULL) {
        hf_tls_fail(t, HF_ALERT_HANDSHAKE_FAILURE, HF_ERR_DENIED,
                    "the peer offers no cipher suite of ours (CBC needs encrypt-then-mac)");
        return;
    }
    if (hf_tls_library_begin(t, priority) != HF_OK || release_message(t) != HF_OK) {
        hf_tls_fail(t, HF_ALERT_INTERNAL_ERROR, HF_ERR_SYSTEM, "no TLS session could be made");
        return;
    }
    t->stage = HF_STAGE_HANDSHAKE;
    if (t->context->mode == HF_TLS_SERVER_PSK) {
        t->stage = HF_STAGE_KEY_EXCHANGE;
        hf_records_init(&t->records, HF_CLIENT_KEY_EXCHANGE, HF_KEY_EXCHANGE_MAX);
    }
}

static hf_status read_identity(struct hf_tls *t, struct hf_bytes *out)
{
    struct hf_bytes message = hf_records_message(&t->records);
    hf_status st;

    if (t->suite != NULL)
        return hf_psk_identity_parse(message, t->suite->has_public_key, out);
    /* Under a priority from outside the library chose the suite, and its form decides. */
    st = hf_psk_identity_parse(message, false, out);
    return st == HF_ERR_MALFORMED ? hf_psk_identity_parse(message, true, out) : st;
}

static void handle_key_exchange(struct hf_tls *t)
{
    struct hf_bytes identity;
    hf_status st = read_identity(t, &identity);

    if (st != HF_OK) {
        hf_tls_fail(t, HF_ALERT_DECODE_ERROR, st,
                    st == HF_ERR_LIMIT ? "the psk_identity has not 1 to 255 octets"
                                       : "the ClientKeyExchange is malformed");
        return;
    }
    memcpy(t->identity, identity.at, identity.len);
    t->identity_len = (uint8_t)identity.len;
    if (release_message(t) != HF_OK) {
        hf_tls_fail(t, HF_ALERT_INTERNAL_ERROR, HF_ERR_SYSTEM, "out of memory");
        return;
    }
    t->stage = HF_STAGE_ASKING;
}

/* A record that is no handshake. The library reads the peer's alert; anything else is too early. */
static void handle_other(struct hf_tls *t)
{
    struct hf_bytes in = hf_buffer_octets(&t->in);

    if (t->stage == HF_STAGE_KEY_EXCHANGE && in.at[0] == HF_RECORD_ALERT)
        t->stage = HF_STAGE_HANDSHAKE;
    else
        hf_tls_fail(t, HF_ALERT_UNEXPECTED_MESSAGE, HF_ERR_UNEXPECTED,
                    "the peer does not begin with a handshake message");
}

void hf_tls_peek(struct hf_tls *t)
{
    enum hf_records_result result;
    size_t taken;

    result = hf_records_read(&t->records, hf_buffer_octets(&t->in), &taken);
    hf_buffer_drop(&t->in, taken);
    switch (result) {
    case HF_RECORDS_MORE:
        if (t->ended)
            hf_tls_fail(t, HF_ALERT_NONE, HF_ERR_UNEXPECTED, "the peer left in the handshake");
        break;
    case HF_RECORDS_MESSAGE:
        if (t->stage == HF_STAGE_HELLO)
            handle_hello(t);
        else
            handle_key_exchange(t);
        break;
    case HF_RECORDS_OTHER:
        handle_other(t);
        break;
    case HF_RECORDS_BAD:
        hf_tls_fail(t, t->records.alert,
                    t->records.alert == HF_ALERT_INTERNAL_ERROR ? HF_ERR_SYSTEM : HF_ERR_MALFORMED,
                    t->records.sentence);
        break;
    }
}
