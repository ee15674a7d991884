/*
 * Push of Km to the MAF (founding text: "the MSBF provisions the MAS"). It starts after the
 * registration is durable and holds up no answer: where it fails, the MAF pulls (8.8.2.3).
 */
#ifndef HF_ROLE_MEF_PROVISION_MAF_H
#define HF_ROLE_MEF_PROVISION_MAF_H

#include "role/tef/exchange.h"

struct hf_mef;

/* hf_tef_profile.committed. */
void hf_mef_provision_maf(struct hf_tef_exchange *e);
/* Those that the remote port will never answer. */
void hf_mef_forget_provisions(struct hf_mef *m);

#endif
