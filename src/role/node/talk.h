/* What the node's two tasks share: requests as the node writes them, and answers as it reads them.
 */
#ifndef HF_ROLE_NODE_TALK_H
#define HF_ROLE_NODE_TALK_H

#include "role/node/task.h"

enum { HF_NODE_REQUEST_ID_MAX = 24 };

/* A request under way; the task's memory. */
struct hf_node_talk {
    struct hf_request request;
    uint8_t id_room[HF_NODE_REQUEST_ID_MAX];
    uint64_t id; /* rises with each request */
    struct hf_bytes targets[1];
};

struct hf_node_registration {
    enum hf_resource_type type; /* of the client registration */
    struct hf_bytes from, admin_fqdn;
    uint64_t expires_s; /* asked for */
};

/* MEF or MAF Client Registration; the caller may add to the content. */
void hf_node_ask_registration(struct hf_node_talk *t, const struct hf_node_registration *r);
/* Its update: another end. */
void hf_node_ask_renewal(struct hf_node_talk *t, const struct hf_node_registration *r,
                         struct hf_bytes ri);
void hf_node_ask_configuration(struct hf_node_talk *t, struct hf_bytes from, struct hf_bytes ri);
/* Key Registration without a Key Value: the key is exported. */
void hf_node_ask_key(struct hf_node_talk *t, const struct hf_node_registration *r, unsigned suid,
                     struct hf_bytes target);
void hf_node_ask_withdrawal(struct hf_node_talk *t, struct hf_bytes from, struct hf_bytes ri);

/* Who refuses, in which step, and what that is about: for the sentence. */
struct hf_node_step {
    const char *who;  /* "The MEF" */
    const char *what; /* "the client registration"; NULL: nothing in particular */
    const char *clause;
};

/* A failure in words. */
void hf_node_fail(struct hf_node_outcome *o, const struct hf_node_step *s, hf_status st,
                  const char *why, const char *what_to_do);
/* The same for an answer: status, sentence and advice come from one table of response codes. */
void hf_node_fail_with(struct hf_node_outcome *o, const struct hf_node_step *s, enum hf_rsc rsc);

/* The resource that an answer is about: its location, else the `ri` in it. */
struct hf_bytes hf_node_resource(const struct hf_response *r);
/*
 * Is this the key registration that was asked for? HF_ERR_MALFORMED: an attribute is missing or
 * another; HF_ERR_CRYPTO: the key identifier is not `relative`, so the key is not ours.
 */
HF_CHECKED hf_status hf_node_check_key(const struct hf_response *r, const struct hf_request *asked,
                                       struct hf_bytes relative);

#endif
