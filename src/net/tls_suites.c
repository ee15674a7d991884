#include "net/tls_suites.h"

#include <string.h>

/* Encrypt-then-mac or no CBC, and a peer that knows secure renegotiation (CH-8, CH-10). */
#define STRICT        ":+COMP-NULL:%FORCE_ETM:%SAFE_RENEGOTIATION:%SERVER_PRECEDENCE"
#define GROUPS        ":+GROUP-X25519:+GROUP-SECP256R1"
#define NO_SIGNATURE  ":+SIGN-ECDSA-SHA256" /* The library insists on one; PSK signs nothing. */
#define PSK(exchange) "NONE:+VERS-TLS1.2:+SHA256:+AEAD" GROUPS NO_SIGNATURE STRICT ":" exchange

#define ECDSA_SUITES                                                                               \
    ":+ECDHE-ECDSA:+AES-128-GCM:+AES-128-CCM:+CHACHA20-POLY1305:+AES-128-CBC:+AEAD:+SHA256"        \
    ":+SIGN-ECDSA-SECP256R1-SHA256:+SIGN-ECDSA-SHA256:+GROUP-SECP256R1:+GROUP-X25519"

enum {
    PSK_CLIENT = 1u << HF_TLS_CLIENT_PSK,
    PSK_BOTH = 1u << HF_TLS_SERVER_PSK | PSK_CLIENT,
    CERTIFICATE = 1u << HF_TLS_SERVER_CERTIFICATE | 1u << HF_TLS_CLIENT_CERTIFICATE,
    TLS_1_3_FIRST = 0x1301,
    TLS_1_3_LAST = 0x13ff,
};

/* Columns: number, for people, IANA, what enables exactly this one, forward secret, public key,
 * CBC. */
/* clang-format off */
static const struct hf_suite suites[] = {
    {0xCCAC, "TLS1.2 ECDHE-PSK CHACHA20-POLY1305", "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256",
     PSK("+ECDHE-PSK:+CHACHA20-POLY1305"), true, true, false, PSK_BOTH},
    {0xC037, "TLS1.2 ECDHE-PSK AES-128-CBC SHA256", "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256",
     PSK("+ECDHE-PSK:+AES-128-CBC"), true, true, true, PSK_BOTH},
    {0x00A8, "TLS1.2 PSK AES-128-GCM", "TLS_PSK_WITH_AES_128_GCM_SHA256",
     PSK("+PSK:+AES-128-GCM"), false, false, false, PSK_BOTH},
    {0xC0A4, "TLS1.2 PSK AES-128-CCM", "TLS_PSK_WITH_AES_128_CCM",
     PSK("+PSK:+AES-128-CCM"), false, false, false, PSK_BOTH},
    {0x00AE, "TLS1.2 PSK AES-128-CBC SHA256", "TLS_PSK_WITH_AES_128_CBC_SHA256",
     PSK("+PSK:+AES-128-CBC"), false, false, true, PSK_BOTH},
    /* The library cannot offer ECDHE-PSK with this cipher and leave plain PSK with it out; our own
     * servers never choose it. */
    {0xCCAB, "TLS1.2 PSK CHACHA20-POLY1305", "TLS_PSK_WITH_CHACHA20_POLY1305_SHA256",
     NULL, false, false, false, PSK_CLIENT},
    {0x1301, "TLS1.3 AES-128-GCM", "TLS_AES_128_GCM_SHA256",
     NULL, true, false, false, CERTIFICATE},
    {0x1304, "TLS1.3 AES-128-CCM", "TLS_AES_128_CCM_SHA256",
     NULL, true, false, false, CERTIFICATE},
    {0x1303, "TLS1.3 CHACHA20-POLY1305", "TLS_CHACHA20_POLY1305_SHA256",
     NULL, true, false, false, CERTIFICATE},
    {0xC02B, "TLS1.2 ECDHE-ECDSA AES-128-GCM", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
     NULL, true, false, false, CERTIFICATE},
    {0xC0AC, "TLS1.2 ECDHE-ECDSA AES-128-CCM", "TLS_ECDHE_ECDSA_WITH_AES_128_CCM",
     NULL, true, false, false, CERTIFICATE},
    {0xCCA9, "TLS1.2 ECDHE-ECDSA CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
     NULL, true, false, false, CERTIFICATE},
    {0xC023, "TLS1.2 ECDHE-ECDSA AES-128-CBC SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
     NULL, true, false, true, CERTIFICATE},
};
/* clang-format on */

const struct hf_suite *hf_suite_at(size_t index)
{
    return index < HF_COUNT(suites) ? &suites[index] : NULL;
}

bool hf_suite_is_allowed(const struct hf_suite *s, enum hf_tls_mode mode)
{
    return (s->modes & 1u << mode) != 0;
}

const struct hf_suite *hf_suite_of_library(const char *library_name, enum hf_tls_mode mode)
{
    for (size_t i = 0; library_name != NULL && i < HF_COUNT(suites); i++)
        if (hf_suite_is_allowed(&suites[i], mode)
            && strcmp(suites[i].library_name, library_name) == 0)
            return &suites[i];
    return NULL;
}

hf_status hf_suite_choose_psk(const struct hf_client_hello *h, size_t *out)
{
    for (size_t i = 0; i < HF_COUNT(suites); i++) {
        const struct hf_suite *s = &suites[i];

        if (!hf_suite_is_allowed(s, HF_TLS_SERVER_PSK)
            || !hf_client_hello_offers_suite(h, s->number))
            continue;
        if ((s->is_cbc && !h->has_etm) || (s->has_public_key && !hf_client_hello_offers_group(h)))
            continue;
        *out = i;
        return HF_OK;
    }
    return HF_ERR_DENIED;
}

const char *hf_suites_priority(enum hf_tls_mode mode, bool tls13)
{
    switch (mode) {
    case HF_TLS_CLIENT_PSK:
        return PSK("+ECDHE-PSK:+PSK:+CHACHA20-POLY1305:+AES-128-GCM:+AES-128-CCM:+AES-128-CBC");
    case HF_TLS_SERVER_CERTIFICATE:
    case HF_TLS_CLIENT_CERTIFICATE:
        return tls13 ? "NONE:+VERS-TLS1.3:+VERS-TLS1.2" ECDSA_SUITES STRICT
                     : "NONE:+VERS-TLS1.2" ECDSA_SUITES STRICT;
    case HF_TLS_SERVER_PSK:
        break;
    }
    return NULL;
}

static const struct hf_suite *suite_of_number(uint16_t number)
{
    for (size_t i = 0; i < HF_COUNT(suites); i++)
        if (suites[i].number == number)
            return &suites[i];
    return NULL;
}

/* How many suites of ours this mode should have. */
static size_t expected_count(enum hf_tls_mode mode, bool tls13, const struct hf_suite *one)
{
    size_t count = 0;

    if (one != NULL)
        return 1;
    for (size_t i = 0; i < HF_COUNT(suites); i++)
        if (hf_suite_is_allowed(&suites[i], mode)
            && (tls13 || suites[i].number < TLS_1_3_FIRST || suites[i].number > TLS_1_3_LAST))
            count++;
    return count;
}

hf_status hf_suites_check(gnutls_priority_t priority, enum hf_tls_mode mode, bool tls13,
                          const struct hf_suite *one)
{
    size_t count = 0;

    for (unsigned i = 0;; i++) {
        const struct hf_suite *s;
        unsigned char id[2];
        unsigned index;
        int rc = gnutls_priority_get_cipher_suite_index(priority, i, &index);

        if (rc == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
            break;
        if (rc == GNUTLS_E_UNKNOWN_CIPHER_SUITE)
            continue;
        if (rc != 0 || gnutls_cipher_suite_info(index, id, NULL, NULL, NULL, NULL) == NULL)
            return HF_ERR_CRYPTO;
        s = suite_of_number((uint16_t)(id[0] << 8 | id[1]));
        if (s == NULL || !hf_suite_is_allowed(s, mode) || (one != NULL && s != one))
            return HF_ERR_CRYPTO;
        count++;
    }
    return count == expected_count(mode, tls13, one) ? HF_OK : HF_ERR_CRYPTO;
}
