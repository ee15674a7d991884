#include <handfast/task.h>

#include "base/bytes.h"
#include "cli/node_config.h"
#include "cli/node_rows.h"
#include "cli/table.h"

enum { LIFETIME_MAX_S = 2592000 }; /* threat model, section 5: 30 days */

static const struct hf_column columns[] = {
    {"ae_id",                "AE-ID"             },
    {"target",               "Target"            },
    {"secure_connection_id", "SecureConnectionID"},
    {"key",                  "Key"               },
    {"expires",              "Expires"           },
    {"suid",                 "SUID"              },
    {"suite",                "Key came from"     },
    {"server_name",          "Server name (SNI)" },
    {"address",              "Address"           },
    {"port",                 "Port"              },
};

static enum hf_exit report(const struct hf_invocation *i, struct hf_device *d, const char *ae)
{
    struct hf_device_association a = {0};

    if (hf_device_association(d, ae, hf_option(i, "--to"), &a) != HF_OK)
        return hf_refuse(i, "The association cannot be read back.", NULL,
                         "Look at the sealed file.");

    const struct hf_value values[] = {hf_value_text(hf_text(a.ae)),
                                      hf_value_text(hf_text(a.target)),
                                      hf_value_text(hf_text(a.secure_connection_id)),
                                      hf_value_text(HF_LITERAL("in the secure environment")),
                                      hf_value_time(a.expires_s),
                                      hf_value_number(a.suid),
                                      hf_value_text(hf_text(a.suite)),
                                      hf_value_text(hf_text(a.server_name)),
                                      hf_value_text(hf_text(a.address)),
                                      hf_value_number(a.port)};

    hf_print_facts(i->out, i->json, columns, values, HF_COUNT(values));
    return HF_EXIT_OK;
}

static enum hf_exit associate(const struct hf_invocation *i, struct hf_device *d, const char *ae,
                              uint32_t lifetime_s)
{
    struct hf_task *t = NULL;
    hf_status st = hf_associate_start(d, ae, hf_option(i, "--to"), lifetime_s, &t);
    enum hf_exit e;

    if (st != HF_OK)
        return hf_misused(i, "--ae and --to are absolute IDs, such as //sp.example/in-cse.");
    e = hf_task_run(t) == HF_DONE ? report(i, d, ae) : hf_node_refuse(i, hf_task_report(t));
    hf_task_free(t);
    return e;
}

static enum hf_exit run(struct hf_invocation *i)
{
    const char *lifetime = hf_option(i, "--lifetime"), *ae;
    struct hf_device *d = NULL;
    uint64_t lifetime_s = 0;
    enum hf_exit e;

    if (hf_option(i, "--to") == NULL)
        return hf_misused(i, "Associate with whom? Name the target with --to.");
    if (lifetime != NULL && !hf_bytes_to_number(hf_text(lifetime), LIFETIME_MAX_S, &lifetime_s))
        return hf_misused(i, "--lifetime is a number of seconds, at most 30 days.");
    e = hf_node_open(i, &d);
    if (e != HF_EXIT_OK)
        return e;
    ae = hf_node_choose_ae(i, d);
    e = ae == NULL ? HF_EXIT_FAILED : associate(i, d, ae, (uint32_t)lifetime_s);
    hf_device_close(d);
    return e;
}

const struct hf_command hf_ae_associate_command = {
    .noun = "ae",
    .verb = "associate",
    .config = "node.yaml",
    .help = "Give one application its own key for one target; the key stays inside.",
    .options = {{.name = "--ae",
                 .value = "ID",
                 .help = "The application; not needed where the node has one."},
                {.name = "--to", .value = "ID", .help = "The target: a CSE-ID or AE-ID."},
                {.name = "--lifetime",
                 .value = "SECONDS",
                 .help = "Asked for; the MAF may grant less. A day unless told."}},
    .run = run,
};
