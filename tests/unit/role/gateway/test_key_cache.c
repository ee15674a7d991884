#include "role/gateway/key_cache.h"

#include <stdio.h>
#include <string.h>

#include "support/hf_test.h"

static const struct hf_hash_key hash_key = {7, 8};

static struct hf_cached_key sample(uint8_t octet)
{
    struct hf_cached_key k = {.suid = 32, .expires_s = 1000, .source = "//sp.example/asn-1/C1"};

    assert_ok(hf_secret_set(&k.key, hf_bytes_of(&octet, 1)));
    return k;
}

HF_TEST(a_key_is_found_until_it_is_no_longer_fresh)
{
    struct hf_key_cache *c = hf_key_cache_new(4, &hash_key);
    struct hf_cached_key k = sample(1);

    hf_key_cache_put(c, HF_LITERAL("A1"), &k, 100);
    assert_non_null(hf_key_cache_find(c, HF_LITERAL("A1"), 99));
    assert_secret_hex(&hf_key_cache_find(c, HF_LITERAL("A1"), 99)->key, "01");
    assert_null(hf_key_cache_find(c, HF_LITERAL("A2"), 99));
    assert_null(hf_key_cache_find(c, HF_LITERAL("A1"), 100));
    assert_null(hf_key_cache_find(c, HF_LITERAL("A1"), 99));
    hf_key_cache_free(c);
}

HF_TEST(a_full_cache_gives_up_its_oldest_entry)
{
    struct hf_key_cache *c = hf_key_cache_new(4, &hash_key);
    char id[8];

    for (uint8_t i = 0; i < 6; i++) {
        struct hf_cached_key k = sample(i);

        snprintf(id, sizeof id, "K%d", i);
        hf_key_cache_put(c, hf_text(id), &k, 100);
    }
    assert_null(hf_key_cache_find(c, HF_LITERAL("K0"), 1));
    assert_null(hf_key_cache_find(c, HF_LITERAL("K1"), 1));
    for (uint8_t i = 2; i < 6; i++) {
        snprintf(id, sizeof id, "K%d", i);
        assert_non_null(hf_key_cache_find(c, hf_text(id), 1));
    }
    hf_key_cache_free(c);
}

HF_TEST(the_same_identifier_again_replaces_the_entry)
{
    struct hf_key_cache *c = hf_key_cache_new(4, &hash_key);
    struct hf_cached_key one = sample(1), two = sample(2);

    hf_key_cache_put(c, HF_LITERAL("A"), &one, 100);
    hf_key_cache_put(c, HF_LITERAL("A"), &two, 100);
    assert_secret_hex(&hf_key_cache_find(c, HF_LITERAL("A"), 1)->key, "02");
    hf_key_cache_forget(c, HF_LITERAL("A"));
    assert_null(hf_key_cache_find(c, HF_LITERAL("A"), 1));
    hf_key_cache_forget(c, HF_LITERAL("A"));
    hf_key_cache_free(c);
}

HF_TEST(an_identifier_that_is_too_long_or_empty_is_not_kept)
{
    struct hf_key_cache *c = hf_key_cache_new(4, &hash_key);
    struct hf_cached_key k = sample(1);
    uint8_t longer[65];

    memset(longer, 'A', sizeof longer);
    hf_key_cache_put(c, hf_bytes_of(longer, sizeof longer), &k, 100);
    assert_null(hf_key_cache_find(c, hf_bytes_of(longer, sizeof longer), 1));
    hf_key_cache_put(c, HF_LITERAL(""), &k, 100);
    assert_null(hf_key_cache_find(c, HF_LITERAL(""), 1));
    hf_key_cache_free(c);
}

HF_TEST(ten_thousand_random_puts_leave_a_consistent_cache)
{
    struct hf_key_cache *c = hf_key_cache_new(64, &hash_key);
    uint32_t seed = 1;
    char id[16];

    for (int i = 0; i < 10000; i++) {
        struct hf_cached_key k = sample((uint8_t)i);

        seed = seed * 1664525u + 1013904223u;
        snprintf(id, sizeof id, "K%u", seed >> 24);
        if (seed & 0x10000)
            hf_key_cache_put(c, hf_text(id), &k, 100);
        else if (seed & 0x20000)
            hf_key_cache_forget(c, hf_text(id));
        else
            hf_key_cache_find(c, hf_text(id), seed & 0x40000 ? 1 : 100);
    }
    hf_key_cache_free(c);
}
