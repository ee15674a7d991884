#include "base/time.h"
#include "support/hf_test.h"

static void assert_round_trip(const char *text, uint64_t time_s)
{
    uint8_t room[HF_TIMESTAMP_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    uint64_t got = 0;

    assert_ok(hf_timestamp_parse(hf_text(text), &got));
    assert_int_equal(got, time_s);
    hf_put_timestamp(&w, time_s);
    assert_ok(w.st);
    assert_bytes_text(hf_bytes_of(room, w.used), text);
}

/* Source of the numbers: GNU date -u -d ... +%s. */
HF_TEST(timestamps_agree_with_gnu_date)
{
    assert_round_trip("19700101T000000", 0);
    assert_round_trip("20000229T235959", 951868799);
    assert_round_trip("20380119T031408", UINT64_C(2147483648));
    assert_round_trip("21000301T000000", UINT64_C(4107542400));
    assert_round_trip("20261125T135401", UINT64_C(1795614841));
    assert_round_trip("99991231T235959", HF_TIME_MAX_S);
}

HF_TEST(a_fraction_is_accepted_and_cut_off)
{
    uint64_t t = 0;

    assert_ok(hf_timestamp_parse(HF_LITERAL("19700101T000001,999999"), &t));
    assert_int_equal(t, 1);
}

HF_TEST(days_and_forms_that_do_not_exist_are_refused)
{
    static const char *const bad[] = {"",
                                      "20260101",
                                      "20260101T00000",
                                      "20260101T000000Z",
                                      "20260101T000000,",
                                      "20260101T000000,1234567",
                                      "20260101 000000",
                                      "20260229T000000",
                                      "21000229T000000",
                                      "20261301T000000",
                                      "20260100T000000",
                                      "20260101T240000",
                                      "20260101T006000",
                                      "20260101T000060",
                                      "19691231T235959",
                                      "2026010aT000000",
                                      "-0260101T000000"};
    uint64_t t = 7;

    for (size_t i = 0; i < HF_COUNT(bad); i++)
        assert_status(hf_timestamp_parse(hf_text(bad[i]), &t), HF_ERR_MALFORMED);
    assert_int_equal(t, 7);
}

HF_TEST(every_day_of_four_centuries_comes_back)
{
    for (uint64_t day = 0; day < 146097; day++) {
        uint8_t room[HF_TIMESTAMP_LEN];
        struct hf_writer w = hf_writer_over(room, sizeof room);
        uint64_t got = 0;

        hf_put_timestamp(&w, day * 86400 + day % 86400);
        assert_ok(hf_timestamp_parse(hf_bytes_of(room, w.used), &got));
        assert_int_equal(got, day * 86400 + day % 86400);
    }
}
