#include "secure_environment/soft/sealed_file.h"

#include "unit/secure_environment/soft/sealed_support.h"

enum { FILE_MAX = 4096, COST_AT = 7 };

static size_t read_file(uint8_t room[FILE_MAX])
{
    FILE *f = fopen(path, "rb");
    size_t len;

    assert_non_null(f);
    len = fread(room, 1, FILE_MAX, f);
    fclose(f);
    return len;
}

static void write_file(const uint8_t *octets, size_t len)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(octets, 1, len, f), len);
    fclose(f);
}

HF_TEST(entries_are_kept_replaced_in_place_and_forgotten)
{
    struct hf_sealed_file *f;
    struct hf_secure_environment se;
    struct hf_se_entry a, b, c, out = {0};

    fresh_file();
    a = entry("Km", "0123456789abcdef");
    b = entry("Kc", "fedcba9876543210");
    c = entry("Km", "another key, of Km");
    assert_ok(open_with("correct horse", &f));
    se = hf_sealed_file_environment(f);
    assert_int_equal(se.level, 1); /* threat row DEV-2 */
    assert_ok(se.put(se.self, &a));
    assert_ok(se.put(se.self, &b));
    assert_ok(se.put(se.self, &c));
    hf_sealed_file_close(f);

    assert_ok(open_with("correct horse", &f));
    se = hf_sealed_file_environment(f);
    assert_ok(se.at(se.self, 0, &out));
    assert_bytes_text(out.name, "Km");
    assert_bytes_text(hf_secret_reveal(&out.key), "another key, of Km");
    assert_bytes_text(out.attributes, "{\"a\":1}");
    assert_int_equal(out.suid, 21);
    assert_true(out.expires_s == HF_NEVER);
    assert_ok(se.at(se.self, 1, &out));
    assert_bytes_text(out.name, "Kc");
    assert_status(se.at(se.self, 2, &out), HF_ERR_UNKNOWN);
    assert_ok(se.forget(se.self, HF_LITERAL("Km")));
    assert_status(se.forget(se.self, HF_LITERAL("Km")), HF_ERR_UNKNOWN);
    assert_status(se.find(se.self, HF_LITERAL("Km"), &out), HF_ERR_UNKNOWN);
    assert_ok(se.find(se.self, HF_LITERAL("Kc"), &out));
    hf_sealed_file_close(f);
}

HF_TEST(an_entry_beyond_the_limits_is_refused)
{
    static uint8_t many[HF_SE_ATTRIBUTES_MAX + 1];
    struct hf_sealed_file *f;
    struct hf_secure_environment se;
    struct hf_se_entry e = entry("Km", "0123456789abcdef");

    fresh_file();
    assert_ok(open_with("correct horse", &f));
    se = hf_sealed_file_environment(f);
    e.attributes = hf_bytes_of(many, sizeof many);
    assert_status(se.put(se.self, &e), HF_ERR_LIMIT);
    e.attributes.len--;
    assert_ok(se.put(se.self, &e));
    e.name = hf_bytes_of(many, HF_SE_NAME_MAX + 1);
    assert_status(se.put(se.self, &e), HF_ERR_LIMIT);
    e.name.len = 0;
    assert_status(se.put(se.self, &e), HF_ERR_MALFORMED);
    hf_sealed_file_close(f);
}

HF_TEST(a_file_is_made_once_and_for_its_owner_only)
{
    struct hf_secret passphrase = secret_of("correct horse");
    struct hf_sealed_file *f;
    struct stat s;

    fresh_file();
    assert_status(hf_sealed_file_create(path, &passphrase, random_port()), HF_ERR_CONFLICT);
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    assert_int_equal(chmod(path, 0640), 0);
    assert_status(open_with("correct horse", &f), HF_ERR_DENIED);
    unlink(path);
    assert_status(open_with("correct horse", &f), HF_ERR_UNKNOWN);
}

HF_TEST(the_wrong_passphrase_is_refused)
{
    struct hf_sealed_file *f;

    fresh_file();
    assert_status(open_with("correct horsf", &f), HF_ERR_CRYPTO);
    assert_null(f);
}

/* The cost is left alone here: its octets would only make the test slow. */
HF_TEST(a_flipped_bit_anywhere_is_refused)
{
    uint8_t octets[FILE_MAX];
    struct hf_sealed_file *f;
    size_t len;

    fresh_file();
    len = read_file(octets);
    for (size_t i = 0; i < len; i++) {
        if (i >= COST_AT && i < COST_AT + 3)
            continue;
        octets[i] ^= 0x10;
        write_file(octets, len);
        assert_status(open_with("correct horse", &f),
                      i < COST_AT ? HF_ERR_MALFORMED : HF_ERR_CRYPTO);
        octets[i] ^= 0x10;
    }
}

HF_TEST(a_cut_file_is_refused)
{
    uint8_t octets[FILE_MAX];
    struct hf_sealed_file *f;
    size_t len;

    fresh_file();
    len = read_file(octets);
    for (size_t cut = 0; cut < len; cut += 5) {
        hf_status st;

        write_file(octets, cut);
        st = open_with("correct horse", &f);
        assert_true(st == HF_ERR_MALFORMED || st == HF_ERR_CRYPTO);
    }
}

HF_TEST(a_cost_that_a_stranger_chose_is_bounded)
{
    static const uint8_t costs[][3] = {
        {9,   8,   1  },
        {21,  8,   1  },
        {14,  0,   1  },
        {14,  17,  1  },
        {14,  8,   0  },
        {14,  8,   5  },
        {20,  16,  1  },
        {255, 255, 255}
    };
    uint8_t octets[FILE_MAX];
    struct hf_sealed_file *f;
    size_t len;

    fresh_file();
    len = read_file(octets);
    for (size_t i = 0; i < HF_COUNT(costs); i++) {
        memcpy(octets + COST_AT, costs[i], sizeof costs[i]);
        write_file(octets, len);
        assert_status(open_with("correct horse", &f), HF_ERR_LIMIT);
    }
}

HF_TEST(a_wrapped_key_opens_at_its_place_under_its_root_only)
{
    uint8_t room[2 * HF_WRAPPED_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_secret key = secret_of("0123456789abcdef"), out = {0};
    struct hf_secure_environment se;
    struct hf_sealed_file *f;
    struct hf_bytes wrapped;

    fresh_file();
    assert_ok(open_with("correct horse", &f));
    se = hf_sealed_file_environment(f);
    assert_ok(se.wrap(se.self, HF_LITERAL("key|a|1"), &key, &w));
    assert_ok(hf_writer_finish(&w, &wrapped));
    assert_ok(se.unwrap(se.self, HF_LITERAL("key|a|1"), wrapped, &out));
    assert_true(hf_secret_equal(&key, &out));
    assert_status(se.unwrap(se.self, HF_LITERAL("key|a|2"), wrapped, &out), HF_ERR_CRYPTO);
    for (size_t i = 0; i < wrapped.len; i++) {
        room[i] ^= 1;
        assert_status(se.unwrap(se.self, HF_LITERAL("key|a|1"), wrapped, &out), HF_ERR_CRYPTO);
        room[i] ^= 1;
        assert_status(se.unwrap(se.self, HF_LITERAL("key|a|1"), hf_bytes_first(wrapped, i), &out),
                      HF_ERR_CRYPTO);
    }
    hf_sealed_file_close(f);
    fresh_file();
    assert_ok(open_with("correct horse", &f));
    se = hf_sealed_file_environment(f);
    assert_status(se.unwrap(se.self, HF_LITERAL("key|a|1"), wrapped, &out), HF_ERR_CRYPTO);
    hf_sealed_file_close(f);
}

HF_TEST(a_fingerprint_tells_equal_keys_of_one_authority)
{
    uint8_t one[HF_FINGERPRINT_LEN], two[HF_FINGERPRINT_LEN];
    struct hf_secret key = secret_of("0123456789abcdef"), other = secret_of("0123456789abcdeg");
    struct hf_secure_environment se;
    struct hf_sealed_file *f;

    fresh_file();
    assert_ok(open_with("correct horse", &f));
    se = hf_sealed_file_environment(f);
    assert_ok(se.fingerprint(se.self, HF_LITERAL("a"), &key, one));
    assert_ok(se.fingerprint(se.self, HF_LITERAL("a"), &key, two));
    assert_memory_equal(one, two, sizeof one);
    assert_ok(se.fingerprint(se.self, HF_LITERAL("a"), &other, two));
    assert_memory_not_equal(one, two, sizeof one);
    assert_ok(se.fingerprint(se.self, HF_LITERAL("b"), &key, two));
    assert_memory_not_equal(one, two, sizeof one);
    hf_sealed_file_close(f);
}

HF_TEST(who_writes_over_somebody_elses_change_is_told)
{
    struct hf_se_entry a = entry("A", "0123456789abcdef"), b = entry("B", "0123456789abcdef"), out;
    struct hf_sealed_file *first, *second;
    struct hf_secure_environment one, two;

    fresh_file();
    assert_ok(open_with("correct horse", &first));
    assert_ok(open_with("correct horse", &second));
    one = hf_sealed_file_environment(first);
    two = hf_sealed_file_environment(second);
    assert_ok(one.put(one.self, &a));
    assert_status(two.put(two.self, &b), HF_ERR_CONFLICT);
    hf_sealed_file_close(second);
    assert_ok(open_with("correct horse", &second));
    two = hf_sealed_file_environment(second);
    assert_ok(two.find(two.self, HF_LITERAL("A"), &out));
    hf_sealed_file_close(first);
    hf_sealed_file_close(second);
}

HF_TEST(a_passphrase_file_is_one_line_for_its_owner)
{
    struct hf_secret out = {0};
    uint8_t longest[HF_SECRET_MAX + 3];

    fresh_file();
    write_file((const uint8_t *)"secret words\r\n", 14);
    assert_ok(hf_passphrase_read(path, &out));
    assert_bytes_text(hf_secret_reveal(&out), "secret words");
    write_file((const uint8_t *)"\n", 1);
    assert_status(hf_passphrase_read(path, &out), HF_ERR_MALFORMED);
    memset(longest, 'x', sizeof longest);
    write_file(longest, HF_SECRET_MAX);
    assert_ok(hf_passphrase_read(path, &out));
    write_file(longest, HF_SECRET_MAX + 1);
    assert_status(hf_passphrase_read(path, &out), HF_ERR_LIMIT);
    write_file(longest, sizeof longest);
    assert_status(hf_passphrase_read(path, &out), HF_ERR_LIMIT);
    assert_int_equal(chmod(path, 0604), 0);
    assert_status(hf_passphrase_read(path, &out), HF_ERR_DENIED);
}
