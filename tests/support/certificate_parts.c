#include "support/certificate_parts.h"

#include <string.h>

#include "core/certificate/der.h"

enum { ARENA_MAX = 1 << 20 };

struct hf_arena parts_arena;

void parts_begin(void)
{
    hf_arena_init(&parts_arena, ARENA_MAX);
}

void parts_end(void)
{
    hf_arena_done(&parts_arena);
}

const struct certificate_parts good_parts = {
    .version = "a003020102",
    .serial = "020107",
    .inner_algorithm = ECDSA_SHA256,
    .issuer = NAME,
    .validity = VALIDITY,
    .subject = NAME,
    .spki = SPKI_HEAD POINT,
    .extensions = BASIC_CA KEY_USAGE,
    .algorithm = ECDSA_SHA256,
    .signature = "030900" /* any octets */ "3006020101020101",
};

struct hf_bytes parts_octets(const char *hex)
{
    size_t len = hex == NULL ? 0 : strlen(hex) / 2;
    uint8_t *room = hf_arena_take(&parts_arena, len + 1, 1);

    assert_non_null(room);
    return hf_test_hex(hex == NULL ? "" : hex, room, len + 1);
}

static struct hf_bytes join(const char *const *hex, size_t count)
{
    struct hf_bytes joined = {NULL, 0};

    for (size_t i = 0; i < count; i++) {
        struct hf_bytes more = parts_octets(hex[i]);
        uint8_t *room = hf_arena_take(&parts_arena, joined.len + more.len + 1, 1);

        assert_non_null(room);
        if (joined.len > 0)
            memcpy(room, joined.at, joined.len);
        if (more.len > 0)
            memcpy(room + joined.len, more.at, more.len);
        joined = hf_bytes_of(room, joined.len + more.len);
    }
    return joined;
}

/* An element as hex, its length in the shortest form. */
static const char *element(uint8_t tag, struct hf_bytes content)
{
    size_t size = 2 * content.len + 10;
    char *hex = hf_arena_take(&parts_arena, size, 1);
    struct hf_writer w = hf_writer_over(hex, size);
    uint8_t head[] = {tag, 0x82, (uint8_t)(content.len >> 8), (uint8_t)content.len};

    assert_non_null(hex);
    if (content.len < 128)
        hf_put_hex(&w, hf_bytes_of((uint8_t[]){tag, head[3]}, 2));
    else if (content.len < 256)
        hf_put_hex(&w, hf_bytes_of((uint8_t[]){tag, 0x81, head[3]}, 3));
    else
        hf_put_hex(&w, hf_bytes_of(head, sizeof head));
    hf_put_hex(&w, content);
    assert_ok(hf_writer_finish_text(&w));
    return hex;
}

struct hf_bytes parts_write(const struct certificate_parts *p)
{
    const char *extensions = p->extensions_whole;

    if (p->extensions != NULL)
        extensions =
            element(0xa3, parts_octets(element(HF_DER_SEQUENCE, parts_octets(p->extensions))));
    const char *fields[] = {
        p->version, p->serial, p->inner_algorithm, p->issuer,  p->validity,
        p->subject, p->spki,   p->unique_ids,      extensions, p->behind_tbs_fields};
    const char *outer[] = {element(HF_DER_SEQUENCE, join(fields, HF_COUNT(fields))), p->algorithm,
                           p->signature, p->behind};
    const char *all[] = {element(HF_DER_SEQUENCE, join(outer, HF_COUNT(outer))), p->after_all};

    return join(all, HF_COUNT(all));
}

hf_status parts_read(const struct certificate_parts *p)
{
    struct hf_certificate c, before;
    hf_status st;

    memset(&c, 0x5a, sizeof c);
    before = c;
    st = hf_certificate_read(parts_write(p), &c);
    if (st != HF_OK)
        assert_memory_equal(&c, &before, sizeof c);
    return st;
}

/* One part is another. */
void assert_each_part(const char *const *others, size_t count, size_t offset, hf_status expected)
{
    parts_begin();
    for (size_t i = 0; i < count; i++) {
        struct certificate_parts p = good_parts;

        memcpy((char *)&p + offset, &others[i], sizeof others[i]);
        if (offset == offsetof(struct certificate_parts, extensions_whole))
            p.extensions = NULL;
        if (parts_read(&p) != expected)
            print_error("part: %s\n", others[i] == NULL ? "none" : others[i]);
        assert_status(parts_read(&p), expected);
    }
    parts_end();
}
