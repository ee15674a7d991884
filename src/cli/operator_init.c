#include "cli/operator_rows.h"

#include <string.h>

#include "cli/operator_plan.h"
#include "cli/table.h"
#include "core/identity/fqdn.h"
#include "daemon/system_ports.h"

enum { INIT_MEMORY_MAX = 1 << 20, PORT_BASE = 8443, UPSTREAM_PORT = 8080, PORT_MIN = 1 };

/* Room for the longest label in front of the provider's domain. */
enum { PROVIDER_MAX = HF_FQDN_MAX - (int)sizeof "in-cse" };

static enum hf_exit read_ports(const struct hf_invocation *i, struct hf_init_plan *p)
{
    uint64_t base = PORT_BASE, upstream = UPSTREAM_PORT;
    const char *given_base = hf_option(i, "--port-base"), *given = hf_option(i, "--upstream");

    if (given_base != NULL
        && (!hf_bytes_to_number(hf_text(given_base), UINT16_MAX - HF_INIT_PORTS, &base)
            || base < PORT_MIN))
        return hf_misused(i, "--port-base wants a port number with five more above it.");
    if (given_base != NULL)
        upstream = base + HF_PORT_UPSTREAM;
    if (given != NULL
        && (!hf_bytes_to_number(hf_text(given), UINT16_MAX, &upstream) || upstream < PORT_MIN))
        return hf_misused(i, "--upstream wants the port of the CSE behind the gateway.");
    for (size_t n = 0; n < HF_INIT_PORTS; n++)
        p->ports[n] = (uint16_t)(base + n);
    p->ports[HF_PORT_UPSTREAM] = (uint16_t)upstream;
    return HF_EXIT_OK;
}

static enum hf_exit read_provider(const struct hf_invocation *i, struct hf_init_plan *p)
{
    struct hf_bytes canonical;
    char *text;

    if (hf_option(i, "--provider") == NULL)
        return hf_misused(i, "--provider is missing: the domain name of the service provider.");
    if (hf_fqdn_canonical(hf_text(hf_option(i, "--provider")), p->arena, &canonical) != HF_OK
        || canonical.len > PROVIDER_MAX)
        return hf_misused(i, "--provider wants a domain name such as sp.example.");
    text = hf_arena_take(p->arena, canonical.len + 1, 1);
    if (text == NULL)
        return hf_refuse(i, "There is no memory left.", NULL, NULL);
    memcpy(text, canonical.at, canonical.len);
    p->provider = text;
    return HF_EXIT_OK;
}

static hf_status make(struct hf_init_plan *p, const char *path)
{
    hf_status st;

    HF_TRY(hf_tree_begin(p->tree, path));
    HF_TRY(hf_init_provider(p));
    HF_TRY(hf_init_factory(p));
    HF_TRY(hf_tree_finish(p->tree));
done:
    return st;
}

static enum hf_exit refuse_making(const struct hf_invocation *i, hf_status st,
                                  const struct hf_tree *t)
{
    if (st == HF_ERR_CONFLICT)
        return hf_refuse(i, t->fault, NULL, "Name a folder that does not exist yet.");
    return hf_refuse(i, t->fault[0] != '\0' ? t->fault : hf_status_sentence(st), NULL,
                     "Nothing was made; see to it, and run the command again.");
}

static void tell(const struct hf_invocation *i, const struct hf_init_plan *p)
{
    static const struct hf_column columns[] = {
        {"folder",        "Folder"           },
        {"configuration", "Configuration"    },
        {"provider",      "Provider"         },
        {"mef",           "MEF"              },
        {"maf",           "MAF"              },
        {"gateway_port",  "Gateway port"     },
        {"upstream_port", "Port of the CSE"  },
        {"import_file",   "Devices to import"},
    };
    char configuration[PATH_MAX + 16], import[PATH_MAX + 32], mef[256], maf[256];

    snprintf(configuration, sizeof configuration, "%s/handfast.yaml", p->tree->path);
    snprintf(import, sizeof import, "%s/factory/devices.jsonl", p->tree->path);
    snprintf(mef, sizeof mef, "mef.%s", p->provider);
    snprintf(maf, sizeof maf, "maf.%s", p->provider);
    const struct hf_value values[] = {
        hf_value_text(hf_text(p->tree->path)),
        hf_value_text(hf_text(configuration)),
        hf_value_text(hf_text(p->provider)),
        hf_value_text(hf_text(mef)),
        hf_value_text(hf_text(maf)),
        hf_value_number(p->ports[HF_PORT_GATEWAY]),
        hf_value_number(p->ports[HF_PORT_UPSTREAM]),
        hf_value_text(hf_text(import)),
    };
    hf_print_facts(i->out, i->json, columns, values, HF_COUNT(values));
    if (i->json)
        return;
    fprintf(i->err,
            "\nNext:\n"
            "  handfastd --config %s &\n"
            "  handfast device import %s --config %s\n"
            "  handfast node bootstrap --config %s/factory/device-1/node.yaml\n"
            "  handfast ae associate --ae //%s/asn-1/Csensor --to //%s/in-cse --config "
            "%s/factory/device-1/node.yaml\n"
            "The keys below ca/ and factory/ are for trying things out: use your own authorities "
            "and devices for anything that matters.\n",
            configuration, import, configuration, p->tree->path, p->provider, p->provider,
            p->tree->path);
}

static enum hf_exit run(struct hf_invocation *i)
{
    struct hf_clock clock = hf_system_clock();
    struct hf_arena arena;
    struct hf_tree tree = {0};
    struct hf_init_plan p = {.arena = &arena, .tree = &tree, .now_s = hf_unix_time_s(&clock)};
    enum hf_exit e;

    hf_arena_init(&arena, INIT_MEMORY_MAX);
    e = read_ports(i, &p);
    if (e == HF_EXIT_OK)
        e = read_provider(i, &p);
    if (e == HF_EXIT_OK) {
        hf_status st = make(&p, i->operands[0]);

        hf_tree_abandon(&tree);
        if (st == HF_OK)
            tell(i, &p);
        else
            e = refuse_making(i, st, &tree);
    }
    hf_arena_done(&arena);
    return e;
}

const struct hf_command hf_command_init = {
    .noun = "init",
    .verb = "",
    .operands = "DIR",
    .operand_min = 1,
    .operand_max = 1,
    .config = "handfast.yaml",
    .help = "Make a provider to try things out with: configuration, authorities, two devices.",
    .options = {{"--provider", "FQDN", "Domain name of the service provider.", false},
                {"--port-base", "PORT", "First of six ports in a row (8443).", false},
                {"--upstream", "PORT", "Port of the CSE behind the gateway (8080).", false},
                {0}},
    .run = run,
};
