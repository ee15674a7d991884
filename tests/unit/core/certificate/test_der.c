#include "core/certificate/der.h"

#include <stdlib.h>
#include <string.h>

#include "core/certificate/der_oid.h"
#include "support/hf_test.h"

enum { ROOM = 1024, TEXT_ROOM = 1024 };

static hf_status read_one(struct hf_bytes der, uint8_t tag, size_t *len)
{
    struct hf_reader r = hf_reader_over(der);

    *len = hf_der_get(&r, tag).len;
    return hf_reader_finish(&r);
}

HF_TEST(lengths_are_read_in_their_shortest_form_only)
{
    static const struct {
        const char *head;
        size_t content;
        hf_status st;
    } cases[] = {
        {"0400",         0,   HF_OK           },
        {"047f",         127, HF_OK           },
        {"048180",       128, HF_OK           },
        {"0481ff",       255, HF_OK           },
        {"04820100",     256, HF_OK           },
        {"048100",       0,   HF_ERR_MALFORMED},
        {"04817f",       127, HF_ERR_MALFORMED},
        {"048200ff",     255, HF_ERR_MALFORMED},
        {"0483000100",   256, HF_ERR_MALFORMED},
        {"048400000001", 1,   HF_ERR_MALFORMED},
        {"0480",         2,   HF_ERR_MALFORMED}, /* indefinite */
        {"04ff",         0,   HF_ERR_MALFORMED},
        {"0401",         2,   HF_ERR_MALFORMED}, /* something behind it */
        {"1f0400",       0,   HF_ERR_MALFORMED}, /* tag of two octets */
        {"0500",         0,   HF_ERR_MALFORMED}, /* another tag */
        {"04",           0,   HF_ERR_MALFORMED},
        {"",             0,   HF_ERR_MALFORMED},
    };

    for (size_t i = 0; i < HF_COUNT(cases); i++) {
        uint8_t room[ROOM] = {0};
        struct hf_bytes der = hf_test_hex(cases[i].head, room, sizeof room);
        size_t len;

        der.len += cases[i].content;
        assert_status(read_one(der, 0x04, &len), cases[i].st);
        if (cases[i].st != HF_OK)
            continue;
        assert_int_equal(len, cases[i].content);
        for (size_t cut = 0; cut < der.len; cut++)
            assert_status(read_one(hf_bytes_first(der, cut), 0x04, &len), HF_ERR_MALFORMED);
    }
}

/* "" stands for a refusal. */
static void assert_oid(const char *hex, const char *expected, hf_status st)
{
    uint8_t room[ROOM], text_room[TEXT_ROOM];
    struct hf_bytes content = hf_test_hex(hex, room, sizeof room), text;
    struct hf_writer w = hf_writer_over(text_room, sizeof text_room);
    struct hf_oid o = {0};

    assert_status(hf_oid_read(content, &o), st);
    if (st != HF_OK)
        return;
    hf_put_oid(&w, &o);
    assert_ok(hf_writer_finish(&w, &text));
    assert_bytes_text(text, expected);
}

/* Encodings worked out by hand from X.690, 8.19. */
HF_TEST(an_oid_has_one_encoding)
{
    assert_oid("00", "0.0", HF_OK);
    assert_oid("02836101", "0.2.481.1", HF_OK);
    assert_oid("27", "0.39", HF_OK);
    assert_oid("28", "1.0", HF_OK);
    assert_oid("4f", "1.39", HF_OK);
    assert_oid("50", "2.0", HF_OK);
    assert_oid("8837", "2.999", HF_OK);
    assert_oid("2a81ffffffffffffffff7f", "1.2.18446744073709551615", HF_OK);
    assert_oid("2a8280808080808080808000", "", HF_ERR_LIMIT);
    assert_oid("2a82808080808080808000", "", HF_ERR_LIMIT);
    assert_oid("", "", HF_ERR_MALFORMED);
    assert_oid("80", "", HF_ERR_MALFORMED);
    assert_oid("8001", "", HF_ERR_MALFORMED);
    assert_oid("2a8001", "", HF_ERR_MALFORMED);
    assert_oid("2a81", "", HF_ERR_MALFORMED);
    assert_oid("81", "", HF_ERR_MALFORMED);
}

HF_TEST(an_oid_has_at_most_thirty_two_arcs)
{
    uint8_t content[40];
    struct hf_oid o;

    memset(content, 1, sizeof content);
    assert_ok(hf_oid_read(hf_bytes_of(content, 31), &o)); /* the first octet is two arcs */
    assert_int_equal(o.count, 32);
    assert_status(hf_oid_append(&o, HF_LITERAL("\x01")), HF_ERR_LIMIT);
    assert_status(hf_oid_read(hf_bytes_of(content, 32), &o), HF_ERR_LIMIT);
    assert_status(hf_oid_append(&o, (struct hf_bytes){NULL, 0}), HF_ERR_MALFORMED);
}

HF_TEST(oids_are_compared_arc_by_arc)
{
    static const struct hf_oid a =
                                   {
                                       3, {1, 2, 3}
    },
                               b = {3, {1, 2, 34}}, c = {4, {1, 2, 3, 4}};

    assert_true(hf_oid_is_below(&c, &a) && hf_oid_is_below(&a, &a));
    assert_false(hf_oid_is_below(&a, &c) || hf_oid_is_below(&b, &a) || hf_oid_is_below(&a, &b));
    assert_true(hf_oid_equal(&a, &a));
    assert_false(hf_oid_equal(&a, &b) || hf_oid_equal(&a, &c));
}
