/* From a proven credential to the peer that it speaks for. */
#ifndef HF_ROLE_TEF_PEER_H
#define HF_ROLE_TEF_PEER_H

#include "role/tef/tef.h"

/* May this record be used now? HF_ERR_DENIED, HF_ERR_EXPIRED; `reason` is set then. */
HF_CHECKED hf_status hf_tef_judge_credential(const struct hf_credential_record *c, uint64_t now_s,
                                             const char **reason);
/* Borrows from the record. */
struct hf_peer hf_tef_peer_of(const struct hf_credential_record *c, enum hf_proof proof,
                              enum hf_credential_type type);

/* Answers a question about a pre-shared key; on failure the peer learns nothing of it. */
void hf_tef_answer_psk(struct hf_psk_question *q, hf_status st, const char *reason);
/*
 * The same from a record that was found: its state, expiry, use (`suids`, bits 1u << SUID) and key
 * are judged here.
 */
void hf_tef_answer_psk_with(const struct hf_tef *tef, struct hf_psk_question *q,
                            const struct hf_credential_record *c, uint32_t suids, bool require_pfs);
/*
 * The canonical form of the identity, which must be of one of the FQDNs; was it our authority that
 * the peer asked for? HF_ERR_MALFORMED, HF_ERR_DENIED, HF_ERR_LIMIT.
 */
HF_CHECKED hf_status hf_tef_read_identity(const struct hf_tef *tef, struct hf_psk_question *q,
                                          struct hf_bytes own_fqdn, struct hf_bytes other_fqdn,
                                          struct hf_bytes *canonical, struct hf_key_id *parts);

#endif
