#include "net/tls.h"

#include <string.h>

#include "base/memory.h"
#include "support/hf_test.h"
#include "unit/net/tls_pair.h"

static void open_psk(struct tls_pair *p, const struct hf_secret *client_key,
                     const struct hf_secret *answer, const char *client_priority)
{
    struct hf_tls_config server = server_config(HF_TLS_SERVER_PSK),
                         client = client_config(HF_TLS_CLIENT_PSK);
    struct hf_tls_start start = client_start(p, client_key);

    client.priority = client_priority;
    p->psk = answer;
    pair_open(p, &server, &client, &start);
}

static void open_certificate(struct tls_pair *p, bool tls13, bool with_client_certificate)
{
    struct hf_tls_config server = server_config(HF_TLS_SERVER_CERTIFICATE),
                         client = client_config(HF_TLS_CLIENT_CERTIFICATE);
    struct hf_tls_start start = client_start(p, NULL);

    server.tls13 = tls13;
    if (with_client_certificate) {
        client.certificate_pem = test_chain_pem();
        client.private_key_pem = test_key_pem();
    }
    pair_open(p, &server, &client, &start);
}

static void assert_both_secured(const struct tls_pair *p)
{
    if (p->server.failed)
        print_error("server: %s\n", hf_tls_why_sentence(p->server.session));
    if (p->client.failed)
        print_error("client: %s\n", hf_tls_why_sentence(p->client.session));
    assert_int_equal(p->server.secured, 1);
    assert_int_equal(p->client.secured, 1);
    assert_false(p->server.failed);
    assert_false(p->client.failed);
}

static void say(struct tls_pair *p, struct tls_end *from, struct tls_end *to, const char *text)
{
    to->plain_len = 0;
    assert_ok(hf_tls_write(from->session, hf_text(text)));
    pair_run(p);
    assert_bytes_text(hf_bytes_of(to->plain, to->plain_len), text);
}

static void assert_exports_agree_once(struct tls_pair *p)
{
    struct hf_secret a = {0}, b = {0};

    assert_ok(hf_tls_export(p->server.session, "EXPORTER-oneM2M-Connection", &a));
    assert_ok(hf_tls_export(p->client.session, "EXPORTER-oneM2M-Connection", &b));
    assert_int_equal(a.len, HF_EXPORT_LEN);
    assert_true(hf_secret_equal(&a, &b));
    assert_status(hf_tls_export(p->server.session, "EXPORTER-oneM2M-Bootstrap", &b),
                  HF_ERR_CONFLICT);
    assert_true(hf_secret_equal(&a, &b));
}

HF_TEST(a_psk_client_and_server_talk_export_and_close)
{
    struct hf_secret key = test_key(1);
    struct tls_pair p = {0};

    open_psk(&p, &key, &key, NULL);
    pair_run(&p);
    assert_both_secured(&p);
    assert_int_equal(p.server.want_psk, 1);
    assert_bytes_text(hf_tls_server_name(p.server.session), "mef.example.com");
    assert_bytes_text(hf_tls_identity(p.server.session),
                      "00112233445566778899AABBCCDDEEFF@mef.example.com");
    assert_string_equal(hf_tls_suite(p.server.session), "TLS1.2 ECDHE-PSK CHACHA20-POLY1305");
    assert_string_equal(hf_tls_suite(p.client.session), "TLS1.2 ECDHE-PSK CHACHA20-POLY1305");
    assert_true(hf_tls_is_forward_secret(p.server.session));
    say(&p, &p.client, &p.server, "POST /");
    say(&p, &p.server, &p.client, "201");
    assert_exports_agree_once(&p);
    hf_tls_close(p.client.session);
    pair_run(&p);
    assert_true(p.server.closed);
    pair_close(&p);
}

HF_TEST(certificates_work_in_tls_1_3_and_1_2_with_and_without_one_of_the_client)
{
    for (unsigned i = 0; i < 4; i++) {
        bool tls13 = i & 1, has = i & 2;
        struct tls_pair p = {0};

        open_certificate(&p, tls13, has);
        pair_run(&p);
        assert_both_secured(&p);
        assert_string_equal(hf_tls_suite(p.server.session),
                            tls13 ? "TLS1.3 AES-128-GCM" : "TLS1.2 ECDHE-ECDSA AES-128-GCM");
        assert_int_equal(p.verified, has ? 2 : 1);
        assert_int_equal(p.chain_count, 2);
        assert_int_equal(hf_tls_has_peer_certificate(p.server.session), has);
        assert_true(hf_tls_has_peer_certificate(p.client.session));
        say(&p, &p.client, &p.server, "POST /");
        say(&p, &p.server, &p.client, "201");
        assert_exports_agree_once(&p);
        hf_tls_close(p.server.session);
        pair_run(&p);
        assert_true(p.client.closed);
        pair_close(&p);
    }
}

HF_TEST(the_best_suite_in_common_is_chosen)
{
    static const struct {
        const char *client; /* its priority */
        const char *suite;
        bool forward_secret;
    } cases[] = {
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:+ECDHE-PSK:+DHE-PSK:+PSK",
         "TLS1.2 ECDHE-PSK CHACHA20-POLY1305",                                                                       true },
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC:+SHA256:+ECDHE-PSK:+PSK",
         "TLS1.2 ECDHE-PSK AES-128-CBC SHA256",                                                                      true },
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK",                                     "TLS1.2 PSK AES-128-GCM", false},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:-AES-128-GCM",                        "TLS1.2 PSK AES-128-CCM",
         false                                                                                                            },
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:-CIPHER-ALL:+AES-128-CBC:+SHA256",
         "TLS1.2 PSK AES-128-CBC SHA256",                                                                            false},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:-GROUP-ALL:+ECDHE-PSK",
         "TLS1.2 PSK AES-128-GCM",                                                                                   false},
    };

    for (size_t i = 0; i < HF_COUNT(cases); i++) {
        struct hf_secret key = test_key(1);
        struct tls_pair p = {0};

        open_psk(&p, &key, &key, cases[i].client);
        pair_run(&p);
        assert_both_secured(&p);
        assert_string_equal(hf_tls_suite(p.server.session), cases[i].suite);
        assert_int_equal(hf_tls_is_forward_secret(p.server.session), cases[i].forward_secret);
        assert_exports_agree_once(&p);
        pair_close(&p);
    }
}

static void assert_refused(struct tls_pair *p, uint8_t alert, hf_status why)
{
    assert_true(p->server.failed);
    assert_int_equal(p->server.secured, 0);
    assert_int_equal(p->server.last_alert, alert);
    assert_status(hf_tls_why(p->server.session), why);
    assert_true(strlen(hf_tls_why_sentence(p->server.session)) > 0);
    pair_close(p);
}

HF_TEST(a_client_without_a_suite_or_version_of_ours_is_refused)
{
    static const struct {
        const char *client;
        uint8_t alert;
    } cases[] = {
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-PSK",                                      40},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA-PSK",                                      40},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:-CIPHER-ALL:+CHACHA20-POLY1305",           40},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:-CIPHER-ALL:+AES-256-GCM",                 40},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:-CIPHER-ALL:+AES-128-CBC:-MAC-ALL:+SHA1",  40},
 /* CBC without encrypt-then-mac (CH-8). */
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:-CIPHER-ALL:+AES-128-CBC:+SHA256:%NO_ETM", 40},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.1:-KX-ALL:+PSK",                                          70},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.3:+PSK",                                                  70},
    };

    for (size_t i = 0; i < HF_COUNT(cases); i++) {
        struct hf_secret key = test_key(1);
        struct tls_pair p = {0};

        open_psk(&p, &key, &key, cases[i].client);
        pair_run(&p);
        assert_int_equal(p.server.want_psk, 0);
        assert_refused(&p, cases[i].alert, HF_ERR_DENIED);
    }
}

HF_TEST(an_unknown_identity_and_a_wrong_key_look_the_same)
{
    static const char *const suites[] = {
        NULL, "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:-CIPHER-ALL:+AES-128-CBC:+SHA256",
        "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK"};

    for (size_t i = 0; i < HF_COUNT(suites); i++) {
        struct hf_secret key = test_key(1), wrong = test_key(2);
        struct tls_pair unknown = {0}, mistaken = {0};

        open_psk(&unknown, &key, NULL, suites[i]);
        open_psk(&mistaken, &key, &wrong, suites[i]);
        pair_run(&unknown);
        pair_run(&mistaken);
        assert_int_equal(unknown.server.want_psk, 1);
        assert_int_equal(mistaken.server.want_psk, 1);
        assert_int_equal(unknown.server.sent_len, mistaken.server.sent_len);
        assert_int_equal(unknown.server.flights, mistaken.server.flights);
        assert_int_equal(unknown.client.flights, mistaken.client.flights);
        assert_memory_equal(unknown.server.sent + unknown.server.sent_len - 7,
                            mistaken.server.sent + mistaken.server.sent_len - 7, 7);
        assert_string_equal(hf_tls_why_sentence(unknown.client.session),
                            hf_tls_why_sentence(mistaken.client.session));
        assert_refused(&unknown, 20, HF_ERR_CRYPTO);
        assert_refused(&mistaken, 20, HF_ERR_CRYPTO);
    }
}

HF_TEST(a_decoy_is_not_guessable_without_the_masking_key)
{
    struct hf_secret zero = test_key(0);
    struct tls_pair p = {0};

    open_psk(&p, &zero, NULL, NULL);
    pair_run(&p);
    assert_refused(&p, 20, HF_ERR_CRYPTO);
}

HF_TEST(a_parked_handshake_goes_on_when_the_key_comes)
{
    struct hf_secret key = test_key(1);
    struct tls_pair p = {.hold_psk = true};

    open_psk(&p, &key, &key, NULL);
    pair_run(&p);
    assert_int_equal(p.server.want_psk, 1);
    assert_int_equal(p.server.secured, 0);
    assert_int_equal(hf_tls_advance(p.server.session), HF_TLS_WAITING);
    hf_tls_answer_psk(p.server.session, &key);
    pair_run(&p);
    assert_both_secured(&p);
    assert_int_equal(p.server.want_psk, 1);
    say(&p, &p.client, &p.server, "late but well");
    pair_close(&p);
}

HF_TEST(an_aborted_look_up_is_an_internal_error_for_the_peer)
{
    struct hf_secret key = test_key(1);
    struct tls_pair p = {.hold_psk = true};

    open_psk(&p, &key, &key, NULL);
    pair_run(&p);
    hf_tls_abort(p.server.session);
    pair_run(&p);
    assert_string_equal(hf_tls_why_sentence(p.client.session), "Internal error");
    hf_tls_answer_psk(p.server.session, &key); /* Too late: nothing happens. */
    pair_run(&p);
    assert_refused(&p, 80, HF_ERR_UNREACHABLE);
}

HF_TEST(one_octet_at_a_time_is_as_good)
{
    struct hf_secret key = test_key(1);

    for (int i = 0; i < 3; i++) {
        struct tls_pair p = {.step = 1};

        if (i == 0)
            open_psk(&p, &key, &key, NULL);
        else
            open_certificate(&p, i == 1, true);
        pair_run(&p);
        assert_both_secured(&p);
        say(&p, &p.client, &p.server, "slowly");
        pair_close(&p);
    }
}

HF_TEST(a_server_name_that_is_missing_or_foreign_is_refused_before_the_library_sees_it)
{
    static const char *const names[] = {"", "other.example.com", "mef.example.com.evil.com",
                                        "ef.example.com", "mef.example.co"};

    for (size_t i = 0; i < 2 * HF_COUNT(names); i++) {
        bool psk = i % 2 == 0;
        struct hf_tls_config server =
            server_config(psk ? HF_TLS_SERVER_PSK : HF_TLS_SERVER_CERTIFICATE);
        struct hf_tls_config client =
            client_config(psk ? HF_TLS_CLIENT_PSK : HF_TLS_CLIENT_CERTIFICATE);
        struct hf_secret key = test_key(1);
        struct tls_pair p = {.psk = &key};
        struct hf_tls_start start = client_start(&p, &key);

        start.server_name = hf_text(names[i / 2]);
        pair_open(&p, &server, &client, &start);
        pair_run(&p);
        assert_int_equal(p.server.sent_len, 7); /* An alert and nothing else. */
        assert_refused(&p, 112, HF_ERR_UNKNOWN);
    }
}

HF_TEST(a_server_name_is_ours_in_any_case_of_letters)
{
    struct hf_tls_config server = server_config(HF_TLS_SERVER_PSK),
                         client = client_config(HF_TLS_CLIENT_PSK);
    struct hf_secret key = test_key(1);
    struct tls_pair p = {.psk = &key};
    struct hf_tls_start start = client_start(&p, &key);

    start.server_name = HF_LITERAL("MAF.example.COM");
    pair_open(&p, &server, &client, &start);
    pair_run(&p);
    assert_both_secured(&p);
    assert_bytes_text(hf_tls_server_name(p.server.session), "maf.example.com");
    pair_close(&p);
}

static const char without_ems[] = "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+PSK:%NO_SESSION_HASH";

HF_TEST(without_extended_master_secret_there_is_no_channel)
{
    struct hf_secret key = test_key(1);
    struct tls_pair p = {0};

    open_psk(&p, &key, &key, without_ems);
    pair_run(&p);
    assert_true(p.server.failed);
    assert_int_equal(p.server.secured, 0);
    assert_status(hf_tls_why(p.server.session), HF_ERR_DENIED);
    pair_close(&p);
}

HF_TEST(where_it_is_allowed_to_be_without_it_there_is_no_export)
{
    struct hf_tls_config server = server_config(HF_TLS_SERVER_PSK),
                         client = client_config(HF_TLS_CLIENT_PSK);
    struct hf_secret key = test_key(1), out = {0}, before = out;
    struct tls_pair p = {.psk = &key};
    struct hf_tls_start start = client_start(&p, &key);

    server.allow_no_ems = client.allow_no_ems = true;
    client.priority = without_ems;
    pair_open(&p, &server, &client, &start);
    pair_run(&p);
    assert_both_secured(&p);
    say(&p, &p.client, &p.server, "still talks");
    assert_status(hf_tls_export(p.server.session, "EXPORTER-oneM2M-Connection", &out),
                  HF_ERR_DENIED);
    assert_status(hf_tls_export(p.client.session, "EXPORTER-oneM2M-Connection", &out),
                  HF_ERR_DENIED);
    assert_true(hf_secret_equal(&out, &before));
    pair_close(&p);
}

HF_TEST(nothing_is_exported_or_written_before_the_handshake_is_done)
{
    struct hf_secret key = test_key(1), out = {0};
    struct tls_pair p = {.hold_psk = true};

    open_psk(&p, &key, &key, NULL);
    assert_status(hf_tls_export(p.server.session, "x", &out), HF_ERR_UNEXPECTED);
    assert_status(hf_tls_write(p.server.session, HF_LITERAL("x")), HF_ERR_UNEXPECTED);
    pair_run(&p);
    assert_status(hf_tls_export(p.server.session, "x", &out), HF_ERR_UNEXPECTED);
    assert_status(hf_tls_write(p.server.session, HF_LITERAL("x")), HF_ERR_UNEXPECTED);
    assert_false(hf_tls_has_peer_certificate(p.server.session));
    pair_close(&p);
}

HF_TEST(an_end_of_file_without_close_notify_is_a_truncation)
{
    struct hf_secret key = test_key(1);
    struct tls_pair p = {0};

    open_psk(&p, &key, &key, NULL);
    pair_run(&p);
    say(&p, &p.client, &p.server, "half a requ");
    hf_tls_feed_end(p.server.session);
    pair_run(&p);
    assert_true(p.server.failed);
    assert_false(p.server.closed);
    assert_status(hf_tls_why(p.server.session), HF_ERR_UNEXPECTED);
    pair_close(&p);
}

HF_TEST(after_our_own_close_a_bare_end_of_file_will_do)
{
    struct hf_secret key = test_key(1);
    struct tls_pair p = {0};

    open_psk(&p, &key, &key, NULL);
    pair_run(&p);
    hf_tls_close(p.server.session);
    assert_status(hf_tls_write(p.server.session, HF_LITERAL("x")), HF_ERR_UNEXPECTED);
    hf_tls_feed_end(p.server.session);
    pair_run(&p);
    assert_true(p.server.closed);
    assert_false(p.server.failed);
    assert_true(p.client.closed);
    pair_close(&p);
}

HF_TEST(identities_of_1_to_255_octets_are_told_as_they_are)
{
    static const size_t lengths[] = {1, 2, 63, 64, 127, 128, 129, 254, 255};
    static uint8_t text[300];

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (uint8_t)i; /* Any octet: NUL does not cut it (PSK-5). */
    for (size_t i = 0; i < HF_COUNT(lengths); i++) {
        struct hf_tls_config server = server_config(HF_TLS_SERVER_PSK),
                             client = client_config(HF_TLS_CLIENT_PSK);
        struct hf_secret key = test_key(1);
        struct tls_pair p = {.psk = &key};
        struct hf_tls_start start = client_start(&p, &key);

        start.psk_identity = hf_bytes_of(text, lengths[i]);
        pair_open(&p, &server, &client, &start);
        pair_run(&p);
        assert_both_secured(&p);
        assert_true(hf_bytes_equal(hf_tls_identity(p.server.session), start.psk_identity));
        pair_close(&p);
    }
}

HF_TEST(a_judge_of_certificates_chooses_the_alert)
{
    static const struct {
        hf_status verdict;
        uint8_t alert;
    } cases[] = {
        {HF_ERR_EXPIRED,   45},
        {HF_ERR_DENIED,    46},
        {HF_ERR_MALFORMED, 42},
        {HF_ERR_CRYPTO,    48}
    };

    for (size_t i = 0; i < 2 * HF_COUNT(cases); i++) {
        struct tls_pair p = {.verdict = cases[i / 2].verdict};

        open_certificate(&p, i % 2 == 0, true);
        pair_run(&p);
        /* Both judge; the client sees the server's chain first. */
        assert_true(p.client.failed);
        assert_true(p.server.failed);
        assert_status(hf_tls_why(p.client.session), cases[i / 2].verdict);
        assert_int_equal(p.client.secured + p.server.secured, 0);
        if (i % 2 != 0)
            assert_int_equal(p.client.last_alert, cases[i / 2].alert);
        pair_close(&p);
    }
}

HF_TEST(a_client_without_a_judge_trusts_no_server)
{
    struct hf_tls_config server = server_config(HF_TLS_SERVER_CERTIFICATE),
                         client = client_config(HF_TLS_CLIENT_CERTIFICATE);
    struct tls_pair p = {0};
    struct hf_tls_start start = client_start(&p, NULL);

    start.verify = NULL;
    pair_open(&p, &server, &client, &start);
    pair_run(&p);
    assert_true(p.client.failed);
    assert_int_equal(p.client.secured, 0);
    pair_close(&p);
}

HF_TEST(bulk_goes_through_in_both_directions)
{
    static uint8_t much[100000];
    struct hf_secret key = test_key(1);
    struct tls_pair p = {0};
    size_t before;

    open_psk(&p, &key, &key, NULL);
    pair_run(&p);
    assert_both_secured(&p);
    before = p.server.total;
    assert_ok(hf_tls_write(p.client.session, hf_bytes_of(much, sizeof much)));
    pair_run(&p);
    assert_int_equal(p.server.total - before, sizeof much);
    assert_int_equal(hf_tls_output(p.client.session).len, 0);
    pair_close(&p);
}

HF_TEST(a_context_that_makes_no_sense_is_not_made)
{
    struct hf_tls_config c = server_config(HF_TLS_SERVER_PSK);
    struct hf_tls_context *out = NULL;

    c.masking = NULL;
    assert_status(hf_tls_context_new(&c, &out), HF_ERR_MALFORMED);
    c = server_config(HF_TLS_SERVER_PSK);
    c.name_count = 0;
    assert_status(hf_tls_context_new(&c, &out), HF_ERR_MALFORMED);
    c = server_config(HF_TLS_SERVER_CERTIFICATE);
    c.private_key_pem = HF_LITERAL("no key");
    assert_status(hf_tls_context_new(&c, &out), HF_ERR_MALFORMED);
    c = server_config(HF_TLS_SERVER_CERTIFICATE);
    c.certificate_pem = (struct hf_bytes){0};
    assert_status(hf_tls_context_new(&c, &out), HF_ERR_MALFORMED);
    c = server_config(HF_TLS_SERVER_PSK);
    c.priority = "NONSENSE";
    assert_status(hf_tls_context_new(&c, &out), HF_ERR_CRYPTO);
    assert_null(out);
}

HF_TEST(a_client_key_or_identity_that_is_missing_or_too_long_is_refused)
{
    static const uint8_t text[HF_TLS_IDENTITY_MAX + 1] = {0};
    struct hf_tls_config client = client_config(HF_TLS_CLIENT_PSK);
    struct hf_secret key = test_key(1);
    struct tls_pair p = {0};
    struct hf_tls_start start = client_start(&p, &key);
    struct hf_tls *out = NULL;

    assert_ok(hf_tls_context_new(&client, &p.client.context));
    start.psk_identity = (struct hf_bytes){0};
    assert_status(hf_tls_new(p.client.context, &start, &out), HF_ERR_MALFORMED);
    start.psk_identity = hf_bytes_of(text, sizeof text);
    assert_status(hf_tls_new(p.client.context, &start, &out), HF_ERR_MALFORMED);
    start = client_start(&p, NULL);
    assert_status(hf_tls_new(p.client.context, &start, &out), HF_ERR_MALFORMED);
    pair_close(&p);
}

/* As pair_run, for ends that may fail to take what they are fed. */
static void run_on_short_memory(struct tls_pair *p)
{
    for (int i = 0; i < 10; i++) {
        struct tls_end *ends[] = {&p->client, &p->server};

        for (size_t k = 0; k < HF_COUNT(ends); k++) {
            struct hf_bytes out;

            end_advance(p, ends[k]);
            out = hf_tls_output(ends[k]->session);
            if (hf_tls_feed(ends[1 - k]->session, out) != HF_OK)
                return; /* A link would end here. */
            hf_tls_sent(ends[k]->session, out.len);
        }
    }
}

HF_TEST(an_allocation_that_fails_anywhere_is_survived)
{
    struct hf_secret key = test_key(1);
    unsigned secured = 0;

    for (size_t nth = 1; nth < 60; nth++) {
        struct tls_pair p = {0};

        open_psk(&p, &key, &key, NULL);
        hf_memory_fail_at(nth);
        run_on_short_memory(&p);
        hf_memory_fail_at(0);
        secured += p.server.secured && p.client.secured;
        pair_close(&p);
    }
    assert_true(secured > 0 && secured < 59);
}
