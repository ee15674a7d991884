#include "cli/command.h"

/* The rows of whoever runs a service provider's functions. */
const struct hf_command *const hf_operator_commands[] = {NULL};
