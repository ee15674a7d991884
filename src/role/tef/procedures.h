/*
 * The procedures that MEF and MAF share: one file each, with its row and its decision. A pair of
 * operation and object that has no row is refused.
 */
#ifndef HF_ROLE_TEF_PROCEDURES_H
#define HF_ROLE_TEF_PROCEDURES_H

#include "role/tef/exchange.h"

/* NULL: nobody may do that to such an object here. */
const struct hf_tef_procedure *hf_tef_procedure(const struct hf_tef *tef, enum hf_operation op,
                                                enum hf_tef_object on);

extern const struct hf_tef_procedure hf_tef_base_retrieval;
extern const struct hf_tef_procedure hf_tef_client_registration;
extern const struct hf_tef_procedure hf_tef_client_retrieval;
extern const struct hf_tef_procedure hf_tef_client_configuration;
extern const struct hf_tef_procedure hf_tef_client_update;
extern const struct hf_tef_procedure hf_tef_client_deregistration;
extern const struct hf_tef_procedure hf_tef_key_registration;
extern const struct hf_tef_procedure hf_tef_key_retrieval;
extern const struct hf_tef_procedure hf_tef_key_update;
extern const struct hf_tef_procedure hf_tef_key_deregistration;

#endif
