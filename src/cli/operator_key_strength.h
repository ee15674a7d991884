/*
 * Is this octet string a random key? (Threat row PSK-3; RFC 9257, 4.2 and 6.) A low-entropy
 * pre-shared key falls to anybody who recorded one handshake, so weak ones never get in. The tests
 * cannot prove randomness; they catch what people type and what makers print into manuals. A
 * random key of 16 octets is refused once in two million.
 */
#ifndef HF_CLI_OPERATOR_KEY_STRENGTH_H
#define HF_CLI_OPERATOR_KEY_STRENGTH_H

#include "base/bytes.h"

enum { HF_PSK_MIN = 16, HF_PSK_MAX = 64 };

/* NULL: nothing speaks against it; else a sentence that does not tell the key. */
const char *hf_key_weakness(struct hf_bytes key);

#endif
