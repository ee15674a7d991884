#include <handfast/task.h>

#include "cli/node_config.h"
#include "cli/node_rows.h"

static enum hf_exit report(const struct hf_invocation *i, struct hf_device *d,
                           const struct hf_task *t)
{
    struct hf_device_enrolment e = {0};

    if (hf_device_enrolment(d, &e) != HF_OK)
        return hf_refuse(i, "The enrolment cannot be read back.", NULL, "Look at the sealed file.");
    fputs(hf_task_was_current(t) ? "The enrolment is in force with this provider: nothing to do.\n"
                                 : "Enrolled; the long-term key is in the secure environment.\n",
          i->err);
    hf_node_print(i, &e);
    return HF_EXIT_OK;
}

static enum hf_exit run(struct hf_invocation *i)
{
    struct hf_device *d = NULL;
    struct hf_task *t = NULL;
    enum hf_exit e = hf_node_open(i, &d);

    if (e != HF_EXIT_OK)
        return e;
    if (hf_bootstrap_start(d, hf_option(i, "--again") != NULL, &t) != HF_OK)
        e = hf_refuse(i, "Bootstrapping could not begin.", NULL, "Look at the free memory.");
    else if (hf_task_run(t) != HF_DONE)
        e = hf_node_refuse(i, hf_task_report(t));
    else
        e = report(i, d, t);
    hf_task_free(t);
    hf_device_close(d);
    return e;
}

const struct hf_command hf_node_bootstrap_command = {
    .noun = "node",
    .verb = "bootstrap",
    .config = "node.yaml",
    .help = "Become a node of the provider: from the factory credential to a long-term key.",
    .options = {{.name = "--again",
                 .help =
                     "Bootstrap although the enrolment is in force; the old key stays until the "
                     "new one is proven."}},
    .run = run,
};
