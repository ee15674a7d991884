/* What happens next on a session: handshake, the judgement of its outcome, and reading. */
#include "net/tls_session.h"

enum {
    WARNINGS_MAX = 4, /* alerts of no consequence that a peer may send */
    NAME_ROOM = 256,
};

/* The library gave up: its own choice of alert, or that of the judge of certificates. */
static void fail_by_library(struct hf_tls *t, int rc)
{
    if (t->verify_status != HF_OK) {
        hf_tls_fail(t, t->verify_alert, t->verify_status, "the peer's certificate was refused");
        return;
    }
    if (rc == GNUTLS_E_FATAL_ALERT_RECEIVED) {
        const char *name = gnutls_alert_get_name(gnutls_alert_get(t->session));

        hf_tls_fail(t, HF_ALERT_NONE, HF_ERR_DENIED, name != NULL ? name : "an unknown alert");
        return;
    }
    if (rc == GNUTLS_E_PREMATURE_TERMINATION) {
        hf_tls_fail(t, HF_ALERT_NONE, HF_ERR_UNEXPECTED, "the peer left without a close_notify");
        return;
    }
    (void)gnutls_alert_send_appropriate(t->session, rc);
    hf_tls_fail(t, HF_ALERT_NONE, rc == GNUTLS_E_MEMORY_ERROR ? HF_ERR_SYSTEM : HF_ERR_CRYPTO,
                gnutls_strerror(rc));
}

/* A second ClientHello (TLS 1.3) must not have led the library to another authority (CH-12). */
static bool has_kept_its_server_name(struct hf_tls *t)
{
    char name[NAME_ROOM];
    size_t len = sizeof name;
    unsigned type = 0;

    if (!hf_tls_is_server(t))
        return true;
    return gnutls_server_name_get(t->session, name, &len, &type, 0) == 0 && type == GNUTLS_NAME_DNS
           && hf_bytes_equal_ignoring_case(hf_text(name), t->server_name);
}

/* NULL: the profile holds. Otherwise what breaks it; the library is not believed but asked. */
static const char *find_breach(struct hf_tls *t)
{
    const struct hf_suite *s =
        hf_suite_of_library(gnutls_ciphersuite_get(t->session), t->context->mode);

    if (!has_kept_its_server_name(t))
        return "the peer changed the server name in the handshake";
    if (gnutls_session_is_resumed(t->session) != 0)
        return "a resumed session";
    if (t->context->mode == HF_TLS_CLIENT_CERTIFICATE && !t->has_chain)
        return "the server did not prove itself";
    if (gnutls_protocol_get_version(t->session) != GNUTLS_TLS1_3) {
        if (gnutls_session_ext_master_secret_status(t->session) == 0 && !t->context->allow_no_ems)
            return "the peer does not know extended master secret";
    }
    if (!t->context->is_overridden) {
        if (s == NULL || (t->suite != NULL && t->suite != s))
            return "a cipher suite outside the profile";
        if (s->is_cbc && gnutls_session_etm_status(t->session) == 0)
            return "CBC without encrypt-then-mac";
    }
    t->suite = s;
    return NULL;
}

static enum hf_tls_event finish_handshake(struct hf_tls *t)
{
    const char *breach = find_breach(t);

    hf_secret_wipe(&t->key);
    if (breach != NULL) {
        hf_tls_fail(t, HF_ALERT_INSUFFICIENT_SECURITY, HF_ERR_DENIED, breach);
        return HF_TLS_FAILED;
    }
    t->stage = HF_STAGE_SECURED;
    return HF_TLS_SECURED;
}

/* An alert without consequence; too many of them are an attack on our time. */
static bool is_tolerable(struct hf_tls *t, int rc)
{
    return (rc == GNUTLS_E_WARNING_ALERT_RECEIVED || rc == GNUTLS_E_INTERRUPTED)
           && ++t->warnings <= WARNINGS_MAX;
}

static enum hf_tls_event step_handshake(struct hf_tls *t)
{
    int rc;

    /* A client speaks first; then every step needs something from the peer. */
    if (t->has_begun && !hf_tls_library_has_input(t))
        return HF_TLS_WAITING;
    t->has_begun = true;
    do {
        rc = gnutls_handshake(t->session);
    } while (rc < 0 && is_tolerable(t, rc));
    if (rc == GNUTLS_E_AGAIN)
        return HF_TLS_WAITING;
    if (rc == 0)
        return finish_handshake(t);
    fail_by_library(t, rc);
    return HF_TLS_FAILED;
}

/* The end of the peer's octets; after our own close_notify a bare end of file will do. */
static enum hf_tls_event end_reading(struct hf_tls *t)
{
    t->stage = HF_STAGE_CLOSED;
    hf_buffer_done(&t->in);
    return HF_TLS_CLOSED;
}

/* The library may have kept something since the handshake, or from a record with two messages. */
static bool may_receive(const struct hf_tls *t)
{
    return hf_tls_library_has_input(t) || gnutls_record_check_pending(t->session) > 0;
}

/* A record for the library itself (a ticket of TLS 1.3) may be followed by one for us. */
static ssize_t receive_record(struct hf_tls *t)
{
    ssize_t rc = GNUTLS_E_AGAIN;
    size_t left = SIZE_MAX;

    while (rc == GNUTLS_E_AGAIN && hf_buffer_length(&t->in) < left && may_receive(t)) {
        left = hf_buffer_length(&t->in);
        rc = gnutls_record_recv_packet(t->session, &t->packet);
    }
    return rc;
}

enum hf_tls_event hf_tls_receive(struct hf_tls *t)
{
    ssize_t rc;

    if (t->packet != NULL)
        return HF_TLS_READABLE;
    do {
        rc = receive_record(t);
    } while (rc < 0 && is_tolerable(t, (int)rc));
    t->packet_read = 0;
    if (rc > 0)
        return HF_TLS_READABLE;
    t->packet = NULL;
    if (rc == GNUTLS_E_AGAIN)
        return HF_TLS_WAITING;
    if (rc == 0 || (rc == GNUTLS_E_PREMATURE_TERMINATION && t->is_closing))
        return end_reading(t);
    if (rc == GNUTLS_E_REHANDSHAKE) {
        hf_tls_fail(t, HF_ALERT_NO_RENEGOTIATION, HF_ERR_DENIED, "the peer wants to renegotiate");
        return HF_TLS_FAILED;
    }
    fail_by_library(t, (int)rc);
    return HF_TLS_FAILED;
}

/* The library first says what it can on what was judged; then we read on. */
static enum hf_tls_event step_key_exchange(struct hf_tls *t)
{
    if (hf_buffer_length(&t->ready) > 0 && step_handshake(t) == HF_TLS_FAILED)
        return HF_TLS_FAILED;
    hf_tls_peek(t);
    return HF_TLS_WAITING;
}

enum hf_tls_event hf_tls_advance(struct hf_tls *t)
{
    for (;;) {
        enum hf_tls_stage before = t->stage;

        switch (t->stage) {
        case HF_STAGE_HELLO:
            hf_tls_peek(t);
            break;
        case HF_STAGE_KEY_EXCHANGE:
            (void)step_key_exchange(t);
            break;
        case HF_STAGE_ASKING:
            t->stage = HF_STAGE_PARKED;
            return HF_TLS_WANT_PSK;
        case HF_STAGE_PARKED:
            return HF_TLS_WAITING;
        case HF_STAGE_HANDSHAKE:
            return step_handshake(t);
        case HF_STAGE_SECURED:
            return hf_tls_receive(t);
        case HF_STAGE_CLOSED:
            return HF_TLS_CLOSED;
        case HF_STAGE_FAILED:
            return HF_TLS_FAILED;
        }
        if (t->stage == before)
            return HF_TLS_WAITING;
    }
}
