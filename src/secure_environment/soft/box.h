/*
 * The sealed file's octets. Header: "HFSEAL", version, scrypt cost (log2 N, r, p), scrypt salt,
 * box salt; then AES-256-GCM over root key and entries, with the whole header as associated data.
 * The box key is HKDF(scrypt(passphrase), box salt), with a fresh salt for every writing, so no
 * nonce is ever used twice under one key, not even after a snapshot came back (threat row STO-4).
 */
#ifndef HF_SECURE_ENVIRONMENT_SOFT_BOX_H
#define HF_SECURE_ENVIRONMENT_SOFT_BOX_H

#include "base/wire.h"
#include "crypto/scrypt.h"

enum {
    HF_BOX_SALT_LEN = 32,
    HF_BOX_HEADER_LEN = 6 + 1 + 3 + 2 * HF_BOX_SALT_LEN,
    HF_BOX_OVERHEAD = HF_BOX_HEADER_LEN + 16,
    HF_BOX_MAX = 1 << 20, /* octets of a sealed file */
};

struct hf_box_header {
    struct hf_scrypt_cost cost;
    uint8_t salt[HF_BOX_SALT_LEN], box_salt[HF_BOX_SALT_LEN];
};

/*
 * HF_ERR_MALFORMED  not a sealed file, or of a version we do not know
 * HF_ERR_LIMIT      its cost would take more memory than we spend on a stranger's file
 */
HF_CHECKED hf_status hf_box_header_read(struct hf_bytes file, struct hf_box_header *out);
HF_CHECKED hf_status hf_box_seal(const struct hf_box_header *h, const struct hf_secret *sealing_key,
                                 struct hf_bytes plain, struct hf_writer *out);
/* `room` holds file.len octets. HF_ERR_CRYPTO: another passphrase, or a changed file. */
HF_CHECKED hf_status hf_box_open(struct hf_bytes file, const struct hf_box_header *h,
                                 const struct hf_secret *sealing_key, uint8_t *room, size_t size,
                                 size_t *len);

#endif
