/* What only the outside can supply: random identifiers, and the key of the channel. */
#ifndef HF_ROLE_TEF_DRAW_H
#define HF_ROLE_TEF_DRAW_H

#include "role/tef/exchange.h"

/* Draws what the authorised procedure needs; false: it could not be had, which was answered. */
bool hf_tef_draw(struct hf_tef_exchange *e);

#endif
