#include "support/hf_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"

enum { TESTS_MAX = 512 };

static struct CMUnitTest tests[TESTS_MAX];
static size_t test_count;

void hf_test_add(const char *name, void (*run)(void **state))
{
    if (test_count == TESTS_MAX)
        abort();
    tests[test_count++] = (struct CMUnitTest){.name = name, .test_func = run};
}

void hf_assert_bytes_text(struct hf_bytes b, const char *text, const char *file, int line)
{
    if (!hf_bytes_equal_text(b, text)) {
        print_error("got \"%.*s\", expected \"%s\"\n", HF_PRINT(b), text);
        _fail(file, line);
    }
}

struct hf_bytes hf_test_hex(const char *hex, uint8_t *room, size_t size)
{
    size_t len = strlen(hex) / 2;

    assert_true(len <= size);
    assert_ok(hf_hex_parse(hf_text(hex), room, len));
    return hf_bytes_of(room, len);
}

void hf_assert_secret_hex(const struct hf_secret *s, const char *hex, const char *file, int line)
{
    uint8_t room[HF_SECRET_MAX];
    struct hf_bytes expected = hf_test_hex(hex, room, sizeof room);

    if (!hf_bytes_equal(hf_secret_reveal(s), expected)) {
        print_error("another key than %s\n", hex);
        _fail(file, line);
    }
}

int main(void)
{
    return _cmocka_run_group_tests("handfast", tests, test_count, NULL, NULL);
}
