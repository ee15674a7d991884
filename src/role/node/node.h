/*
 * The device side: bootstrapping (TS-0003, 8.3.5.2 and 8.8.2.3) and security associations (8.8.2.7)
 * over ports. core/enrol and core/associate say what comes next; here wants become requests, and
 * answers become events.
 *
 * Everything handed over is borrowed and outlives the task.
 */
#ifndef HF_ROLE_NODE_NODE_H
#define HF_ROLE_NODE_NODE_H

#include "role/node/task.h"

/* Entries of the secure environment. */
#define HF_NODE_KM           "Km"
#define HF_NODE_KM_CANDIDATE "Km candidate"

/* Canonical identifiers. */
struct hf_node_config {
    struct hf_bytes provider; /* FQDN: the administrating stakeholder */
    struct hf_bytes mef_fqdn, mef_address;
    uint16_t certificate_port, psk_port;      /* 0: not known, the MEF's list tells */
    const char *methods[HF_NODE_METHODS_MAX]; /* what the node can do, best first */
    size_t method_count;
    struct hf_bytes psk_identity; /* KpmID */
    const struct hf_secret *psk;  /* Kpm; NULL: none */
    struct hf_bytes entity;       /* absolute ID to register as; empty: the MEF knows */
    uint32_t lifetime_s;          /* asked for; the MEF may grant less */
    bool legacy_labels;           /* Km by 10.3.2, where the MEF does so as well */
};

struct hf_node_enrolment;

/* HF_ERR_SYSTEM: out of memory. */
HF_CHECKED hf_status hf_node_enrolment_new(const struct hf_node_config *config,
                                           const struct hf_node_ports *ports,
                                           struct hf_node_enrolment **out);
void hf_node_enrolment_free(struct hf_node_enrolment *n); /* accepts NULL; wipes */
/* `anew`: even where the enrolment is in force. The task may be done when this returns. */
void hf_node_enrolment_begin(struct hf_node_enrolment *n, bool anew);
struct hf_node_task hf_node_enrolment_task(struct hf_node_enrolment *n);
/* What is in force now; NULL: nothing. */
const struct hf_enrolment *hf_node_enrolment_result(const struct hf_node_enrolment *n);

/* Canonical, absolute. */
struct hf_node_association_config {
    struct hf_bytes ae;     /* one of the node's own entities */
    struct hf_bytes target; /* a CSE (or AE) */
    uint32_t lifetime_s;    /* asked for; the MAF may grant less */
};

struct hf_node_association;

HF_CHECKED hf_status hf_node_association_new(const struct hf_node_association_config *config,
                                             const struct hf_node_ports *ports,
                                             struct hf_node_association **out);
void hf_node_association_free(struct hf_node_association *n); /* accepts NULL; wipes */
void hf_node_association_begin(struct hf_node_association *n);
struct hf_node_task hf_node_association_task(struct hf_node_association *n);
/* The four outputs, once associated; NULL before. */
const struct hf_association *hf_node_association_result(const struct hf_node_association *n);

/*
 * What the secure environment holds. `key` may be NULL: facts only. HF_ERR_UNKNOWN: none.
 * Texts are in `a`.
 */
HF_CHECKED hf_status hf_node_load_enrolment(const struct hf_node_ports *ports, const char *name,
                                            struct hf_arena *a, struct hf_enrolment *out,
                                            struct hf_secret *key);
HF_CHECKED hf_status hf_node_load_association(const struct hf_node_ports *ports, struct hf_bytes ae,
                                              struct hf_bytes target, struct hf_arena *a,
                                              struct hf_association *out, struct hf_secret *key);
HF_CHECKED hf_status hf_node_save_enrolment(const struct hf_node_ports *ports, const char *name,
                                            const struct hf_enrolment *e,
                                            const struct hf_secret *key);
HF_CHECKED hf_status hf_node_save_association(const struct hf_node_ports *ports,
                                              const struct hf_association *c, struct hf_arena *a,
                                              const struct hf_secret *key);

#endif
