#include "cli/node_config.h"
#include "cli/node_rows.h"
#include "cli/table.h"

static const struct hf_column columns[] = {
    {"provider",   "Provider"  },
    {"node_id",    "Node-ID"   },
    {"cse_id",     "CSE-ID"    },
    {"ae_ids",     "AE-IDs"    },
    {"in_cse_id",  "IN-CSE"    },
    {"mef",        "MEF"       },
    {"maf",        "MAF"       },
    {"key_id",     "Key (KmID)"},
    {"expires",    "Expires"   },
    {"is_current", "In force"  },
};

enum { AE_MAX = HF_ENTITIES_MAX };

void hf_node_print(const struct hf_invocation *i, const struct hf_device_enrolment *e)
{
    struct hf_bytes ids[AE_MAX];
    size_t count = e->ae_count < AE_MAX ? e->ae_count : AE_MAX;

    for (size_t n = 0; n < count; n++)
        ids[n] = hf_text(e->ae_ids[n]);

    const struct hf_value values[] = {
        hf_value_text(hf_text(e->provider)),  hf_value_text(hf_text(e->node_id)),
        hf_value_text(hf_text(e->cse_id)),    hf_value_list((struct hf_list){ids, count}),
        hf_value_text(hf_text(e->in_cse_id)), hf_value_text(hf_text(e->mef_fqdn)),
        hf_value_text(hf_text(e->maf_fqdn)),  hf_value_text(hf_text(e->key_id)),
        hf_value_time(e->expires_s),          hf_value_bool(e->is_current)};

    hf_print_facts(i->out, i->json, columns, values, HF_COUNT(values));
}

static enum hf_exit run(struct hf_invocation *i)
{
    struct hf_device *d = NULL;
    struct hf_device_enrolment f = {0};
    enum hf_exit e = hf_node_open(i, &d);

    if (e != HF_EXIT_OK)
        return e;
    if (hf_device_enrolment(d, &f) == HF_OK)
        hf_node_print(i, &f);
    else
        e = hf_refuse(i, "This node is not enrolled.", "TS-0003, 8.3",
                      "Run handfast node bootstrap.");
    hf_device_close(d);
    return e;
}

const struct hf_command hf_node_show_command = {
    .noun = "node",
    .verb = "show",
    .config = "node.yaml",
    .help = "Tell what bootstrapping gave this node, but never a key.",
    .run = run,
};
