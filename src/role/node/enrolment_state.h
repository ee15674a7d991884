/* One bootstrap under way: shared by enrolment.c (what happened) and enrolment_step.c (what next).
 */
#ifndef HF_ROLE_NODE_ENROLMENT_STATE_H
#define HF_ROLE_NODE_ENROLMENT_STATE_H

#include "core/enrol/enrol.h"
#include "role/node/node.h"
#include "role/node/talk.h"

struct hf_node_enrolment {
    const struct hf_node_config *config;
    const struct hf_node_ports *ports;
    struct hf_arena arena;
    struct hf_enrol machine;
    struct hf_node_outcome outcome;
    struct hf_node_talk talk;

    struct hf_node_order order;
    bool has_order;

    bool has_old;
    struct hf_enrolment old;   /* in force, or expired, or with another provider */
    struct hf_enrolment fresh; /* what this run has learnt so far */

    const char *method; /* in use */
    uint16_t port;
    bool has_seen; /* the MEF's list was asked for */
    struct hf_bytes seen[HF_NODE_METHODS_MAX], mine[HF_NODE_METHODS_MAX];
    size_t seen_count;

    struct hf_bytes client;    /* who the MEF says we are */
    struct hf_export exported; /* Ke and its identifier */
    struct hf_bytes relative;  /* hexBinary of that identifier */
    struct hf_bytes foreign;   /* the identifier that the MEF gave instead */
    struct hf_secret km;
};

/* Tells the machine, then does what it wants until it waits for the world. */
void hf_node_enrolment_tell(struct hf_node_enrolment *n, enum hf_enrol_event on);
/* Carries out the machine's want: an order, or a word with the secure environment. */
void hf_node_enrolment_step(struct hf_node_enrolment *n);
/* Reads the answer that the state waits for; the event that it is. */
enum hf_enrol_event hf_node_enrolment_read(struct hf_node_enrolment *n,
                                           const struct hf_response *r);
/* Who is spoken to in this state, and about what. */
const struct hf_node_step *hf_node_enrolment_where(const struct hf_node_enrolment *n);

#endif
