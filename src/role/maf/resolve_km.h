/*
 * psk_identity to Km (TS-0003, 8.8.2.2 and 8.8.2.3): a KmID of this MAF, or a KeID of its MEF,
 * which is pulled where nobody here knows it. No other name is ever contacted (threat row GW-5).
 */
#ifndef HF_ROLE_MAF_RESOLVE_KM_H
#define HF_ROLE_MAF_RESOLVE_KM_H

#include "port/service.h"

/* hf_service.resolve_psk; `tef` is the MAF's struct hf_tef. */
void hf_maf_resolve_km(void *tef, struct hf_psk_question *q);

#endif
