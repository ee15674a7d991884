/*
 * The peer's first octets, read ahead of the TLS library.  The first octet of the input chooses:
 * bits 0 to 3 the size of a piece, bit 4 a ClientKeyExchange instead of a ClientHello, bit 5 a
 * whole pre-shared-key server behind the reader.
 */
#include <stdlib.h>
#include <string.h>

#include "net/tls.h"
#include "net/tls_hello.h"
#include "net/tls_records.h"

enum { PIECE_BITS = 0x0f, KEY_EXCHANGE_BIT = 0x10, SESSION_BIT = 0x20 };

static const struct hf_bytes names[] = {
    {(const uint8_t *)"mef.example.com", 15}
};

static void judge(struct hf_bytes message, bool key_exchange)
{
    struct hf_client_hello h;
    struct hf_bytes identity;

    if (!key_exchange) {
        if (hf_client_hello_parse(message, &h) == HF_OK)
            (void)(hf_client_hello_offers_group(&h) || hf_client_hello_offers_suite(&h, 0xCCAC));
        return;
    }
    for (int has_point = 0; has_point < 2; has_point++)
        if (hf_psk_identity_parse(message, has_point, &identity) == HF_OK
            && (identity.len == 0 || identity.len > HF_TLS_IDENTITY_MAX))
            abort();
}

static void read_records(struct hf_bytes octets, size_t piece, bool key_exchange)
{
    enum hf_records_result result = HF_RECORDS_MORE;
    size_t from = 0, to = 0, taken;
    struct hf_records r;

    hf_records_init(&r, key_exchange ? HF_CLIENT_KEY_EXCHANGE : HF_CLIENT_HELLO,
                    HF_CLIENT_HELLO_MAX);
    while (result == HF_RECORDS_MORE && to < octets.len) {
        to = octets.len - to < piece ? octets.len : to + piece;
        result = hf_records_read(&r, hf_bytes_of(octets.at + from, to - from), &taken);
        if (taken > to - from)
            abort();
        from += taken;
    }
    if (result == HF_RECORDS_MESSAGE)
        judge(hf_records_message(&r), key_exchange);
    hf_records_done(&r);
}

static struct hf_tls_context *server(void)
{
    static struct hf_tls_context *context;
    struct hf_secret masking = {0};
    struct hf_tls_config c = {
        .mode = HF_TLS_SERVER_PSK, .names = names, .name_count = 1, .masking = &masking};

    if (context != NULL)
        return context;
    memset(hf_secret_room(&masking, 32), 1, 32);
    if (hf_tls_context_new(&c, &context) != HF_OK)
        abort();
    return context;
}

/* Nobody without a key may ever be secured. */
static void run_session(struct hf_bytes octets, size_t piece)
{
    struct hf_tls_start start = {0};
    enum hf_tls_event e;
    struct hf_tls *t;

    if (hf_tls_new(server(), &start, &t) != HF_OK)
        abort();
    while (octets.len > 0) {
        if (hf_tls_feed(t, hf_bytes_first(octets, piece)) != HF_OK)
            break;
        octets = hf_bytes_from(octets, piece);
        while ((e = hf_tls_advance(t)) == HF_TLS_WANT_PSK)
            hf_tls_answer_psk(t, NULL);
        if (e == HF_TLS_SECURED || e == HF_TLS_READABLE)
            abort();
        hf_tls_sent(t, hf_tls_output(t).len);
    }
    hf_tls_feed_end(t);
    (void)hf_tls_advance(t);
    hf_tls_free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t piece;

    if (size == 0)
        return 0;
    piece = data[0] & PIECE_BITS;
    if (piece == 0)
        piece = size;
    if ((data[0] & SESSION_BIT) != 0)
        run_session(hf_bytes_of(data + 1, size - 1), piece);
    else
        read_records(hf_bytes_of(data + 1, size - 1), piece, (data[0] & KEY_EXCHANGE_BIT) != 0);
    return 0;
}
