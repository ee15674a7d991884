/*
 * psk_identity to Kpm (TS-0003, 8.3.5.2.2): KpmID is one of ours, the key is for a MEF, its node is
 * live. Whatever else, the peer gets a decoy (threat row PSK-1).
 */
#ifndef HF_ROLE_MEF_RESOLVE_KPM_H
#define HF_ROLE_MEF_RESOLVE_KPM_H

#include "port/service.h"

/* hf_service.resolve_psk; `tef` is the MEF's struct hf_tef. */
void hf_mef_resolve_kpm(void *tef, struct hf_psk_question *q);

#endif
