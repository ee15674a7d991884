/*
 * Public key identifiers: the hash of a SubjectPublicKeyInfo (TS-0003, 10.1.2; RFC 6920), written
 * "sha-256.<base64url>" in a Credential-ID (digest 6.6).
 */
#ifndef HF_CORE_IDENTITY_PUBLIC_KEY_ID_H
#define HF_CORE_IDENTITY_PUBLIC_KEY_ID_H

#include "base/bytes.h"

/* sha-256, sha-256-128 or sha-256-120 and exactly that many octets; unused bits are zero. */
bool hf_public_key_id_is_valid(struct hf_bytes text);

#endif
