#include "core/associate/associate.h"

#include "base/time.h"
#include "support/diagram.h"
#include "support/hf_test.h"

enum { NOW_MS = 5000 };

/* NULL: no rule. More than one is a mistake in the table. */
static const struct hf_associate_rule *find_rule(enum hf_associate_state in,
                                                 enum hf_associate_event on)
{
    size_t count;
    const struct hf_associate_rule *rules = hf_associate_rules(&count), *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (rules[i].in != in || rules[i].on != on)
            continue;
        assert_null(found);
        found = &rules[i];
    }
    return found;
}

HF_TEST(every_pair_of_state_and_event_follows_its_rule_or_changes_nothing)
{
    for (int s = 0; s < HF_ASSOCIATE_STATE_COUNT; s++)
        for (int v = 0; v < HF_ASSOCIATE_EVENT_COUNT; v++) {
            enum hf_associate_state in = (enum hf_associate_state)s;
            enum hf_associate_event on = (enum hf_associate_event)v;
            const struct hf_associate_rule *r = find_rule(in, on);
            struct hf_associate e = {in, HF_ASSOCIATE_WANT_NOTHING, 77};

            if (r == NULL) {
                assert_status(hf_associate_handle(&e, on, NOW_MS), HF_ERR_UNEXPECTED);
                assert_int_equal(e.state, in);
                assert_int_equal(e.want, HF_ASSOCIATE_WANT_NOTHING);
                assert_int_equal(hf_associate_deadline_ms(&e), 77);
                continue;
            }
            assert_ok(hf_associate_handle(&e, on, NOW_MS));
            assert_int_equal(e.state, r->then);
            assert_int_equal(hf_associate_want(&e), r->want);
            assert_int_equal(hf_associate_deadline_ms(&e),
                             r->within_ms == 0 ? HF_NEVER : NOW_MS + r->within_ms);
        }
}

HF_TEST(a_state_with_a_deadline_knows_what_to_do_when_it_passes)
{
    size_t count;
    const struct hf_associate_rule *rules = hf_associate_rules(&count);

    for (size_t i = 0; i < count; i++)
        assert_true(rules[i].within_ms == 0
                    || find_rule(rules[i].then, HF_ASSOCIATE_ON_LATE) != NULL);
}

HF_TEST(every_state_is_reached_and_every_one_but_the_ends_can_be_left)
{
    size_t count;
    const struct hf_associate_rule *rules = hf_associate_rules(&count);

    for (int s = 0; s < HF_ASSOCIATE_STATE_COUNT; s++) {
        struct hf_associate e = {(enum hf_associate_state)s, HF_ASSOCIATE_WANT_NOTHING, HF_NEVER};
        bool is_reached = e.state == HF_ASSOCIATE_IDLE, can_be_refused, is_left = false;

        for (size_t i = 0; i < count; i++) {
            is_reached = is_reached || rules[i].then == e.state;
            is_left = is_left || rules[i].in == e.state;
        }
        can_be_refused = find_rule(e.state, HF_ASSOCIATE_ON_REFUSED) != NULL;
        assert_true(is_reached);
        assert_int_equal(is_left, !hf_associate_is_done(&e));
        assert_int_equal(can_be_refused, !hf_associate_is_done(&e));
    }
}

HF_TEST(the_straight_way_leads_to_an_association_registered_or_not)
{
    static const enum hf_associate_event registrations[] = {HF_ASSOCIATE_ON_ACCEPTED,
                                                            HF_ASSOCIATE_ON_ALREADY};

    for (size_t i = 0; i < HF_COUNT(registrations); i++) {
        struct hf_associate a;

        hf_associate_init(&a);
        assert_ok(hf_associate_handle(&a, HF_ASSOCIATE_ON_BEGUN, NOW_MS));
        assert_ok(hf_associate_handle(&a, HF_ASSOCIATE_ON_SECURED, NOW_MS));
        assert_ok(hf_associate_handle(&a, registrations[i], NOW_MS));
        assert_int_equal(hf_associate_want(&a), HF_ASSOCIATE_WANT_REGISTER_KEY);
        assert_ok(hf_associate_handle(&a, HF_ASSOCIATE_ON_ACCEPTED, NOW_MS));
        assert_ok(hf_associate_handle(&a, HF_ASSOCIATE_ON_KEPT, NOW_MS));
        assert_true(hf_associate_is_associated(&a));
    }
}

HF_TEST(the_diagram_in_the_documentation_is_printed_from_the_rules)
{
    size_t count;
    const struct hf_associate_rule *rules = hf_associate_rules(&count);
    struct diagram d;

    diagram_begin(&d, hf_associate_state_name(HF_ASSOCIATE_IDLE));
    for (size_t i = 0; i < count; i++)
        diagram_add(&d, hf_associate_state_name(rules[i].in), hf_associate_event_name(rules[i].on),
                    hf_associate_want_name(rules[i].want), hf_associate_state_name(rules[i].then));
    diagram_check(&d, "docs/protocol/association.md");
}
