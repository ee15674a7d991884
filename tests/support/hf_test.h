/*
 * A thin layer over cmocka. HF_TEST registers itself; a test file ends there: main is in hf_test.c.
 */
#ifndef HF_TESTS_SUPPORT_HF_TEST_H
#define HF_TESTS_SUPPORT_HF_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/secret.h"

void hf_test_add(const char *name, void (*run)(void **state));

/* The name is a sentence about behaviour. */
#define HF_TEST(name)                                                                              \
    static void name(void **state);                                                                \
    __attribute__((constructor)) static void add_##name(void)                                      \
    {                                                                                              \
        hf_test_add(#name, name);                                                                  \
    }                                                                                              \
    static void name(void **state __attribute__((unused)))

#define assert_ok(step) assert_string_equal(hf_status_name(step), "HF_OK")
#define assert_status(step, expected)                                                              \
    assert_string_equal(hf_status_name(step), hf_status_name(expected))
#define assert_bytes_text(bytes, text) hf_assert_bytes_text((bytes), (text), __FILE__, __LINE__)
#define assert_secret_hex(secret, hex) hf_assert_secret_hex((secret), (hex), __FILE__, __LINE__)

void hf_assert_bytes_text(struct hf_bytes b, const char *text, const char *file, int line);
void hf_assert_secret_hex(const struct hf_secret *s, const char *hex, const char *file, int line);
/* Fills exactly half the text's length; fails the test on bad digits. Returns the octets. */
struct hf_bytes hf_test_hex(const char *hex, uint8_t *room, size_t size);

#endif
