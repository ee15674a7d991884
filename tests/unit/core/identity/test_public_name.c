#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "support/hf_test.h"

#include <string.h>

enum { ARENA_LIMIT = 4096 };

static void assert_maps(hf_status (*map)(struct hf_bytes id, struct hf_bytes in_cse,
                                         struct hf_arena *a, struct hf_bytes *out),
                        const char *id, const char *in_cse, const char *expected)
{
    struct hf_arena a;
    struct hf_bytes out;

    hf_arena_init(&a, ARENA_LIMIT);
    assert_ok(map(hf_text(id), hf_text(in_cse), &a, &out));
    assert_bytes_text(out, expected);
    hf_arena_done(&a);
}

static void assert_refuses(hf_status (*map)(struct hf_bytes id, struct hf_bytes in_cse,
                                            struct hf_arena *a, struct hf_bytes *out),
                           const char *id, const char *in_cse, hf_status expected)
{
    struct hf_arena a;
    struct hf_bytes out = HF_LITERAL("as it was");

    hf_arena_init(&a, ARENA_LIMIT);
    assert_status(map(hf_text(id), hf_text(in_cse), &a, &out), expected);
    assert_bytes_text(out, "as it was");
    hf_arena_done(&a);
}

HF_TEST(a_cse_is_named_below_the_in_cse_of_its_provider)
{
    assert_maps(hf_public_name_of_cse, "//sp.example.com/CSE1", "//sp.example.com/IN-CSE",
                "cse1.in-cse.sp.example.com");
    assert_maps(hf_public_name_of_cse, "//sp.example.com/IN-CSE", "//sp.example.com/IN-CSE",
                "in-cse.sp.example.com");
    assert_maps(hf_public_name_of_cse, "//sp.example.com/CSE1", "", "cse1.sp.example.com");
    assert_maps(hf_public_name_of_cse, "//SP.example.com./CSE1", "//sp.Example.com/in-cse",
                "cse1.in-cse.sp.example.com");
    assert_maps(hf_public_name_of_cse, "//other.example/CSE1", "//sp.example.com/IN-CSE",
                "cse1.other.example");
}

HF_TEST(what_is_no_cse_or_no_label_has_no_public_name)
{
    assert_refuses(hf_public_name_of_cse, "//sp.example.com/CSE1/C9", "", HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "//sp.example.com/S9", "", HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "//sp.example.com", "", HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "/CSE1", "", HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "", "", HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "//sp.example.com/CSE_1", "", HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "//sp.example.com/CSE.1", "", HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "//sp.example.com/CSE1-", "", HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "//sp.example.com/CSE1", "//sp.example.com/IN_CSE",
                   HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "//sp.example.com/CSE1", "//sp.example.com/S1",
                   HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse, "//sp.example.com/CSE1", "IN-CSE", HF_ERR_MALFORMED);
    assert_refuses(hf_public_name_of_cse,
                   "//sp.example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                   "aaaaaa",
                   "", HF_ERR_MALFORMED);
}

HF_TEST(a_name_longer_than_an_fqdn_is_refused)
{
    char id[256];

    memset(id, 'a', sizeof id);
    for (size_t i = 40; i < 198; i += 40)
        id[i] = '.';
    memcpy(id, "//", 2);
    memcpy(id + 198, "/CSE1", sizeof "/CSE1");
    assert_refuses(hf_public_name_of_cse, id, "", HF_ERR_MALFORMED);
}

/* The targets of the vectors in section 3.7 of the digest, and the rest of its entry A4. */
HF_TEST(a_target_is_an_fqdn_for_key_derivation)
{
    const char *in = "//sp.example.com/IN-CSE";

    assert_maps(hf_fqdn_of_target, "maf.example.com", in, "maf.example.com");
    assert_maps(hf_fqdn_of_target, "MAF.example.com.", in, "maf.example.com");
    assert_maps(hf_fqdn_of_target, "//MAF.example.com", in, "maf.example.com");
    assert_maps(hf_fqdn_of_target, "//sp.example.com/CSE1", in, "cse1.in-cse.sp.example.com");
    assert_maps(hf_fqdn_of_target, "//sp.example.com/CSE1/C123", in,
                "c123.cse1.in-cse.sp.example.com");
    assert_maps(hf_fqdn_of_target, "//sp.example.com/IN-CSE/C123", in,
                "c123.in-cse.sp.example.com");
    assert_maps(hf_fqdn_of_target, "//sp.example.com/CSE1/C123", "", "c123.cse1.sp.example.com");
    assert_maps(hf_fqdn_of_target, "//sp.example.com/S98821", in, "s98821.sp.example.com");
}

HF_TEST(a_target_that_is_no_name_is_refused)
{
    assert_refuses(hf_fqdn_of_target, "", "", HF_ERR_MALFORMED);
    assert_refuses(hf_fqdn_of_target, "maf", "", HF_ERR_MALFORMED);
    assert_refuses(hf_fqdn_of_target, "/CSE1", "", HF_ERR_MALFORMED);
    assert_refuses(hf_fqdn_of_target, "//sp.example.com/CSE1/C.9", "", HF_ERR_MALFORMED);
    assert_refuses(hf_fqdn_of_target, "//sp.example.com/S_9", "", HF_ERR_MALFORMED);
    assert_refuses(hf_fqdn_of_target, "//sp.example.com/CSE~1", "", HF_ERR_MALFORMED);
}

HF_TEST(a_public_name_stands_for_one_cse)
{
    const char *in = "//sp.example.com/IN-CSE";

    assert_maps(hf_cse_id_of_public_name, "in-cse.sp.example.com", in, "//sp.example.com/in-cse");
    assert_maps(hf_cse_id_of_public_name, "cse1.in-cse.sp.example.com", in,
                "//sp.example.com/cse1");
    assert_maps(hf_cse_id_of_public_name, "CSE1.IN-CSE.sp.Example.com.", in,
                "//sp.example.com/cse1");
}

HF_TEST(a_name_elsewhere_is_unknown)
{
    const char *in = "//sp.example.com/IN-CSE";

    assert_refuses(hf_cse_id_of_public_name, "sp.example.com", in, HF_ERR_UNKNOWN);
    assert_refuses(hf_cse_id_of_public_name, "cse1.sp.example.com", in, HF_ERR_UNKNOWN);
    assert_refuses(hf_cse_id_of_public_name, "cse1.other.sp.example.com", in, HF_ERR_UNKNOWN);
    assert_refuses(hf_cse_id_of_public_name, "a.cse1.in-cse.sp.example.com", in, HF_ERR_UNKNOWN);
    assert_refuses(hf_cse_id_of_public_name, "cse1.in-cse.xsp.example.com", in, HF_ERR_UNKNOWN);
    assert_refuses(hf_cse_id_of_public_name, "cse1.in-cse.sp.example.org", in, HF_ERR_UNKNOWN);
    assert_refuses(hf_cse_id_of_public_name, "example.com", in, HF_ERR_UNKNOWN);
    assert_refuses(hf_cse_id_of_public_name, "*.in-cse.sp.example.com", in, HF_ERR_MALFORMED);
    assert_refuses(hf_cse_id_of_public_name, "cse1.in-cse.sp.example.com", "", HF_ERR_MALFORMED);
    assert_refuses(hf_cse_id_of_public_name, "cse1.in-cse.sp.example.com", "//sp.example.com",
                   HF_ERR_MALFORMED);
}

HF_TEST(name_and_id_lead_to_each_other)
{
    static const char *names[] = {"in-cse.sp.example.com", "cse1.in-cse.sp.example.com",
                                  "s7.in-cse.sp.example.com"};
    const struct hf_bytes in = HF_LITERAL("//sp.example.com/IN-CSE");
    struct hf_arena a;
    struct hf_bytes id, name;

    hf_arena_init(&a, ARENA_LIMIT);
    for (size_t i = 0; i < HF_COUNT(names); i++) {
        assert_ok(hf_cse_id_of_public_name(hf_text(names[i]), in, &a, &id));
        assert_true(hf_entity_id_is_canonical(id));
        assert_ok(hf_public_name_of_cse(id, in, &a, &name));
        assert_bytes_text(name, names[i]);
    }
    hf_arena_done(&a);
}
