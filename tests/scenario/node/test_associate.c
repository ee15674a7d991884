#include "scenario/node/provider.h"

#include <string.h>

#include "core/identity/suid.h"
#include "support/hf_test.h"

HF_TEST(an_association_has_all_four_outputs_and_the_key_stays_inside)
{
    struct provider p;
    struct hf_association c = {0};
    struct hf_secret kc = {0};

    provider_init(&p);
    assert_ok(provider_bootstrap(&p, false).st);
    assert_string_equal(provider_associate(&p, APP1, IN_CSE, &c).sentence, "");
    assert_true(hf_bytes_end_with(c.secure_connection_id, HF_LITERAL("@" MAF_FQDN)));
    assert_int_equal(c.secure_connection_id.len, 32 + strlen("@" MAF_FQDN));
    assert_int_equal(c.expires_s, START_S + HOUR);
    assert_int_equal(c.suid, HF_SUID_MAF_SAEF);
    assert_bytes_text(c.suite, "TLS1.2 FAKE");
    assert_bytes_text(c.server_name, "in-cse.sp.example.com");
    assert_bytes_text(c.address, "192.0.2.7");
    assert_int_equal(c.port, 8447);
    assert_ok(hf_node_load_association(&p.ports, HF_LITERAL(APP1), HF_LITERAL(IN_CSE), &p.arena, &c,
                                       &kc));
    assert_int_equal(kc.len, 32);
    provider_done(&p);
}

HF_TEST(each_application_has_its_own_key_and_a_second_association_another)
{
    struct provider p;
    struct hf_association a = {0}, b = {0}, again = {0};

    provider_init(&p);
    assert_ok(provider_bootstrap(&p, false).st);
    assert_ok(provider_associate(&p, APP1, IN_CSE, &a).st);
    assert_ok(provider_associate(&p, CSE1, IN_CSE, &b).st);
    assert_ok(provider_associate(&p, APP1, IN_CSE, &again).st); /* registered already: 4117 */
    assert_false(hf_bytes_equal(a.secure_connection_id, b.secure_connection_id));
    assert_false(hf_bytes_equal(a.secure_connection_id, again.secure_connection_id));
    provider_done(&p);
}

static void assert_refused(struct provider *p, const char *ae, const char *target, const char *why)
{
    struct hf_association c = {0};
    unsigned orders = p->orders;
    struct hf_node_outcome o = provider_associate(p, ae, target, &c);

    assert_int_not_equal(o.st, HF_OK);
    if (strstr(o.sentence, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", o.sentence, why);
    assert_true(p->orders <= orders + 1); /* nobody was contacted: at most a close */
}

HF_TEST(what_cannot_work_is_refused_before_anybody_is_contacted)
{
    struct provider p;

    provider_init(&p);
    assert_refused(&p, APP1, IN_CSE, "not enrolled");
    assert_ok(provider_bootstrap(&p, false).st);
    assert_refused(&p, "//sp.example.com/CSE1/Cother", IN_CSE, "no application of that ID");
    assert_refused(&p, APP1, APP1, "oneself");
    p.world.clock.now_s += 2 * ENROLMENT;
    assert_refused(&p, APP1, IN_CSE, "expired");
    provider_done(&p);
}

HF_TEST(a_foreign_key_identifier_is_withdrawn)
{
    struct provider p;
    struct hf_association c = {0};
    unsigned changes;

    provider_init(&p);
    assert_ok(provider_bootstrap(&p, false).st);
    changes = p.se.changes;
    p.garble_identifier = true;
    assert_status(provider_associate(&p, APP1, IN_CSE, &c).st, HF_ERR_CRYPTO);
    assert_int_equal(p.deleted, 1);
    assert_int_equal(p.se.changes, changes);
    provider_done(&p);
}

HF_TEST(an_unreachable_maf_and_a_full_secure_environment_are_told_apart)
{
    struct provider p;
    struct hf_association c = {0};

    provider_init(&p);
    assert_ok(provider_bootstrap(&p, false).st);
    p.maf_is_down = true;
    assert_status(provider_associate(&p, APP1, IN_CSE, &c).st, HF_ERR_UNREACHABLE);
    p.maf_is_down = false;
    p.se.fail_at = 1;
    assert_status(provider_associate(&p, APP1, IN_CSE, &c).st, HF_ERR_SYSTEM);
    p.is_silent = true;
    assert_status(provider_associate(&p, APP1, IN_CSE, &c).st, HF_ERR_UNREACHABLE);
    provider_done(&p);
}
