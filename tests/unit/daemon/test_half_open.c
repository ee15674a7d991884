#include "daemon/half_open.h"

#include <stdio.h>
#include <string.h>

#include "support/hf_test.h"

static struct hf_half_open book;
static struct hf_half_open_entry entries[HF_HALF_OPEN_MAX + 64];

static void set_up(void)
{
    memset(&book, 0, sizeof book);
    memset(entries, 0, sizeof entries);
    book.key.k0 = 42;
}

HF_TEST(one_source_has_its_share_and_others_have_theirs)
{
    set_up();
    for (size_t i = 0; i < HF_HALF_OPEN_PER_SOURCE_MAX; i++)
        assert_ok(hf_half_open_enter(&book, &entries[i], "127.0.0.1", &entries[i]));
    assert_status(hf_half_open_enter(&book, &entries[64], "127.0.0.1", NULL), HF_ERR_LIMIT);
    assert_ok(hf_half_open_enter(&book, &entries[65], "127.0.0.2", NULL));
    hf_half_open_leave(&book, &entries[3]);
    assert_ok(hf_half_open_enter(&book, &entries[64], "127.0.0.1", NULL));
}

HF_TEST(ipv6_counts_by_its_prefix_of_64_bits)
{
    char address[64];

    set_up();
    for (unsigned i = 0; i < HF_HALF_OPEN_PER_SOURCE_MAX; i++) {
        snprintf(address, sizeof address, "2001:db8:0:1::%x", i);
        assert_ok(hf_half_open_enter(&book, &entries[i], address, NULL));
    }
    assert_status(hf_half_open_enter(&book, &entries[64], "2001:db8:0:1:ffff::", NULL),
                  HF_ERR_LIMIT);
    assert_ok(hf_half_open_enter(&book, &entries[64], "2001:db8:0:2::", NULL));
}

HF_TEST(over_the_limit_the_oldest_gives_way)
{
    char address[32];

    set_up();
    for (unsigned i = 0; i <= HF_HALF_OPEN_MAX; i++) {
        assert_null(hf_half_open_surplus(&book));
        snprintf(address, sizeof address, "10.%u.%u.1", i / 250, i % 250);
        assert_ok(hf_half_open_enter(&book, &entries[i], address, &entries[i]));
    }
    assert_ptr_equal(hf_half_open_surplus(&book), &entries[0]);
    hf_half_open_leave(&book, &entries[0]);
    assert_null(hf_half_open_surplus(&book));
    assert_ptr_equal(book.oldest, &entries[1]);
}

HF_TEST(t_dos_11_after_a_million_comings_and_goings_every_count_is_zero)
{
    uint32_t seed = 1;
    char address[32];

    set_up();
    for (unsigned i = 0; i < 1000000; i++) {
        struct hf_half_open_entry *e;

        seed = seed * 1664525u + 1013904223u;
        e = &entries[(seed >> 8) % HF_HALF_OPEN_MAX];
        if (e->source != 0) {
            hf_half_open_leave(&book, e);
            hf_half_open_leave(&book, e);
            continue;
        }
        snprintf(address, sizeof address, "10.0.%u.%u", seed >> 24, (seed >> 16) & 255);
        if (hf_half_open_enter(&book, e, address, e) != HF_OK)
            assert_int_equal(e->source, 0);
    }
    for (size_t i = 0; i < HF_HALF_OPEN_MAX; i++)
        hf_half_open_leave(&book, &entries[i]);
    assert_int_equal(book.count, 0);
    assert_null(book.oldest);
    assert_null(book.newest);
    for (size_t i = 0; i < HF_HALF_OPEN_BUCKETS; i++)
        assert_int_equal(book.by_source[i], 0);
}
