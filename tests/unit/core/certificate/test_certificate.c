#include "core/certificate/certificate.h"

#include "core/certificate/der.h"
#include "support/certificate_parts.h"

HF_TEST(every_field_is_read_and_borrowed)
{
    struct hf_certificate c;
    struct hf_bytes der;

    parts_begin();
    der = parts_write(&good_parts);
    assert_ok(hf_certificate_read(der, &c));
    assert_true(c.tbs.at == der.at + 3 && c.tbs.at[0] == HF_DER_SEQUENCE);
    assert_true(hf_bytes_equal(c.signature, parts_octets("3006020101020101")));
    assert_true(hf_bytes_equal(c.serial, parts_octets("07")));
    assert_true(hf_bytes_equal(c.subject, parts_octets(NAME))
                && hf_bytes_equal(c.issuer, parts_octets(NAME)));
    assert_true(hf_bytes_equal(c.spki, parts_octets(good_parts.spki)));
    assert_true(hf_bytes_equal(c.point, parts_octets(POINT)));
    assert_true(c.not_before_s == 1700000000 && c.not_after_s == 1700864000);
    assert_true(c.is_p256_uncompressed && c.is_ecdsa_sha256);
    assert_true(c.has_basic_constraints && c.is_ca && c.path_length == -1);
    assert_true(c.has_key_usage && c.may_sign_data && !c.may_sign_certificates && !c.may_sign_crls);
    assert_false(c.has_extended_key_usage || c.is_server || c.is_client || c.has_unknown_critical);
    assert_int_equal(c.alt_names.len + c.name_constraints.len, 0);
    parts_end();
}

HF_TEST(a_certificate_cut_anywhere_is_refused)
{
    struct hf_certificate c;
    struct hf_bytes der;

    parts_begin();
    der = parts_write(&good_parts);
    for (size_t cut = 0; cut < der.len; cut++)
        assert_status(hf_certificate_read(hf_bytes_first(der, cut), &c), HF_ERR_MALFORMED);
    parts_end();
}

/* Where the heads of the certificate are in other forms that BER knows. */
HF_TEST(lengths_of_ber_are_refused)
{
    static const char *const others[] = {
        "3080a003020102",     /* indefinite */
        "30830000ffa0030201", /* longer than it must */
        "3084000000ffa00302",
    };
    struct hf_certificate c;

    for (size_t i = 0; i < HF_COUNT(others); i++) {
        uint8_t room[512] = {0};

        (void)hf_test_hex(others[i], room, sizeof room);
        assert_status(hf_certificate_read(hf_bytes_of(room, 255 + 5), &c), HF_ERR_MALFORMED);
    }
}

HF_TEST(only_version_3_is_read)
{
    ASSERT_EACH(version, HF_ERR_MALFORMED, NULL, "a003020100", "a003020101", "a003020103",
                "a00402020002", "a0060201020500", "a0020500", "a000", "8003020102");
}

HF_TEST(serials_are_integers_in_their_shortest_form)
{
    ASSERT_EACH(serial, HF_OK, "020100", "0201ff", "02020080");
    ASSERT_EACH(serial, HF_ERR_MALFORMED, NULL, "0200", "02020001", "0202ffff", "040107");
}

HF_TEST(both_algorithms_are_one)
{
    ASSERT_EACH(inner_algorithm, HF_ERR_MALFORMED, NULL, "300a06082a8648ce3d040303",
                "300c06082a8648ce3d0403020500", "3000");
    ASSERT_EACH(algorithm, HF_ERR_MALFORMED, NULL, "300a06082a8648ce3d040303",
                "300c06082a8648ce3d0403020500", "3000");
}

HF_TEST(another_algorithm_or_parameters_are_read_and_said_not_to_be_ours)
{
    static const char *const others[] = {"300a06082a8648ce3d040303", "300c06082a8648ce3d0403020500",
                                         "300d06092a864886f70d01010b0500"};
    struct hf_certificate c;

    parts_begin();
    for (size_t i = 0; i < HF_COUNT(others); i++) {
        struct certificate_parts p = good_parts;

        p.algorithm = p.inner_algorithm = others[i];
        assert_ok(hf_certificate_read(parts_write(&p), &c));
        assert_false(c.is_ecdsa_sha256);
        p.algorithm = p.inner_algorithm = "300e06082a8648ce3d04030205000500";
        assert_status(parts_read(&p), HF_ERR_MALFORMED);
    }
    parts_end();
}

HF_TEST(names_are_sets_of_attributes)
{
    static const char *const right[] = {"3000", NAME,
                                        "30173115300806035504030c0161300906035504060c024155"};
    static const char *const wrong[] = {
        NULL,
        "30023100", /* an RDN of nothing */
        "30043102"
        "3000", /* an attribute of nothing */
        "3009"
        "3107"
        "3005"
        "0603550403", /* without a value */
        "300e"
        "310c"
        "300a"
        "06035504030c01610500",
        "300c"
        "300a"
        "300806035504030c0161", /* no set */
        "300c"
        "310a"
        "300806035504830c0161", /* no OID */
        "310c310a300806035504030c0161",
    };

    assert_each_part(right, HF_COUNT(right), offsetof(struct certificate_parts, issuer), HF_OK);
    assert_each_part(right, HF_COUNT(right), offsetof(struct certificate_parts, subject), HF_OK);
    assert_each_part(wrong, HF_COUNT(wrong), offsetof(struct certificate_parts, issuer),
                     HF_ERR_MALFORMED);
    assert_each_part(wrong, HF_COUNT(wrong), offsetof(struct certificate_parts, subject),
                     HF_ERR_MALFORMED);
}

HF_TEST(a_validity_has_two_times)
{
    ASSERT_EACH(validity, HF_ERR_MALFORMED, NULL, "3000", "300f170d3233313131343232313332305a",
                "302d170d3233313131343232313332305a170d3233313132343232313332305a"
                "170d3233313132343232313332305a",
                "301e170d3233313131343232313332305a170d3233313132343232313332302b");
}

/* Only the form is read: foreign keys are for the judge to refuse. */
HF_TEST(only_an_uncompressed_point_of_the_named_curve_is_ours)
{
    static const char *const others[] = {
        "3039301306072a8648ce3d020106082a8648ce3d030107032200"
        "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
        "302a300506032b6570032100"
        "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
        "3056301006072a8648ce3d020106052b8104000a034200" POINT, /* secp256k1 */
    };
    struct hf_certificate c;

    parts_begin();
    for (size_t i = 0; i < HF_COUNT(others); i++) {
        struct certificate_parts p = good_parts;

        p.spki = others[i];
        assert_ok(hf_certificate_read(parts_write(&p), &c));
        assert_false(c.is_p256_uncompressed);
        assert_int_equal(c.point.len, 0);
        assert_true(hf_bytes_equal(c.spki, parts_octets(others[i])));
    }
    parts_end();
    ASSERT_EACH(spki, HF_ERR_MALFORMED, NULL, "3000", "3007300506032b6570",
                "300a300506032b6570030107", "300c300506032b65700301000500");
}

HF_TEST(unique_identifiers_are_passed_over)
{
    ASSERT_EACH(unique_ids, HF_OK, "81020001", "82020001", "8102000182020001");
    ASSERT_EACH(unique_ids, HF_ERR_MALFORMED, "8202000181020001", "8102000181020001", "83020001");
}

HF_TEST(nothing_may_stand_behind_what_is_read)
{
    ASSERT_EACH(behind_tbs_fields, HF_ERR_MALFORMED, "0500", "00");
    ASSERT_EACH(behind, HF_ERR_MALFORMED, "0500", "00");
    ASSERT_EACH(after_all, HF_ERR_MALFORMED, "0500", "00", ECDSA_SHA256);
}

HF_TEST(the_signature_is_whole_octets)
{
    ASSERT_EACH(signature, HF_OK, "030100");
    ASSERT_EACH(signature, HF_ERR_MALFORMED, NULL, "0300", "03020180", "0409003006020101020101");
}
