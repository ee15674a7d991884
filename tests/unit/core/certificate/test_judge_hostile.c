/* Names that want to be taken for others (threat model, PKI-1, PKI-4 and PKI-6). */
#include "core/certificate/judge.h"

#include <string.h>

#include "base/wire.h"
#include "core/certificate/certificate.h"
#include "support/hf_test.h"
#include "support/judging.h"

enum {
    ROOM = 1024,
    SEQUENCE = 0x30,
    RFC822 = 0x81,
    DNS = 0x82,
    URI = 0x86,
    IP = 0x87,
    RID = 0x88,
    DEVICE_HEAD_LEN = 10
};

static const char *const not_one = "The subjectAltName must hold exactly one name, an identity.";
static const char *const unreadable = "The subjectAltName cannot be read.";
static const char *const no_fqdn = "The dNSName is no plain FQDN.";

/* A leaf whose subjectAltName is these octets. */
static struct hf_x509_order raw_order(struct hf_bytes alt_names)
{
    struct hf_x509_order o = test_order("maf.example.com"); /* the CN is never asked */

    o.raw_alt_names = alt_names;
    return o;
}

/* A subjectAltName of short names. */
struct names {
    uint8_t inner_room[ROOM], outer_room[ROOM];
    struct hf_writer inner, outer;
};

static void names_begin(struct names *n)
{
    n->inner = hf_writer_over(n->inner_room, sizeof n->inner_room);
    n->outer = hf_writer_over(n->outer_room, sizeof n->outer_room);
}

static void names_put(struct names *n, uint8_t tag, struct hf_bytes content)
{
    hf_put_u8(&n->inner, tag);
    if (content.len > 127)
        hf_put_u8(&n->inner, 0x81);
    hf_put_u8_bytes(&n->inner, content);
}

static struct hf_bytes names_end(struct names *n)
{
    struct hf_bytes inner, all;

    assert_ok(hf_writer_finish(&n->inner, &inner));
    hf_put_u8(&n->outer, SEQUENCE);
    if (inner.len > 127)
        hf_put_u8(&n->outer, inner.len > 255 ? 0x82 : 0x81);
    if (inner.len > 255)
        hf_put_u16_bytes(&n->outer, inner);
    else
        hf_put_u8_bytes(&n->outer, inner);
    assert_ok(hf_writer_finish(&n->outer, &all));
    return all;
}

static void assert_name_refused(uint8_t tag, struct hf_bytes content, hf_status expected,
                                const char *reason)
{
    struct names n;
    struct hf_x509_order o;

    names_begin(&n);
    names_put(&n, tag, content);
    o = raw_order(names_end(&n));
    assert_leaf_refused(&o, expected, reason);
}

HF_TEST(a_dns_name_that_is_no_plain_fqdn_is_refused)
{
    const struct hf_bytes hostile[] = {
        HF_LITERAL("maf.example.com\0"),
        HF_LITERAL("maf.example.com\0.evil.org"),
        HF_LITERAL("\0maf.example.com"),
        HF_LITERAL("maf\0.example.com"),
        HF_LITERAL("*.example.com"),
        HF_LITERAL("*"),
        HF_LITERAL("m*.example.com"),
        HF_LITERAL("maf.*.com"),
        HF_LITERAL("*.*"),
        HF_LITERAL("maf.example.com."),
        HF_LITERAL("maf.example.com.."),
        HF_LITERAL(".maf.example.com"),
        HF_LITERAL("maf..example.com"),
        HF_LITERAL("."),
        HF_LITERAL(" maf.example.com"),
        HF_LITERAL("maf.example.com "),
        HF_LITERAL("maf.example.com\n"),
        HF_LITERAL("maf.example.com\r\n"),
        HF_LITERAL("maf.example.com\t"),
        HF_LITERAL("maf. example.com"),
        HF_LITERAL("maf.example.com/"),
        HF_LITERAL("maf.example.com/x"),
        HF_LITERAL("maf.example.com:443"),
        HF_LITERAL("maf.example.com?x"),
        HF_LITERAL("maf.example.com#x"),
        HF_LITERAL("user@maf.example.com"),
        HF_LITERAL("https://maf.example.com"),
        HF_LITERAL("//maf.example.com"),
        HF_LITERAL("maf_example.example.com"),
        HF_LITERAL("-maf.example.com"),
        HF_LITERAL("maf-.example.com"),
        HF_LITERAL("maf.example.-com"),
        HF_LITERAL("maf.example.com-"),
        HF_LITERAL("maf%2eexample.com"),
        HF_LITERAL("maf.example.com%00"),
        HF_LITERAL("maf\\.example.com"),
        HF_LITERAL("\"maf.example.com\""),
        HF_LITERAL("'maf.example.com'"),
        HF_LITERAL("maf.example.com,maf.example.com"),
        HF_LITERAL("maf.example.com;maf.example.com"),
        HF_LITERAL("maf.example.com|evil.org"),
        HF_LITERAL("m\xc3\xa4"
                   "f.example.com"),
        HF_LITERAL("m\xd0\xb0"
                   "f.example.com"), /* Cyrillic a */
        HF_LITERAL("maf\xe3\x80\x82"
                   "example.com"), /* ideographic full stop */
        HF_LITERAL("maf.example\xef\xbc\x8e"
                   "com"), /* full-width full stop */
        HF_LITERAL("\xef\xbb\xbfmaf.example.com"),
        HF_LITERAL("maf.example.com\x7f"),
        HF_LITERAL("maf.example.com\xff"),
        HF_LITERAL("\x80maf.example.com"),
        HF_LITERAL("10.0.0.1"),
        HF_LITERAL("127.0.0.1"),
        HF_LITERAL("1.2"),
        HF_LITERAL("::1"),
        HF_LITERAL("[::1]"),
        HF_LITERAL("localhost"),
        HF_LITERAL("maf"),
        HF_LITERAL("com"),
        HF_LITERAL("{maf.example.com}"),
        HF_LITERAL("maf.example.com\x1b[0m"),
        HF_LITERAL("maf=.example.com"),
        HF_LITERAL("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com"),
    };

    judging_begin();
    assert_name_refused(DNS, (struct hf_bytes){NULL, 0}, HF_ERR_MALFORMED, no_fqdn);
    for (size_t i = 0; i < HF_COUNT(hostile); i++)
        assert_name_refused(DNS, hostile[i], HF_ERR_MALFORMED, no_fqdn);
    judging_end();
}

HF_TEST(look_alikes_of_a_maf_are_not_the_maf)
{
    const struct hf_bytes others[] = {
        HF_LITERAL("rnaf.example.com"),        HF_LITERAL("maf.examp1e.com"),
        HF_LITERAL("maf.example.co"),          HF_LITERAL("maf.example.com.evil.org"),
        HF_LITERAL("xmaf.example.com"),        HF_LITERAL("maf.example.comx"),
        HF_LITERAL("x.maf.example.com"),       HF_LITERAL("example.com"),
        HF_LITERAL("xn--mf-viaa.example.com"), HF_LITERAL("maf-example.com"),
    };

    judging_begin();
    for (size_t i = 0; i < HF_COUNT(others); i++)
        assert_name_refused(DNS, others[i], HF_ERR_DENIED,
                            "The dNSName is no CSE below this provider.");
    judging_end();
}

HF_TEST(a_uri_with_foreign_octets_is_refused)
{
    const struct hf_bytes hostile[] = {
        HF_LITERAL("onem2m://sp.example.com/CSE1/C9\0"),
        HF_LITERAL("onem2m://sp.example.com\0.evil.org/CSE1/C9"),
        HF_LITERAL("onem2m://sp.example.com/CSE1/C9 "),
        HF_LITERAL("onem2m://sp.example.com/CSE1/../C9"),
        HF_LITERAL("onem2m://sp.example.com//C9"),
        HF_LITERAL("ONEM2M://sp.example.com/CSE1/C9"),
        HF_LITERAL(""),
    };

    judging_begin();
    for (size_t i = 0; i < HF_COUNT(hostile); i++)
        assert_name_refused(URI, hostile[i], HF_ERR_MALFORMED,
                            "The URI is neither an AE-ID nor a Node-ID.");
    assert_name_refused(URI, HF_LITERAL("urn:gsma:imei:1\0"), HF_ERR_MALFORMED,
                        "The name is no Node-ID.");
    judging_end();
}

HF_TEST(kinds_of_name_that_are_no_identity_are_refused)
{
    static const char *const why = "The subjectAltName is of a kind that names nobody here.";

    judging_begin();
    assert_name_refused(IP, HF_LITERAL("\x7f\0\0\x01"), HF_ERR_MALFORMED, why);
    assert_name_refused(RFC822, HF_LITERAL("a@maf.example.com"), HF_ERR_MALFORMED, why);
    assert_name_refused(0xa4, HF_LITERAL("\x30\0"), HF_ERR_MALFORMED, why);
    assert_name_refused(0xa0, HF_LITERAL("\x06\x02\x2a\x03\xa0\x02\x05\0"), HF_ERR_MALFORMED, why);
    assert_name_refused(0xa3, HF_LITERAL(""), HF_ERR_MALFORMED, why);
    assert_name_refused(RID, HF_LITERAL("\x80\x01"), HF_ERR_MALFORMED, unreadable);
    assert_name_refused(0x89, HF_LITERAL("x"), HF_ERR_MALFORMED, unreadable);
    judging_end();
}

HF_TEST(the_common_name_is_never_asked)
{
    struct hf_x509_order o = test_order("maf.example.com");

    judging_begin();
    assert_leaf_refused(&o, HF_ERR_MALFORMED, "The certificate has no subjectAltName.");
    judging_end();
}

HF_TEST(two_names_are_refused_whatever_they_are)
{
    const struct {
        uint8_t tag;
        struct hf_bytes content;
    } names[] = {
        {DNS,    HF_LITERAL("maf.example.com")                             },
        {DNS,    HF_LITERAL("cse1.in.sp.example.com")                      },
        {URI,    HF_LITERAL(SAMPLE_AE_URI)                                 },
        {URI,    HF_LITERAL("urn:gsma:imei:1")                             },
        {0xa0,   HF_LITERAL("\x06\x04\x02\x83\x61\x01\xa0\x03\x0d\x01\x64")},
        {RID,    HF_LITERAL("\x2a\x03")                                    },
        {IP,     HF_LITERAL("\x7f\0\0\x01")                                },
        {RFC822, HF_LITERAL("a@b.c")                                       },
    };

    judging_begin();
    for (size_t i = 0; i < HF_COUNT(names); i++)
        for (size_t j = 0; j < HF_COUNT(names); j++) {
            struct names n;
            struct hf_x509_order o;

            names_begin(&n);
            names_put(&n, names[i].tag, names[i].content);
            names_put(&n, names[j].tag, names[j].content);
            o = raw_order(names_end(&n));
            assert_leaf_refused(&o, HF_ERR_MALFORMED, not_one);
        }
    judging_end();
}

HF_TEST(many_names_are_refused)
{
    judging_begin();
    for (size_t count = 32; count <= 33; count++) {
        struct names n;
        struct hf_x509_order o;

        names_begin(&n);
        for (size_t i = 0; i < count; i++)
            names_put(&n, DNS, HF_LITERAL("maf.example.com"));
        o = raw_order(names_end(&n));
        assert_leaf_refused(&o, HF_ERR_MALFORMED, count == 32 ? not_one : unreadable);
    }
    judging_end();
}

HF_TEST(a_subject_alt_name_cut_at_any_octet_is_refused)
{
    judging_begin();
    for (size_t s = 0; s < SAMPLES; s++) {
        struct hf_x509_order o = sample_order(&samples[s]);
        struct test_chain c = test_chain(&judging.arena, &o, &judging.root);
        struct hf_certificate leaf;

        assert_ok(hf_certificate_read(c.der[0], &leaf));
        for (size_t cut = 1; cut < leaf.alt_names.len; cut++) {
            struct hf_x509_order broken = raw_order(hf_bytes_first(leaf.alt_names, cut));

            assert_leaf_refused(&broken, HF_ERR_MALFORMED, unreadable);
        }
    }
    judging_end();
}

/* 0.2.481.1 and arcs after it, each of one octet. */
static struct hf_bytes device_name(uint8_t *room, size_t arcs)
{
    const uint8_t head[] = {0x06, 0x04,         0x02, 0x83, 0x61, 0x01, 0xa0, (uint8_t)(arcs + 2),
                            0x0d, (uint8_t)arcs};

    memcpy(room, head, sizeof head);
    memset(room + sizeof head, 1, arcs);
    return hf_bytes_of(room, sizeof head + arcs);
}

HF_TEST(giant_oids_are_refused)
{
    uint8_t room[ROOM];
    struct names n;
    struct hf_x509_order o;

    judging_begin();
    names_begin(&n);
    names_put(&n, 0xa0, device_name(room, 28));
    o = raw_order(names_end(&n));
    assert_leaf_judged(&o, HF_CREDENTIAL_DEVICE_CERT,
                       "0.2.481.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1");
    assert_name_refused(0xa0, device_name(room, 29), HF_ERR_MALFORMED, unreadable);
    assert_name_refused(0xa0, device_name(room, 90), HF_ERR_MALFORMED, unreadable);
    /* One arc of 2 to the 64. */
    assert_name_refused(0xa0,
                        HF_LITERAL("\x06\x04\x02\x83\x61\x01\xa0\x0c\x0d\x0a\x82\x80\x80\x80\x80"
                                   "\x80\x80\x80\x80\x00"),
                        HF_ERR_MALFORMED, unreadable);
    /* Fewer arcs than the limit, but more digits than an identifier may have. */
    memset(room, 0xff, sizeof room);
    memcpy(room, "\x06\x04\x02\x83\x61\x01\xa0\x7a\x0d\x78", DEVICE_HEAD_LEN);
    for (size_t arc = 0; arc < 12; arc++) {
        memset(room + DEVICE_HEAD_LEN + 10 * arc, 0x81, 1);
        room[DEVICE_HEAD_LEN + 10 * arc + 9] = 0x7f;
    }
    assert_name_refused(0xa0, hf_bytes_of(room, DEVICE_HEAD_LEN + 120), HF_ERR_MALFORMED,
                        "The OID is too long.");
    judging_end();
}
