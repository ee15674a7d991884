/* The library's side of a session: how it is set up, its transport and what it calls back. */
#include "net/tls_session.h"

#include <errno.h>
#include <string.h>

#include "base/wire.h"

enum {
    FIRST_TYPE = 20, /* change_cipher_spec; RFC 5246, 6.2.1 */
    LAST_TYPE = 23,  /* application_data */
    TLS_MAJOR = 3,
    CIPHERTEXT_MAX = HF_RECORD_MAX + 2048, /* RFC 5246, 6.2.3 */
};

/* The library may look past what was judged only where nothing is read ahead any more. */
static bool may_pull_unjudged(const struct hf_tls *t)
{
    return t->stage >= HF_STAGE_HANDSHAKE;
}

/* A header that no TLS record has needs no more octets to be refused. */
static bool is_whole_or_wrong(struct hf_bytes octets)
{
    struct hf_reader in = hf_reader_over(octets);
    uint8_t type = hf_get_u8(&in), major = hf_get_u8(&in);
    size_t len;

    (void)hf_get_u8(&in); /* The minor version of a record is any (RFC 5246, E.1). */
    len = hf_get_u16(&in);
    if (octets.len < HF_RECORD_HEADER_LEN)
        return false;
    return type < FIRST_TYPE || type > LAST_TYPE || major != TLS_MAJOR || len > CIPHERTEXT_MAX
           || octets.len - HF_RECORD_HEADER_LEN >= len;
}

bool hf_tls_library_has_input(const struct hf_tls *t)
{
    if (hf_buffer_length(&t->ready) > 0)
        return true;
    return may_pull_unjudged(t) && (t->ended || is_whole_or_wrong(hf_buffer_octets(&t->in)));
}

static ssize_t pull(gnutls_transport_ptr_t context, void *room, size_t size)
{
    struct hf_tls *t = context;

    if (hf_buffer_length(&t->ready) > 0)
        return (ssize_t)hf_buffer_take(&t->ready, room, size);
    if (may_pull_unjudged(t)) {
        if (hf_buffer_length(&t->in) > 0)
            return (ssize_t)hf_buffer_take(&t->in, room, size);
        if (t->ended)
            return 0;
    }
    gnutls_transport_set_errno(t->session, EAGAIN);
    return -1;
}

static int pull_timeout(gnutls_transport_ptr_t context, unsigned within_ms)
{
    struct hf_tls *t = context;

    (void)within_ms; /* Waiting is the owner's business. */
    return hf_buffer_length(&t->ready) > 0
           || (may_pull_unjudged(t) && (hf_buffer_length(&t->in) > 0 || t->ended));
}

static ssize_t push(gnutls_transport_ptr_t context, const giovec_t *pieces, int count)
{
    struct hf_tls *t = context;
    size_t total = 0;

    for (int i = 0; i < count; i++) {
        if (hf_buffer_append(&t->out, hf_bytes_of(pieces[i].iov_base, pieces[i].iov_len))
            != HF_OK) {
            gnutls_transport_set_errno(t->session, ENOMEM);
            return -1;
        }
        total += pieces[i].iov_len;
    }
    return (ssize_t)total;
}

static hf_status set_credentials(struct hf_tls *t)
{
    const struct hf_tls_context *c = t->context;
    int rc = GNUTLS_E_INTERNAL_ERROR;

    switch (c->mode) {
    case HF_TLS_SERVER_PSK:
        rc = gnutls_credentials_set(t->session, GNUTLS_CRD_PSK, c->psk_server);
        break;
    case HF_TLS_CLIENT_PSK:
        rc = gnutls_credentials_set(t->session, GNUTLS_CRD_PSK, t->psk_client);
        break;
    case HF_TLS_SERVER_CERTIFICATE:
        gnutls_certificate_server_set_request(t->session, GNUTLS_CERT_REQUEST);
        /* Which anchors we trust is nobody's business before the handshake. */
        gnutls_certificate_send_x509_rdn_sequence(t->session, 1);
        rc = gnutls_credentials_set(t->session, GNUTLS_CRD_CERTIFICATE, c->certificate);
        break;
    case HF_TLS_CLIENT_CERTIFICATE:
        rc = gnutls_credentials_set(t->session, GNUTLS_CRD_CERTIFICATE, c->certificate);
        break;
    }
    return rc == 0 ? HF_OK : HF_ERR_CRYPTO;
}

hf_status hf_tls_library_begin(struct hf_tls *t, gnutls_priority_t priority)
{
    /* No resumption of any kind (CH-13); one key share, because P-256 is always ours. */
    unsigned flags = GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL | GNUTLS_NO_TICKETS;
    hf_status st;

    flags |= hf_tls_is_server(t) ? GNUTLS_SERVER
                                 : GNUTLS_CLIENT | GNUTLS_FORCE_CLIENT_CERT | GNUTLS_KEY_SHARE_TOP;
    if (gnutls_init(&t->session, flags) != 0) {
        t->session = NULL;
        return HF_ERR_SYSTEM;
    }
    gnutls_session_set_ptr(t->session, t);
    gnutls_transport_set_ptr(t->session, t);
    gnutls_transport_set_pull_function(t->session, pull);
    gnutls_transport_set_pull_timeout_function(t->session, pull_timeout);
    gnutls_transport_set_vec_push_function(t->session, push);
    gnutls_handshake_set_max_packet_length(t->session, HF_HANDSHAKE_MAX);
    if (gnutls_priority_set(t->session, priority) != 0)
        return HF_ERR_CRYPTO;
    HF_TRY(set_credentials(t));

done:
    return st;
}

/*
 * The key was found before the library was given the identity; this reads memory only. No answer
 * is a refusal (a peer that got its identity past our reading ahead).
 */
int hf_tls_library_find_psk(gnutls_session_t session, const gnutls_datum_t *username,
                            gnutls_datum_t *key)
{
    struct hf_tls *t = gnutls_session_get_ptr(session);
    struct hf_bytes octets = hf_secret_reveal(&t->key);

    if (octets.len == 0
        || !hf_bytes_equal(hf_bytes_of(username->data, username->size), hf_tls_identity(t)))
        return -1;
    key->data = gnutls_malloc(octets.len); /* The library wipes and frees it. */
    if (key->data == NULL)
        return -1;
    memcpy(key->data, octets.at, octets.len);
    key->size = (unsigned)octets.len;
    return 0;
}

static enum hf_alert alert_of(hf_status st)
{
    switch (st) {
    case HF_ERR_EXPIRED:
        return HF_ALERT_CERTIFICATE_EXPIRED;
    case HF_ERR_MALFORMED:
    case HF_ERR_LIMIT:
        return HF_ALERT_BAD_CERTIFICATE;
    case HF_ERR_CRYPTO:
        return HF_ALERT_UNKNOWN_CA;
    case HF_ERR_DENIED:
    case HF_ERR_UNKNOWN:
        return HF_ALERT_CERTIFICATE_UNKNOWN;
    case HF_OK:
    case HF_ERR_UNEXPECTED:
    case HF_ERR_CONFLICT:
    case HF_ERR_UNREACHABLE:
    case HF_ERR_STORE:
    case HF_ERR_SYSTEM:
    case HF_ERR_BUG:
    case HF_STATUS_COUNT:
        break;
    }
    return HF_ALERT_INTERNAL_ERROR;
}

static hf_status judge_chain(struct hf_tls *t, const gnutls_datum_t *list, unsigned count)
{
    struct hf_bytes chain[HF_TLS_CHAIN_MAX];

    if (count > HF_TLS_CHAIN_MAX)
        return HF_ERR_LIMIT;
    for (unsigned i = 0; i < count; i++)
        chain[i] = hf_bytes_of(list[i].data, list[i].size);
    /* Without somebody who judges, nobody is trusted. */
    if (t->verify == NULL)
        return HF_ERR_CRYPTO;
    return t->verify(t->verify_context, chain, count);
}

int hf_tls_library_verify(gnutls_session_t session)
{
    struct hf_tls *t = gnutls_session_get_ptr(session);
    unsigned count = 0;
    const gnutls_datum_t *list = gnutls_certificate_get_peers(session, &count);

    /* A client may come without one and proves nothing then; a server may not. */
    if (list == NULL || count == 0)
        return hf_tls_is_server(t) ? 0 : GNUTLS_E_NO_CERTIFICATE_FOUND;
    t->verify_status = judge_chain(t, list, count);
    if (t->verify_status != HF_OK) {
        t->verify_alert = alert_of(t->verify_status);
        return GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR;
    }
    t->has_chain = true;
    return 0;
}
