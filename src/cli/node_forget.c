#include "cli/node_config.h"
#include "cli/node_rows.h"
#include "cli/table.h"

static enum hf_exit run(struct hf_invocation *i)
{
    static const struct hf_column columns[] = {
        {"forgotten", "Forgotten"}
    };
    const struct hf_value values[] = {hf_value_bool(true)};
    struct hf_device *d = NULL;
    enum hf_exit e = hf_node_open(i, &d);

    if (e != HF_EXIT_OK)
        return e;
    if (hf_device_forget(d) != HF_OK)
        e = hf_refuse(i, "The secure environment does not forget.", "TS-0003, 6.3",
                      "Look at the sealed file, its folder and the disk.");
    else if (i->json)
        hf_print_facts(i->out, true, columns, values, HF_COUNT(values));
    else
        fputs("The long-term key and every association's key are erased.\n", i->err);
    hf_device_close(d);
    return e;
}

const struct hf_command hf_node_forget_command = {
    .noun = "node",
    .verb = "forget",
    .config = "node.yaml",
    .help = "Erase the long-term key and every association's key from the secure environment.",
    .run = run,
};
