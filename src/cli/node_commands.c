#include "cli/node_rows.h"

/* The rows of the device side. */
const struct hf_command *const hf_node_commands[] = {
    &hf_node_bootstrap_command, &hf_node_show_command,  &hf_node_forget_command,
    &hf_ae_associate_command,   &hf_ae_request_command, NULL,
};
