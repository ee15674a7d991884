/*
 * The remote port without a wire: a fetch is a Key Retrieval that the MEF's service serves, a push
 * a create that the MAF's serves, each over a channel of the asker's FQDN certificate.
 */
#ifndef HF_TESTS_SUPPORT_FAKE_REMOTE_H
#define HF_TESTS_SUPPORT_FAKE_REMOTE_H

#include "port/remote.h"
#include "port/service.h"

struct fake_remote {
    struct hf_service mef, maf;
    struct hf_bytes mef_fqdn, maf_fqdn;
    hf_status failure; /* HF_OK, or what every call answers instead */
    bool hold;         /* fetches wait until fake_remote_deliver */
    struct hf_key_fetch *held;
    unsigned fetches, pushes;
    struct hf_key_record *instead; /* what a fetch gets, whatever the MEF says; or NULL */
};

struct hf_remote fake_remote_handle(struct fake_remote *r);
void fake_remote_deliver(struct fake_remote *r);

#endif
