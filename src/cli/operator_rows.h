/* The operator's commands, one row a file. */
#ifndef HF_CLI_OPERATOR_ROWS_H
#define HF_CLI_OPERATOR_ROWS_H

#include "cli/command.h"

extern const struct hf_command hf_command_init;
extern const struct hf_command hf_command_device_import;
extern const struct hf_command hf_command_list_nodes, hf_command_list_credentials,
    hf_command_list_registrations, hf_command_list_keys;
extern const struct hf_command hf_command_revoke_node, hf_command_revoke_credential,
    hf_command_revoke_registration, hf_command_revoke_key;
extern const struct hf_command hf_command_audit_check;

#endif
