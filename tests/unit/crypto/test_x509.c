#include "crypto/x509.h"

#include <stdlib.h>
#include <string.h>

#include "core/certificate/certificate.h"
#include "support/hf_test.h"

enum { ARENA_MAX = 1 << 20, T0 = 1700000000, DAY_S = 86400 };

static struct hf_arena arena;
static struct hf_bytes ca_key, ca_pem;

static struct hf_x509_order order(const char *name)
{
    return (struct hf_x509_order){
        .common_name = name, .not_before_s = T0, .not_after_s = T0 + 10 * DAY_S};
}

static void begin(void)
{
    struct hf_x509_order o = order("root");

    o.is_ca = true;
    hf_arena_init(&arena, ARENA_MAX);
    assert_ok(hf_x509_new_key(&arena, &ca_key));
    assert_ok(
        hf_x509_issue(&o, ca_key, (struct hf_bytes){0}, (struct hf_bytes){0}, &arena, &ca_pem));
}

static struct hf_certificate read_one(struct hf_bytes pem)
{
    struct hf_certificate c;
    struct hf_bytes der;
    size_t count = 0;

    assert_ok(hf_x509_read_pem(pem, &arena, &der, 1, &count));
    assert_int_equal(count, 1);
    assert_ok(hf_certificate_read(der, &c));
    return c;
}

static hf_status check_signature(const struct hf_certificate *c, const struct hf_certificate *by)
{
    struct hf_p256_key *key;
    hf_status st;

    assert_ok(hf_p256_key_new(by->point, &key));
    st = hf_p256_verify(key, c->tbs, c->signature);
    hf_p256_key_free(key);
    return st;
}

static struct hf_certificate issue(const struct hf_x509_order *o)
{
    struct hf_bytes key, pem;

    assert_ok(hf_x509_new_key(&arena, &key));
    assert_ok(hf_x509_issue(o, key, ca_pem, ca_key, &arena, &pem));
    return read_one(pem);
}

HF_TEST(a_self_signed_authority_has_the_facts_of_one)
{
    struct hf_certificate f;

    begin();
    f = read_one(ca_pem);
    assert_true(f.is_ca && f.has_basic_constraints && f.has_key_usage && f.may_sign_certificates);
    assert_true(f.may_sign_crls);
    assert_false(f.may_sign_data);
    assert_int_equal(f.path_length, -1);
    assert_true(f.is_p256_uncompressed && f.is_ecdsa_sha256);
    assert_true(f.not_before_s == T0 && f.not_after_s == T0 + 10 * DAY_S);
    assert_true(hf_bytes_equal(f.subject, f.issuer));
    assert_int_equal(f.alt_names.len + f.name_constraints.len, 0);
    assert_false(f.has_unknown_critical || f.has_extended_key_usage);
    assert_ok(check_signature(&f, &f));
    hf_arena_done(&arena);
}

HF_TEST(a_leaf_is_signed_by_its_issuer_and_by_nobody_else)
{
    struct hf_x509_order o = order("leaf");
    struct hf_certificate f, ca;

    begin();
    o.dns_name = "mef.example.com";
    o.for_server = true;
    f = issue(&o);
    ca = read_one(ca_pem);
    assert_true(f.may_sign_data && f.has_extended_key_usage && f.is_server);
    assert_false(f.is_ca || f.may_sign_certificates || f.is_client);
    assert_int_equal(f.spki.len, 91);
    assert_int_equal(f.serial.len, 16);
    assert_ok(check_signature(&f, &ca));
    assert_status(check_signature(&f, &f), HF_ERR_CRYPTO);
    assert_status(check_signature(&ca, &f), HF_ERR_CRYPTO);
    hf_arena_done(&arena);
}

static void assert_alt_names(const struct hf_x509_order *o, const char *hex)
{
    uint8_t room[256];
    struct hf_bytes expected = hf_test_hex(hex, room, sizeof room);
    struct hf_certificate f = issue(o);

    assert_int_equal(f.alt_names.len, expected.len);
    assert_memory_equal(f.alt_names.at, expected.at, expected.len);
}

/* Octets worked out by hand from X.690 and RFC 5280, 4.2.1.6. */
HF_TEST(every_kind_of_name_has_its_one_encoding)
{
    struct hf_x509_order o = order("leaf");

    begin();
    o.dns_name = "a.b";
    assert_alt_names(&o, "30058203612e62");
    o.dns_name = NULL;
    o.uri = "//a.b/C";
    assert_alt_names(&o, "300986072f2f612e622f43");
    o.uri = NULL;
    o.hardware_oid = "0.2.481.1.100.3030.10011";
    /* otherName: OID 0.2.481.1 is 02 8361 01; RELATIVE-OID 100.3030.10011 is 64 9756 ce1b. */
    assert_alt_names(&o, "3011a00f060402836101a0070d05649756ce1b");
    o.hardware_oid = NULL;
    o.node_id = "1.2.3";
    assert_alt_names(&o, "300488022a03");
    o.node_id = "node7";
    assert_alt_names(&o, "3017a01506082b06010505070803a00930070c056e6f646537");
    hf_arena_done(&arena);
}

HF_TEST(an_order_with_two_names_or_a_foreign_oid_is_refused)
{
    struct hf_x509_order o = order("leaf");
    struct hf_bytes key, pem;

    begin();
    assert_ok(hf_x509_new_key(&arena, &key));
    o.dns_name = "a.b";
    o.uri = "//a.b/C";
    assert_status(hf_x509_issue(&o, key, ca_pem, ca_key, &arena, &pem), HF_ERR_MALFORMED);
    o.dns_name = o.uri = NULL;
    o.hardware_oid = "1.2.3";
    assert_status(hf_x509_issue(&o, key, ca_pem, ca_key, &arena, &pem), HF_ERR_MALFORMED);
    o.hardware_oid = "0.2.481.1";
    assert_status(hf_x509_issue(&o, key, ca_pem, ca_key, &arena, &pem), HF_ERR_MALFORMED);
    o.hardware_oid = "0.2.481.1.";
    assert_status(hf_x509_issue(&o, key, ca_pem, ca_key, &arena, &pem), HF_ERR_MALFORMED);
    o.hardware_oid = NULL;
    assert_status(hf_x509_issue(&o, HF_LITERAL("no key"), ca_pem, ca_key, &arena, &pem),
                  HF_ERR_MALFORMED);
    assert_status(hf_x509_issue(&o, key, HF_LITERAL("no pem"), ca_key, &arena, &pem),
                  HF_ERR_MALFORMED);
    hf_arena_done(&arena);
}

HF_TEST(pem_gives_every_certificate_in_order_and_skips_keys)
{
    struct hf_bytes found[2];
    struct hf_bytes parts[3], all;
    size_t count = 0, len = 0;
    uint8_t *text;

    begin();
    parts[0] = ca_pem;
    parts[1] = ca_key;
    parts[2] = ca_pem;
    text = malloc(3 * ca_pem.len + ca_key.len);
    assert_non_null(text);
    for (size_t i = 0; i < 3; i++) {
        memcpy(text + len, parts[i].at, parts[i].len);
        len += parts[i].len;
    }
    all = hf_bytes_of(text, len);
    assert_ok(hf_x509_read_pem(all, &arena, found, 2, &count));
    assert_int_equal(count, 2);
    assert_true(hf_bytes_equal(found[0], found[1]));
    assert_status(hf_x509_read_pem(all, &arena, found, 1, &count), HF_ERR_LIMIT);
    assert_status(hf_x509_read_pem(ca_key, &arena, found, 1, &count), HF_ERR_MALFORMED);
    assert_status(hf_x509_read_pem((struct hf_bytes){0}, &arena, found, 1, &count),
                  HF_ERR_MALFORMED);
    all.len -= 40;
    assert_status(hf_x509_read_pem(all, &arena, found, 2, &count), HF_ERR_MALFORMED);
    free(text);
    hf_arena_done(&arena);
}

HF_TEST(a_revocation_list_names_its_serials_and_its_signer)
{
    struct hf_x509_order o = order("leaf");
    struct hf_certificate one, two;
    struct hf_p256_key *signer, *other;
    struct hf_x509_crl_facts list;
    struct hf_x509_crl *crl = NULL;
    struct hf_bytes pem;

    begin();
    one = issue(&o);
    two = issue(&o);
    assert_ok(hf_p256_key_new(read_one(ca_pem).point, &signer));
    assert_ok(hf_p256_key_new(one.point, &other));
    assert_ok(hf_x509_issue_crl(ca_pem, ca_key, &one.serial, 1, 7, T0, T0 + DAY_S, &arena, &pem));
    assert_ok(hf_x509_crl_parse(pem, &crl));
    hf_x509_crl_facts(crl, &list);
    assert_true(list.number == 7 && list.this_update_s == T0 && list.next_update_s == T0 + DAY_S);
    assert_true(hf_bytes_equal(list.issuer, one.issuer));
    assert_true(hf_x509_crl_has(crl, one.serial));
    assert_false(hf_x509_crl_has(crl, two.serial));
    assert_ok(hf_x509_crl_check_signature(crl, signer));
    assert_status(hf_x509_crl_check_signature(crl, other), HF_ERR_CRYPTO);
    hf_x509_crl_free(crl);
    hf_p256_key_free(signer);
    hf_p256_key_free(other);
    hf_arena_done(&arena);
}

HF_TEST(a_text_that_is_no_revocation_list_is_refused)
{
    struct hf_x509_crl *crl = NULL;

    begin();
    assert_status(hf_x509_crl_parse(ca_pem, &crl), HF_ERR_MALFORMED);
    assert_status(hf_x509_crl_parse((struct hf_bytes){0}, &crl), HF_ERR_MALFORMED);
    assert_status(hf_x509_crl_parse(HF_LITERAL("\x30\x00"), &crl), HF_ERR_MALFORMED);
    assert_null(crl);
    hf_arena_done(&arena);
}
