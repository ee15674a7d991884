#include "base/wire.h"
#include "support/hf_test.h"

HF_TEST(a_layout_comes_back_as_it_was_written)
{
    uint8_t room[64];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes all;
    struct hf_reader r;

    hf_put_u8(&w, 1);
    hf_put_u16(&w, 0x0203);
    hf_put_u24(&w, 0x040506);
    hf_put_u32(&w, 0x0708090a);
    hf_put_u64(&w, UINT64_C(0x0b0c0d0e0f101112));
    hf_put_u16_bytes(&w, HF_LITERAL("abc"));
    assert_ok(hf_writer_finish(&w, &all));
    r = hf_reader_over(all);
    assert_int_equal(hf_get_u8(&r), 1);
    assert_int_equal(hf_get_u16(&r), 0x0203);
    assert_int_equal(hf_get_u24(&r), 0x040506);
    assert_int_equal(hf_get_u32(&r), 0x0708090a);
    assert_int_equal(hf_get_u64(&r), UINT64_C(0x0b0c0d0e0f101112));
    assert_bytes_text(hf_get_u16_bytes(&r), "abc");
    assert_ok(hf_reader_finish(&r));
}

HF_TEST(a_reader_past_its_end_fails_for_good)
{
    struct hf_reader r = hf_reader_over(HF_LITERAL("\x00\x05"
                                                   "abc"));

    assert_int_equal(hf_get_u16_bytes(&r).len, 0);
    assert_status(hf_reader_finish(&r), HF_ERR_MALFORMED);
    assert_int_equal(hf_get_u8(&r), 0);
    assert_status(hf_reader_finish(&r), HF_ERR_MALFORMED);
}

HF_TEST(what_is_left_over_is_malformed)
{
    struct hf_reader r = hf_reader_over(HF_LITERAL("ab"));

    hf_get_u8(&r);
    assert_status(hf_reader_finish(&r), HF_ERR_MALFORMED);
}

HF_TEST(a_full_writer_writes_nothing_more_and_says_so)
{
    uint8_t room[3] = {0};
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes out = {0};

    hf_put_u16(&w, 0x0102);
    hf_put_u16(&w, 0x0304);
    hf_put_u8(&w, 5);
    assert_status(hf_writer_finish(&w, &out), HF_ERR_LIMIT);
    assert_int_equal(room[2], 0);
    assert_null(out.at);
}

HF_TEST(numbers_and_hex_are_text)
{
    char room[64];
    struct hf_writer w = hf_writer_over(room, sizeof room);

    hf_put_number(&w, 0);
    hf_put_u8(&w, ' ');
    hf_put_number(&w, UINT64_MAX);
    hf_put_u8(&w, ' ');
    hf_put_hex(&w, HF_LITERAL("\x00\xab\xff"));
    assert_ok(hf_writer_finish_text(&w));
    assert_string_equal(room, "0 18446744073709551615 00ABFF");
}
