/*
 * A KeID ends when the KmID that replaces it has proved to work: a handshake with it, and then a
 * request (threat rows KM-16 and CH-7). Until then both open the door, so that a lost answer locks
 * nobody out.
 */
#ifndef HF_ROLE_MAF_RETIRE_KEY_ID_H
#define HF_ROLE_MAF_RETIRE_KEY_ID_H

#include "role/tef/exchange.h"

/* hf_tef_profile.prepare. */
bool hf_maf_retire_key_id(struct hf_tef_exchange *e);

#endif
