/*
 * The secure environment (TS-0003, 6.2.3 and 6.3): sensitive data behind opaque names, sensitive
 * functions on them. A server uses it to wrap every key it stores under a root key that never
 * leaves; a node keeps its own keys in it by name.
 */
#ifndef HF_PORT_SECURE_ENVIRONMENT_H
#define HF_PORT_SECURE_ENVIRONMENT_H

#include "base/secret.h"
#include "base/wire.h"

enum {
    HF_WRAPPED_MAX = 1 + 32 + HF_SECRET_MAX + 16, /* version, salt, ciphertext, tag */
    HF_FINGERPRINT_LEN = 16,
    HF_SE_NAME_MAX = 255,
    HF_SE_ATTRIBUTES_MAX = 4096,
};

struct hf_se_entry {
    struct hf_bytes name;       /* "Km", "Kc//sp/CSE/C1>//sp/in-cse", ... chosen by the owner */
    unsigned suid;              /* what the key may be used for */
    uint64_t expires_s;         /* HF_NEVER: none */
    struct hf_bytes attributes; /* public facts beside the key: JSON text, at most 4 KiB */
    struct hf_secret key;       /* may be empty: an entry of facts only */
};

struct hf_secure_environment {
    void *self;
    unsigned level; /* protection level of TS-0003 table 6.3.1-1; a sealed file is 1 */

    /* Thread-safe. `place` (table, identifier, version) is bound: elsewhere it does not open. */
    hf_status (*wrap)(void *self, struct hf_bytes place, const struct hf_secret *key,
                      struct hf_writer *out);
    hf_status (*unwrap)(void *self, struct hf_bytes place, struct hf_bytes wrapped,
                        struct hf_secret *out);
    /* Keyed, one-way: equal keys of one authority give equal fingerprints (threat row PSK-4). */
    hf_status (*fingerprint)(void *self, struct hf_bytes authority, const struct hf_secret *key,
                             uint8_t out[HF_FINGERPRINT_LEN]);

    /* Named entries; not thread-safe. put replaces, durably, before it returns. */
    hf_status (*put)(void *self, const struct hf_se_entry *e);
    /* Borrowed until the next put or forget. HF_ERR_UNKNOWN. */
    hf_status (*find)(void *self, struct hf_bytes name, struct hf_se_entry *out);
    hf_status (*forget)(void *self, struct hf_bytes name);
    /* In the order of insertion; `index` past the end gives HF_ERR_UNKNOWN. */
    hf_status (*at)(void *self, size_t index, struct hf_se_entry *out);
};

#endif
