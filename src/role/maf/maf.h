/*
 * The M2M Authentication Function: keeps Master Credentials, registers the keys Kc that its clients
 * export from their handshake with it, and gives them to the targets named (TS-0003, 8.8.2).
 *
 * One for each worker; not thread-safe. It may be freed when none of its questions is open and the
 * remote port has delivered or forgotten every fetch.
 */
#ifndef HF_ROLE_MAF_MAF_H
#define HF_ROLE_MAF_MAF_H

#include "port/service.h"
#include "role/tef/ports.h"

/* Everything is borrowed and outlives the function. Identifiers in canonical form. */
struct hf_maf_config {
    struct hf_bytes fqdn;
    struct hf_list admin_fqdns; /* stakeholders that it serves */
    struct hf_bytes mef;        /* FQDN where Km is pulled, and that may push; empty: none */
    uint32_t registration_lifetime_max_s, key_lifetime_max_s;
    uint32_t key_lifetime_s; /* where a request names none */
    bool require_pfs;        /* of every pre-shared key handshake */
};

struct hf_maf;

/* HF_ERR_SYSTEM: out of memory. Or what the random port answers. */
HF_CHECKED hf_status hf_maf_new(const struct hf_maf_config *config,
                                const struct hf_tef_ports *ports, struct hf_maf **out);
void hf_maf_free(struct hf_maf *m); /* accepts NULL */
/* Valid as long as the function lives. */
struct hf_service hf_maf_service(struct hf_maf *m);

#endif
