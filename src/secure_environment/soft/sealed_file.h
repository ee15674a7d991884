/*
 * The software secure environment: one file, sealed with scrypt + AES-256-GCM, replaced atomically.
 * A power cut at any system call leaves the old file or the new one (threat row DEV-6).
 * Protection level 1, never more (DEV-2). Key memory is locked and kept out of core dumps.
 */
#ifndef HF_SECURE_ENVIRONMENT_SOFT_SEALED_FILE_H
#define HF_SECURE_ENVIRONMENT_SOFT_SEALED_FILE_H

#include "port/random.h"
#include "port/secure_environment.h"

struct hf_sealed_file;

/* Makes a new file with a fresh root key, mode 0600. HF_ERR_CONFLICT: it exists. */
HF_CHECKED hf_status hf_sealed_file_create(const char *path, const struct hf_secret *passphrase,
                                           const struct hf_random *random);
/*
 * HF_ERR_UNKNOWN no such file; HF_ERR_CRYPTO wrong passphrase or changed file; HF_ERR_MALFORMED not
 * a sealed file; HF_ERR_DENIED its mode lets others read it.
 */
HF_CHECKED hf_status hf_sealed_file_open(const char *path, const struct hf_secret *passphrase,
                                         const struct hf_random *random,
                                         struct hf_sealed_file **out);
void hf_sealed_file_close(struct hf_sealed_file *f); /* accepts NULL; wipes */
struct hf_secure_environment hf_sealed_file_environment(struct hf_sealed_file *f);

/* Reads a passphrase file (0600 or 0400, its owner's; up to 64 octets, one line end cut). */
HF_CHECKED hf_status hf_passphrase_read(const char *path, struct hf_secret *out);

#endif
