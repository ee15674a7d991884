/* A refusal with its sentence for the operator. */
#ifndef HF_CORE_CERTIFICATE_REFUSE_H
#define HF_CORE_CERTIFICATE_REFUSE_H

#include "base/status.h"

/* Sets the reason and gives the status back. */
static inline hf_status hf_refuse(const char **reason, hf_status st, const char *sentence)
{
    *reason = sentence;
    return st;
}

#endif
