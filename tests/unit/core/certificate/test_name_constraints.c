#include "core/certificate/name_constraints.h"

#include <string.h>

#include "core/certificate/der.h"
#include "support/hf_test.h"

enum {
    ROOM = 2048,
    PERMITTED = 0xa0,
    EXCLUDED = 0xa1,
    DNS_TAG = 0x82,
    URI_TAG = 0x86,
    IP_TAG = 0x87
};

static uint8_t memory[ROOM];

/* NameConstraints with one list of one subtree, put together from the inside out. */
static struct hf_bytes one_subtree(uint8_t list, uint8_t tag, struct hf_bytes base)
{
    uint8_t *at = memory;
    const uint8_t n = (uint8_t)base.len;
    const uint8_t head[] = {0x30, (uint8_t)(n + 6), list, (uint8_t)(n + 4),
                            0x30, (uint8_t)(n + 2), tag,  n};

    memcpy(at, head, sizeof head);
    if (n > 0)
        memcpy(at + sizeof head, base.at, n);
    return hf_bytes_of(memory, sizeof head + n);
}

static hf_status check_text(uint8_t list, uint8_t tag, const char *base, enum hf_alt_kind kind,
                            const char *text)
{
    struct hf_alt_name name = {.kind = kind, .text = hf_text(text)};
    bool covered = false;
    hf_status st =
        hf_name_constraints_check(one_subtree(list, tag, hf_text(base)), &name, true, &covered);

    assert_int_equal(covered, st == HF_OK && list == PERMITTED);
    return st;
}

struct text_case {
    const char *base, *name;
    bool inside;
};

static void assert_cases(const struct text_case *cases, size_t count, uint8_t tag,
                         enum hf_alt_kind kind)
{
    for (size_t i = 0; i < count; i++) {
        const struct text_case *c = &cases[i];

        assert_status(check_text(PERMITTED, tag, c->base, kind, c->name),
                      c->inside ? HF_OK : HF_ERR_CRYPTO);
        assert_status(check_text(EXCLUDED, tag, c->base, kind, c->name),
                      c->inside ? HF_ERR_CRYPTO : HF_OK);
    }
}

HF_TEST(a_dns_subtree_holds_the_name_and_all_below_it)
{
    static const struct text_case cases[] = {
        {"example.com",   "example.com",          true },
        {"example.com",   "a.example.com",        true },
        {"example.com",   "b.a.example.com",      true },
        {"Example.COM",   "a.eXample.com",        true },
        {"",              "anything.at.all",      true },
        {".example.com",  "a.example.com",        true },
        {".example.com",  "example.com",          false},
        {"example.com",   "badexample.com",       false},
        {"example.com",   "example.com.evil.org", false},
        {"example.com",   "example.co",           false},
        {"example.com",   "com",                  false},
        {"a.example.com", "example.com",          false},
        {"example.com.",  "example.com",          false},
        {"*.example.com", "a.example.com",        false},
    };

    assert_cases(cases, HF_COUNT(cases), DNS_TAG, HF_ALT_DNS);
}

HF_TEST(a_uri_subtree_holds_a_host_or_all_below_a_dot)
{
    static const struct text_case cases[] = {
        {"sp.example.com", "onem2m://sp.example.com/CSE1/C1", true },
        {"SP.example.com", "onem2m://sp.EXAMPLE.com/CSE1/C1", true },
        {"sp.example.com", "//sp.example.com/CSE1/C1",        true },
        {"sp.example.com", "//sp.example.com",                true },
        {".example.com",   "//sp.example.com/S1",             true },
        {".example.com",   "//a.sp.example.com/S1",           true },
        {".example.com",   "//example.com/S1",                false},
        {"sp.example.com", "//a.sp.example.com/S1",           false},
        {"example.com",    "//sp.example.com/S1",             false},
        {"sp.example.com", "//evil.org/sp.example.com",       false},
        {"sp.example.com", "//sp.example.com.evil.org/",      false},
        {"sp.example.com", "//evil.org/?//sp.example.com/",   false},
        {"sp.example.com", "//evil.org#//sp.example.com/",    false},
    };

    assert_cases(cases, HF_COUNT(cases), URI_TAG, HF_ALT_URI);
}

/* Neither permitted nor let through where something is excluded (RFC 5280, 4.2.1.10). */
HF_TEST(a_uri_without_a_host_is_outside_every_uri_subtree)
{
    static const char *const uris[] = {
        "urn:gsma:imei:1",
        "x//sp.example.com/",
        "/sp.example.com/",
        "http:/sp.example.com",
        "http://u@sp.example.com/",
        "http://sp.example.com:80/",
        "http://10/",
        "",
        "//",
        "http://",
    };

    for (size_t i = 0; i < HF_COUNT(uris); i++) {
        assert_status(check_text(PERMITTED, URI_TAG, "sp.example.com", HF_ALT_URI, uris[i]),
                      HF_ERR_CRYPTO);
        assert_status(check_text(EXCLUDED, URI_TAG, "sp.example.com", HF_ALT_URI, uris[i]),
                      HF_ERR_CRYPTO);
    }
}

HF_TEST(an_other_name_subtree_is_compared_arc_by_arc)
{
    /* otherName 0.2.481.1 with the RELATIVE-OID 3, in subtrees of either list. */
    static const uint8_t permitted[] = {0x30, 0x11, 0xa0, 0x0f, 0x30, 0x0d, 0xa0, 0x0b, 0x06, 0x04,
                                        0x02, 0x83, 0x61, 0x01, 0xa0, 0x03, 0x0d, 0x01, 0x03};
    static const struct {
        struct hf_oid oid;
        bool inside;
    } cases[] = {
        {{5, {0, 2, 481, 1, 3}},    true },
        {{6, {0, 2, 481, 1, 3, 4}}, true },
        {{5, {0, 2, 481, 1, 34}},   false},
        {{6, {0, 2, 481, 1, 2, 3}}, false},
        {{4, {0, 2, 481, 1}},       false},
    };
    uint8_t excluded[sizeof permitted];

    memcpy(excluded, permitted, sizeof permitted);
    excluded[2] = EXCLUDED;
    for (size_t i = 0; i < HF_COUNT(cases); i++) {
        struct hf_alt_name name = {.kind = HF_ALT_DEVICE, .oid = cases[i].oid};
        bool covered = false;

        assert_status(hf_name_constraints_check(hf_bytes_of(permitted, sizeof permitted), &name,
                                                true, &covered),
                      cases[i].inside ? HF_OK : HF_ERR_CRYPTO);
        assert_int_equal(covered, cases[i].inside);
        assert_status(hf_name_constraints_check(hf_bytes_of(excluded, sizeof excluded), &name, true,
                                                &covered),
                      cases[i].inside ? HF_ERR_CRYPTO : HF_OK);
    }
    /* A registeredID with the same arcs is another kind of name. */
    struct hf_alt_name registered = {.kind = HF_ALT_REGISTERED, .oid = cases[0].oid};
    bool covered = false;

    assert_status(hf_name_constraints_check(hf_bytes_of(permitted, sizeof permitted), &registered,
                                            true, &covered),
                  HF_ERR_CRYPTO);
}

HF_TEST(only_an_identity_is_refused_by_a_list_of_other_kinds)
{
    struct hf_alt_name name = {.kind = HF_ALT_DNS, .text = HF_LITERAL("a.example.com")};
    struct hf_bytes other = one_subtree(PERMITTED, URI_TAG, HF_LITERAL("a.example.com"));
    bool covered = true;

    assert_status(hf_name_constraints_check(other, &name, true, &covered), HF_ERR_CRYPTO);
    assert_ok(hf_name_constraints_check(other, &name, false, &covered));
    assert_false(covered);
    /* What is excluded of another kind says nothing about this one. */
    other = one_subtree(EXCLUDED, URI_TAG, HF_LITERAL("a.example.com"));
    assert_ok(hf_name_constraints_check(other, &name, true, &covered));
}

HF_TEST(what_cannot_be_compared_for_certain_counts_as_excluded)
{
    struct hf_alt_name foreign = {.kind = HF_ALT_FOREIGN};
    struct hf_bytes der = one_subtree(EXCLUDED, IP_TAG, HF_LITERAL("\x0a\0\0\0\xff\0\0\0"));
    bool covered;

    assert_status(hf_name_constraints_check(der, &foreign, false, &covered), HF_ERR_CRYPTO);
    der = one_subtree(PERMITTED, IP_TAG, HF_LITERAL("\x0a\0\0\0\xff\0\0\0"));
    assert_status(hf_name_constraints_check(der, &foreign, false, &covered), HF_ERR_CRYPTO);
}

HF_TEST(broken_constraints_are_refused)
{
    static const char *const bad[] = {
        "",
        "3000",                             /* neither list */
        "3002a000",                         /* an empty list */
        "300aa0083006820161800100",         /* minimum, even the default */
        "300aa0083006820161810101",         /* maximum */
        "300ea1053003820161a0053003820161", /* lists in the other order */
        "3007a2053003820161",               /* no such list */
        "3008a005300382016100",             /* something behind */
        "3007a0053103820161",               /* no SEQUENCE */
        "3005a003300182",                   /* half a name */
    };
    struct hf_alt_name name = {.kind = HF_ALT_DNS, .text = HF_LITERAL("a")};
    uint8_t room[ROOM];
    bool covered = false;

    for (size_t i = 0; i < HF_COUNT(bad); i++)
        assert_status(hf_name_constraints_check(hf_test_hex(bad[i], room, sizeof room), &name, true,
                                                &covered),
                      HF_ERR_MALFORMED);
}

HF_TEST(a_truncation_at_any_octet_is_refused)
{
    struct hf_alt_name name = {.kind = HF_ALT_DNS, .text = HF_LITERAL("a.example.com")};
    struct hf_bytes der = one_subtree(PERMITTED, DNS_TAG, HF_LITERAL("example.com"));
    bool covered = false;

    for (size_t cut = 0; cut < der.len; cut++)
        assert_status(hf_name_constraints_check(hf_bytes_first(der, cut), &name, true, &covered),
                      HF_ERR_MALFORMED);
    assert_ok(hf_name_constraints_check(der, &name, true, &covered));
}

HF_TEST(more_than_thirty_two_subtrees_are_refused)
{
    struct hf_alt_name name = {.kind = HF_ALT_DNS, .text = HF_LITERAL("a")};

    for (size_t n = 32; n <= 33; n++) {
        uint8_t room[ROOM] = {0x30, 0x81, (uint8_t)(3 + 5 * n), 0xa0, 0x81, (uint8_t)(5 * n)};
        bool covered = false;

        for (size_t i = 0; i < n; i++)
            memcpy(room + 6 + 5 * i,
                   "\x30\x03\x82\x01"
                   "a",
                   5);
        assert_status(
            hf_name_constraints_check(hf_bytes_of(room, 6 + 5 * n), &name, true, &covered),
            n == 32 ? HF_OK : HF_ERR_LIMIT);
    }
}

/* otherName PermanentIdentifier "node", in a list of its own. */
HF_TEST(a_permanent_identifier_is_permitted_as_it_is)
{
    uint8_t room[ROOM];
    struct hf_bytes der =
        hf_test_hex("301aa0183016a01406082b06010505070803a00830060c046e6f6465", room, sizeof room);
    struct hf_alt_name name = {.kind = HF_ALT_PERMANENT, .text = HF_LITERAL("node")};
    bool covered = false;

    assert_ok(hf_name_constraints_check(der, &name, true, &covered));
    assert_true(covered);
    name.text = HF_LITERAL("node7");
    assert_status(hf_name_constraints_check(der, &name, true, &covered), HF_ERR_CRYPTO);
    name.text = HF_LITERAL("nod");
    assert_status(hf_name_constraints_check(der, &name, true, &covered), HF_ERR_CRYPTO);
    room[2] = EXCLUDED;
    assert_status(hf_name_constraints_check(der, &name, true, &covered), HF_ERR_CRYPTO);
}
