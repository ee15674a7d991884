/*
 * For which identity does this request speak? (TS-0003, 8.3.5.1 and 8.8.1; threat row KM-1.)
 * The credential proves a node; From only selects among what was proven.
 */
#ifndef HF_CORE_POLICY_CLIENT_H
#define HF_CORE_POLICY_CLIENT_H

#include "core/record/record.h"

/*
 * The entity that `from` names, one of `entities`, borrowed. An empty `from` is the only entity, or
 * the CSE (`has_cse`, the first of them). `bound` is what the channel spoke for before; empty: for
 * nobody yet.
 * HF_ERR_DENIED: the peer has not proven that identity, or the channel speaks for another one.
 */
HF_CHECKED hf_status hf_policy_client(struct hf_list entities, bool has_cse, struct hf_bytes bound,
                                      struct hf_bytes from, struct hf_bytes *out);

#endif
