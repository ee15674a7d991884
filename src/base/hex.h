/* hexBinary: two digits an octet, written in upper case, read in either (design page, rulings). */
#ifndef HF_BASE_HEX_H
#define HF_BASE_HEX_H

#include "base/bytes.h"
#include "base/status.h"

uint8_t hf_hex_digit(unsigned value); /* value < 16 */
/* Fills exactly `len` octets. HF_ERR_MALFORMED: another length, or not a digit. */
HF_CHECKED hf_status hf_hex_parse(struct hf_bytes text, uint8_t *out, size_t len);

#endif
