#include "net/tls_session.h"

#include <string.h>

#include "base/memory.h"
#include "crypto/digest.h"

enum {
    IN_HANDSHAKE_MAX = 36 * 1024, /* one read of a link and the rest of one record */
    IN_SECURED_MAX = 64 * 1024,
};

bool hf_tls_is_server(const struct hf_tls *t)
{
    return t->context->mode == HF_TLS_SERVER_PSK || t->context->mode == HF_TLS_SERVER_CERTIFICATE;
}

static bool is_up(const struct hf_tls *t)
{
    return t->stage == HF_STAGE_SECURED || t->stage == HF_STAGE_CLOSED;
}

/* Before there is a session there are no keys: the alert goes out in the clear. */
static void send_alert(struct hf_tls *t, enum hf_alert alert)
{
    const uint8_t record[] = {HF_RECORD_ALERT, 3, 3, 0, 2, GNUTLS_AL_FATAL, (uint8_t)alert};

    if (alert == HF_ALERT_NONE)
        return;
    if (t->session != NULL)
        (void)gnutls_alert_send(t->session, GNUTLS_AL_FATAL, (gnutls_alert_description_t)alert);
    else if (hf_buffer_append(&t->out, hf_bytes_of(record, sizeof record)) != HF_OK)
        t->why = HF_ERR_SYSTEM;
}

void hf_tls_fail(struct hf_tls *t, enum hf_alert alert, hf_status why, const char *sentence)
{
    if (t->stage == HF_STAGE_FAILED)
        return;
    t->stage = HF_STAGE_FAILED;
    t->why = why;
    t->sentence = sentence;
    send_alert(t, alert);
    hf_secret_wipe(&t->key);
    hf_records_done(&t->records);
    hf_buffer_done(&t->ready);
    hf_buffer_done(&t->in);
}

static hf_status set_psk_client(struct hf_tls *t, const struct hf_tls_start *s)
{
    gnutls_datum_t username = {(unsigned char *)(uintptr_t)s->psk_identity.at,
                               (unsigned)s->psk_identity.len};
    struct hf_bytes octets;
    gnutls_datum_t key;

    if (s->psk == NULL || s->psk_identity.len == 0 || s->psk_identity.len > HF_TLS_IDENTITY_MAX)
        return HF_ERR_MALFORMED;
    octets = hf_secret_reveal(s->psk);
    key = (gnutls_datum_t){(unsigned char *)(uintptr_t)octets.at, (unsigned)octets.len};
    memcpy(t->identity, s->psk_identity.at, s->psk_identity.len);
    t->identity_len = (uint8_t)s->psk_identity.len;
    if (gnutls_psk_allocate_client_credentials(&t->psk_client) != 0)
        return HF_ERR_SYSTEM;
    if (gnutls_psk_set_client_credentials2(t->psk_client, &username, &key, GNUTLS_PSK_KEY_RAW) != 0)
        return HF_ERR_CRYPTO;
    return HF_OK;
}

static hf_status begin_client(struct hf_tls *t, const struct hf_tls_start *s)
{
    hf_status st;

    if (t->context->mode == HF_TLS_CLIENT_PSK)
        HF_TRY(set_psk_client(t, s));
    HF_TRY(hf_tls_library_begin(t, t->context->priority));
    if (s->server_name.len > 0
        && gnutls_server_name_set(t->session, GNUTLS_NAME_DNS, s->server_name.at,
                                  s->server_name.len)
               != 0)
        return HF_ERR_MALFORMED;
    t->stage = HF_STAGE_HANDSHAKE;

done:
    return st;
}

hf_status hf_tls_new(struct hf_tls_context *c, const struct hf_tls_start *s, struct hf_tls **out)
{
    struct hf_tls *t = hf_alloc(1, sizeof *t);
    hf_status st = HF_OK;

    if (t == NULL)
        return HF_ERR_SYSTEM;
    t->context = c;
    c->users++;
    t->sentence = "";
    t->verify = s->verify;
    t->verify_context = s->verify_context;
    t->verify_alert = HF_ALERT_NONE;
    hf_records_init(&t->records, HF_CLIENT_HELLO, HF_CLIENT_HELLO_MAX);
    if (!hf_tls_is_server(t))
        HF_TRY(begin_client(t, s));
    *out = t;
    t = NULL; /* now the caller's */

done:
    hf_tls_free(t);
    return st;
}

void hf_tls_free(struct hf_tls *t)
{
    if (t == NULL)
        return;
    if (t->packet != NULL)
        gnutls_packet_deinit(t->packet);
    if (t->session != NULL)
        gnutls_deinit(t->session);
    if (t->psk_client != NULL)
        gnutls_psk_free_client_credentials(t->psk_client);
    hf_records_done(&t->records);
    hf_buffer_done(&t->in);
    hf_buffer_done(&t->ready);
    hf_buffer_done(&t->out);
    hf_secret_wipe(&t->key);
    hf_tls_context_free(t->context);
    hf_free(t);
}

hf_status hf_tls_feed(struct hf_tls *t, struct hf_bytes octets)
{
    size_t max = t->stage == HF_STAGE_SECURED ? IN_SECURED_MAX : IN_HANDSHAKE_MAX;

    if (t->stage >= HF_STAGE_CLOSED)
        return HF_OK; /* Nobody will read it. */
    if (octets.len > max - hf_buffer_length(&t->in))
        return HF_ERR_LIMIT;
    return hf_buffer_append(&t->in, octets);
}

void hf_tls_feed_end(struct hf_tls *t)
{
    t->ended = true;
}

struct hf_bytes hf_tls_identity(const struct hf_tls *t)
{
    return hf_bytes_of(t->identity, t->identity_len);
}

struct hf_bytes hf_tls_server_name(const struct hf_tls *t)
{
    return t->server_name;
}

void hf_tls_answer_psk(struct hf_tls *t, const struct hf_secret *key)
{
    if (t->stage != HF_STAGE_PARKED)
        return; /* It failed meanwhile. */
    if (key != NULL && !hf_secret_is_empty(key)) {
        t->key = *key;
    } else if (hf_hmac_sha256(&t->context->masking, hf_tls_identity(t), &t->key) != HF_OK) {
        hf_tls_abort(t);
        return;
    }
    t->stage = HF_STAGE_HANDSHAKE;
}

void hf_tls_abort(struct hf_tls *t)
{
    hf_tls_fail(t, HF_ALERT_INTERNAL_ERROR, HF_ERR_UNREACHABLE,
                "the key's home did not answer in time");
}

/* Copies from the packet at hand; gives it back when it is used up. */
static size_t read_packet(struct hf_tls *t, uint8_t *room, size_t size)
{
    gnutls_datum_t plain = {0};
    struct hf_bytes some;

    gnutls_packet_get(t->packet, &plain, NULL);
    some = hf_bytes_first(hf_bytes_from(hf_bytes_of(plain.data, plain.size), t->packet_read), size);
    if (some.len > 0)
        memcpy(room, some.at, some.len);
    t->packet_read += some.len;
    if (t->packet_read == plain.size) {
        gnutls_packet_deinit(t->packet);
        t->packet = NULL;
    }
    return some.len;
}

size_t hf_tls_read(struct hf_tls *t, uint8_t *room, size_t size)
{
    size_t len = 0;

    while (len < size && t->stage == HF_STAGE_SECURED && hf_tls_receive(t) == HF_TLS_READABLE)
        len += read_packet(t, room + len, size - len);
    return len;
}

hf_status hf_tls_write(struct hf_tls *t, struct hf_bytes plain)
{
    if (!is_up(t) || t->is_closing)
        return HF_ERR_UNEXPECTED;
    while (plain.len > 0) {
        ssize_t rc = gnutls_record_send(t->session, plain.at, plain.len);

        if (rc <= 0) {
            hf_tls_fail(t, HF_ALERT_NONE, HF_ERR_SYSTEM, "the record could not be made");
            return HF_ERR_SYSTEM;
        }
        plain = hf_bytes_from(plain, (size_t)rc);
    }
    return HF_OK;
}

void hf_tls_close(struct hf_tls *t)
{
    if (is_up(t) && !t->is_closing)
        (void)gnutls_bye(t->session, GNUTLS_SHUT_WR);
    t->is_closing = true;
}

struct hf_bytes hf_tls_output(const struct hf_tls *t)
{
    return hf_buffer_octets(&t->out);
}

void hf_tls_sent(struct hf_tls *t, size_t len)
{
    hf_buffer_drop(&t->out, len);
}

const char *hf_tls_suite(const struct hf_tls *t)
{
    return t->suite != NULL ? t->suite->name : "outside the profile";
}

bool hf_tls_is_forward_secret(const struct hf_tls *t)
{
    return t->suite != NULL && t->suite->is_forward_secret;
}

bool hf_tls_has_peer_certificate(const struct hf_tls *t)
{
    return is_up(t) && t->has_chain;
}

hf_status hf_tls_why(const struct hf_tls *t)
{
    return t->why;
}

const char *hf_tls_why_sentence(const struct hf_tls *t)
{
    return t->sentence;
}
