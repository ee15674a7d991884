/*
 * A MEF, a MAF and their peers with simulated time and wire. What a peer sends is put together
 * here, what it gets is in the world until the next request.
 */
#ifndef HF_TESTS_SCENARIO_TRUST_WORLD_H
#define HF_TESTS_SCENARIO_TRUST_WORLD_H

#include "role/maf/maf.h"
#include "role/mef/mef.h"
#include "store/memory/memory_store.h"
#include "support/fake_channel.h"
#include "support/fake_clock.h"
#include "support/fake_random.h"
#include "support/fake_remote.h"

#define MEF_FQDN  "mef.example.com"
#define MAF_FQDN  "maf.example.com"
#define PROVIDER  "sp.example.com"
#define CSE1      "//sp.example.com/CSE1"
#define APP1      "//sp.example.com/CSE1/Capp"
#define CSE2      "//sp.example.com/CSE2"
#define IN_CSE    "//sp.example.com/in-cse"
#define KPM_ID1   "n1@mef.example.com"
#define KPM_ID2   "n2@mef.example.com"
#define START_S   UINT64_C(1800000000)
#define ENROLMENT 86400u
#define HOUR      3600u

struct world {
    struct fake_clock clock;
    struct fake_random random;
    struct fake_remote remote;
    struct hf_memory_store *store;
    struct hf_store behind; /* the memory store's handle */
    struct hf_store handle; /* what the functions get: the same, counted */
    unsigned finds, commits;
    struct hf_mef_config mef_config;
    struct hf_maf_config maf_config;
    struct hf_mef *mef;
    struct hf_maf *maf;
    struct hf_service mef_service, maf_service;
    struct hf_arena life; /* of peers, and of what tests keep */
    /* The last exchange. */
    struct hf_arena arena;
    struct hf_request request;
    struct hf_exchange exchange;
    struct hf_response answer;
    unsigned answers; /* how often `done` was called */
    uint8_t channels; /* made so far */
};

/* Two nodes with pre-shared keys at the MEF; the clock at START_S. */
void world_init(struct world *w);
void world_done(struct world *w);
/* Only what needs no memory; the rest may fail. */
hf_status world_open(struct world *w);

/* A handshake. On failure the status tells, and the channel is unusable. */
hf_status world_connect(struct world *w, const struct hf_service *s, const char *identity,
                        struct fake_channel *out);
hf_status world_present(struct world *w, const struct hf_service *s, enum hf_credential_type type,
                        const char *value, struct fake_channel *out);

/* Serves world.request as it stands; the answer's code, or 0 while there is none. */
unsigned world_serve(struct world *w, const struct hf_service *s, struct fake_channel *c);
/* Clears world.request for another. */
struct hf_request *world_request(struct world *w, enum hf_operation op, const char *to,
                                 const char *from);

unsigned world_register_client(struct world *w, const struct hf_service *s, struct fake_channel *c,
                               const char *from, uint64_t et);
unsigned world_register_key(struct world *w, const struct hf_service *s, struct fake_channel *c,
                            const char *from, unsigned suid, const char *target, uint64_t et);
/* Retrieve, or delete. `id` is copied. */
unsigned world_touch(struct world *w, const struct hf_service *s, struct fake_channel *c,
                     enum hf_operation op, struct hf_bytes id, const char *from);
/* Update of the end. */
unsigned world_extend(struct world *w, const struct hf_service *s, struct fake_channel *c,
                      struct hf_bytes id, unsigned type, const char *from, uint64_t et);

/* A copy that lives as long as the world. */
struct hf_bytes world_keep(struct world *w, struct hf_bytes b);
/* One change of the operator's. */
hf_status world_commit(struct world *w, const struct hf_change *changes, size_t count);
bool world_has_audit(const struct world *w, const char *part);
size_t world_count_audit(const struct world *w, const char *part);
/* What the store has now. */
struct hf_lookup world_find(struct world *w, enum hf_lookup_kind kind, const char *authority,
                            struct hf_bytes id);

#endif
