#include "net/tls_session.h"

#include "base/memory.h"

static hf_status of_library(int rc)
{
    if (rc == GNUTLS_E_MEMORY_ERROR)
        return HF_ERR_SYSTEM;
    return rc < 0 ? HF_ERR_CRYPTO : HF_OK;
}

static gnutls_datum_t datum_of(struct hf_bytes b)
{
    return (gnutls_datum_t){(unsigned char *)(uintptr_t)b.at, (unsigned)b.len};
}

/* One priority per suite: the library is told to accept exactly the one that we chose. */
static hf_status enable_psk_suites(struct hf_tls_context *c)
{
    const struct hf_suite *s;
    hf_status st = HF_OK;

    for (size_t i = 0; (s = hf_suite_at(i)) != NULL && i < HF_TLS_SUITES_MAX; i++) {
        if (!hf_suite_is_allowed(s, HF_TLS_SERVER_PSK))
            continue;
        HF_TRY(of_library(gnutls_priority_init(&c->by_suite[i], s->priority, NULL)));
        HF_TRY(hf_suites_check(c->by_suite[i], c->mode, false, s));
    }

done:
    return st;
}

static hf_status enable_suites(struct hf_tls_context *c, const struct hf_tls_config *config)
{
    hf_status st;

    if (config->priority != NULL) {
        c->is_overridden = true;
        return of_library(gnutls_priority_init(&c->priority, config->priority, NULL));
    }
    if (c->mode == HF_TLS_SERVER_PSK)
        return enable_psk_suites(c);
    HF_TRY(of_library(
        gnutls_priority_init(&c->priority, hf_suites_priority(c->mode, config->tls13), NULL)));
    HF_TRY(hf_suites_check(c->priority, c->mode, config->tls13, NULL));

done:
    return st;
}

static hf_status load_certificate(struct hf_tls_context *c, const struct hf_tls_config *config)
{
    gnutls_datum_t chain = datum_of(config->certificate_pem),
                   key = datum_of(config->private_key_pem);
    hf_status st;

    HF_TRY(of_library(gnutls_certificate_allocate_credentials(&c->certificate)));
    gnutls_certificate_set_verify_function(c->certificate, hf_tls_library_verify);
    if (config->certificate_pem.len == 0)
        return c->mode == HF_TLS_CLIENT_CERTIFICATE ? HF_OK : HF_ERR_MALFORMED;
    if (gnutls_certificate_set_x509_key_mem(c->certificate, &chain, &key, GNUTLS_X509_FMT_PEM) < 0)
        return HF_ERR_MALFORMED;

done:
    return st;
}

static hf_status load_credentials(struct hf_tls_context *c, const struct hf_tls_config *config)
{
    hf_status st = HF_OK;

    switch (c->mode) {
    case HF_TLS_SERVER_PSK:
        if (config->masking == NULL || hf_secret_is_empty(config->masking))
            return HF_ERR_MALFORMED;
        c->masking = *config->masking;
        HF_TRY(of_library(gnutls_psk_allocate_server_credentials(&c->psk_server)));
        gnutls_psk_set_server_credentials_function2(c->psk_server, hf_tls_library_find_psk);
        break;
    case HF_TLS_CLIENT_PSK:
        break; /* They belong to the session. */
    case HF_TLS_SERVER_CERTIFICATE:
    case HF_TLS_CLIENT_CERTIFICATE:
        HF_TRY(load_certificate(c, config));
        break;
    }

done:
    return st;
}

static bool is_server(enum hf_tls_mode mode)
{
    return mode == HF_TLS_SERVER_PSK || mode == HF_TLS_SERVER_CERTIFICATE;
}

hf_status hf_tls_context_new(const struct hf_tls_config *config, struct hf_tls_context **out)
{
    struct hf_tls_context *c;
    hf_status st;

    /* There is no default host: a server without names could accept nobody (CH-12). */
    if (is_server(config->mode) && config->name_count == 0)
        return HF_ERR_MALFORMED;
    c = hf_alloc(1, sizeof *c);
    if (c == NULL)
        return HF_ERR_SYSTEM;
    c->users = 1;
    c->mode = config->mode;
    c->names = config->names;
    c->name_count = config->name_count;
    c->allow_no_ems = config->allow_no_ems;
    HF_TRY(load_credentials(c, config));
    HF_TRY(enable_suites(c, config));
    *out = c;
    c = NULL; /* now the caller's */

done:
    hf_tls_context_free(c);
    return st;
}

void hf_tls_context_free(struct hf_tls_context *c)
{
    if (c == NULL || --c->users > 0)
        return;
    for (size_t i = 0; i < HF_TLS_SUITES_MAX; i++)
        if (c->by_suite[i] != NULL)
            gnutls_priority_deinit(c->by_suite[i]);
    if (c->priority != NULL)
        gnutls_priority_deinit(c->priority);
    if (c->psk_server != NULL)
        gnutls_psk_free_server_credentials(c->psk_server);
    if (c->certificate != NULL)
        gnutls_certificate_free_credentials(c->certificate);
    hf_secret_wipe(&c->masking);
    hf_free(c);
}
