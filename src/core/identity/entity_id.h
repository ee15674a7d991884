/*
 * M2M-SP-ID, CSE-ID, AE-ID and Node-ID (TS-0001, 7.1 and 7.2; digest 2.2).
 * Text in, canonical text out: the FQDN part in lower case without a trailing dot, everything else
 * as it was. Only ASCII is accepted, so NFKC is the identity.
 */
#ifndef HF_CORE_IDENTITY_ENTITY_ID_H
#define HF_CORE_IDENTITY_ENTITY_ID_H

#include "base/arena.h"

enum { HF_ENTITY_ID_MAX = 255, HF_NODE_ID_MAX = 255 };

enum hf_entity_kind { HF_ENTITY_CSE = 1, HF_ENTITY_AE, HF_ENTITY_FUNCTION /* "//maf.example" */ };

/* Pieces borrowed from the text parsed. */
struct hf_entity_id {
    enum hf_entity_kind kind;
    struct hf_bytes sp;   /* FQDN without the slashes */
    struct hf_bytes cse;  /* CSE-ID without its slash; empty for an S-type AE and a function */
    struct hf_bytes stem; /* AE only: C... or S... */
};

/*
 * Absolute forms only: //sp/CSE, //sp/CSE/Cstem, //sp/Sstem, //function-fqdn.
 * `//sp/Sxyz` is an AE (S-stem) and never a CSE; name a CSE otherwise. "." and ".." name nothing.
 * HF_ERR_MALFORMED: anything else.
 */
HF_CHECKED hf_status hf_entity_id_parse(struct hf_bytes text, struct hf_entity_id *out);
/* The canonical text in `a`. HF_ERR_MALFORMED as above. */
HF_CHECKED hf_status hf_entity_id_canonical(struct hf_bytes text, struct hf_arena *a,
                                            struct hf_bytes *out);
/* Parses, and is already in the form that is stored and compared. */
bool hf_entity_id_is_canonical(struct hf_bytes text);
/* Same entity? Both canonical. */
bool hf_entity_id_equal(struct hf_bytes a, struct hf_bytes b);
/*
 * What a request may say for `absolute`: the absolute form, or the SP-relative form ("/CSE1",
 * "/CSE1/C9", "/S7").
 */
bool hf_entity_id_is_named_by(struct hf_bytes absolute, struct hf_bytes text);

/* 1..255 characters of printable ASCII without space (URN, OID, or a CSE-ID). */
bool hf_node_id_is_valid(struct hf_bytes text);

#endif
