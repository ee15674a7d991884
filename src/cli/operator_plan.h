/* What `handfast init` is about to make: decided once, read by the pieces that write it. */
#ifndef HF_CLI_OPERATOR_PLAN_H
#define HF_CLI_OPERATOR_PLAN_H

#include "cli/operator_authority.h"
#include "cli/operator_tree.h"

enum hf_init_port {
    HF_PORT_MEF_CERTIFICATE,
    HF_PORT_MEF_PSK,
    HF_PORT_MAF_CERTIFICATE,
    HF_PORT_MAF_PSK,
    HF_PORT_GATEWAY,
    HF_PORT_UPSTREAM,
    HF_INIT_PORTS
};

struct hf_init_plan {
    struct hf_arena *arena;
    struct hf_tree *tree;
    const char *provider; /* FQDN, lower case */
    uint16_t ports[HF_INIT_PORTS];
    uint64_t now_s;
    struct hf_authority provider_ca, device_ca;
};

/*
 * factory/: two devices as they leave the factory, one with a certificate, one with a pre-shared
 * key, each with the node configuration that finds this provider; devices.jsonl describes them to
 * `handfast device import`.
 */
HF_CHECKED hf_status hf_init_factory(const struct hf_init_plan *p);
/* tls/, ca/, secret/, state/ and handfast.yaml. */
HF_CHECKED hf_status hf_init_provider(struct hf_init_plan *p);
/* 32 random octets as hexadecimal text and a line end, in a file of mode 0600. */
HF_CHECKED hf_status hf_init_random_file(const struct hf_init_plan *p, const char *name,
                                         struct hf_bytes *text);

#endif
