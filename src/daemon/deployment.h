/*
 * What all workers share and none changes: configuration, secure environment, store, and the
 * materials (certificates, keys, anchors, CRLs) that a reload replaces as a whole.
 */
#ifndef HF_DAEMON_DEPLOYMENT_H
#define HF_DAEMON_DEPLOYMENT_H

#include "core/certificate/judge.h"
#include "daemon/config.h"
#include "secure_environment/soft/sealed_file.h"
#include "store/sqlite/sqlite_store.h"

enum hf_role { HF_ROLE_MEF, HF_ROLE_MAF, HF_ROLE_GATEWAY, HF_ROLE_COUNT };

/* Of one role. Octets and anchors live as long as the materials. */
struct hf_role_materials {
    struct hf_bytes certificate_pem, private_key_pem;
    struct hf_trust *trust;
};

struct hf_materials {
    struct hf_arena arena;
    struct hf_role_materials of[HF_ROLE_COUNT];
};

struct hf_deployment {
    const struct hf_config *config;
    struct hf_sealed_file *sealed;
    struct hf_secure_environment environment;
    struct hf_sqlite_store *store;
    struct hf_secret masking; /* decoy keys for unknown identities: threat row PSK-1 */
};

typedef void hf_say(void *context, const char *line);

/* Reads the files that the configuration names. Every fault is said. */
HF_CHECKED hf_status hf_materials_load(const struct hf_config *c, struct hf_materials **out,
                                       hf_say *say, void *context);
void hf_materials_free(struct hf_materials *m); /* accepts NULL; wipes the private keys */

/* Opens the secure environment and the store. `config` is kept. */
HF_CHECKED hf_status hf_deployment_open(const struct hf_config *config, struct hf_deployment *out,
                                        hf_say *say, void *context);
void hf_deployment_close(struct hf_deployment *d);

/* The whole file in `a`, at most 256 KiB. A private one must be readable by its owner only. */
HF_CHECKED hf_status hf_file_read(const char *path, bool is_private, struct hf_arena *a,
                                  struct hf_bytes *out);

#endif
