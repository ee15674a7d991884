/* The records that a procedure names, by way of the store. */
#ifndef HF_ROLE_TEF_LOAD_H
#define HF_ROLE_TEF_LOAD_H

#include "role/tef/exchange.h"

/*
 * Starts one look-up, after which `then` goes on; false: there is nothing to ask.
 */
bool hf_tef_load(struct hf_tef_exchange *e, enum hf_tef_load load,
                 void (*then)(struct hf_tef_exchange *e));

#endif
