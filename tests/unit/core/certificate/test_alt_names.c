#include "core/certificate/alt_names.h"

#include <stdlib.h>
#include <string.h>

#include "support/hf_test.h"

enum { ROOM = 2048 };

/* Worked out by hand from RFC 5280, 4.2.1.6 and X.690. */
#define DEVICE     "3011a00f060402836101a0070d05649756ce1b" /* 0.2.481.1.100.3030.10011 */
#define PERMANENT  "3017a01506082b06010505070803a00930070c056e6f646537" /* "node7" */
#define DNS        "30058203612e62"
#define URI        "300986072f2f612e622f43"
#define REGISTERED "300488022a03"
#define DIRECTORY  "300fa40d300b3109300706035504030c00"

static const char *const good[] = {DEVICE, PERMANENT, DNS, URI, REGISTERED, DIRECTORY};
static const enum hf_alt_kind kinds[] = {HF_ALT_DEVICE, HF_ALT_PERMANENT,  HF_ALT_DNS,
                                         HF_ALT_URI,    HF_ALT_REGISTERED, HF_ALT_DIRECTORY};

static hf_status read_hex(const char *hex, struct hf_alt_name names[HF_ALT_NAMES_MAX],
                          size_t *count)
{
    static uint8_t room[ROOM];

    return hf_alt_names_read(hf_test_hex(hex, room, sizeof room), names, count);
}

/* An exact heap copy, so that the address sanitizer sees a read past the end. */
static hf_status read_copy(struct hf_bytes der, struct hf_alt_name names[HF_ALT_NAMES_MAX],
                           size_t *count)
{
    uint8_t *copy = malloc(der.len > 0 ? der.len : 1);
    hf_status st;

    assert_non_null(copy);
    memcpy(copy, der.at, der.len);
    st = hf_alt_names_read(hf_bytes_of(copy, der.len), names, count);
    free(copy);
    return st;
}

HF_TEST(every_kind_of_name_is_told_apart)
{
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    size_t count = 0;

    for (size_t i = 0; i < HF_COUNT(good); i++) {
        assert_ok(read_hex(good[i], names, &count));
        assert_int_equal(count, 1);
        assert_int_equal(names[0].kind, kinds[i]);
    }
    assert_ok(read_hex(DEVICE, names, &count));
    assert_int_equal(names[0].oid.count, 7);
    assert_true(names[0].oid.arc[0] == 0 && names[0].oid.arc[2] == 481);
    assert_true(names[0].oid.arc[4] == 100 && names[0].oid.arc[6] == 10011);
    assert_ok(read_hex(PERMANENT, names, &count));
    assert_bytes_text(names[0].text, "node7");
}

HF_TEST(names_that_identify_nobody_are_foreign)
{
    static const char *const foreign[] = {
        "30058103614062",           /* rfc822Name */
        "30068704c0000201",         /* iPAddress */
        "3002a300",                 /* x400Address */
        "3002a500",                 /* ediPartyName */
        "300aa00806022a03a0020500", /* otherName 1.2.3 */
    };
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    size_t count = 0;

    for (size_t i = 0; i < HF_COUNT(foreign); i++) {
        assert_ok(read_hex(foreign[i], names, &count));
        assert_int_equal(names[0].kind, HF_ALT_FOREIGN);
    }
    /* A type-id next to the Device Indication ID, and one below it, are not it. */
    assert_ok(read_hex("300da00b060402836102a0030d0164", names, &count));
    assert_int_equal(names[0].kind, HF_ALT_FOREIGN);
    assert_ok(read_hex("300ea00c06050283610164a0030d0164", names, &count));
    assert_int_equal(names[0].kind, HF_ALT_FOREIGN);
}

HF_TEST(a_hardware_instance_id_in_another_encoding_is_refused)
{
    static const char *const bad[] = {
        "300da00b060402836101a003060164",     /* OBJECT IDENTIFIER */
        "300da00b060402836101a003040164",     /* OCTET STRING */
        "300da00b060402836101a0030c0164",     /* UTF8String */
        "300ca00a060402836101a0020d00",       /* no arcs */
        "300ea00c060402836101a0040d028064",   /* not the shortest form */
        "300da00b060402836101a0030d0181",     /* ends inside an arc */
        "300fa00d060402836101a0050d01640500", /* two values */
        "300da00b060402836101a1030d0164",     /* another tag around the value */
        "300ba0090604028361010d0164",         /* none around it */
        "300da00b06040283610180030d0164",     /* not constructed */
    };
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    size_t count = 99;

    for (size_t i = 0; i < HF_COUNT(bad); i++)
        assert_status(read_hex(bad[i], names, &count), HF_ERR_MALFORMED);
    assert_int_equal(count, 99);
}

HF_TEST(broken_structures_are_refused)
{
    static const char *const bad[] = {
        "",
        "3000",             /* no name */
        "30058203612e6200", /* an octet behind */
        "31058203612e62",   /* SET */
        "3005a203612e62",   /* constructed dNSName */
        "30058903612e62",   /* no such choice */
        "3004820161"
        "00",               /* half a name behind */
        "300488002a03",     /* an empty OID, then no name */
        "30028800",         /* empty OID */
        "3006a40430000500", /* two directory names */
    };
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    size_t count = 99;

    for (size_t i = 0; i < HF_COUNT(bad); i++)
        assert_int_not_equal(read_hex(bad[i], names, &count), HF_OK);
    /* PermanentIdentifier: PrintableString, and with an assigner. */
    assert_status(read_hex("3017a01506082b06010505070803a009300713056e6f646537", names, &count),
                  HF_ERR_MALFORMED);
    assert_status(
        read_hex("301ba01906082b06010505070803a00d300b0c056e6f64653706022a03", names, &count),
        HF_ERR_MALFORMED);
    assert_int_equal(count, 99);
}

HF_TEST(a_truncation_at_any_octet_is_refused)
{
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    uint8_t room[ROOM];
    size_t count;

    for (size_t i = 0; i < HF_COUNT(good); i++) {
        struct hf_bytes der = hf_test_hex(good[i], room, sizeof room);

        for (size_t cut = 0; cut < der.len; cut++) {
            assert_int_not_equal(read_copy(hf_bytes_first(der, cut), names, &count), HF_OK);
            /* The same with an outer length that fits what is left. */
            if (cut < 2)
                continue;
            room[1] = (uint8_t)(cut - 2);
            assert_int_not_equal(read_copy(hf_bytes_first(der, cut), names, &count), HF_OK);
            room[1] = (uint8_t)(der.len - 2);
        }
    }
}

/* No two encodings are one device: whatever octet changes, it is refused or is somebody else. */
HF_TEST(a_device_has_one_encoding)
{
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    uint8_t room[ROOM];
    struct hf_bytes der = hf_test_hex(DEVICE, room, sizeof room);
    struct hf_oid device;
    size_t count;

    assert_ok(hf_alt_names_read(der, names, &count));
    device = names[0].oid;
    for (size_t i = 0; i < der.len; i++) {
        uint8_t before = room[i];

        for (unsigned octet = 0; octet < 256; octet++) {
            room[i] = (uint8_t)octet;
            if (octet != before && read_copy(der, names, &count) == HF_OK)
                assert_false(names[0].kind == HF_ALT_DEVICE
                             && hf_oid_equal(&names[0].oid, &device));
        }
        room[i] = before;
    }
}

HF_TEST(more_than_thirty_two_names_are_refused)
{
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    uint8_t room[2 + 3 * 33];
    size_t count = 0;

    for (size_t n = 32; n <= 33; n++) {
        room[0] = 0x30;
        room[1] = (uint8_t)(3 * n);
        for (size_t i = 0; i < n; i++)
            memcpy(room + 2 + 3 * i,
                   "\x82\x01"
                   "a",
                   3);
        assert_status(hf_alt_names_read(hf_bytes_of(room, 2 + 3 * n), names, &count),
                      n == 32 ? HF_OK : HF_ERR_LIMIT);
    }
    assert_int_equal(count, 32);
}
