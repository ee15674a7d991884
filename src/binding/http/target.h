/*
 * The `To` of a primitive as a request target (TS-0009, 6.2.2.1; digest 7.2 and 7.7): "/X",
 * "/~/<function>/X" and "/_/<FQDN>/X". Identifiers never need percent-encoding, so "%" is refused.
 */
#ifndef HF_BINDING_HTTP_TARGET_H
#define HF_BINDING_HTTP_TARGET_H

#include "base/arena.h"

struct hf_http_to {
    struct hf_bytes to;   /* "-", a resource identifier, or "<ri>/<name>" */
    struct hf_bytes fqdn; /* canonical; empty where the target is CSE-relative */
    bool wants_configuration;
};

/* HF_ERR_MALFORMED: another form, or a query other than "atrl=ccfg". HF_ERR_LIMIT: no room. */
HF_CHECKED hf_status hf_http_target_read(struct hf_bytes target, struct hf_arena *a,
                                         struct hf_http_to *out);

#endif
