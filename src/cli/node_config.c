#include "cli/node_config.h"

#include <string.h>

enum { CONFIG_ARENA_MAX = 65536 };

#define AT(field) offsetof(struct hf_node_file, field)

static const struct hf_option_row rows[] = {
    {"provider",             HF_OPTION_FQDN,      AT(provider),         NULL,
     "FQDN of the M2M service provider to be enrolled with.",                                                                        true,  0,  0       },
    {"mef",                  HF_OPTION_SECTION,   AT(has_mef),          NULL,          "The provider's M2M Enrolment Function.",     true,  0,
     0                                                                                                                                                  },
    {"mef.fqdn",             HF_OPTION_FQDN,      AT(mef_fqdn),         NULL,          "FQDN of the MEF; its certificate names it.",
     true,                                                                                                                                  0,  0       },
    {"mef.address",          HF_OPTION_ADDRESS,   AT(mef_address),      NULL,
     "Numeric address of the MEF; without it the FQDN is looked up.",                                                                false, 0,  0       },
    {"mef.certificate_port", HF_OPTION_PORT,      AT(certificate_port), NULL,
     "Port for certificates, and where the MEF's list of methods is asked for.",                                                     false, 0,  0       },
    {"mef.psk_port",         HF_OPTION_PORT,      AT(psk_port),         NULL,          "Port for pre-shared keys.",                  false, 0,  0       },
    {"methods",              HF_OPTION_LIST,      AT(methods),          "certificate",
     "What this node can do, best first: certificate, psk. With several, the MEF's list decides.",                                   false, 0,  0       },
    {"anchors",              HF_OPTION_PATH,      AT(anchors),          NULL,
     "PEM file: the authorities of the provider's MEF and MAF.",                                                                     false, 0,  0       },
    {"certificate",          HF_OPTION_PATH,      AT(certificate),      NULL,
     "PEM file: the factory certificate and its chain, leaf first.",                                                                 false, 0,  0       },
    {"private_key",          HF_OPTION_PATH,      AT(private_key),      NULL,
     "PEM file: its private key, mode 0600 or 0400.",                                                                                false, 0,  0       },
    {"psk_identity",         HF_OPTION_KEY_ID,    AT(psk_identity),     NULL,
     "Identifier of the pre-shared key: KpmID.",                                                                                     false, 0,  0       },
    {"psk_file",             HF_OPTION_PATH,      AT(psk_file),         NULL,
     "The pre-shared key: 16 to 64 octets in hex, mode 0600 or 0400.",                                                               false, 0,  0       },
    {"sealed_file",          HF_OPTION_PATH,      AT(sealed_file),      "node.sealed",
     "The secure environment; made at first use.",                                                                                   false, 0,  0       },
    {"passphrase_file",      HF_OPTION_PATH,      AT(passphrase_file),  NULL,
     "What it is sealed with, mode 0600 or 0400.",                                                                                   true,  0,  0       },
    {"entity",               HF_OPTION_ENTITY_ID, AT(entity),           NULL,
     "Absolute ID to register as; needed only where the node has several AEs and no CSE.",                                           false, 0,
     0                                                                                                                                                  },
    {"lifetime",             HF_OPTION_SECONDS,   AT(lifetime_s),       "365d",
     "Lifetime of the enrolment, as asked for; the MEF may grant less.",                                                             false, 60, 31536000},
};

const struct hf_option_row *hf_node_option_rows(size_t *count)
{
    *count = HF_COUNT(rows);
    return rows;
}

static void say(void *context, const char *line)
{
    const struct hf_invocation *i = context;

    fprintf(i->err, "%s\n", line);
}

static struct hf_device_options options_of(const struct hf_node_file *f)
{
    struct hf_device_options o = {.provider = f->provider,
                                  .mef_fqdn = f->mef_fqdn,
                                  .mef_address = f->mef_address,
                                  .certificate_port = f->certificate_port,
                                  .psk_port = f->psk_port,
                                  .anchors_file = f->anchors,
                                  .certificate_file = f->certificate,
                                  .private_key_file = f->private_key,
                                  .psk_identity = f->psk_identity,
                                  .psk_file = f->psk_file,
                                  .sealed_file = f->sealed_file,
                                  .passphrase_file = f->passphrase_file,
                                  .entity = f->entity,
                                  .lifetime_s = f->lifetime_s};

    for (size_t n = 0; n < f->methods.count && n < HF_DEVICE_METHODS_MAX; n++)
        o.methods[o.method_count++] = f->methods.at[n];
    return o;
}

enum hf_exit hf_node_refuse(const struct hf_invocation *i, const struct hf_report *r)
{
    return hf_refuse(i, r->sentence, r->clause, r->what_to_do);
}

enum hf_exit hf_node_open(const struct hf_invocation *i, struct hf_device **out)
{
    struct hf_node_file f = {0};
    struct hf_device_options o;
    struct hf_report why = {0};
    struct hf_arena a;
    enum hf_exit e = HF_EXIT_OK;
    /* The reader hands the context back as it got it; it is only read there. */
    void *context = (void *)(uintptr_t)i;

    hf_arena_init(&a, CONFIG_ARENA_MAX);
    if (hf_options_read(i->config, rows, HF_COUNT(rows), &a, &f, NULL, say, context) != HF_OK) {
        e = HF_EXIT_CONFIGURATION;
    } else {
        o = options_of(&f);
        if (hf_device_open(&o, out, &why) != HF_OK) {
            (void)hf_node_refuse(i, &why);
            e = HF_EXIT_CONFIGURATION;
        }
    }
    hf_arena_done(&a);
    return e;
}

const char *hf_node_choose_ae(const struct hf_invocation *i, struct hf_device *d)
{
    struct hf_device_enrolment e = {0};
    const char *given = hf_option(i, "--ae");

    if (given != NULL)
        return given;
    if (hf_device_enrolment(d, &e) != HF_OK) {
        (void)hf_refuse(i, "This node is not enrolled.", "TS-0003, 8.3",
                        "Run handfast node bootstrap first.");
        return NULL;
    }
    if (e.ae_count == 1)
        return e.ae_ids[0];
    if (e.ae_count == 0 && e.cse_id[0] != '\0')
        return e.cse_id;
    (void)hf_refuse(i, "This node has several applications.", NULL,
                    "Name one with --ae; handfast node show lists them.");
    return NULL;
}
