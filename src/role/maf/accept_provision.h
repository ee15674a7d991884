/* [P] A MEF pushes Km (founding text: "the MSBF provisions the MAS"): create of type 7. */
#ifndef HF_ROLE_MAF_ACCEPT_PROVISION_H
#define HF_ROLE_MAF_ACCEPT_PROVISION_H

#include "role/tef/exchange.h"

extern const struct hf_tef_procedure hf_maf_accept_provision;

#endif
