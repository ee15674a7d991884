#include "core/certificate/der_value.h"

#include "base/time.h"
#include "support/hf_test.h"

enum { ROOM = 64 };

struct value_case {
    const char *hex;
    int64_t value; /* REFUSED: HF_ERR_MALFORMED */
};

#define REFUSED INT64_MIN

/* Each of them whole and cut short. */
static void assert_values(const struct value_case *cases, size_t count,
                          int64_t (*get)(struct hf_reader *))
{
    for (size_t i = 0; i < count; i++) {
        uint8_t room[ROOM];
        struct hf_bytes der = hf_test_hex(cases[i].hex, room, sizeof room);
        struct hf_reader r = hf_reader_over(der);
        int64_t value = get(&r);

        assert_status(hf_reader_finish(&r), cases[i].value == REFUSED ? HF_ERR_MALFORMED : HF_OK);
        if (cases[i].value == REFUSED)
            continue;
        assert_true(value == cases[i].value);
        for (size_t cut = 1; cut < der.len; cut++) {
            r = hf_reader_over(hf_bytes_first(der, cut));
            assert_true(get(&r) == 0);
            assert_status(hf_reader_finish(&r), HF_ERR_MALFORMED);
        }
    }
}

static int64_t get_flag(struct hf_reader *r)
{
    return hf_der_get_flag(r) ? 1 : 0;
}

HF_TEST(a_flag_is_absent_or_true)
{
    static const struct value_case cases[] = {
        {"",         0      },
        {"0101ff",   1      },
        {"010100",   REFUSED}, /* the default, written out */
        {"010101",   REFUSED}, /* BER's true */
        {"0100",     REFUSED},
        {"0102ffff", REFUSED},
    };

    assert_values(cases, HF_COUNT(cases), get_flag);
}

HF_TEST(numbers_are_not_negative_and_in_their_shortest_form)
{
    static const struct value_case cases[] = {
        {"020100",                 0        },
        {"02017f",                 127      },
        {"02020080",               128      },
        {"02087fffffffffffffff",   INT64_MAX},
        {"0200",                   REFUSED  },
        {"02020000",               REFUSED  },
        {"0202007f",               REFUSED  },
        {"020180",                 REFUSED  },
        {"0209008000000000000000", REFUSED  },
        {"0a0101",                 REFUSED  },
    };

    assert_values(cases, HF_COUNT(cases), hf_der_get_number);
}

static int64_t get_integer(struct hf_reader *r)
{
    return (int64_t)hf_der_get_integer(r).len;
}

HF_TEST(integers_may_be_negative_but_not_longer_than_they_must)
{
    static const struct value_case cases[] = {
        {"0201ff",                     1      },
        {"0202ff7f",                   2      },
        {"0202ffff",                   REFUSED},
        {"0202ff80",                   REFUSED},
        {"020b0080000000000000000000", 11     },
    };

    assert_values(cases, HF_COUNT(cases), get_integer);
}

static int64_t get_oid(struct hf_reader *r)
{
    return (int64_t)hf_der_get_oid(r).len;
}

HF_TEST(object_identifiers_have_whole_arcs_in_their_shortest_form)
{
    static const struct value_case cases[] = {
        {"06012a",                       1      },
        {"0603551d0f",                   3      },
        {"06022a80",                     REFUSED}, /* ends inside an arc */
        {"06032a8001",                   REFUSED}, /* a zero in front of an arc */
        {"06028001",                     REFUSED},
        {"060c2affffffffffffffffffff7f", 12     }, /* any size */
        {"0600",                         REFUSED},
    };

    assert_values(cases, HF_COUNT(cases), get_oid);
}

static int64_t get_octet_bits(struct hf_reader *r)
{
    return (int64_t)hf_der_get_octet_bits(r).len;
}

HF_TEST(signatures_and_keys_are_bits_in_whole_octets)
{
    static const struct value_case cases[] = {
        {"030200aa", 1      },
        {"030201aa", REFUSED},
        {"030208aa", REFUSED},
        {"0300",     REFUSED},
        {"230200aa", REFUSED}, /* constructed */
    };

    assert_values(cases, HF_COUNT(cases), get_octet_bits);
}

static int64_t get_named_bits(struct hf_reader *r)
{
    return hf_der_get_named_bits(r);
}

HF_TEST(named_bits_end_in_a_one)
{
    static const struct value_case cases[] = {
        {"03020780",     0x8000 },
        {"03020106",     0x0600 },
        {"0303070080",   0x0080 },
        {"030200ff",     0xff00 },
        {"030407ffff80", 0xffff },
        {"030100",       0      },
        {"030101",       REFUSED}, /* unused bits in no octet */
        {"03020080",     REFUSED}, /* zeros at the end */
        {"03020680",     REFUSED},
        {"0303078000",   REFUSED},
        {"03020781",     REFUSED}, /* an unused bit is set */
        {"03020800",     REFUSED},
        {"0302ff80",     REFUSED},
        {"0300",         REFUSED},
    };

    assert_values(cases, HF_COUNT(cases), get_named_bits);
}

static hf_status read_time(uint8_t tag, const char *text, uint64_t *out)
{
    uint8_t room[ROOM];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes der;
    struct hf_reader r;

    hf_put_u8(&w, tag);
    hf_put_u8_bytes(&w, hf_text(text));
    assert_ok(hf_writer_finish(&w, &der));
    r = hf_reader_over(der);
    *out = hf_der_get_time(&r);
    return hf_reader_finish(&r);
}

/* Seconds by `date -u -d ... +%s`. */
HF_TEST(times_are_read_in_both_forms)
{
    static const struct {
        uint8_t tag;
        const char *text;
        uint64_t time_s;
    } cases[] = {
        {HF_DER_UTC_TIME,         "700101000000Z",   0            },
        {HF_DER_UTC_TIME,         "231114221320Z",   1700000000   },
        {HF_DER_UTC_TIME,         "000229000000Z",   951782400    },
        {HF_DER_UTC_TIME,         "491231235959Z",   2524607999   },
        {HF_DER_UTC_TIME,         "500101000000Z",   0            },
        {HF_DER_UTC_TIME,         "691231235959Z",   0            },
        {HF_DER_UTC_TIME,         "680229000000Z",   0            },
        {HF_DER_GENERALIZED_TIME, "20500101000000Z", 2524608000   },
        {HF_DER_GENERALIZED_TIME, "20231114221320Z", 1700000000   },
        {HF_DER_GENERALIZED_TIME, "99991231235959Z", HF_TIME_MAX_S},
        {HF_DER_GENERALIZED_TIME, "00000101000000Z", 0            },
        {HF_DER_GENERALIZED_TIME, "19691231235959Z", 0            },
    };

    for (size_t i = 0; i < HF_COUNT(cases); i++) {
        uint64_t time_s = 1;

        assert_ok(read_time(cases[i].tag, cases[i].text, &time_s));
        assert_true(time_s == cases[i].time_s);
    }
}

HF_TEST(times_in_any_other_form_are_refused)
{
    static const char *const utc[] = {
        "",
        "Z",
        "2311142213Z",       /* without seconds */
        "231114221320",      /* local time */
        "231114221320+0000", /* an offset */
        "231114221320.5Z",
        "20231114221320Z",
        "231314221320Z",
        "230014221320Z",
        "231100221320Z",
        "230229000000Z",
        "690229000000Z",
        "231114241320Z",
        "231114226020Z",
        "231114221360Z",
        "2311142213 0Z",
        "-31114221320Z",
        "x31114221320Z",
        "231114221320z",
    };
    static const char *const generalized[] = {
        "231114221320Z",   "20231114221320",  "20231114221320.5Z", "20231114221320+0000",
        "19000229000000Z", "21000229000000Z", "20231114T22132Z",   "1 690101000000Z",
        "/9690101000000Z", "0x690101000000Z", "2023111422132ZZ",
    };
    uint64_t time_s;

    for (size_t i = 0; i < HF_COUNT(utc); i++)
        assert_status(read_time(HF_DER_UTC_TIME, utc[i], &time_s), HF_ERR_MALFORMED);
    for (size_t i = 0; i < HF_COUNT(generalized); i++)
        assert_status(read_time(HF_DER_GENERALIZED_TIME, generalized[i], &time_s),
                      HF_ERR_MALFORMED);
    assert_status(read_time(HF_DER_INTEGER, "231114221320Z", &time_s), HF_ERR_MALFORMED);
}
