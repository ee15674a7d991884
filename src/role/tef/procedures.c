#include "role/tef/procedures.h"

static const struct hf_tef_procedure *const procedures[] = {
    &hf_tef_base_retrieval,       &hf_tef_client_registration, &hf_tef_client_retrieval,
    &hf_tef_client_configuration, &hf_tef_client_update,       &hf_tef_client_deregistration,
    &hf_tef_key_registration,     &hf_tef_key_retrieval,       &hf_tef_key_update,
    &hf_tef_key_deregistration,
};

static bool is_for(const struct hf_tef_procedure *p, enum hf_operation op, enum hf_tef_object on)
{
    return p->operation == op && p->on == on;
}

const struct hf_tef_procedure *hf_tef_procedure(const struct hf_tef *tef, enum hf_operation op,
                                                enum hf_tef_object on)
{
    for (size_t i = 0; i < HF_COUNT(procedures); i++)
        if (is_for(procedures[i], op, on))
            return procedures[i];
    if (tef->profile->procedure != NULL && is_for(tef->profile->procedure, op, on))
        return tef->profile->procedure;
    return NULL;
}
