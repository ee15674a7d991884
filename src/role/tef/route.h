/* From a request to its procedure. */
#ifndef HF_ROLE_TEF_ROUTE_H
#define HF_ROLE_TEF_ROUTE_H

#include "role/tef/exchange.h"

/* Who speaks, in time, and to us? false: it was refused and answered. */
bool hf_tef_admit(struct hf_tef_exchange *e);
/* Finds what the request names and how it is served, and goes on with `then`; or refuses. */
void hf_tef_route(struct hf_tef_exchange *e, void (*then)(struct hf_tef_exchange *e));

#endif
