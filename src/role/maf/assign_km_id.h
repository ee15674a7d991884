/*
 * KmID (TS-0003, 8.8.2.3 and 8.8.2.5): a client that came by KeID is given an identifier of this
 * MAF's own for the same key, random, so that its handshakes cannot be linked to the bootstrap
 * (threat row CH-7).
 */
#ifndef HF_ROLE_MAF_ASSIGN_KM_ID_H
#define HF_ROLE_MAF_ASSIGN_KM_ID_H

#include "role/tef/exchange.h"

/* hf_tef_profile.assign_key. */
hf_status hf_maf_assign_km_id(struct hf_tef_exchange *e, struct hf_registration_record *r);

#endif
