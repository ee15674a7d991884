#include "unit/net/tls_pair.h"

#include <string.h>

#include "base/arena.h"
#include "crypto/x509.h"
#include "support/hf_test.h"

static const struct hf_bytes names[] = {
    {(const uint8_t *)"mef.example.com", 15},
    {(const uint8_t *)"maf.example.com", 15},
};
static struct hf_secret masking;
static struct hf_bytes chain_pem, key_pem;

struct hf_secret test_key(uint8_t fill)
{
    struct hf_secret key = {0};

    memset(hf_secret_room(&key, 32), fill, 32);
    return key;
}

static void make_certificates(void)
{
    enum { VALID_FROM_S = 1700000000, VALID_TO_S = 2000000000, ROOM = 64 * 1024 };
    static struct hf_arena arena;
    static char text[8192];
    struct hf_x509_order ca = {.common_name = "Test CA",
                               .is_ca = true,
                               .not_before_s = VALID_FROM_S,
                               .not_after_s = VALID_TO_S};
    struct hf_x509_order leaf = {.common_name = "leaf",
                                 .dns_name = "mef.example.com",
                                 .not_before_s = VALID_FROM_S,
                                 .not_after_s = VALID_TO_S};
    struct hf_bytes ca_key, ca_pem, leaf_pem, none = {0};

    if (key_pem.len > 0)
        return;
    hf_arena_init(&arena, ROOM);
    assert_ok(hf_x509_new_key(&arena, &ca_key));
    assert_ok(hf_x509_issue(&ca, ca_key, none, none, &arena, &ca_pem));
    assert_ok(hf_x509_new_key(&arena, &key_pem));
    assert_ok(hf_x509_issue(&leaf, key_pem, ca_pem, ca_key, &arena, &leaf_pem));
    assert_true(leaf_pem.len + ca_pem.len < sizeof text);
    memcpy(text, leaf_pem.at, leaf_pem.len);
    memcpy(text + leaf_pem.len, ca_pem.at, ca_pem.len);
    chain_pem = hf_bytes_of(text, leaf_pem.len + ca_pem.len);
}

__attribute__((destructor)) static void forget_certificates(void)
{
    hf_secret_wipe(&masking);
}

struct hf_bytes test_chain_pem(void)
{
    make_certificates();
    return chain_pem;
}

struct hf_bytes test_key_pem(void)
{
    make_certificates();
    return key_pem;
}

static hf_status verify(void *context, const struct hf_bytes *chain, size_t count)
{
    struct tls_pair *p = context;

    assert_true(count > 0 && chain[0].len > 0);
    p->verified++;
    p->chain_count = count;
    return p->verdict;
}

struct hf_tls_config server_config(enum hf_tls_mode mode)
{
    struct hf_tls_config c = {
        .mode = mode, .names = names, .name_count = HF_COUNT(names), .tls13 = true};

    masking = test_key(0x99);
    if (mode == HF_TLS_SERVER_PSK) {
        c.masking = &masking;
    } else {
        c.certificate_pem = test_chain_pem();
        c.private_key_pem = test_key_pem();
    }
    return c;
}

struct hf_tls_config client_config(enum hf_tls_mode mode)
{
    struct hf_tls_config c = {.mode = mode, .tls13 = true};

    return c;
}

struct hf_tls_start client_start(struct tls_pair *p, const struct hf_secret *psk)
{
    return (struct hf_tls_start){.verify = verify,
                                 .verify_context = p,
                                 .server_name = HF_LITERAL("mef.example.com"),
                                 .psk_identity = HF_LITERAL("00112233445566778899AABBCCDDEEFF@mef"
                                                            ".example.com"),
                                 .psk = psk};
}

void pair_open_server(struct tls_pair *p, const struct hf_tls_config *server)
{
    struct hf_tls_start s = {.verify = verify, .verify_context = p};

    assert_ok(hf_tls_context_new(server, &p->server.context));
    assert_ok(hf_tls_new(p->server.context, &s, &p->server.session));
}

void pair_open(struct tls_pair *p, const struct hf_tls_config *server,
               const struct hf_tls_config *client, const struct hf_tls_start *start)
{
    pair_open_server(p, server);
    assert_ok(hf_tls_context_new(client, &p->client.context));
    assert_ok(hf_tls_new(p->client.context, start, &p->client.session));
}

void pair_close(struct tls_pair *p)
{
    hf_tls_free(p->server.session);
    hf_tls_free(p->client.session);
    hf_tls_context_free(p->server.context);
    hf_tls_context_free(p->client.context);
    p->server.session = p->client.session = NULL;
    p->server.context = p->client.context = NULL;
}

static void drain(struct tls_end *e)
{
    size_t len, before;

    do {
        before = e->plain_len;
        len = hf_tls_read(e->session, e->plain + e->plain_len, SEEN_MAX - e->plain_len);
        e->plain_len += len;
        e->total += len;
    } while (e->plain_len > before && e->plain_len < SEEN_MAX);
    if (e->plain_len == SEEN_MAX)
        e->plain_len = 0; /* A test of bulk looks at counts only. */
}

void end_advance(struct tls_pair *p, struct tls_end *e)
{
    for (;;) {
        switch (hf_tls_advance(e->session)) {
        case HF_TLS_WAITING:
            return;
        case HF_TLS_WANT_PSK:
            e->want_psk++;
            if (!p->hold_psk)
                hf_tls_answer_psk(e->session, p->psk);
            break;
        case HF_TLS_SECURED:
            e->secured++;
            break;
        case HF_TLS_READABLE:
            drain(e);
            break;
        case HF_TLS_CLOSED:
            e->closed = 1;
            return;
        case HF_TLS_FAILED:
            e->failed = 1;
            return;
        }
    }
}

static void note_sent(struct tls_end *e, struct hf_bytes out)
{
    struct hf_bytes some = hf_bytes_first(out, sizeof e->sent - e->sent_len);

    if (some.len > 0)
        memcpy(e->sent + e->sent_len, some.at, some.len);
    e->sent_len += some.len;
    e->flights++;
    e->last_alert = out.at[out.len - 1];
}

/* True when something was carried. */
static bool carry(struct tls_pair *p, struct tls_end *from, struct tls_end *to)
{
    struct hf_bytes out = hf_tls_output(from->session);
    uint8_t copy[SEEN_MAX * 4];
    size_t len = out.len < sizeof copy ? out.len : sizeof copy;

    if (len == 0) {
        if (from->failed && !from->has_ended) {
            from->has_ended = true;
            hf_tls_feed_end(to->session);
            end_advance(p, to);
            return true;
        }
        return false;
    }
    note_sent(from, hf_bytes_first(out, len));
    memcpy(copy, out.at, len);
    hf_tls_sent(from->session, len);
    for (size_t at = 0, step; at < len; at += step) {
        step = p->step == 0 || p->step > len - at ? len - at : p->step;
        assert_ok(hf_tls_feed(to->session, hf_bytes_of(copy + at, step)));
        end_advance(p, to);
    }
    return true;
}

void pair_run(struct tls_pair *p)
{
    bool moved;

    end_advance(p, &p->client);
    end_advance(p, &p->server);
    do {
        moved = carry(p, &p->client, &p->server);
        moved = carry(p, &p->server, &p->client) || moved;
    } while (moved);
}

void end_feed(struct tls_pair *p, struct tls_end *e, struct hf_bytes octets)
{
    struct hf_bytes out;

    assert_ok(hf_tls_feed(e->session, octets));
    end_advance(p, e);
    out = hf_tls_output(e->session);
    if (out.len > 0) {
        note_sent(e, out);
        hf_tls_sent(e->session, out.len);
    }
}
