#include "net/tls.h"

#include <string.h>

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
