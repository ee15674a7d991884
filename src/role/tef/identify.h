/*
 * Who is the holder of a verified certificate, here? (TS-0003, 8.1.2.2 to 8.1.2.5.)
 * A device, Node-ID and, at a MEF, every node's certificate must be on record. A MAF takes a CSE-ID
 * or AE-ID from the certificate itself, unless a record says that it has ended. A function is one
 * of those configured.
 */
#ifndef HF_ROLE_TEF_IDENTIFY_H
#define HF_ROLE_TEF_IDENTIFY_H

#include "role/tef/tef.h"

/* hf_service.identify of both; `tef` is a struct hf_tef. */
void hf_tef_identify(void *tef, struct hf_identify_question *q);

#endif
