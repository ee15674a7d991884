/* node.yaml: the device side's configuration, as rows, and the device that it opens. */
#ifndef HF_CLI_NODE_CONFIG_H
#define HF_CLI_NODE_CONFIG_H

#include <handfast/device.h>

#include "cli/command.h"
#include "codec/options.h"

struct hf_node_file {
    const char *provider, *anchors, *certificate, *private_key, *psk_identity, *psk_file;
    const char *sealed_file, *passphrase_file, *entity;
    bool has_mef;
    const char *mef_fqdn, *mef_address;
    uint16_t certificate_port, psk_port;
    struct hf_option_list methods;
    uint32_t lifetime_s;
};

/* The rows, also for the manual page. */
const struct hf_option_row *hf_node_option_rows(size_t *count);

/*
 * Reads i->config and opens the device. HF_EXIT_OK, or everything was said: HF_EXIT_CONFIGURATION.
 * With `out`, the caller closes it.
 */
enum hf_exit hf_node_open(const struct hf_invocation *i, struct hf_device **out);
/* A failed task or session, said. */
enum hf_exit hf_node_refuse(const struct hf_invocation *i, const struct hf_report *r);
/*
 * The application to speak for: --ae, or the only one that the node has. NULL: it was said that
 * there is none, or that there are several.
 */
const char *hf_node_choose_ae(const struct hf_invocation *i, struct hf_device *d);

#endif
