#include "unit/net/crafted.h"

#include <string.h>

#include "base/wire.h"
#include "support/hf_test.h"

enum { HELLO = 1, KEY_EXCHANGE = 16, PADDING = 21, RENEGOTIATION_INFO = 0xff01 };

static void put_extension(struct hf_writer *w, uint16_t type, struct hf_bytes body)
{
    hf_put_u16(w, type);
    hf_put_u16_bytes(w, body);
}

static void put_server_name(struct hf_writer *w, const char *name, bool twice)
{
    uint8_t room[600];
    struct hf_writer list = hf_writer_over(room, sizeof room);
    struct hf_bytes entries;

    for (int i = 0; i < (twice ? 2 : 1); i++) {
        hf_put_u8(&list, 0);
        hf_put_u16_bytes(&list, hf_text(name));
    }
    assert_ok(hf_writer_finish(&list, &entries));
    hf_put_u16(w, 0);
    hf_put_u16(w, (uint16_t)(entries.len + 2));
    hf_put_u16_bytes(w, entries);
}

static void put_extensions(struct hf_writer *w, const struct crafted_hello *h)
{
    static const uint8_t zeros[CRAFTED_ROOM / 2];
    const char *name = h->server_name != NULL ? h->server_name : "mef.example.com";
    struct hf_bytes none = {0};

    if (name[0] != '\0')
        put_server_name(w, name, h->two_server_names);
    if (!h->no_ems)
        put_extension(w, 23, none);
    if (h->two_extensions)
        put_extension(w, 23, none);
    if (!h->no_etm)
        put_extension(w, 22, none);
    if (!h->no_groups)
        put_extension(w, 10, HF_LITERAL("\x00\x04\x00\x1d\x00\x17"));
    put_extension(w, 11, HF_LITERAL("\x01\x00"));
    put_extension(w, 13, HF_LITERAL("\x00\x02\x04\x03"));
    if (!h->no_renegotiation_info)
        put_extension(w, RENEGOTIATION_INFO, HF_LITERAL("\x00"));
    if (h->tls13) {
        put_extension(w, 43, HF_LITERAL("\x02\x03\x04"));
        put_extension(w, 51, HF_LITERAL("\x00\x00"));
    }
    if (h->padding > 0)
        put_extension(w, PADDING, hf_bytes_of(zeros, h->padding));
}

static struct hf_bytes with_header(struct crafted *c, uint8_t type, struct hf_bytes body)
{
    struct hf_writer w = hf_writer_over(c->room, sizeof c->room);

    hf_put_u8(&w, type);
    hf_put_u24(&w, (uint32_t)body.len);
    hf_put_bytes(&w, body);
    assert_ok(hf_writer_finish(&w, &c->octets));
    return c->octets;
}

struct hf_bytes craft_hello(struct crafted *c, const struct crafted_hello *h)
{
    static uint8_t room[CRAFTED_ROOM], extensions_room[CRAFTED_ROOM];
    struct hf_writer w = hf_writer_over(room, sizeof room),
                     e = hf_writer_over(extensions_room, sizeof extensions_room);
    struct hf_bytes body, extensions;

    hf_put_u16(&w, h->legacy_version != 0 ? h->legacy_version : 0x0303);
    for (uint8_t i = 0; i < 32; i++)
        hf_put_u8(&w, i);
    hf_put_u8(&w, 0);
    hf_put_u16(&w, (uint16_t)(2 * h->suite_count));
    for (size_t i = 0; i < h->suite_count; i++)
        hf_put_u16(&w, h->suites[i]);
    hf_put_u8_bytes(&w, HF_LITERAL("\x00"));
    put_extensions(&e, h);
    assert_ok(hf_writer_finish(&e, &extensions));
    hf_put_u16_bytes(&w, extensions);
    assert_ok(hf_writer_finish(&w, &body));
    return with_header(c, HELLO, body);
}

struct hf_bytes craft_key_exchange(struct crafted *c, struct hf_bytes identity, bool has_point)
{
    static uint8_t room[CRAFTED_ROOM];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes body;

    hf_put_u16_bytes(&w, identity);
    if (has_point) {
        hf_put_u8(&w, 32);
        hf_put_u8(&w, 9); /* The base point. */
        for (int i = 1; i < 32; i++)
            hf_put_u8(&w, 0);
    }
    assert_ok(hf_writer_finish(&w, &body));
    return with_header(c, KEY_EXCHANGE, body);
}

struct hf_bytes craft_records(struct crafted *c, uint8_t type, struct hf_bytes octets, size_t step)
{
    struct hf_writer w = hf_writer_over(c->room, sizeof c->room);

    while (octets.len > 0) {
        struct hf_bytes some = hf_bytes_first(octets, step == 0 ? octets.len : step);

        hf_put_u8(&w, type);
        hf_put_u16(&w, type == 22 ? 0x0301 : 0x0303);
        hf_put_u16_bytes(&w, some);
        octets = hf_bytes_from(octets, some.len);
    }
    assert_ok(hf_writer_finish(&w, &c->octets));
    return c->octets;
}
