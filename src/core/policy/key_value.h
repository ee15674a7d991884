/*
 * Is a Key Value that a Source made itself good enough? (TS-0003, 8.3.5.2.7; threat row KM-6.)
 * Length and the grossest kinds of weakness; that no two are equal is the store's to see.
 */
#ifndef HF_CORE_POLICY_KEY_VALUE_H
#define HF_CORE_POLICY_KEY_VALUE_H

#include "base/secret.h"

enum { HF_KEY_VALUE_LEN_MIN = 16, HF_KEY_VALUE_LEN_SAEF = 32 };

/* HF_ERR_MALFORMED: wrong length. HF_ERR_DENIED: weak. `reason` is set then. */
HF_CHECKED hf_status hf_policy_key_value(const struct hf_secret *value, unsigned suid,
                                         const char **reason);

#endif
