#include "net/tls_records.h"

#include <string.h>

#include "support/hf_test.h"
#include "unit/net/crafted.h"

static struct crafted message_room, record_room;

static struct hf_bytes sample_message(void)
{
    struct crafted_hello h = {.suites = {0x00AE}, .suite_count = 1};

    return craft_hello(&message_room, &h);
}

/* Feeds `octets` in pieces; what was not taken is offered again, as a session does. */
static enum hf_records_result feed(struct hf_records *r, struct hf_bytes octets, size_t piece,
                                   size_t *total)
{
    enum hf_records_result result = HF_RECORDS_MORE;
    size_t from = 0, to = 0, taken;

    while (result == HF_RECORDS_MORE && to < octets.len) {
        to = octets.len - to < piece ? octets.len : to + piece;
        result = hf_records_read(r, hf_bytes_of(octets.at + from, to - from), &taken);
        from += taken;
    }
    *total = from;
    return result;
}

HF_TEST(a_message_is_put_together_from_any_cutting)
{
    struct hf_bytes message = sample_message();
    size_t total;

    for (size_t step = 0; step < 8; step++) {
        struct hf_bytes records = craft_records(&record_room, 22, message, step);

        for (size_t piece = 1; piece < 12; piece++) {
            struct hf_records r;

            hf_records_init(&r, HF_CLIENT_HELLO, HF_CLIENT_HELLO_MAX);
            assert_int_equal(feed(&r, records, piece, &total), HF_RECORDS_MESSAGE);
            assert_int_equal(total, records.len);
            assert_true(hf_bytes_equal(hf_records_message(&r), message));
            hf_records_done(&r);
        }
    }
}

HF_TEST(what_follows_the_message_is_left_alone)
{
    struct hf_bytes records = craft_records(&record_room, 22, sample_message(), 0);
    uint8_t more[CRAFTED_ROOM];
    struct hf_records r;
    size_t taken;

    memcpy(more, records.at, records.len);
    memset(more + records.len, 0x17, 9);
    hf_records_init(&r, HF_CLIENT_HELLO, HF_CLIENT_HELLO_MAX);
    assert_int_equal(hf_records_read(&r, hf_bytes_of(more, records.len + 9), &taken),
                     HF_RECORDS_MESSAGE);
    assert_int_equal(taken, records.len);
    hf_records_done(&r);
}

static void assert_bad(const char *hex, enum hf_alert alert)
{
    uint8_t room[64];
    struct hf_bytes octets = hf_test_hex(hex, room, sizeof room);
    struct hf_records r;
    size_t taken;

    hf_records_init(&r, HF_CLIENT_HELLO, 16);
    assert_int_equal(feed(&r, octets, 1, &taken), HF_RECORDS_BAD);
    assert_int_equal(r.alert, alert);
    assert_int_equal(hf_records_read(&r, octets, &taken), HF_RECORDS_BAD);
    hf_records_done(&r);
}

HF_TEST(records_and_messages_that_tls_does_not_allow_are_refused)
{
    assert_bad("1602010004", HF_ALERT_PROTOCOL_VERSION);
    assert_bad("1603010000", HF_ALERT_UNEXPECTED_MESSAGE);
    assert_bad("1603014001", HF_ALERT_RECORD_OVERFLOW);
    assert_bad("160301ffff", HF_ALERT_RECORD_OVERFLOW);
    /* Another message, and one octet more than the limit. */
    assert_bad("160301000402000000", HF_ALERT_UNEXPECTED_MESSAGE);
    assert_bad("160301000401000011", HF_ALERT_ILLEGAL_PARAMETER);
    assert_bad("160301000401ffffff", HF_ALERT_ILLEGAL_PARAMETER);
    /* Something behind the message in its record. */
    assert_bad("16030100060100000155aa", HF_ALERT_UNEXPECTED_MESSAGE);
    /* Another record type in the middle of a message, and in the middle of its header. */
    assert_bad("160301000501000002551503010002", HF_ALERT_UNEXPECTED_MESSAGE);
    assert_bad("1603010001011403010001", HF_ALERT_UNEXPECTED_MESSAGE);
}

HF_TEST(a_record_of_another_type_is_left_to_the_caller)
{
    struct hf_records r;
    size_t taken;

    hf_records_init(&r, HF_CLIENT_HELLO, 16);
    assert_int_equal(hf_records_read(&r, HF_LITERAL("GET / HTTP/1.1"), &taken), HF_RECORDS_OTHER);
    assert_int_equal(taken, 0);
    assert_int_equal(hf_records_read(&r, HF_LITERAL("GET "), &taken), HF_RECORDS_MORE);
    assert_int_equal(taken, 0);
    hf_records_done(&r);
}

HF_TEST(an_empty_message_and_one_of_exactly_the_limit_are_whole)
{
    uint8_t room[64];
    struct hf_records r;
    size_t taken;

    hf_records_init(&r, HF_CLIENT_HELLO, 2);
    assert_int_equal(
        hf_records_read(&r, hf_test_hex("160303000401000000", room, sizeof room), &taken),
        HF_RECORDS_MESSAGE);
    assert_int_equal(hf_records_message(&r).len, 4);
    hf_records_done(&r);
    hf_records_init(&r, HF_CLIENT_HELLO, 2);
    assert_int_equal(
        hf_records_read(&r, hf_test_hex("1603030006010000021122", room, sizeof room), &taken),
        HF_RECORDS_MESSAGE);
    assert_int_equal(hf_records_message(&r).len, 6);
    hf_records_done(&r);
}
