/* How an exchange ends. Each of these answers once; the exchange may be gone afterwards. */
#ifndef HF_ROLE_TEF_ANSWER_H
#define HF_ROLE_TEF_ANSWER_H

#include "role/tef/exchange.h"

/* With the response as it stands. */
void hf_tef_answer(struct hf_tef_exchange *e);
/*
 * With nothing but the code; the reason and clause stay here. A claim on another identity (4106)
 * and a lack of privilege (4103) are audited first.
 */
void hf_tef_refuse(struct hf_tef_exchange *e, enum hf_rsc rsc, const char *reason,
                   const char *clause);
/* 5000: the store or something else of ours failed. */
void hf_tef_fail(struct hf_tef_exchange *e, hf_status st);

#endif
