#include "base/base64.h"
#include "support/hf_test.h"

/* Vectors: RFC 4648, section 10. */
HF_TEST(the_vectors_of_rfc_4648_go_both_ways)
{
    static const char *const pairs[][2] = {
        {"",       ""        },
        {"f",      "Zg=="    },
        {"fo",     "Zm8="    },
        {"foo",    "Zm9v"    },
        {"foob",   "Zm9vYg=="},
        {"fooba",  "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"}
    };

    for (size_t i = 0; i < HF_COUNT(pairs); i++) {
        uint8_t room[16];
        struct hf_writer w = hf_writer_over(room, sizeof room);
        size_t len = 99;

        hf_put_base64(&w, hf_text(pairs[i][0]));
        assert_bytes_text(hf_bytes_of(room, w.used), pairs[i][1]);
        assert_ok(hf_base64_parse(hf_text(pairs[i][1]), room, sizeof room, &len));
        assert_bytes_text(hf_bytes_of(room, len), pairs[i][0]);
    }
}

HF_TEST(other_forms_are_refused)
{
    static const char *const bad[] = {"Zg",   "Zg=",    "Zg= =", "Zh==",     "Zm9=", "Z===",
                                      "====", "Zm9v\n", "Zm-v",  "Zg==Zg==", " Zm9v"};
    uint8_t room[16];
    size_t len = 99;

    for (size_t i = 0; i < HF_COUNT(bad); i++)
        assert_status(hf_base64_parse(hf_text(bad[i]), room, sizeof room, &len), HF_ERR_MALFORMED);
    assert_int_equal(len, 99);
}

HF_TEST(a_small_room_is_a_limit)
{
    uint8_t room[2];
    size_t len = 99;

    assert_status(hf_base64_parse(HF_LITERAL("Zm9v"), room, sizeof room, &len), HF_ERR_LIMIT);
}
