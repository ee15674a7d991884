/* The client configuration and the method list. */
#include <string.h>

#include "codec/content.h"
#include "support/hf_test.h"

enum { ARENA_MAX = 65536, ROOM_LEN = 8192, OFFERS_MAX = 4 };

#define CONFIGURATION(cse, maf, gateway, lifetime)                                                 \
    "{\"version\":1,\"provider\":\"sp.example.com\",\"nodeId\":\"urn:node:1\"," cse                \
    "\"aeIds\":[\"//sp.example.com/CSE1/C1\",\"//sp.example.com/S2\"],"                            \
    "\"inCseId\":\"//sp.example.com/IN-CSE\",\"maf\":{\"fqdn\":\"maf.example.com\"" maf            \
    "}" gateway ",\"lifetime\":" lifetime "}"
#define CSE     "\"cseId\":\"//sp.example.com/CSE1\","
#define MAF     ",\"address\":\"192.0.2.1\",\"pskPort\":7443,\"certificatePort\":7444"
#define GATEWAY ",\"gateway\":{\"port\":9443,\"address\":\"2001:db8::1\"}"
#define FULL    CONFIGURATION(CSE, MAF, GATEWAY, "31536000")
#define SMALL   CONFIGURATION("", "", "", "1")

static hf_status read_configuration(const char *json, struct hf_arena *a,
                                    struct hf_client_configuration *c)
{
    hf_arena_init(a, ARENA_MAX);
    return hf_client_configuration_read(hf_text(json), a, c);
}

HF_TEST(a_client_configuration_tells_every_output_of_bootstrapping)
{
    struct hf_client_configuration c;
    struct hf_arena a;

    assert_ok(read_configuration(FULL, &a, &c));
    assert_bytes_text(c.provider, "sp.example.com");
    assert_bytes_text(c.node_id, "urn:node:1");
    assert_bytes_text(c.cse_id, "//sp.example.com/CSE1");
    assert_int_equal(c.ae_ids.count, 2);
    assert_bytes_text(c.ae_ids.at[1], "//sp.example.com/S2");
    assert_bytes_text(c.in_cse_id, "//sp.example.com/IN-CSE");
    assert_bytes_text(c.maf_fqdn, "maf.example.com");
    assert_bytes_text(c.maf_address, "192.0.2.1");
    assert_int_equal(c.maf_psk_port, 7443);
    assert_int_equal(c.maf_certificate_port, 7444);
    assert_bytes_text(c.gateway_address, "2001:db8::1");
    assert_int_equal(c.gateway_port, 9443);
    assert_int_equal(c.lifetime_s, 31536000);
    hf_arena_done(&a);
}

HF_TEST(a_configuration_is_written_as_it_was_read)
{
    static const char *const documents[] = {FULL, SMALL};

    for (size_t i = 0; i < HF_COUNT(documents); i++) {
        uint8_t room[ROOM_LEN];
        struct hf_writer w = hf_writer_over(room, sizeof room);
        struct hf_client_configuration c;
        struct hf_bytes written;
        struct hf_arena a;

        assert_ok(read_configuration(documents[i], &a, &c));
        assert_ok(hf_client_configuration_write(&c, &w));
        assert_ok(hf_writer_finish(&w, &written));
        assert_bytes_text(written, documents[i]);
        hf_arena_done(&a);
    }
}

HF_TEST(a_configuration_out_of_its_schema_is_refused)
{
    static const char *const documents[] = {
        "",
        "{}",
        "[]",
        "null",
        FULL "x",
        CONFIGURATION(CSE, MAF, GATEWAY, "0"),
        CONFIGURATION(CSE, MAF, GATEWAY, "-1"),
        CONFIGURATION(CSE, MAF, GATEWAY, "4294967296"),
        CONFIGURATION(CSE, MAF, GATEWAY, "1.5"),
        CONFIGURATION(CSE, MAF, GATEWAY, "\"1\""),
        CONFIGURATION(CSE, MAF, GATEWAY, "1,\"unknown\":1"),
        CONFIGURATION(CSE, MAF ",\"unknown\":1", GATEWAY, "1"),
        CONFIGURATION(CSE, ",\"pskPort\":65536", GATEWAY, "1"),
        CONFIGURATION(CSE, ",\"pskPort\":-1", GATEWAY, "1"),
        CONFIGURATION(CSE, ",\"pskPort\":4294967297", GATEWAY, "1"),
        CONFIGURATION(CSE, ",\"certificatePort\":65537", GATEWAY, "1"),
        CONFIGURATION(CSE, ",\"pskPort\":null", GATEWAY, "1"),
        CONFIGURATION(CSE, ",\"address\":\"maf.example.com\"", GATEWAY, "1"),
        CONFIGURATION(CSE, ",\"address\":\"\"", GATEWAY, "1"),
        CONFIGURATION(CSE, ",\"address\":\"192.0.2\"", GATEWAY, "1"),
        CONFIGURATION(CSE, ",\"fqdn\":\"other.example.com\"", GATEWAY, "1"),
        CONFIGURATION(CSE, MAF, ",\"gateway\":{}", "1"),
        CONFIGURATION(CSE, MAF, ",\"gateway\":{\"port\":1,\"address\":\"a\"}", "1"),
        CONFIGURATION(CSE, MAF, ",\"gateway\":null", "1"),
        CONFIGURATION("\"cseId\":\"/CSE1\",", MAF, GATEWAY, "1"),
        CONFIGURATION("\"cseId\":\"//sp.example.com/S1\",", MAF, GATEWAY, "1"),
        CONFIGURATION("\"cseId\":\"//sp.example.com\",", MAF, GATEWAY, "1"),
        CONFIGURATION("\"cseId\":\"\",", MAF, GATEWAY, "1"),
        CONFIGURATION("\"cseId\":null,", MAF, GATEWAY, "1"),
        CONFIGURATION("\"version\":2,", MAF, GATEWAY, "1"),
        "{\"version\":1,\"provider\":\"sp.example.com\",\"nodeId\":\"n\",\"aeIds\":[1],"
        "\"inCseId\":\"//sp.example.com/"
        "IN\",\"maf\":{\"fqdn\":\"maf.example.com\"},\"lifetime\":1}",
        "{\"version\":1,\"provider\":\"sp.example.com\",\"nodeId\":\"n\","
        "\"aeIds\":[\"//sp.example.com/IN\"],"
        "\"inCseId\":\"//sp.example.com/"
        "IN\",\"maf\":{\"fqdn\":\"maf.example.com\"},\"lifetime\":1}",
        "{\"version\":1,\"provider\":\"sp\",\"nodeId\":\"n\",\"aeIds\":[],"
        "\"inCseId\":\"//sp.example.com/"
        "IN\",\"maf\":{\"fqdn\":\"maf.example.com\"},\"lifetime\":1}",
        "{\"version\":2,\"provider\":\"sp.example.com\",\"nodeId\":\"n\",\"aeIds\":[],"
        "\"inCseId\":\"//sp.example.com/"
        "IN\",\"maf\":{\"fqdn\":\"maf.example.com\"},\"lifetime\":1}",
        "{\"version\":1,\"provider\":\"sp.example.com\",\"nodeId\":\"a b\",\"aeIds\":[],"
        "\"inCseId\":\"//sp.example.com/"
        "IN\",\"maf\":{\"fqdn\":\"maf.example.com\"},\"lifetime\":1}",
    };

    for (size_t i = 0; i < HF_COUNT(documents); i++) {
        struct hf_client_configuration c = {.lifetime_s = 77};
        struct hf_arena a;

        if (read_configuration(documents[i], &a, &c) != HF_ERR_MALFORMED || c.lifetime_s != 77)
            fail_msg("%s", documents[i]);
        hf_arena_done(&a);
    }
}

static hf_status read_methods(const char *json, struct hf_arena *a, struct hf_bytes *mef,
                              struct hf_method_offer *offers, size_t *count)
{
    hf_arena_init(a, ARENA_MAX);
    return hf_method_list_read(hf_text(json), a, mef, offers, count);
}

#define METHODS(list) "{\"version\":1,\"mef\":\"mef.example.com\",\"methods\":[" list "]}"
#define PSK           "{\"method\":\"psk\",\"port\":8444}"

HF_TEST(a_method_list_is_written_and_read_best_first)
{
    static const struct hf_method_offer offered[] = {
        {{(const uint8_t *)"certificate", 11}, 8443},
        {{(const uint8_t *)"psk", 3},          8444},
    };
    uint8_t room[ROOM_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_method_offer offers[OFFERS_MAX];
    size_t count = OFFERS_MAX;
    struct hf_bytes mef;
    struct hf_arena a;

    assert_ok(hf_method_list_write(HF_LITERAL("mef.example.com"), offered, 2, &w));
    assert_ok(hf_writer_finish_text(&w));
    assert_string_equal((const char *)room,
                        METHODS("{\"method\":\"certificate\",\"port\":8443}," PSK));
    assert_ok(read_methods((const char *)room, &a, &mef, offers, &count));
    assert_bytes_text(mef, "mef.example.com");
    assert_int_equal(count, 2);
    assert_bytes_text(offers[0].method, "certificate");
    assert_int_equal(offers[0].port, 8443);
    assert_bytes_text(offers[1].method, "psk");
    assert_int_equal(offers[1].port, 8444);
    hf_arena_done(&a);
}

HF_TEST(a_method_that_this_node_does_not_know_is_kept)
{
    struct hf_method_offer offers[OFFERS_MAX];
    size_t count = OFFERS_MAX;
    struct hf_bytes mef;
    struct hf_arena a;

    assert_ok(
        read_methods(METHODS("{\"method\":\"gba\",\"port\":1}," PSK), &a, &mef, offers, &count));
    assert_int_equal(count, 2);
    assert_bytes_text(offers[0].method, "gba");
    hf_arena_done(&a);
}

HF_TEST(a_method_list_out_of_its_schema_is_refused)
{
    static const char *const documents[] = {
        "",
        "{}",
        METHODS(""),
        METHODS("1"),
        METHODS("\"psk\""),
        METHODS("{}"),
        METHODS(PSK "," PSK),
        METHODS("{\"method\":\"psk\"}"),
        METHODS("{\"method\":\"psk\",\"port\":0}"),
        METHODS("{\"method\":\"psk\",\"port\":65536}"),
        METHODS("{\"method\":\"psk\",\"port\":-1}"),
        METHODS("{\"method\":\"psk\",\"port\":\"1\"}"),
        METHODS("{\"method\":\"psk\",\"port\":1,\"x\":1}"),
        METHODS("{\"method\":\"\",\"port\":1}"),
        METHODS("{\"method\":\"a b\",\"port\":1}"),
        METHODS("{\"method\":\"1a\",\"port\":1}"),
        METHODS("{\"method\":\"abcdefghijklmnopqrstuvwxyzabcdefghi\",\"port\":1}"),
        "{\"version\":1,\"mef\":\"mef\",\"methods\":[" PSK "]}",
        "{\"version\":2,\"mef\":\"mef.example.com\",\"methods\":[" PSK "]}",
        "{\"mef\":\"mef.example.com\",\"methods\":[" PSK "]}",
        "{\"version\":1,\"mef\":\"mef.example.com\",\"methods\":" PSK "}",
        "{\"version\":1,\"mef\":\"mef.example.com\",\"methods\":[" PSK "],\"x\":1}",
    };

    for (size_t i = 0; i < HF_COUNT(documents); i++) {
        struct hf_method_offer offers[OFFERS_MAX];
        size_t count = OFFERS_MAX;
        struct hf_bytes mef;
        struct hf_arena a;

        if (read_methods(documents[i], &a, &mef, offers, &count) != HF_ERR_MALFORMED
            || count != OFFERS_MAX)
            fail_msg("%s", documents[i]);
        hf_arena_done(&a);
    }
}

HF_TEST(a_method_list_longer_than_the_room_is_refused)
{
    struct hf_method_offer offers[1];
    size_t count = 1;
    struct hf_bytes mef;
    struct hf_arena a;

    assert_status(
        read_methods(METHODS(PSK ",{\"method\":\"gba\",\"port\":1}"), &a, &mef, offers, &count),
        HF_ERR_LIMIT);
    hf_arena_done(&a);
}
