/*
 * The demonstration authorities of `handfast init`: a provider CA that may only vouch for its own
 * domain, and a device maker's CA (TS-0003, 10.1.1). Their private keys stay in ca/.
 */
#ifndef HF_CLI_OPERATOR_AUTHORITY_H
#define HF_CLI_OPERATOR_AUTHORITY_H

#include "base/arena.h"

struct hf_authority {
    struct hf_bytes certificate, key; /* PEM, in the arena */
};

struct hf_issued {
    struct hf_bytes certificate, key;
};

HF_CHECKED hf_status hf_provider_authority(struct hf_arena *a, const char *provider, uint64_t now_s,
                                           struct hf_authority *out);
HF_CHECKED hf_status hf_device_authority(struct hf_arena *a, const char *provider, uint64_t now_s,
                                         struct hf_authority *out);
/* Subject alternative name: dNSName `fqdn`. */
HF_CHECKED hf_status hf_issue_for_fqdn(struct hf_arena *a, const struct hf_authority *by,
                                       const char *fqdn, uint64_t now_s, struct hf_issued *out);
/* Subject alternative name: the hardware instance ID `oid`, below 0.2.481.1. */
HF_CHECKED hf_status hf_issue_for_device(struct hf_arena *a, const struct hf_authority *by,
                                         const char *oid, uint64_t now_s, struct hf_issued *out);

#endif
