/*
 * A node and its provider: the node's tasks against the real MEF and MAF, with a list for a wire
 * and an integer for a clock. A handshake succeeds when both ends hold the same key.
 */
#ifndef HF_TESTS_SCENARIO_NODE_PROVIDER_H
#define HF_TESTS_SCENARIO_NODE_PROVIDER_H

#include "role/node/node.h"
#include "scenario/trust/world.h"
#include "support/fake_secure_environment.h"

enum { FOREVER = 1000 };

struct provider {
    struct world world;
    struct fake_secure_environment se;
    struct hf_node_ports ports;
    struct hf_node_config config;
    struct hf_secret kpm;
    struct fake_channel channel;
    struct hf_channel node_channel; /* the node's end of it */
    const struct hf_service *service;
    struct hf_arena arena; /* facts read back */

    /* What goes wrong, if anything. */
    bool maf_is_down, garble_identifier, is_silent;
    struct hf_node_offer offers[2];
    size_t offer_count;
    unsigned orders;  /* carried out so far */
    unsigned asked;   /* lists of methods given */
    unsigned deleted; /* withdrawals that the MEF saw */
};

void provider_init(struct provider *p);
void provider_done(struct provider *p);
/* Carries out at most `orders` orders; true: the task is over. */
bool provider_run(struct provider *p, const struct hf_node_task *t, unsigned orders);
/* A whole bootstrap; its outcome. */
struct hf_node_outcome provider_bootstrap(struct provider *p, bool anew);
/* A whole association; its outcome, and the result where there is one. */
struct hf_node_outcome provider_associate(struct provider *p, const char *ae, const char *target,
                                          struct hf_association *out);
/* The key in force, read back: HF_OK when the MAF accepts it. */
hf_status provider_prove_km(struct provider *p);

#endif
