#include "net/tls_hello.h"

#include "net/tls_records.h"
#include "support/hf_test.h"
#include "unit/net/crafted.h"

static struct crafted room;

HF_TEST(a_client_hello_is_read_whole)
{
    struct crafted_hello crafted = {
        .suites = {0xCCAC, 0x00AE},
          .suite_count = 2
    };
    struct hf_client_hello h;

    assert_ok(hf_client_hello_parse(craft_hello(&room, &crafted), &h));
    assert_int_equal(h.legacy_version, HF_TLS_1_2);
    assert_int_equal(h.random.len, 32);
    assert_bytes_text(h.server_name, "mef.example.com");
    assert_true(h.has_ems && h.has_etm);
    assert_true(hf_client_hello_offers_suite(&h, 0xCCAC));
    assert_true(hf_client_hello_offers_suite(&h, 0x00AE));
    assert_false(hf_client_hello_offers_suite(&h, 0xAC00)); /* not across two numbers */
    assert_true(hf_client_hello_offers_group(&h));
    assert_true(hf_client_hello_offers_version(&h, HF_TLS_1_2));
    assert_false(hf_client_hello_offers_version(&h, 0x0304));
}

HF_TEST(what_is_not_sent_is_not_there)
{
    struct crafted_hello crafted = {.suites = {0x00AE},
                                    .suite_count = 1,
                                    .server_name = "",
                                    .legacy_version = 0x0302,
                                    .no_ems = true,
                                    .no_etm = true,
                                    .no_groups = true};
    struct hf_client_hello h;

    assert_ok(hf_client_hello_parse(craft_hello(&room, &crafted), &h));
    assert_int_equal(h.server_name.len, 0);
    assert_false(h.has_ems || h.has_etm);
    assert_false(hf_client_hello_offers_group(&h));
    assert_false(hf_client_hello_offers_version(&h, HF_TLS_1_2));
}

HF_TEST(supported_versions_overrules_the_legacy_version)
{
    struct crafted_hello crafted = {.suites = {0x1301}, .suite_count = 1, .tls13 = true};
    struct hf_client_hello h;

    assert_ok(hf_client_hello_parse(craft_hello(&room, &crafted), &h));
    assert_true(hf_client_hello_offers_version(&h, 0x0304));
    assert_false(hf_client_hello_offers_version(&h, HF_TLS_1_2));
}

HF_TEST(a_hello_of_two_readings_is_refused)
{
    struct crafted_hello twice = {.suites = {0x00AE}, .suite_count = 1, .two_extensions = true};
    struct crafted_hello names = {.suites = {0x00AE}, .suite_count = 1, .two_server_names = true};
    struct crafted_hello none = {.suite_count = 0};
    struct hf_client_hello h;

    assert_status(hf_client_hello_parse(craft_hello(&room, &twice), &h), HF_ERR_MALFORMED);
    assert_status(hf_client_hello_parse(craft_hello(&room, &names), &h), HF_ERR_MALFORMED);
    assert_status(hf_client_hello_parse(craft_hello(&room, &none), &h), HF_ERR_MALFORMED);
}

HF_TEST(a_hello_cut_anywhere_is_refused)
{
    struct crafted_hello crafted = {
        .suites = {0xCCAC, 0x00AE},
          .suite_count = 2
    };
    struct hf_bytes whole = craft_hello(&room, &crafted);
    struct hf_client_hello h;

    for (size_t len = 0; len < whole.len; len++) {
        hf_status st = hf_client_hello_parse(hf_bytes_first(whole, len), &h);

        /* One cut is legal: before the extensions (RFC 5246, 7.4.1.2). */
        if (len == 4 + 2 + 32 + 1 + 2 + 4 + 2)
            assert_ok(st);
        else
            assert_status(st, HF_ERR_MALFORMED);
    }
}

HF_TEST(an_identity_has_1_to_255_octets_and_nothing_behind_it)
{
    static const uint8_t text[70000] = {'x'};
    static const size_t good[] = {1, 127, 128, 129, 254, 255}, bad[] = {0, 256, 257, 65535};
    struct hf_bytes identity = {0};

    for (int has_point = 0; has_point < 2; has_point++) {
        for (size_t i = 0; i < HF_COUNT(good); i++) {
            assert_ok(hf_psk_identity_parse(
                craft_key_exchange(&room, hf_bytes_of(text, good[i]), has_point), has_point,
                &identity));
            assert_int_equal(identity.len, good[i]);
        }
        identity = (struct hf_bytes){0};
        for (size_t i = 0; i < HF_COUNT(bad); i++)
            assert_status(hf_psk_identity_parse(
                              craft_key_exchange(&room, hf_bytes_of(text, bad[i]), has_point),
                              has_point, &identity),
                          HF_ERR_LIMIT);
        /* The other suite's form. */
        assert_status(
            hf_psk_identity_parse(craft_key_exchange(&room, hf_bytes_of(text, 5), !has_point),
                                  has_point, &identity),
            HF_ERR_MALFORMED);
        assert_int_equal(identity.len, 0);
    }
}
