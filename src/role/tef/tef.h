/*
 * Trust Enabling Function: the generic word for MEF or MAF (TS-0003, 8.6.1.1). What both share is
 * one engine (exchange.c) over one table of procedures (procedures.c); what differs is a profile.
 */
#ifndef HF_ROLE_TEF_TEF_H
#define HF_ROLE_TEF_TEF_H

#include "core/policy/authorise.h"
#include "port/service.h"
#include "role/tef/ports.h"

struct hf_tef_exchange;

/* What an exchange acts upon; the client registration's type number differs between MEF and MAF. */
enum hf_tef_object {
    HF_TEF_BASE,
    HF_TEF_CLIENT,
    HF_TEF_CONFIGURATION, /* of a client registration */
    HF_TEF_KEY,
    HF_TEF_PROVISION,
};

/* Records that a procedure has loaded before it is judged, in this order; bits of `loads`. */
enum hf_tef_load {
    HF_TEF_LOAD_KEY,                    /* named by the target */
    HF_TEF_LOAD_REGISTRATION,           /* named by the target */
    HF_TEF_LOAD_REGISTRATION_OF_CLIENT, /* with the stakeholder that the content names */
    HF_TEF_LOAD_REGISTRATION_OF_KEY,
    HF_TEF_LOAD_CREDENTIAL_OF_PEER,
    HF_TEF_LOAD_ASSIGNED_CREDENTIAL, /* the KmID that the registration tells */
    HF_TEF_LOAD_NODE_OF_KEY,
    HF_TEF_LOAD_PUSHED_CREDENTIAL, /* the one that a MEF's push would make; in the same place */
    HF_TEF_LOAD_PUSHED_NODE,
    HF_TEF_LOAD_COUNT
};

enum { HF_TEF_CHANGES_MAX = 2 };

/* What the outside must supply once the act is authorised, and before it is decided. */
enum hf_tef_draw {
    HF_TEF_DRAW_NOTHING,
    HF_TEF_DRAW_IDENTIFIERS,
    HF_TEF_DRAW_KEY, /* from the exporter, or an identifier for the Key Value */
};

struct hf_tef_procedure {
    enum hf_operation operation;
    enum hf_tef_object on;
    enum hf_act act;
    unsigned loads; /* 1u << enum hf_tef_load */
    enum hf_tef_draw draws;
    /*
     * Pure: from what the exchange has loaded and drawn, to a response and a set of changes.
     * A failure is answered with 5000.
     */
    hf_status (*decide)(struct hf_tef_exchange *e);
    const char *audit; /* the act's word in the audit trail; NULL: it changes nothing */
    const char *clause;
};

/* The differences between MEF and MAF. Functions may be NULL where a line says so. */
struct hf_tef_profile {
    enum hf_resource_type base_type, client_type;
    const char *label;                        /* of the exporter */
    const struct hf_tef_procedure *procedure; /* one of its own, or NULL */
    /* Work to do first; true: it will go on with hf_tef_resume. NULL. */
    bool (*prepare)(struct hf_tef_exchange *e);
    /* May refuse a client registration on its own grounds. NULL. */
    struct hf_policy_answer (*judge_registration)(const struct hf_tef_exchange *e);
    /* Adds to a client registration or its update: the change, and what the answer says. NULL. */
    hf_status (*assign_key)(struct hf_tef_exchange *e, struct hf_registration_record *r);
    /* Adds to a key registration. NULL. */
    hf_status (*note_key)(struct hf_tef_exchange *e, const struct hf_key_record *k);
    /* Fills in what the proven target of `e->key` gets. */
    hf_status (*issue_key)(struct hf_tef_exchange *e, struct hf_content *out);
    /* HF_ERR_UNKNOWN: none is lodged. NULL: never any. */
    hf_status (*configuration)(struct hf_tef_exchange *e, struct hf_bytes *out);
    /* After the commit, before the answer. NULL. */
    void (*committed)(struct hf_tef_exchange *e);
};

struct hf_tef {
    const struct hf_tef_profile *profile;
    struct hf_policy policy;
    struct hf_tef_ports ports;
    void *role; /* struct hf_mef or struct hf_maf */
};

/* hf_service.serve of both; `tef` is a struct hf_tef. */
void hf_tef_serve(void *tef, struct hf_exchange *x);

#endif
