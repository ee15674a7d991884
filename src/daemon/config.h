/*
 * The daemon's configuration: one YAML file, checked whole before anything starts.
 * Every option is a row in config.c: parser, defaults, --show-config and the manual page come from
 * the rows. Relative paths are relative to the file's folder and are stored resolved.
 */
#ifndef HF_DAEMON_CONFIG_H
#define HF_DAEMON_CONFIG_H

#include "codec/options.h"

struct hf_config_remote {
    const char *fqdn, *address; /* address: numeric */
    uint16_t port;              /* of its certificate listener */
};

/* What the MEF and MAF sections share. */
struct hf_config_function {
    bool enabled; /* the section is present */
    const char *fqdn, *listen;
    uint16_t certificate_port, psk_port;                                  /* 0: not offered */
    const char *certificate, *private_key;                                /* files, PEM */
    const char *device_anchors, *entity_anchors, *infrastructure_anchors; /* files; may be NULL */
    const char *crl;                                                      /* file; may be NULL */
    struct hf_option_list admin_fqdns; /* stakeholders that it serves; default: the provider */
    bool tls13;
    bool require_pfs;
    uint32_t registration_lifetime_max_s, key_lifetime_max_s, key_lifetime_s;
};

struct hf_config {
    const char *provider; /* FQDN of the M2M service provider */
    const char *in_cse;   /* absolute CSE-ID of its IN-CSE */
    const char *state;    /* folder: handfast.db */
    uint32_t workers;
    const char *log_level;
    bool has_secure_environment;
    const char *sealed_file, *passphrase_file; /* secure_environment.* */
    struct {
        struct hf_config_function f;
        struct hf_option_list mafs; /* FQDNs that may be named as target with SUID 21 */
        bool push_to_maf;
        bool exported_verbatim; /* hand out Ke itself instead of the derived key (digest A7) */
        bool has_maf, has_gateway;
        struct hf_config_remote maf; /* told to nodes, and pushed to */
        uint16_t maf_psk_port;
        const char *gateway_address; /* told to nodes */
        uint16_t gateway_port;
    } mef;
    struct {
        struct hf_config_function f;
        bool has_mef;
        struct hf_config_remote mef; /* where Km is pulled */
    } maf;
    struct {
        bool enabled;
        const char *cse; /* absolute CSE-ID it stands for */
        const char *listen;
        uint16_t psk_port;
        const char *certificate, *private_key; /* its CSE-ID certificate, towards the MAF */
        const char *infrastructure_anchors;
        bool has_maf, has_upstream;
        struct hf_config_remote maf;
        const char *upstream_address;
        uint16_t upstream_port;
        uint32_t key_cache_s;
        bool require_pfs;
    } gateway;
};

/*
 * Reads and checks `path`. On failure every fault is reported through `say` as "file:line:column:
 * what; what to do". HF_ERR_MALFORMED, HF_ERR_SYSTEM (cannot be read).
 */
HF_CHECKED hf_status hf_config_read(const char *path, struct hf_arena *a, struct hf_config *out,
                                    void (*say)(void *context, const char *line), void *context);
/* The rows themselves, for the manual page. */
const struct hf_option_row *hf_config_rows(size_t *count);
/* The effective configuration as YAML, with a comment per option, to `out` (a FILE *). */
void hf_config_show(const struct hf_config *c, void *out);

#endif
