/*
 * A server for programs that we did not write: secures one connection after the other, prints
 * "PORT n" at the start and, for each, "SUITE name" and "KEY hex" of the exporter, or "REFUSED
 * sentence".  Any identity has the key of 32 times 0x07.
 */
#include <event2/event.h>
#include <stdio.h>
#include <string.h>

#include "base/wire.h"
#include "net/link.h"
#include "net/listener.h"
#include "unit/net/tls_pair.h"

struct server {
    struct event_base *loop;
    struct hf_tls_context *tls;
    struct hf_secret key;
};

static const struct hf_link_limits limits = {
    .handshake_ms = 10000, .idle_ms = 10000, .unsent_max = 65536};

static hf_status trust_anybody(void *context, const struct hf_bytes *chain, size_t count)
{
    (void)context;
    (void)chain;
    (void)count;
    return HF_OK;
}

/* The key is one of a test; nowhere else is one printed. */
static void print_export(struct hf_link *l)
{
    char text[2 * HF_EXPORT_LEN + 1];
    struct hf_writer w = hf_writer_over(text, sizeof text);
    struct hf_secret exported = {0};
    hf_status st = hf_tls_export(hf_link_tls(l), "EXPORTER-oneM2M-Connection", &exported);

    printf("SUITE %s\n", hf_tls_suite(hf_link_tls(l)));
    hf_put_hex(&w, hf_secret_reveal(&exported));
    if (st == HF_OK && hf_writer_finish_text(&w) == HF_OK)
        printf("KEY %s\n", text);
    else
        printf("NOKEY %s\n", hf_status_name(st));
}

static void handle(struct hf_link *l, enum hf_link_event e, void *owner)
{
    struct server *s = owner;
    uint8_t room[1024];

    switch (e) {
    case HF_LINK_WANT_PSK:
        hf_link_answer_psk(l, &s->key);
        break;
    case HF_LINK_READY:
        print_export(l);
        if (hf_link_write(l, HF_LITERAL("done\n")) != HF_OK)
            printf("REFUSED write\n");
        break;
    case HF_LINK_READABLE:
        while (hf_link_read(l, room, sizeof room) > 0)
            ;
        break;
    case HF_LINK_WRITTEN:
        break;
    case HF_LINK_FAILED:
        printf("REFUSED %s\n", hf_link_why_sentence(l));
        hf_link_free(l);
        break;
    case HF_LINK_ENDED:
        hf_link_free(l);
        break;
    }
    fflush(stdout);
}

static void accept_one(int fd, const struct sockaddr *peer, void *owner)
{
    struct server *s = owner;
    struct hf_tls_start start = {.verify = trust_anybody};
    struct hf_link *l;

    if (hf_link_accept(s->loop, fd, peer, s->tls, &start, &limits, handle, s, &l) != HF_OK)
        printf("REFUSED accept\n");
}

int main(int argc, char **argv)
{
    bool psk = argc == 2 && strcmp(argv[1], "psk") == 0;
    struct hf_tls_config config =
        server_config(psk ? HF_TLS_SERVER_PSK : HF_TLS_SERVER_CERTIFICATE);
    struct server s = {.loop = event_base_new(), .key = test_key(7)};
    struct hf_listener *listener;

    if (argc != 2 || s.loop == NULL || hf_tls_context_new(&config, &s.tls) != HF_OK
        || hf_listener_open(s.loop, "127.0.0.1", 0, accept_one, &s, &listener) != HF_OK) {
        fprintf(stderr, "usage: %s psk|certificate\n", argv[0]);
        return 2;
    }
    printf("PORT %u\n", hf_listener_port(listener));
    fflush(stdout);
    return event_base_dispatch(s.loop) == 0 ? 0 : 1;
}
