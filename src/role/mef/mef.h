/*
 * The M2M Enrolment Function: authenticates an Enrolee by its bootstrap credential and registers
 * the keys that the Enrolee will share with a MAF or with other entities (TS-0003, 8.3.5).
 *
 * One for each worker; not thread-safe. It may be freed when none of its questions is open and the
 * remote port has delivered or forgotten every push.
 */
#ifndef HF_ROLE_MEF_MEF_H
#define HF_ROLE_MEF_MEF_H

#include "port/service.h"
#include "role/tef/ports.h"

/* A bootstrap method and where it is offered (design page, section 2, negotiation). */
struct hf_mef_method {
    struct hf_bytes method; /* "certificate", "psk" */
    uint16_t port;
};

/* Everything is borrowed and outlives the function. Identifiers in canonical form. */
struct hf_mef_config {
    struct hf_bytes fqdn;
    struct hf_list admin_fqdns; /* stakeholders that it serves */
    struct hf_list mafs;        /* FQDNs that may be a target with SUID 21, and may retrieve */
    struct hf_bytes in_cse;     /* absolute; for the public names of targets; may be empty */
    uint32_t registration_lifetime_max_s, key_lifetime_max_s;
    uint32_t key_lifetime_s; /* where a request names none */
    bool require_pfs;        /* of every pre-shared key handshake */
    bool push_to_maf;        /* provision the MAF after each registration with SUID 21 */
    bool exported_verbatim;  /* hand out Ke itself (digest A7) */
    bool legacy_labels;      /* Km and Kpsa by 10.3.2 and 10.3.3 */
    const struct hf_mef_method *methods; /* best first, as /.well-known/handfast lists them */
    size_t method_count;
    /*
     * The client configuration of this peer, JSON text in `a` (8.3.5.2.4).
     * HF_ERR_UNKNOWN: none is lodged. NULL: never any.
     */
    hf_status (*configuration)(void *self, const struct hf_peer *peer, struct hf_arena *a,
                               struct hf_bytes *out);
    void *configuration_self;
};

struct hf_mef;

/* HF_ERR_SYSTEM: out of memory. */
HF_CHECKED hf_status hf_mef_new(const struct hf_mef_config *config,
                                const struct hf_tef_ports *ports, struct hf_mef **out);
void hf_mef_free(struct hf_mef *m); /* accepts NULL */
/* Valid as long as the function lives. */
struct hf_service hf_mef_service(struct hf_mef *m);

#endif
