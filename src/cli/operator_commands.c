#include "cli/operator_rows.h"

/* The rows of whoever runs a service provider's functions. */
const struct hf_command *const hf_operator_commands[] = {&hf_command_init,
                                                         &hf_command_device_import,
                                                         &hf_command_list_nodes,
                                                         &hf_command_list_credentials,
                                                         &hf_command_list_registrations,
                                                         &hf_command_list_keys,
                                                         &hf_command_revoke_node,
                                                         &hf_command_revoke_credential,
                                                         &hf_command_revoke_registration,
                                                         &hf_command_revoke_key,
                                                         &hf_command_audit_check,
                                                         NULL};
