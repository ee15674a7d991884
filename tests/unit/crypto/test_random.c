#include "crypto/random.h"
#include "support/hf_test.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/types.h>

/* Threat row HOST-3: the generator fails, is interrupted, answers short, stands still. */
enum behaviour { REAL, FAILS, INTERRUPTED, SHORT, EMPTY, CONSTANT, SAME_STREAM };

static enum behaviour behaviour;
static unsigned calls;

ssize_t __real_getrandom(void *out, size_t len, unsigned flags);
ssize_t __wrap_getrandom(void *out, size_t len, unsigned flags);

static ssize_t same_stream(uint8_t *out, size_t len)
{
    for (size_t i = 0; i < len; i++)
        out[i] = (uint8_t)(i * 7 + 3);
    return (ssize_t)len;
}

ssize_t __wrap_getrandom(void *out, size_t len, unsigned flags)
{
    calls++;
    switch (behaviour) {
    case FAILS:
        errno = ENOSYS;
        return -1;
    case INTERRUPTED:
        errno = EINTR;
        return calls % 3 != 0 ? -1 : __real_getrandom(out, len, flags);
    case SHORT:
        return __real_getrandom(out, len < 3 ? len : 3, flags);
    case EMPTY:
        return 0;
    case CONSTANT:
        memset(out, 0x2a, len);
        return (ssize_t)len;
    case SAME_STREAM:
        return same_stream(out, len);
    case REAL:
        break;
    }
    return __real_getrandom(out, len, flags);
}

static hf_status fill_as(enum behaviour b, uint8_t *out, size_t len)
{
    hf_status st;

    behaviour = b;
    calls = 0;
    st = hf_random_fill(out, len);
    behaviour = REAL;
    return st;
}

static bool is_zero(const uint8_t *at, size_t len)
{
    uint8_t sum = 0;

    for (size_t i = 0; i < len; i++)
        sum |= at[i];
    return sum == 0;
}

HF_TEST(every_length_is_filled_and_nothing_beyond_it)
{
    uint8_t room[601];

    for (size_t len = 0; len < sizeof room; len++) {
        memset(room, 0, sizeof room);
        assert_ok(hf_random_fill(room, len));
        assert_true(len < 16 || !is_zero(room + len - 16, 16));
        assert_true(is_zero(room + len, sizeof room - len));
    }
}

HF_TEST(two_draws_differ)
{
    uint8_t a[32], b[32];

    assert_ok(hf_random_fill(a, sizeof a));
    assert_ok(hf_random_fill(b, sizeof b));
    assert_memory_not_equal(a, b, sizeof a);
}

HF_TEST(interrupted_and_short_answers_are_continued)
{
    uint8_t room[300] = {0};

    assert_ok(fill_as(INTERRUPTED, room, sizeof room));
    assert_false(is_zero(room + 284, 16));
    memset(room, 0, sizeof room);
    assert_ok(fill_as(SHORT, room, sizeof room));
    assert_false(is_zero(room + 284, 16));
}

HF_TEST(a_failing_or_empty_generator_gives_nothing)
{
    uint8_t room[32];

    memset(room, 0x55, sizeof room);
    assert_status(fill_as(FAILS, room, sizeof room), HF_ERR_SYSTEM);
    assert_true(is_zero(room, sizeof room));
    assert_status(fill_as(EMPTY, room, sizeof room), HF_ERR_SYSTEM);
}

HF_TEST(a_constant_generator_is_seen_at_the_first_draw_even_of_one_octet)
{
    uint8_t room[32];

    for (size_t len = 1; len <= sizeof room; len++) {
        memset(room, 0x55, sizeof room);
        assert_status(fill_as(CONSTANT, room, len), HF_ERR_SYSTEM);
        assert_true(is_zero(room, len));
    }
}

HF_TEST(a_generator_that_begins_anew_at_every_call_is_seen_at_the_second)
{
    uint8_t room[64];

    assert_ok(fill_as(SAME_STREAM, room, 12));
    assert_status(fill_as(SAME_STREAM, room, sizeof room), HF_ERR_SYSTEM);
    assert_ok(hf_random_fill(room, sizeof room)); /* a generator that recovers is used again */
}
