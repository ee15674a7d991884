/*
 * Did the node and we see the same list of bootstrap methods? (Design page, section 2, negotiation;
 * threat row CH-11.)  The list travels where anybody may change it, so the node repeats, inside the
 * authenticated exchange, what it saw and what it can do.
 */
#ifndef HF_ROLE_MEF_METHOD_LIST_H
#define HF_ROLE_MEF_METHOD_LIST_H

#include "core/policy/authorise.h"
#include "port/channel.h"
#include "role/mef/mef.h"

/* Pure. A refusal closes the channel. */
struct hf_policy_answer hf_method_list_judge(const struct hf_mef_method *offered, size_t count,
                                             enum hf_proof used, const struct hf_content *content);

#endif
