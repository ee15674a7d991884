/*
 * The gateway: Entity B in front of a CSE (TS-0003, 8.2.2.3: MAF-based association).
 * It takes the Key Identifier as psk_identity, has Kc fetched from the MAF that the identifier
 * names (a configured one only), and knows from the MAF's answer who Entity A is. Identity comes
 * from there and from nowhere else (invariant G2). An object belongs to one worker.
 */
#ifndef HF_ROLE_GATEWAY_GATEWAY_H
#define HF_ROLE_GATEWAY_GATEWAY_H

#include "port/clock.h"
#include "port/random.h"
#include "port/remote.h"
#include "port/service.h"

enum {
    HF_GATEWAY_CACHE_MAX_S = 300,  /* design page, rulings: never past expiry either */
    HF_GATEWAY_CACHE_KEYS = 10000, /* threat row GW-6 */
    HF_GATEWAY_NEGATIVE_S = 30,    /* threat row GW-4 */
};

struct hf_gateway;

/* Texts are kept. */
struct hf_gateway_config {
    struct hf_bytes cse;      /* absolute CSE-ID it stands for */
    struct hf_bytes maf_fqdn; /* the one MAF whose keys it takes */
    uint32_t cache_s;         /* at most HF_GATEWAY_CACHE_MAX_S */
    bool require_pfs;
};

HF_CHECKED hf_status hf_gateway_new(const struct hf_gateway_config *c, const struct hf_clock *clock,
                                    const struct hf_random *random, const struct hf_remote *remote,
                                    struct hf_gateway **out);
void hf_gateway_free(struct hf_gateway *g); /* accepts NULL; wipes the cached keys */
/* resolve_psk only; a gateway serves no primitives of its own and takes no certificates yet. */
struct hf_service hf_gateway_service(struct hf_gateway *g);

/*
 * What a request may claim (TS-0003, 7.2.1; threat row GW-1). `claimed` is X-M2M-Origin as sent,
 * empty when absent. HF_OK: *origin is what the CSE is told. HF_ERR_DENIED: somebody else's
 * identity, 4106.
 */
HF_CHECKED hf_status hf_gateway_judge_origin(const struct hf_peer *peer, struct hf_bytes claimed,
                                             struct hf_bytes *origin);

#endif
