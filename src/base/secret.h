/*
 * Key material: held inline, moved by pointer, wiped after use.
 * It has no printer and no codec. hf_secret_reveal is the one door out: a search for it lists every
 * place where a key becomes octets.
 */
#ifndef HF_BASE_SECRET_H
#define HF_BASE_SECRET_H

#include "base/bytes.h"
#include "base/status.h"

enum { HF_SECRET_MAX = 64 };

struct hf_secret {
    uint8_t len;                   /* octets in use; 0 is no key */
    uint8_t hidden[HF_SECRET_MAX]; /* touched by secret.c only */
};

/* Copies `octets` in. HF_ERR_LIMIT: more than HF_SECRET_MAX; `out` is as it was. */
HF_CHECKED hf_status hf_secret_set(struct hf_secret *out, struct hf_bytes octets);
/* out = a || b. HF_ERR_LIMIT when too long. */
HF_CHECKED hf_status hf_secret_join(struct hf_secret *out, const struct hf_secret *a,
                                    const struct hf_secret *b);
/* `len` octets of room for a producer that fills them (a cipher, a generator); len <=
 * HF_SECRET_MAX. */
uint8_t *hf_secret_room(struct hf_secret *s, size_t len);
/* Octets, borrowed until `s` changes. */
struct hf_bytes hf_secret_reveal(const struct hf_secret *s);
bool hf_secret_is_empty(const struct hf_secret *s);
/* Constant time in the content. */
bool hf_secret_equal(const struct hf_secret *a, const struct hf_secret *b);
/* Accepts NULL. */
void hf_secret_wipe(struct hf_secret *s);

/* Wipes any memory in a way that the compiler keeps. */
void hf_wipe(void *at, size_t len);
/* Compares octets in constant time; the lengths are public. */
bool hf_equal_in_constant_time(struct hf_bytes a, struct hf_bytes b);

#endif
