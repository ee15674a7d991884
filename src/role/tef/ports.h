/*
 * The world that a trust enabling function asks, handed to it once. One function serves one worker,
 * as its store handle does; everything here outlives it.
 */
#ifndef HF_ROLE_TEF_PORTS_H
#define HF_ROLE_TEF_PORTS_H

#include "port/clock.h"
#include "port/random.h"
#include "port/remote.h"
#include "port/store.h"

struct hf_tef_ports {
    struct hf_clock clock;
    struct hf_random random;
    struct hf_store store;
    struct hf_remote remote; /* both functions NULL: this function asks nobody */
};

#endif
