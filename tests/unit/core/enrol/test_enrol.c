#include "core/enrol/enrol.h"

#include "base/time.h"
#include "support/diagram.h"
#include "support/hf_test.h"

enum { NOW_MS = 5000 };

/* NULL: no rule. More than one is a mistake in the table. */
static const struct hf_enrol_rule *find_rule(enum hf_enrol_state in, enum hf_enrol_event on)
{
    size_t count;
    const struct hf_enrol_rule *rules = hf_enrol_rules(&count), *found = NULL;

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
    for (int s = 0; s < HF_ENROL_STATE_COUNT; s++)
        for (int v = 0; v < HF_ENROL_EVENT_COUNT; v++) {
            enum hf_enrol_state in = (enum hf_enrol_state)s;
            enum hf_enrol_event on = (enum hf_enrol_event)v;
            const struct hf_enrol_rule *r = find_rule(in, on);
            struct hf_enrol e = {in, HF_ENROL_WANT_NOTHING, 77};

            if (r == NULL) {
                assert_status(hf_enrol_handle(&e, on, NOW_MS), HF_ERR_UNEXPECTED);
                assert_int_equal(e.state, in);
                assert_int_equal(e.want, HF_ENROL_WANT_NOTHING);
                assert_int_equal(hf_enrol_deadline_ms(&e), 77);
                continue;
            }
            assert_ok(hf_enrol_handle(&e, on, NOW_MS));
            assert_int_equal(e.state, r->then);
            assert_int_equal(hf_enrol_want(&e), r->want);
            assert_int_equal(hf_enrol_deadline_ms(&e),
                             r->within_ms == 0 ? HF_NEVER : NOW_MS + r->within_ms);
        }
}

HF_TEST(a_state_with_a_deadline_knows_what_to_do_when_it_passes)
{
    size_t count;
    const struct hf_enrol_rule *rules = hf_enrol_rules(&count);

    for (size_t i = 0; i < count; i++)
        assert_true(rules[i].within_ms == 0 || find_rule(rules[i].then, HF_ENROL_ON_LATE) != NULL);
}

HF_TEST(every_state_is_reached_and_every_one_but_the_ends_can_be_left)
{
    size_t count;
    const struct hf_enrol_rule *rules = hf_enrol_rules(&count);

    for (int s = 0; s < HF_ENROL_STATE_COUNT; s++) {
        struct hf_enrol e = {(enum hf_enrol_state)s, HF_ENROL_WANT_NOTHING, HF_NEVER};
        bool is_reached = e.state == HF_ENROL_IDLE, can_be_refused, is_left = false;

        for (size_t i = 0; i < count; i++) {
            is_reached = is_reached || rules[i].then == e.state;
            is_left = is_left || rules[i].in == e.state;
        }
        can_be_refused = find_rule(e.state, HF_ENROL_ON_REFUSED) != NULL;
        assert_true(is_reached);
        assert_int_equal(is_left, !hf_enrol_is_done(&e));
        assert_int_equal(can_be_refused, !hf_enrol_is_done(&e));
    }
}

static void walk(struct hf_enrol *e, const enum hf_enrol_event *events, size_t count)
{
    hf_enrol_init(e);
    for (size_t i = 0; i < count; i++)
        assert_ok(hf_enrol_handle(e, events[i], NOW_MS));
}

HF_TEST(the_straight_way_leads_to_enrolled)
{
    static const enum hf_enrol_event events[] = {
        HF_ENROL_ON_BEGUN,    HF_ENROL_ON_SECURED,  HF_ENROL_ON_ACCEPTED,
        HF_ENROL_ON_ACCEPTED, HF_ENROL_ON_ACCEPTED, HF_ENROL_ON_KEPT,
        HF_ENROL_ON_SECURED,  HF_ENROL_ON_ACCEPTED, HF_ENROL_ON_KEPT,
    };
    struct hf_enrol e;

    walk(&e, events, HF_COUNT(events));
    assert_true(hf_enrol_is_enrolled(&e));
    assert_int_equal(hf_enrol_deadline_ms(&e), HF_NEVER);
}

/* Threat row DEV-6: no way to the key in force but past its proof at the MAF. */
HF_TEST(the_key_in_force_is_replaced_only_after_the_maf_has_accepted_the_new_one)
{
    size_t count;
    const struct hf_enrol_rule *rules = hf_enrol_rules(&count);

    for (size_t i = 0; i < count; i++) {
        if (rules[i].want != HF_ENROL_WANT_KEEP_KEY)
            continue;
        assert_true(rules[i].in == HF_ENROL_ADMITTING || rules[i].in == HF_ENROL_READMITTING);
        assert_int_equal(rules[i].on, HF_ENROL_ON_ACCEPTED);
    }
}

HF_TEST(the_diagram_in_the_documentation_is_printed_from_the_rules)
{
    size_t count;
    const struct hf_enrol_rule *rules = hf_enrol_rules(&count);
    struct diagram d;

    diagram_begin(&d, hf_enrol_state_name(HF_ENROL_IDLE));
    for (size_t i = 0; i < count; i++)
        diagram_add(&d, hf_enrol_state_name(rules[i].in), hf_enrol_event_name(rules[i].on),
                    hf_enrol_want_name(rules[i].want), hf_enrol_state_name(rules[i].then));
    diagram_check(&d, "docs/protocol/enrolment.md");
}
