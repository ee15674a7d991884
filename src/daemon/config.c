#include "daemon/config.h"

#include <stddef.h>
#include <string.h>

#include "core/identity/entity_id.h"

#define AT(member) offsetof(struct hf_config, member)
#define DAY        86400u

/* Rows that the MEF and MAF sections share; `s` is the section, `m` the member. */
#define FUNCTION_ROWS(s, m)                                                                        \
    {s ".fqdn",                                                                                    \
     HF_OPTION_FQDN,                                                                               \
     AT(m.f.fqdn),                                                                                 \
     NULL,                                                                                         \
     "Its FQDN; also the name that clients send.",                                                 \
     true,                                                                                         \
     0,                                                                                            \
     0},                                                                                           \
        {s ".listen",                                                                              \
         HF_OPTION_ADDRESS,                                                                        \
         AT(m.f.listen),                                                                           \
         "127.0.0.1",                                                                              \
         "Address to listen on.",                                                                  \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
        {s ".certificate_port",                                                                    \
         HF_OPTION_PORT,                                                                           \
         AT(m.f.certificate_port),                                                                 \
         NULL,                                                                                     \
         "Port for clients with certificates; absent: not offered.",                               \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
        {s ".psk_port",                                                                            \
         HF_OPTION_PORT,                                                                           \
         AT(m.f.psk_port),                                                                         \
         NULL,                                                                                     \
         "Port for clients with pre-shared keys; absent: not offered.",                            \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
        {s ".certificate",                                                                         \
         HF_OPTION_PATH,                                                                           \
         AT(m.f.certificate),                                                                      \
         NULL,                                                                                     \
         "Its FQDN certificate and chain, PEM.",                                                   \
         true,                                                                                     \
         0,                                                                                        \
         0},                                                                                       \
        {s ".private_key",                                                                         \
         HF_OPTION_PATH,                                                                           \
         AT(m.f.private_key),                                                                      \
         NULL,                                                                                     \
         "The private key of that certificate, PEM, mode 0600.",                                   \
         true,                                                                                     \
         0,                                                                                        \
         0},                                                                                       \
        {s ".device_anchors",                                                                      \
         HF_OPTION_PATH,                                                                           \
         AT(m.f.device_anchors),                                                                   \
         NULL,                                                                                     \
         "CAs of device and Node-ID certificates, PEM.",                                           \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
        {s ".entity_anchors",                                                                      \
         HF_OPTION_PATH,                                                                           \
         AT(m.f.entity_anchors),                                                                   \
         NULL,                                                                                     \
         "CAs of CSE-ID and AE-ID certificates, PEM.",                                             \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
        {s ".infrastructure_anchors",                                                              \
         HF_OPTION_PATH,                                                                           \
         AT(m.f.infrastructure_anchors),                                                           \
         NULL,                                                                                     \
         "CAs of the FQDN certificates of MEFs and MAFs, PEM.",                                    \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
        {s ".crl",                                                                                 \
         HF_OPTION_PATH,                                                                           \
         AT(m.f.crl),                                                                              \
         NULL,                                                                                     \
         "Revocation list of one of these CAs, PEM or DER.",                                       \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
        {s ".admin_fqdns",                                                                         \
         HF_OPTION_FQDN_LIST,                                                                      \
         AT(m.f.admin_fqdns),                                                                      \
         NULL,                                                                                     \
         "Administrating stakeholders that it serves; default: the provider.",                     \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
        {s ".tls13",                                                                               \
         HF_OPTION_BOOL,                                                                           \
         AT(m.f.tls13),                                                                            \
         "on",                                                                                     \
         "TLS 1.3 beside 1.2 for clients with certificates; off is the letter of TS-0003 10.2.1.", \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
        {s ".require_pfs",                                                                         \
         HF_OPTION_BOOL,                                                                           \
         AT(m.f.require_pfs),                                                                      \
         "off",                                                                                    \
         "Refuse pre-shared key handshakes without forward secrecy.",                              \
         false,                                                                                    \
         0,                                                                                        \
         0},                                                                                       \
    {                                                                                              \
        s ".registration_lifetime_max", HF_OPTION_SECONDS, AT(m.f.registration_lifetime_max_s),    \
            "365d", "Longest client registration granted.", false, 60, 365 * DAY                   \
    }

#define REMOTE_ROWS(path, m, what)                                                                 \
    {path ".fqdn", HF_OPTION_FQDN, AT(m.fqdn), NULL, "FQDN of " what ".", true, 0, 0},             \
        {path ".address",                                                                          \
         HF_OPTION_ADDRESS,                                                                        \
         AT(m.address),                                                                            \
         NULL,                                                                                     \
         "Its numeric address.",                                                                   \
         true,                                                                                     \
         0,                                                                                        \
         0},                                                                                       \
    {                                                                                              \
        path ".port", HF_OPTION_PORT, AT(m.port), NULL, "Its port for certificates.", true, 0, 0   \
    }

static const struct hf_option_row rows[] = {
    {"provider",                           HF_OPTION_FQDN,      AT(provider),                       NULL,                 "FQDN of the M2M service provider.",       true,  0,
     0                                                                                                                                                                                   },
    {"in_cse",                             HF_OPTION_ENTITY_ID, AT(in_cse),                         NULL,                 "Absolute CSE-ID of its IN-CSE.",          true,  0,  0        },
    {"state",                              HF_OPTION_PATH,      AT(state),                          "state",              "Folder of the database.",                 false, 0,  0        },
    {"workers",                            HF_OPTION_NUMBER,    AT(workers),                        "1",                  "Threads that serve; one a core at most.",
     false,                                                                                                                                                                 1,  64       },
    {"log_level",                          HF_OPTION_TEXT,      AT(log_level),                      "info",               "error, warning, info or debug.",          false, 0,
     0                                                                                                                                                                                   },
    {"secure_environment",                 HF_OPTION_SECTION,   AT(has_secure_environment),         NULL,
     "Where the root key lives that wraps every stored key.",                                                                                                        true,  0,  0        },
    {"secure_environment.sealed_file",     HF_OPTION_PATH,      AT(sealed_file),                    "secret/root.sealed",
     "The sealed file.",                                                                                                                                             false, 0,  0        },
    {"secure_environment.passphrase_file", HF_OPTION_PATH,      AT(passphrase_file),                "secret/passphrase",
     "File with its passphrase, mode 0600.",                                                                                                                         false, 0,  0        },

    {"mef",                                HF_OPTION_SECTION,   AT(mef.f.enabled),                  NULL,                 "The M2M Enrolment Function.",             false, 0,  0        },
    FUNCTION_ROWS("mef", mef),
    {"mef.key_lifetime",                   HF_OPTION_SECONDS,   AT(mef.f.key_lifetime_s),           "90d",
     "Lifetime of a key where a request names none.",                                                                                                                false, 60, 365 * DAY},
    {"mef.key_lifetime_max",               HF_OPTION_SECONDS,   AT(mef.f.key_lifetime_max_s),       "365d",
     "Longest lifetime of Ke, Km and Kpsa.",                                                                                                                         false, 60, 365 * DAY},
    {"mef.mafs",                           HF_OPTION_FQDN_LIST, AT(mef.mafs),                       NULL,
     "MAFs that may be named as target of Km, and may retrieve it.",                                                                                                 false, 0,  0        },
    {"mef.push_to_maf",                    HF_OPTION_BOOL,      AT(mef.push_to_maf),                "off",
     "Send Km to the MAF at once instead of waiting until it asks.",                                                                                                 false, 0,  0        },
    {"mef.exported_verbatim",              HF_OPTION_BOOL,      AT(mef.exported_verbatim),          "off",
     "Hand out Ke itself instead of the usage-constrained key; for interoperability tests.",                                                                         false,
     0,                                                                                                                                                                         0        },
    {"mef.maf",                            HF_OPTION_SECTION,   AT(mef.has_maf),                    NULL,                 "The MAF that nodes are told of.",         true,
     0,                                                                                                                                                                         0        },
    REMOTE_ROWS("mef.maf", mef.maf, "that MAF"),
    {"mef.maf.psk_port",                   HF_OPTION_PORT,      AT(mef.maf_psk_port),               NULL,
     "Its port for pre-shared keys.",                                                                                                                                true,  0,  0        },
    {"mef.gateway",                        HF_OPTION_SECTION,   AT(mef.has_gateway),                NULL,
     "The association listener of the IN-CSE that nodes are told of.",                                                                                               false, 0,  0        },
    {"mef.gateway.address",                HF_OPTION_ADDRESS,   AT(mef.gateway_address),            NULL,
     "Its numeric address.",                                                                                                                                         true,  0,  0        },
    {"mef.gateway.port",                   HF_OPTION_PORT,      AT(mef.gateway_port),               NULL,                 "Its port.",                               true,  0,  0        },

    {"maf",                                HF_OPTION_SECTION,   AT(maf.f.enabled),                  NULL,                 "The M2M Authentication Function.",        false,
     0,                                                                                                                                                                         0        },
    FUNCTION_ROWS("maf", maf),
    {"maf.key_lifetime",                   HF_OPTION_SECONDS,   AT(maf.f.key_lifetime_s),           "24h",
     "Lifetime of Kc where a request names none.",                                                                                                                   false, 60, 30 * DAY },
    {"maf.key_lifetime_max",               HF_OPTION_SECONDS,   AT(maf.f.key_lifetime_max_s),       "30d",
     "Longest lifetime of Kc.",                                                                                                                                      false, 60, 30 * DAY },
    {"maf.mef",                            HF_OPTION_SECTION,   AT(maf.has_mef),                    NULL,
     "The MEF where Km is pulled, and that may push it.",                                                                                                            false, 0,  0        },
    REMOTE_ROWS("maf.mef", maf.mef, "that MEF"),

    {"gateway",                            HF_OPTION_SECTION,   AT(gateway.enabled),                NULL,
     "Entity B in front of an existing CSE.",                                                                                                                        false, 0,  0        },
    {"gateway.cse",                        HF_OPTION_ENTITY_ID, AT(gateway.cse),                    NULL,
     "Absolute CSE-ID that it stands for.",                                                                                                                          true,  0,  0        },
    {"gateway.listen",                     HF_OPTION_ADDRESS,   AT(gateway.listen),                 "127.0.0.1",          "Address to listen on.",
     false,                                                                                                                                                                 0,  0        },
    {"gateway.psk_port",                   HF_OPTION_PORT,      AT(gateway.psk_port),               NULL,                 "Port for associations.",                  true,
     0,                                                                                                                                                                         0        },
    {"gateway.certificate",                HF_OPTION_PATH,      AT(gateway.certificate),            NULL,
     "CSE-ID certificate that it shows the MAF, PEM.",                                                                                                               true,  0,  0        },
    {"gateway.private_key",                HF_OPTION_PATH,      AT(gateway.private_key),            NULL,
     "The private key of that certificate, PEM, mode 0600.",                                                                                                         true,  0,  0        },
    {"gateway.infrastructure_anchors",     HF_OPTION_PATH,      AT(gateway.infrastructure_anchors), NULL,
     "CAs of the MAF's FQDN certificate, PEM.",                                                                                                                      true,  0,  0        },
    {"gateway.key_cache",                  HF_OPTION_SECONDS,   AT(gateway.key_cache_s),            "50s",
     "How long a key is used before the MAF is asked again; a revocation is noticed then.",                                                                          false,
     1,                                                                                                                                                                         55       },
    {"gateway.require_pfs",                HF_OPTION_BOOL,      AT(gateway.require_pfs),            "off",
     "Refuse associations without forward secrecy.",                                                                                                                 false, 0,  0        },
    {"gateway.maf",                        HF_OPTION_SECTION,   AT(gateway.has_maf),                NULL,                 "The MAF whose keys it takes.",
     true,                                                                                                                                                                  0,  0        },
    REMOTE_ROWS("gateway.maf", gateway.maf, "that MAF"),
    {"gateway.upstream",                   HF_OPTION_SECTION,   AT(gateway.has_upstream),           NULL,
     "The CSE behind it, plain HTTP.",                                                                                                                               true,  0,  0        },
    {"gateway.upstream.address",           HF_OPTION_ADDRESS,   AT(gateway.upstream_address),       "127.0.0.1",
     "Its numeric address; loopback, so that nobody reaches it around the gateway.",                                                                                 false, 0,  0        },
    {"gateway.upstream.port",              HF_OPTION_PORT,      AT(gateway.upstream_port),          NULL,                 "Its port.",                               true,  0,
     0                                                                                                                                                                                   },
};

/* One reading: what the checks after the parser need to point at a line. */
struct reading {
    const char *path;
    struct hf_option_place places[HF_COUNT(rows)];
    hf_options_say *say;
    void *context;
    hf_status st;
};

static void fault(struct reading *r, const char *option, const char *what, const char *what_to_do)
{
    hf_options_fault(r->path, r->places, hf_option_row_find(rows, HF_COUNT(rows), option), r->say,
                     r->context, what, what_to_do);
    r->st = HF_ERR_MALFORMED;
}

static void check_whole(struct reading *r, const struct hf_config *c)
{
    struct hf_entity_id in_cse;

    if (!c->mef.f.enabled && !c->maf.f.enabled && !c->gateway.enabled)
        fault(r, "mef", "no role is switched on", "add a section mef, maf or gateway");
    if (hf_entity_id_parse(hf_text(c->in_cse), &in_cse) != HF_OK || in_cse.kind != HF_ENTITY_CSE
        || !hf_bytes_equal_text(in_cse.sp, c->provider))
        fault(r, "in_cse", "is no CSE-ID of this provider", "write //PROVIDER/NAME");
    if (strcmp(c->log_level, "error") != 0 && strcmp(c->log_level, "warning") != 0
        && strcmp(c->log_level, "info") != 0 && strcmp(c->log_level, "debug") != 0)
        fault(r, "log_level", "is no level", "use error, warning, info or debug");
}

static void check_function(struct reading *r, const struct hf_config_function *f,
                           const char *certificate_port, const char *lifetime)
{
    if (!f->enabled)
        return;
    if (f->certificate_port == 0 && f->psk_port == 0)
        fault(r, certificate_port, "neither certificate_port nor psk_port is given",
              "give at least one, or nobody can come in");
    if (f->key_lifetime_s > f->key_lifetime_max_s)
        fault(r, lifetime, "is longer than key_lifetime_max", "lower it, or raise the maximum");
}

static void check_roles(struct reading *r, const struct hf_config *c)
{
    check_function(r, &c->mef.f, "mef.certificate_port", "mef.key_lifetime");
    check_function(r, &c->maf.f, "maf.certificate_port", "maf.key_lifetime");
    if (c->mef.f.enabled && c->mef.f.certificate_port != 0 && c->mef.f.device_anchors == NULL
        && c->mef.f.entity_anchors == NULL)
        fault(r, "mef.device_anchors", "certificates are offered, but no CA is trusted",
              "name device_anchors or entity_anchors, or leave out certificate_port");
    if (c->maf.f.enabled && c->maf.mef.fqdn != NULL && c->maf.f.infrastructure_anchors == NULL)
        fault(r, "maf.infrastructure_anchors", "the MEF cannot be verified without it",
              "name the CA of its certificate");
    if (c->mef.f.enabled && c->mef.mafs.count > 0 && c->mef.f.infrastructure_anchors == NULL)
        fault(r, "mef.infrastructure_anchors", "a MAF cannot be verified without it",
              "name the CA of its certificate");
}

static void set_default_stakeholder(struct hf_option_list *l, const char *provider)
{
    if (l->count == 0)
        l->at[l->count++] = provider;
}

hf_status hf_config_read(const char *path, struct hf_arena *a, struct hf_config *out,
                         void (*say)(void *context, const char *line), void *context)
{
    struct reading r = {.path = path, .say = say, .context = context, .st = HF_OK};
    struct hf_config c = {0};
    hf_status st;

    HF_TRY(hf_options_read(path, rows, HF_COUNT(rows), a, &c, r.places, say, context));
    set_default_stakeholder(&c.mef.f.admin_fqdns, c.provider);
    set_default_stakeholder(&c.maf.f.admin_fqdns, c.provider);
    check_whole(&r, &c);
    check_roles(&r, &c);
    HF_TRY(r.st);
    *out = c;
done:
    return st;
}

const struct hf_option_row *hf_config_rows(size_t *count)
{
    *count = HF_COUNT(rows);
    return rows;
}

void hf_config_show(const struct hf_config *c, void *out)
{
    hf_options_show(rows, HF_COUNT(rows), c, out);
}
