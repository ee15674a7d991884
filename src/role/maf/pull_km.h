/*
 * Pull of Km (TS-0003, 8.8.2.3 with 8.3.5.2.8): Key Retrieval at the configured MEF for a KeID that
 * nobody here knows. One pull serves all who wait for the same KeID; what the MEF would not give is
 * not asked again for 30 s.
 */
#ifndef HF_ROLE_MAF_PULL_KM_H
#define HF_ROLE_MAF_PULL_KM_H

#include "port/service.h"

struct hf_maf;

/* One who waits; in the question's arena. */
struct hf_km_wait {
    struct hf_psk_question *q;
    struct hf_bytes credential_id; /* "11-KeID" */
    struct hf_key_id ke_id;
    /* The credential is on record now, or `st` says why not. */
    void (*done)(struct hf_km_wait *w, hf_status st, const char *reason);
    struct hf_km_wait *next;
};

void hf_maf_pull_km(struct hf_maf *m, struct hf_km_wait *w);
/* Those that the remote port will never answer. */
void hf_maf_forget_pulls(struct hf_maf *m);

#endif
