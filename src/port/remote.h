/*
 * Other trust enabling functions, as a role asks them. Answers come through `done`, on the same
 * worker, after a deadline at the latest (5 s).
 */
#ifndef HF_PORT_REMOTE_H
#define HF_PORT_REMOTE_H

#include "base/arena.h"
#include "core/record/record.h"

/*
 * Key Retrieval (TS-0003, 8.3.5.2.8 and 8.8.2.8) at a configured MEF or MAF.
 * st: HF_OK; HF_ERR_UNKNOWN it does not know the key, or does not give it to us; HF_ERR_DENIED the
 * FQDN is not configured (nothing was contacted: threat row GW-5); HF_ERR_UNREACHABLE.
 */
struct hf_key_fetch {
    struct hf_bytes fqdn, relative_id;
    struct hf_arena *arena;
    void (*done)(struct hf_key_fetch *f);
    void *context;
    hf_status st;
    struct hf_key_record key; /* source, admin_fqdn, suid, expires_s, labels, key */
    struct hf_bytes node_id;  /* [P] where the server tells it; else empty */
    struct hf_list entities;  /* [P] all IDs of the Source's node; else just `source` */
    bool has_cse;
    struct hf_key_fetch *next; /* the implementation's */
};

/* Push of Km from a MEF to a MAF (the founding text: "the MSBF provisions the MAS"). [P] */
struct hf_key_push {
    struct hf_bytes fqdn;            /* of the MAF */
    struct hf_bytes key_id;          /* KeID */
    const struct hf_key_record *key; /* key.key is what the MAF would have retrieved */
    struct hf_bytes node_id;
    struct hf_list entities;
    bool has_cse;
    void (*done)(struct hf_key_push *p);
    void *context;
    hf_status st;
    struct hf_key_push *next;
};

struct hf_remote {
    void *self;
    void (*fetch_key)(void *self, struct hf_key_fetch *f);
    void (*push_key)(void *self, struct hf_key_push *p);
};

#endif
