/*
 * Octets that somebody else owns: a pointer and its length, always together.
 */
#ifndef HF_BASE_BYTES_H
#define HF_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hf_bytes {
    const uint8_t *at;
    size_t len;
};

/* A string literal without its terminator. */
#define HF_LITERAL(text) ((struct hf_bytes){(const uint8_t *)("" text), sizeof(text) - 1})

/* For printf("%.*s", HF_PRINT(b)). */
#define HF_PRINT(bytes) (int)(bytes).len, (const char *)(bytes).at

struct hf_bytes hf_bytes_of(const void *at, size_t len);
struct hf_bytes hf_text(const char *text);                       /* NULL gives none */
struct hf_bytes hf_bytes_from(struct hf_bytes b, size_t offset); /* the rest; empty past the end */
struct hf_bytes hf_bytes_first(struct hf_bytes b, size_t len);   /* at most that many */

bool hf_bytes_is_empty(struct hf_bytes b);
bool hf_bytes_equal(struct hf_bytes a, struct hf_bytes b);
bool hf_bytes_equal_text(struct hf_bytes a, const char *b);
bool hf_bytes_equal_ignoring_case(struct hf_bytes a, struct hf_bytes b); /* ASCII case only */
bool hf_bytes_start_with(struct hf_bytes b, struct hf_bytes prefix);
bool hf_bytes_end_with(struct hf_bytes b, struct hf_bytes suffix);
/* Octet order, shorter first: <0, 0, >0. */
int hf_bytes_compare(struct hf_bytes a, struct hf_bytes b);
/* Cuts at the first `separator`; false and untouched outputs where there is none. */
bool hf_bytes_split(struct hf_bytes b, uint8_t separator, struct hf_bytes *before,
                    struct hf_bytes *after);
/* The same at the last one. */
bool hf_bytes_split_last(struct hf_bytes b, uint8_t separator, struct hf_bytes *before,
                         struct hf_bytes *after);

/* Decimal digits only, no sign, no leading zero but "0" itself, at most `max`. */
bool hf_bytes_to_number(struct hf_bytes b, uint64_t max, uint64_t *out);

bool hf_is_alpha(uint8_t c);
bool hf_is_digit(uint8_t c);
bool hf_is_alnum(uint8_t c);
uint8_t hf_to_lower(uint8_t c);
uint8_t hf_to_upper(uint8_t c);

#endif
