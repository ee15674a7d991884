#include "cli/command.h"

/* The rows of the device side. */
const struct hf_command *const hf_node_commands[] = {NULL};
