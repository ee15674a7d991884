#include "core/certificate/extensions.h"

#include <stdio.h>

#include "support/certificate_parts.h"

HF_TEST(extensions_may_be_absent_but_not_empty)
{
    struct certificate_parts p = good_parts;

    parts_begin();
    p.extensions = NULL;
    assert_ok(parts_read(&p));
    parts_end();
    ASSERT_EACH(extensions, HF_ERR_MALFORMED, "");
    ASSERT_EACH(extensions_whole, HF_ERR_MALFORMED, "a300", "a3023000", "3000",
                "a313"
                "3011300f0603551d130101ff040530030101",
                "a3133011300f0603551d130101ff040530030101ff"
                "0500",
                "a3153011300f0603551d130101ff040530030101ff"
                "0500");
}

HF_TEST(extensions_that_cannot_be_read_are_refused)
{
    ASSERT_EACH(extensions, HF_ERR_MALFORMED, "3000", "30050603551d13", /* no value */
                "300c0603551d130101000402"
                "3000",                               /* critical DEFAULT FALSE, written */
                "300c0603551d1301010104023000",       /* BER's true */
                "300b0603551d13040230000500",         /* something behind the value */
                "3009060355801304023000",             /* no OID */
                "30090603551d1303023000",             /* no OCTET STRING */
                "300b0603551d13040430003000",         /* basicConstraints and more */
                "300c0603551d1304053003010100",       /* cA DEFAULT FALSE, written */
                "300c0603551d1304053003020100",       /* a length for no authority */
                "300f0603551d13040830060101ff0201ff", /* a negative one */
                "30170603551d130410300e0101ff0209008000000000000000",
                "300b0603551d0f040403020080", /* keyUsage with zeros at its end */
                "300d0603551d0f0406030207800500", "30070603551d0f0400", "30070603551d130400",
                "30070603551d250400", "30090603551d2504023000",           /* no use */
                "300e0603551d25040730050603551d80", "30070603551d110400", /* names of nothing */
                "30070603551d1e0400");
}

HF_TEST(an_extension_twice_is_refused_known_or_not)
{
    ASSERT_EACH(extensions, HF_ERR_MALFORMED, KEY_USAGE KEY_USAGE, BASIC_CA KEY_USAGE BASIC_CA,
                "300706032a03040400"
                "300706032a03040400",
                "30070603551d0e0400" KEY_USAGE "300a0603551d0e0101ff0400");
}

HF_TEST(what_extensions_say_is_kept)
{
    struct certificate_parts p = good_parts;
    struct hf_certificate c;

    parts_begin();
    p.extensions = "30120603551d130101ff040830060101ff020103"
                   "300b0603551d0f040403020106"
                   "301d0603551d250416301406082b0601050507030106082b06010505070302"
                   "30100603551d11040930078205612e622e63"
                   "30080603551d1e0401aa"
                   "300706032a03040400";
    assert_ok(hf_certificate_read(parts_write(&p), &c));
    assert_true(c.is_ca && c.path_length == 3);
    assert_true(!c.may_sign_data && c.may_sign_certificates && c.may_sign_crls);
    assert_true(c.has_extended_key_usage && c.is_server && c.is_client);
    assert_true(hf_bytes_equal(c.alt_names, parts_octets("30078205612e622e63")));
    assert_true(hf_bytes_equal(c.name_constraints, parts_octets("aa")));
    assert_false(c.has_unknown_critical);
    p.extensions = "300f0603551d25040830060604551d2500"
                   "300a06032a03040101ff0400";
    assert_ok(hf_certificate_read(parts_write(&p), &c));
    assert_true(c.is_server && c.is_client && c.has_unknown_critical);
    p.extensions = "300a0603551d200101ff0400"; /* certificatePolicies */
    assert_ok(hf_certificate_read(parts_write(&p), &c));
    assert_true(c.has_unknown_critical);
    p.extensions = "30090603551d1304023000";
    assert_ok(hf_certificate_read(parts_write(&p), &c));
    assert_true(c.has_basic_constraints && !c.is_ca && c.path_length == -1);
    parts_end();
}

HF_TEST(extensions_and_octets_have_a_limit)
{
    static uint8_t big[HF_CERTIFICATE_MAX + 1];
    char room[18 * (HF_CERTIFICATE_EXTENSIONS_MAX + 1) + 1];
    struct hf_certificate c;

    parts_begin();
    for (unsigned count = HF_CERTIFICATE_EXTENSIONS_MAX; count <= HF_CERTIFICATE_EXTENSIONS_MAX + 1;
         count++) {
        struct certificate_parts p = good_parts;

        for (unsigned i = 0; i < count; i++)
            (void)snprintf(room + 18 * i, sizeof room - 18 * i, "300706032a03%02x0400", i);
        p.extensions = room;
        assert_status(parts_read(&p),
                      count == HF_CERTIFICATE_EXTENSIONS_MAX ? HF_OK : HF_ERR_LIMIT);
    }
    assert_status(hf_certificate_read(hf_bytes_of(big, sizeof big), &c), HF_ERR_LIMIT);
    assert_status(hf_certificate_read(hf_bytes_of(big, sizeof big - 1), &c), HF_ERR_MALFORMED);
    parts_end();
}
