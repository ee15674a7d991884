/*
 * Requests and responses of Mmef and Mmaf as values (TS-0003 8.3.5.2 and 8.8.2; digest 7.1, 7.7).
 * A binding makes them from octets and turns them into octets; a role judges them.
 */
#ifndef HF_CORE_PRIMITIVE_PRIMITIVE_H
#define HF_CORE_PRIMITIVE_PRIMITIVE_H

#include "core/record/record.h"

enum hf_operation {
    HF_CREATE = 1,
    HF_RETRIEVE = 2,
    HF_UPDATE = 3,
    HF_DELETE = 4,
    HF_NOTIFY = 5,
};

/* [P] numbers of digest 7.7; HF_TYPE_PROVISION is ours alone (push of Km from a MEF to a MAF). */
enum hf_resource_type {
    HF_TYPE_NONE = 0,
    HF_TYPE_MAF_BASE = 1,
    HF_TYPE_MEF_BASE = 2,
    HF_TYPE_MAF_CLIENT_REG = 3,
    HF_TYPE_MEF_CLIENT_REG = 4,
    HF_TYPE_SYMM_KEY_REG = 5,
    HF_TYPE_MEF_CLIENT_CMD = 6,
    HF_TYPE_PROVISION = 7,
};

/* Attributes; each is a bit of `hf_content.has`. Names, types and rules: codec/attributes.c. */
enum hf_attribute {
    HF_A_TY,   /* resourceType */
    HF_A_RI,   /* resourceID */
    HF_A_RN,   /* resourceName */
    HF_A_PI,   /* parentID */
    HF_A_CT,   /* creationTime */
    HF_A_LT,   /* lastModifiedTime */
    HF_A_ET,   /* expirationTime */
    HF_A_LBL,  /* labels */
    HF_A_ADFQ, /* adminFQDN */
    HF_A_CR,   /* creator: the (MAF/MEF) Client ID */
    HF_A_CCFG, /* mafClientCfg / mefClientCfg: JSON text */
    HF_A_ASKI, /* assignedSymmKeyID: KmID */
    HF_A_SUID,
    HF_A_TGIS, /* targetIDs */
    HF_A_KV,   /* keyValue */
    HF_A_RKID, /* RelativeKeyID */
    HF_A_FQ,   /* fqdn of the base */
    HF_A_SRT,  /* supportedResourceType */
    HF_A_NMTH, /* [P] bootstrap methods the node can do, best first: "certificate", "psk" */
    HF_A_SMTH, /* [P] methods the node saw in the MEF's list, in its order; absent: it did not ask
                */
    HF_A_NCAP, /* [P] what the Enrolee can do: "certificateEnrolment", "mafEnrolment",
                  "remoteManagement" */
    HF_A_NID,  /* [P] Node-ID of the Source, told to a MAF */
    HF_A_EIDS, /* [P] entity IDs of the Source's node, told to a MAF; its CSE-ID first */
    HF_A_HCSE, /* [P] whether the first of them is a CSE-ID */
    HF_A_KID,  /* [P] key identifier being pushed (KeID) */
    HF_A_COUNT
};

struct hf_content {
    enum hf_resource_type type;
    uint32_t has;  /* 1u << attribute: present with a value */
    uint32_t null; /* 1u << attribute: present as null (allowed for cr, and to delete lbl) */
    uint64_t ct, lt, et;
    unsigned ty, suid;
    bool hcse;
    struct hf_bytes ri, rn, pi, adfq, cr, ccfg, aski, rkid, fq, nid, kid;
    struct hf_list lbl, tgis, nmth, smth, ncap, eids, srt;
    struct hf_secret kv;
};

static inline bool hf_content_has(const struct hf_content *c, enum hf_attribute a)
{
    return (c->has >> a & 1) != 0;
}

/* Everything is borrowed from the arena that the request was read into. */
struct hf_request {
    enum hf_operation operation;
    struct hf_bytes to;         /* CSE-relative: "-", an ri, "<ri>/cmd"; base names folded to "-" */
    struct hf_bytes to_fqdn;    /* of an absolute To; else empty. Must be our authority */
    struct hf_bytes from;       /* as sent; may be empty */
    struct hf_bytes request_id; /* echoed */
    struct hf_bytes release;    /* rvi: "2", "2a", "3"; empty is 1 */
    unsigned type;              /* ty of a create; 0 otherwise */
    bool wants_configuration;   /* ?atrl=ccfg */
    bool has_content;
    uint64_t expires_s; /* Request Expiration Timestamp; HF_NEVER */
    struct hf_content content;
    hf_status content_st;      /* HF_OK, or why the body could not be read */
    const char *content_fault; /* a fixed sentence for the operator, NULL if none */
};

/* Response status codes (TS-0004, 6.6.3; digest 7.4, 8). */
enum hf_rsc {
    HF_RSC_OK = 2000,
    HF_RSC_CREATED = 2001,
    HF_RSC_DELETED = 2002,
    HF_RSC_UPDATED = 2004,
    HF_RSC_BAD_REQUEST = 4000,
    HF_RSC_RELEASE_VERSION_NOT_SUPPORTED = 4001,
    HF_RSC_NOT_FOUND = 4004,
    HF_RSC_OPERATION_NOT_ALLOWED = 4005,
    HF_RSC_REQUEST_TIMEOUT = 4008,
    HF_RSC_UNSUPPORTED_MEDIA_TYPE = 4015,
    HF_RSC_CONTENTS_UNACCEPTABLE = 4102,
    HF_RSC_NO_PRIVILEGE = 4103,
    HF_RSC_CONFLICT = 4105,
    HF_RSC_ORIGINATOR_NOT_AUTHENTICATED = 4106,
    HF_RSC_SECURITY_ASSOCIATION_REQUIRED = 4107,
    HF_RSC_INVALID_CHILD_RESOURCE_TYPE = 4108,
    HF_RSC_ALREADY_REGISTERED = 4117,
    HF_RSC_INTERNAL_ERROR = 5000,
    HF_RSC_NOT_IMPLEMENTED = 5001,
    HF_RSC_TARGET_NOT_REACHABLE = 5103,
    HF_RSC_NOT_ACCEPTABLE = 5207,
};

struct hf_response {
    enum hf_rsc rsc;
    struct hf_bytes request_id;
    struct hf_bytes location; /* of a created resource, CSE-relative without slash; else empty */
    bool has_content;
    struct hf_content content;
    bool close;             /* the connection ends after this answer */
    uint32_t retry_after_s; /* 0 none */
    /* For the audit and the operator, never sent: */
    const char *reason; /* a fixed sentence */
    const char *clause;
};

#endif
