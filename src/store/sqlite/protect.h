/* Key material on its way to and from the disk: wrapped and fingerprinted (STO-1, STO-2, PSK-4). */
#ifndef HF_STORE_SQLITE_PROTECT_H
#define HF_STORE_SQLITE_PROTECT_H

#include "core/record/change.h"
#include "port/secure_environment.h"

/* What the table holds instead of a key. */
struct hf_protected {
    uint8_t wrapped[HF_WRAPPED_MAX], fingerprint[HF_FINGERPRINT_LEN];
    size_t wrapped_len; /* 0: the change carries no key */
    bool has_fingerprint;
};

/* Thread-safe, as the secure environment is: every worker protects its own changes. */
HF_CHECKED hf_status hf_protect_change(const struct hf_secure_environment *se,
                                       const struct hf_change *c, struct hf_protected *out);
/* `table`: "credential" or "key". HF_ERR_CRYPTO: not the octets that were put there. */
HF_CHECKED hf_status hf_unprotect(const struct hf_secure_environment *se, const char *table,
                                  struct hf_bytes authority, struct hf_bytes id,
                                  struct hf_bytes wrapped, struct hf_secret *out);

/* Makes sure that the root key is the one this store was made with. */
HF_CHECKED hf_status hf_protect_check_value(const struct hf_secure_environment *se,
                                            struct hf_writer *out);
HF_CHECKED hf_status hf_unprotect_check_value(const struct hf_secure_environment *se,
                                              struct hf_bytes wrapped);

#endif
