/* A peer that does not play by the rules (threat rows CH-10, CH-14, CH-16, PSK-6). */
#include <string.h>

#include "base/arena.h"
#include "crypto/x509.h"
#include "net/tls_session.h"
#include "support/hf_test.h"
#include "unit/net/crafted.h"
#include "unit/net/tls_pair.h"

static struct crafted message, records;

static struct hf_bytes hello_records(uint16_t suite, bool tls13, size_t step)
{
    struct crafted_hello h = {.suites = {suite}, .suite_count = 1, .tls13 = tls13};

    return craft_records(&records, 22, craft_hello(&message, &h), step);
}

/* Offers one suite to a new session of `p`'s context: was it answered with a ServerHello? */
static bool accepts(struct tls_pair *p, uint16_t suite, bool tls13)
{
    struct hf_tls_start s = {0};
    struct hf_bytes offer = hello_records(suite, tls13, 0);
    struct hf_bytes out;
    bool accepted;

    hf_tls_free(p->server.session);
    p->server.session = NULL;
    assert_ok(hf_tls_new(p->server.context, &s, &p->server.session));
    assert_ok(hf_tls_feed(p->server.session, offer));
    (void)hf_tls_advance(p->server.session);
    out = hf_tls_output(p->server.session);
    assert_true(out.len >= 7);
    accepted = out.at[0] == HF_RECORD_HANDSHAKE;
    if (accepted) {
        /* type 2, ServerHello, naming exactly what was offered */
        size_t at = 5 + 4 + 2 + 32;

        assert_int_equal(out.at[5], 2);
        at += 1u + out.at[at];
        assert_int_equal(out.at[at] << 8 | out.at[at + 1], suite);
    } else {
        assert_int_equal(out.at[0], HF_RECORD_ALERT);
        assert_int_equal(hf_tls_advance(p->server.session), HF_TLS_FAILED);
    }
    return accepted;
}

static bool is_of(uint16_t number, const uint16_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == number)
            return true;
    return false;
}

/* The tables are written out here once more, so that a slip in the source is seen. */
HF_TEST(a_psk_server_accepts_exactly_its_five_suites_of_all_65536)
{
    static const uint16_t allowed[] = {0xCCAC, 0xC037, 0x00A8, 0xC0A4, 0x00AE};
    struct hf_tls_config server = server_config(HF_TLS_SERVER_PSK);
    struct tls_pair p = {0};
    size_t count = 0;

    pair_open_server(&p, &server);
    for (unsigned number = 0; number <= 0xffff; number++) {
        bool accepted = accepts(&p, (uint16_t)number, false);

        assert_int_equal(accepted, is_of((uint16_t)number, allowed, HF_COUNT(allowed)));
        count += accepted;
    }
    assert_int_equal(count, HF_COUNT(allowed));
    pair_close(&p);
}

HF_TEST(a_certificate_server_accepts_exactly_its_suites_of_all_that_are_registered)
{
    static const uint16_t allowed12[] = {0xC02B, 0xC0AC, 0xCCA9, 0xC023},
                          allowed13[] = {0x1301, 0x1303, 0x1304};
    static const uint8_t blocks[] = {0x00, 0x13, 0x56, 0xC0, 0xC1, 0xCC, 0xD0};

    for (int tls13 = 0; tls13 < 2; tls13++) {
        struct hf_tls_config server = server_config(HF_TLS_SERVER_CERTIFICATE);
        struct tls_pair p = {0};

        pair_open_server(&p, &server);
        for (size_t i = 0; i < HF_COUNT(blocks) * 256; i++) {
            uint16_t number = (uint16_t)((size_t)blocks[i / 256] << 8 | i % 256);

            assert_int_equal(accepts(&p, number, tls13),
                             tls13 ? is_of(number, allowed13, HF_COUNT(allowed13))
                                   : is_of(number, allowed12, HF_COUNT(allowed12)));
        }
        pair_close(&p);
    }
}

HF_TEST(without_tls_1_3_in_the_configuration_no_suite_of_it_is_accepted)
{
    struct hf_tls_config server = server_config(HF_TLS_SERVER_CERTIFICATE);
    struct tls_pair p = {0};

    server.tls13 = false;
    pair_open_server(&p, &server);
    for (unsigned number = 0x1300; number < 0x1310; number++)
        assert_false(accepts(&p, (uint16_t)number, true));
    assert_true(accepts(&p, 0xC023, false));
    pair_close(&p);
}

static void open_server(struct tls_pair *p, enum hf_tls_mode mode)
{
    struct hf_tls_config server = server_config(mode);

    *p = (struct tls_pair){.hold_psk = true};
    pair_open_server(p, &server);
}

static void assert_alert_only(struct tls_pair *p, uint8_t alert)
{
    assert_true(p->server.failed);
    assert_int_equal(p->server.last_alert, alert);
    assert_int_equal(p->server.secured + p->server.plain_len, 0);
}

HF_TEST(a_hello_beyond_4_kib_is_refused_and_one_of_4_kib_is_not)
{
    struct crafted_hello h = {.suites = {0x00AE}, .suite_count = 1, .padding = 1};
    size_t least = craft_hello(&message, &h).len - 4 - 1;

    for (int over = 0; over < 2; over++) {
        struct tls_pair p;

        h.padding = HF_CLIENT_HELLO_MAX - least + (size_t)over;
        open_server(&p, HF_TLS_SERVER_PSK);
        end_feed(&p, &p.server, craft_records(&records, 22, craft_hello(&message, &h), 0));
        if (over)
            assert_alert_only(&p, HF_ALERT_ILLEGAL_PARAMETER);
        else
            assert_false(p.server.failed);
        pair_close(&p);
    }
}

HF_TEST(records_of_one_octet_make_a_handshake_as_well)
{
    static const bool kinds[] = {false, true};

    for (size_t i = 0; i < HF_COUNT(kinds); i++) {
        struct tls_pair p;
        uint16_t suite = kinds[i] ? 0xCCAC : 0x00AE;

        open_server(&p, HF_TLS_SERVER_PSK);
        end_feed(&p, &p.server, hello_records(suite, false, 1));
        assert_false(p.server.failed);
        craft_key_exchange(&message, HF_LITERAL("me@mef.example.com"), kinds[i]);
        end_feed(&p, &p.server, craft_records(&records, 22, message.octets, 1));
        assert_int_equal(p.server.want_psk, 1);
        assert_bytes_text(hf_tls_identity(p.server.session), "me@mef.example.com");
        pair_close(&p);
    }
}

HF_TEST(identities_of_a_bad_length_never_reach_the_owner)
{
    static const uint8_t text[70000] = {'x'};
    static const size_t lengths[] = {0, 256, 257, 1000, 16000};

    for (size_t i = 0; i < HF_COUNT(lengths); i++) {
        struct tls_pair p;

        open_server(&p, HF_TLS_SERVER_PSK);
        end_feed(&p, &p.server, hello_records(0x00AE, false, 0));
        craft_key_exchange(&message, hf_bytes_of(text, lengths[i]), false);
        end_feed(&p, &p.server, craft_records(&records, 22, message.octets, 0));
        assert_true(p.server.failed);
        assert_int_equal(p.server.want_psk, 0);
        pair_close(&p);
    }
}

HF_TEST(messages_out_of_their_order_are_refused_before_any_key_is_asked_for)
{
    static const struct {
        uint8_t type; /* of the record */
        const char *octets;
        size_t len;
        uint8_t alert;
    } cases[] = {
        {20, "\x01",                 1, HF_ALERT_UNEXPECTED_MESSAGE}, /* early ChangeCipherSpec */
        {23, "GET /",                5, HF_ALERT_UNEXPECTED_MESSAGE}, /* early application data */
        {22, "\x14\x00\x00\x00",     4, HF_ALERT_UNEXPECTED_MESSAGE}, /* Finished */
        {22, "\x0b\x00\x00\x00",     4, HF_ALERT_UNEXPECTED_MESSAGE}, /* Certificate */
        {22, "\x0f\x00\x00\x00",     4, HF_ALERT_UNEXPECTED_MESSAGE}, /* CertificateVerify */
        {22, "\x10\x00\x00\x01\x00", 5, HF_ALERT_DECODE_ERROR      }, /* a cut key exchange */
        {24, "\x01\x00\x40",         3, HF_ALERT_UNEXPECTED_MESSAGE}, /* Heartbeat */
    };

    for (size_t i = 0; i < HF_COUNT(cases); i++) {
        struct hf_bytes octets = hf_bytes_of(cases[i].octets, cases[i].len);
        struct tls_pair p;

        open_server(&p, HF_TLS_SERVER_PSK);
        end_feed(&p, &p.server, hello_records(0x00AE, false, 0));
        end_feed(&p, &p.server, craft_records(&records, cases[i].type, octets, 0));
        assert_alert_only(&p, cases[i].alert);
        assert_int_equal(p.server.want_psk, 0);
        pair_close(&p);

        if (cases[i].alert != HF_ALERT_UNEXPECTED_MESSAGE)
            continue;
        /* And as the very first thing, to either kind of server. */
        for (int mode = HF_TLS_SERVER_PSK; mode <= HF_TLS_SERVER_CERTIFICATE; mode++) {
            open_server(&p, (enum hf_tls_mode)mode);
            end_feed(&p, &p.server, craft_records(&records, cases[i].type, octets, 0));
            assert_alert_only(&p, HF_ALERT_UNEXPECTED_MESSAGE);
            pair_close(&p);
        }
    }
}

HF_TEST(an_alert_of_the_peer_in_the_handshake_ends_it)
{
    struct tls_pair p;

    open_server(&p, HF_TLS_SERVER_PSK);
    end_feed(&p, &p.server, hello_records(0x00AE, false, 0));
    end_feed(&p, &p.server, craft_records(&records, 21, HF_LITERAL("\x02\x28"), 0));
    assert_true(p.server.failed);
    assert_string_equal(hf_tls_why_sentence(p.server.session), "Handshake failed");
    pair_close(&p);
}

HF_TEST(warnings_without_end_end_the_session)
{
    struct tls_pair p;

    open_server(&p, HF_TLS_SERVER_PSK);
    end_feed(&p, &p.server, hello_records(0x00AE, false, 0));
    for (int i = 0; i < 10 && !p.server.failed; i++)
        end_feed(&p, &p.server, craft_records(&records, 21, HF_LITERAL("\x01\x29"), 0));
    assert_true(p.server.failed);
    pair_close(&p);
}

HF_TEST(a_key_exchange_behind_a_warning_gets_no_key)
{
    struct tls_pair p;

    open_server(&p, HF_TLS_SERVER_PSK);
    end_feed(&p, &p.server, hello_records(0x00AE, false, 0));
    end_feed(&p, &p.server, craft_records(&records, 21, HF_LITERAL("\x01\x29"), 0));
    craft_key_exchange(&message, HF_LITERAL("me@mef.example.com"), false);
    end_feed(&p, &p.server, craft_records(&records, 22, message.octets, 0));
    assert_true(p.server.failed);
    assert_int_equal(p.server.want_psk + p.server.secured, 0);
    pair_close(&p);
}

HF_TEST(a_peer_that_does_not_signal_secure_renegotiation_is_refused)
{
    struct crafted_hello h = {.suites = {0x00AE}, .suite_count = 1, .no_renegotiation_info = true};
    struct tls_pair p;

    open_server(&p, HF_TLS_SERVER_PSK);
    end_feed(&p, &p.server, craft_records(&records, 22, craft_hello(&message, &h), 0));
    assert_true(p.server.failed);
    assert_int_equal(p.server.sent[0], HF_RECORD_ALERT);
    pair_close(&p);
}

HF_TEST(a_parked_session_holds_no_more_than_its_limit)
{
    static const uint8_t flood[4096] = {23};
    struct hf_bytes some = hf_bytes_of(flood, sizeof flood);
    hf_status st = HF_OK;
    struct tls_pair p;
    int i = 0;

    open_server(&p, HF_TLS_SERVER_PSK);
    end_feed(&p, &p.server, hello_records(0x00AE, false, 0));
    craft_key_exchange(&message, HF_LITERAL("me@mef.example.com"), false);
    end_feed(&p, &p.server, craft_records(&records, 22, message.octets, 0));
    assert_int_equal(p.server.want_psk, 1);
    for (; i < 100 && st == HF_OK; i++)
        st = hf_tls_feed(p.server.session, some);
    assert_status(st, HF_ERR_LIMIT);
    assert_true(i <= 10);
    pair_close(&p);
}

static void open_secured(struct tls_pair *p, struct hf_secret *key)
{
    struct hf_tls_config server = server_config(HF_TLS_SERVER_PSK),
                         client = client_config(HF_TLS_CLIENT_PSK);
    struct hf_tls_start start = client_start(p, key);

    p->psk = key;
    pair_open(p, &server, &client, &start);
    pair_run(p);
    assert_int_equal(p->server.secured + p->client.secured, 2);
}

HF_TEST(neither_end_renegotiates)
{
    struct hf_secret key = test_key(1);

    for (int by_server = 0; by_server < 2; by_server++) {
        struct tls_pair p = {0};

        open_secured(&p, &key);
        if (by_server)
            (void)gnutls_rehandshake(p.server.session->session);
        else
            (void)gnutls_handshake(p.client.session->session);
        pair_run(&p);
        assert_true(by_server ? p.client.failed : p.server.failed);
        assert_string_equal(hf_tls_why_sentence(by_server ? p.client.session : p.server.session),
                            "the peer wants to renegotiate");
        pair_close(&p);
    }
}

HF_TEST(a_flipped_bit_in_any_record_ends_the_session)
{
    struct hf_secret key = test_key(1);
    size_t len = 1;

    for (size_t at = 0; at < len; at++) {
        struct tls_pair p = {0};
        uint8_t copy[256];
        struct hf_bytes out;

        open_secured(&p, &key);
        assert_ok(hf_tls_write(p.client.session, HF_LITERAL("POST /")));
        out = hf_tls_output(p.client.session);
        len = out.len;
        assert_true(len < sizeof copy);
        memcpy(copy, out.at, len);
        copy[at] ^= 1;
        end_feed(&p, &p.server, hf_bytes_of(copy, len));
        hf_tls_feed_end(p.server.session);
        end_advance(&p, &p.server);
        assert_true(p.server.failed);
        assert_int_equal(p.server.plain_len, 0);
        pair_close(&p);
    }
}

/* The first ClientHello has a key share that the server cannot use, so that there is a second. */
HF_TEST(a_second_hello_may_not_name_another_server)
{
    static const char priority[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:+GROUP-SECP384R1:"
                                   "+GROUP-SECP256R1";

    for (int changes = 0; changes < 2; changes++) {
        struct hf_tls_config server = server_config(HF_TLS_SERVER_CERTIFICATE),
                             client = client_config(HF_TLS_CLIENT_CERTIFICATE);
        struct tls_pair p = {0};
        struct hf_tls_start start = client_start(&p, NULL);
        struct hf_bytes out;

        client.priority = priority;
        pair_open(&p, &server, &client, &start);
        end_advance(&p, &p.client);
        out = hf_tls_output(p.client.session);
        assert_ok(hf_tls_feed(p.server.session, out));
        hf_tls_sent(p.client.session, out.len);
        end_advance(&p, &p.server);
        assert_int_equal(hf_tls_output(p.server.session).at[5], 2); /* HelloRetryRequest */
        if (changes)
            assert_int_equal(gnutls_server_name_set(p.client.session->session, GNUTLS_NAME_DNS,
                                                    "maf.example.com", 15),
                             0);
        pair_run(&p);
        assert_int_equal(p.server.secured, !changes);
        assert_int_equal(p.server.failed, changes);
        pair_close(&p);
    }
}

/* A leaf and `count` - 1 certificate authorities above it, none of them self-signed but the last.
 */
static void make_chain(struct hf_arena *arena, size_t count, char *text, struct hf_bytes *chain,
                       struct hf_bytes *key)
{
    struct hf_bytes issuer = {0}, issuer_key = {0}, pems[HF_TLS_CHAIN_MAX + 1];
    size_t len = 0;

    for (size_t i = count; i-- > 0;) {
        char name[] = "CA 0";
        struct hf_x509_order order = {.common_name = name,
                                      .is_ca = i > 0,
                                      .dns_name = i > 0 ? NULL : "mef.example.com",
                                      .not_before_s = 1700000000,
                                      .not_after_s = 2000000000};

        name[3] = (char)('0' + i);
        assert_ok(hf_x509_new_key(arena, key));
        assert_ok(hf_x509_issue(&order, *key, issuer, issuer_key, arena, &pems[i]));
        issuer = pems[i];
        issuer_key = *key;
    }
    for (size_t i = 0; i < count; i++) {
        memcpy(text + len, pems[i].at, pems[i].len);
        len += pems[i].len;
    }
    *chain = hf_bytes_of(text, len);
}

HF_TEST(a_chain_of_more_than_four_is_refused)
{
    for (size_t count = 3; count <= HF_TLS_CHAIN_MAX + 1; count++) {
        struct hf_tls_config server = server_config(HF_TLS_SERVER_CERTIFICATE),
                             client = client_config(HF_TLS_CLIENT_CERTIFICATE);
        struct tls_pair p = {0};
        struct hf_tls_start start = client_start(&p, NULL);
        static char text[32768];
        struct hf_arena arena;

        hf_arena_init(&arena, 256 * 1024);
        make_chain(&arena, count, text, &server.certificate_pem, &server.private_key_pem);
        pair_open(&p, &server, &client, &start);
        pair_run(&p);
        assert_int_equal(p.client.failed, count > HF_TLS_CHAIN_MAX);
        if (count <= HF_TLS_CHAIN_MAX)
            assert_int_equal(p.chain_count, count);
        else
            assert_status(hf_tls_why(p.client.session), HF_ERR_LIMIT);
        pair_close(&p);
        hf_arena_done(&arena);
    }
}
