/* The rows of the device side, one a file. */
#ifndef HF_CLI_NODE_ROWS_H
#define HF_CLI_NODE_ROWS_H

#include <handfast/device.h>

#include "cli/command.h"

extern const struct hf_command hf_node_bootstrap_command;
extern const struct hf_command hf_node_show_command;
extern const struct hf_command hf_node_forget_command;
extern const struct hf_command hf_ae_associate_command;
extern const struct hf_command hf_ae_request_command;

/* What a node knows, printed: the same after bootstrapping and when asked. */
void hf_node_print(const struct hf_invocation *i, const struct hf_device_enrolment *e);

#endif
