/* A secure environment in memory, whose nth change a test may make fail. */
#ifndef HF_TESTS_SUPPORT_FAKE_SECURE_ENVIRONMENT_H
#define HF_TESTS_SUPPORT_FAKE_SECURE_ENVIRONMENT_H

#include "port/secure_environment.h"

enum { FAKE_SE_ENTRIES = 16 };

struct fake_se_entry {
    uint8_t name[HF_SE_NAME_MAX], attributes[HF_SE_ATTRIBUTES_MAX];
    size_t name_len, attributes_len;
    unsigned suid;
    uint64_t expires_s;
    struct hf_secret key;
};

struct fake_secure_environment {
    struct fake_se_entry entries[FAKE_SE_ENTRIES];
    size_t count;
    unsigned fail_at; /* 1: the next change fails; 0: none */
    unsigned changes;
};

struct hf_secure_environment fake_secure_environment_handle(struct fake_secure_environment *f);

#endif
