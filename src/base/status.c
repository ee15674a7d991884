#include "base/status.h"

static const struct {
    const char *name, *sentence;
} statuses[] = {
#define HF_STATUS_ROW(name, sentence) {"HF_" #name, sentence},
    HF_STATUS_LIST(HF_STATUS_ROW)
#undef HF_STATUS_ROW
};

const char *hf_status_name(hf_status st)
{
    return (unsigned)st < HF_STATUS_COUNT ? statuses[st].name : "HF_ERR_BUG";
}

const char *hf_status_sentence(hf_status st)
{
    return (unsigned)st < HF_STATUS_COUNT ? statuses[st].sentence : "our own mistake";
}
