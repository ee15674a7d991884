/*
 * What every store does, whatever it is made of. Included by the test of each one, which defines
 * open_store and close_store.
 */
#include "unit/store/store_support.h"

enum { ARENA = 64 << 10 };

static struct hf_store open_store(void);
static void close_store(struct hf_store *s);

static const struct hf_bytes c1[] = {FIXED("//sp.example/C1"), FIXED("//sp.example/C1/Ca"),
                                     FIXED("//sp.example/S1")};
static const struct hf_bytes c2[] = {FIXED("//sp.example/C2")};

#define K1 "0123456789abcdef0123456789abcdef"
#define K2 "fedcba9876543210fedcba9876543210"

/* A node with a credential, a registration made with it, and a key on that. */
static struct hf_store populated(void)
{
    struct hf_store s = open_store();

    assert_ok(commit_one(&s, node_change("n1", c1, 3)));
    assert_ok(commit_one(&s, credential_change("11-KE1", "n1", K1)));
    assert_ok(commit_one(&s, registration_change("R1", "//sp.example/C1", "11-KE1")));
    assert_ok(commit_one(&s, key_change("KEY1", "R1", "n1", K2)));
    return s;
}

static enum hf_record_state state_of(const struct hf_store *s, enum hf_lookup_kind kind,
                                     const char *id)
{
    struct hf_arena a;
    struct hf_lookup l;
    enum hf_record_state state;

    hf_arena_init(&a, ARENA);
    l = look_up(s, &a, kind, id);
    assert_ok(l.st);
    if (kind == HF_FIND_CREDENTIAL)
        state = l.credential.state;
    else if (kind == HF_FIND_REGISTRATION)
        state = l.registration.state;
    else if (kind == HF_FIND_KEY)
        state = l.key.state;
    else
        state = l.node.state;
    if (kind == HF_FIND_CREDENTIAL && state != HF_RECORD_LIVE)
        assert_true(hf_secret_is_empty(&l.credential.key));
    if (kind == HF_FIND_KEY && state != HF_RECORD_LIVE)
        assert_true(hf_secret_is_empty(&l.key.key));
    hf_arena_done(&a);
    return state;
}

static hf_status status_of(const struct hf_store *s, enum hf_lookup_kind kind, const char *id)
{
    struct hf_arena a;
    struct hf_lookup l;

    hf_arena_init(&a, ARENA);
    l = look_up(s, &a, kind, id);
    hf_arena_done(&a);
    return l.st;
}

HF_TEST(a_credential_comes_back_with_what_its_node_adds)
{
    struct hf_store s = populated();
    struct hf_arena a;
    struct hf_lookup l;

    hf_arena_init(&a, ARENA);
    l = look_up(&s, &a, HF_FIND_CREDENTIAL, "11-KE1");
    assert_ok(l.st);
    assert_bytes_text(l.credential.authority, MAF);
    assert_bytes_text(l.credential.credential_id, "11-KE1");
    assert_bytes_text(l.credential.node_id, "n1");
    assert_bytes_text(l.credential.issuer_key_id, "KE@mef.example");
    assert_bytes_text(hf_secret_reveal(&l.credential.key), K1);
    assert_int_equal(l.credential.suid, 11);
    assert_true(l.credential.expires_s == HF_NEVER);
    assert_true(l.credential.require_pfs);
    assert_int_equal(l.credential.state, HF_RECORD_LIVE);
    assert_int_equal(l.credential.entities.count, 3);
    assert_bytes_text(l.credential.entities.at[2], "//sp.example/S1");
    assert_true(l.credential.has_cse);
    assert_int_equal(l.credential.lifetime_s, 86400);
    assert_int_equal(l.credential.node_state, HF_RECORD_LIVE);
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(a_registration_comes_back_whole)
{
    struct hf_store s = populated();
    struct hf_arena a;
    struct hf_lookup l;

    hf_arena_init(&a, ARENA);
    l = look_up(&s, &a, HF_FIND_REGISTRATION, "R1");
    assert_ok(l.st);
    assert_bytes_text(l.registration.client, "//sp.example/C1");
    assert_bytes_text(l.registration.admin_fqdn, "sp.example");
    assert_bytes_text(l.registration.credential_id, "11-KE1");
    assert_bytes_text(l.registration.assigned_key_id, "KM@maf.example");
    assert_int_equal(l.registration.labels.count, 2);
    assert_bytes_text(l.registration.labels.at[1], "two");
    assert_true(l.registration.created_s == NOW_S);
    assert_true(l.registration.modified_s == NOW_S + 1);
    assert_true(l.registration.expires_s == NOW_S + 1000);
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(a_key_comes_back_whole)
{
    struct hf_store s = populated();
    struct hf_arena a;
    struct hf_lookup l;

    hf_arena_init(&a, ARENA);
    l = look_up(&s, &a, HF_FIND_KEY, "KEY1");
    assert_ok(l.st);
    assert_bytes_text(l.key.source, "//sp.example/C1");
    assert_bytes_text(l.key.registration, "R1");
    assert_bytes_text(l.key.node_id, "n1");
    assert_bytes_text(l.key.admin_fqdn, "sp.example");
    assert_int_equal(l.key.targets.count, 1);
    assert_bytes_text(l.key.targets.at[0], "//sp.example/in-cse");
    assert_int_equal(l.key.labels.count, 0);
    assert_bytes_text(hf_secret_reveal(&l.key.key), K2);
    assert_true(l.key.is_exported);
    assert_int_equal(l.key.suid, 32);
    assert_true(l.key.expires_s == NOW_S + 500);
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(what_was_never_put_is_unknown)
{
    struct hf_store s = populated();

    assert_status(status_of(&s, HF_FIND_CREDENTIAL, "11-KE2"), HF_ERR_UNKNOWN);
    assert_status(status_of(&s, HF_FIND_REGISTRATION, "R2"), HF_ERR_UNKNOWN);
    assert_status(status_of(&s, HF_FIND_REGISTRATION_OF_CLIENT, "//sp.example/C2"), HF_ERR_UNKNOWN);
    assert_status(status_of(&s, HF_FIND_KEY, "key1"), HF_ERR_UNKNOWN); /* canonical is upper case */
    assert_status(status_of(&s, HF_FIND_NODE, ""), HF_ERR_UNKNOWN);
    assert_status(status_of(&s, HF_FIND_NODE_OF_ENTITY, "//sp.example/C2"), HF_ERR_UNKNOWN);
    close_store(&s);
}

HF_TEST(identifiers_are_octets_and_may_hold_a_nul)
{
    static const uint8_t odd[] = {'1', '1', '-', 0, 0xff, '\'', ';'};
    struct hf_store s = populated();
    struct hf_change c = credential_change("", "n1", "another key of 32 octets, really");
    struct hf_arena a;
    struct hf_lookup l;

    c.credential.credential_id = hf_bytes_of(odd, sizeof odd);
    assert_ok(commit_one(&s, c));
    assert_status(status_of(&s, HF_FIND_CREDENTIAL, "11-"), HF_ERR_UNKNOWN);
    hf_arena_init(&a, ARENA);
    l = look_up_bytes(&s, &a, HF_FIND_CREDENTIAL, hf_bytes_of(odd, sizeof odd));
    assert_ok(l.st);
    assert_true(hf_bytes_equal(l.credential.credential_id, hf_bytes_of(odd, sizeof odd)));
    hf_arena_done(&a);
    assert_status(commit_one(&s, c), HF_ERR_CONFLICT);
    close_store(&s);
}

HF_TEST(an_identifier_is_inserted_once)
{
    struct hf_store s = populated();
    struct hf_arena a;
    struct hf_lookup l;

    assert_status(commit_one(&s, credential_change("11-KE1", "n1", K2)), HF_ERR_CONFLICT);
    assert_status(commit_one(&s, registration_change("R1", "//sp.example/S1", "11-KE1")),
                  HF_ERR_CONFLICT);
    /* Threat row KM-5: the row that was there stays as it was. */
    assert_status(commit_one(&s, key_change("KEY1", "R1", "n1", K1)), HF_ERR_CONFLICT);
    hf_arena_init(&a, ARENA);
    l = look_up(&s, &a, HF_FIND_KEY, "KEY1");
    assert_bytes_text(hf_secret_reveal(&l.key.key), K2);
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(an_ended_identifier_never_returns)
{
    struct hf_store s = populated();

    assert_ok(commit_one(&s, as(key_change("KEY1", "", "", NULL), HF_END_KEY)));
    assert_ok(commit_one(&s, as(credential_change("11-KE1", "", NULL), HF_END_CREDENTIAL)));
    assert_status(commit_one(&s, key_change("KEY1", "R1", "n1", K1)), HF_ERR_CONFLICT);
    assert_status(commit_one(&s, credential_change("11-KE1", "n1", K1)), HF_ERR_CONFLICT);
    assert_ok(commit_one(&s, as(node_change("n1", NULL, 0), HF_END_NODE)));
    assert_status(commit_one(&s, node_change("n1", c1, 3)), HF_ERR_CONFLICT);
    close_store(&s);
}

HF_TEST(an_end_erases_the_key_and_leaves_a_tombstone)
{
    struct hf_store s = populated();
    struct hf_change revoke = as(credential_change("11-KE1", "", NULL), HF_END_CREDENTIAL);

    revoke.credential.state = HF_RECORD_REVOKED;
    assert_ok(commit_one(&s, revoke));
    assert_ok(commit_one(&s, as(key_change("KEY1", "", "", NULL), HF_END_KEY)));
    assert_int_equal(state_of(&s, HF_FIND_CREDENTIAL, "11-KE1"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY1"), HF_RECORD_ENDED);
    close_store(&s);
}

HF_TEST(what_is_not_live_cannot_be_changed)
{
    struct hf_store s = populated();
    const struct hf_change ended[] = {
        as(key_change("KEY1", "R1", "n1", NULL), HF_END_KEY),
        as(registration_change("R1", "//sp.example/C1", ""), HF_END_REGISTRATION),
        as(credential_change("11-KE1", "n1", NULL), HF_END_CREDENTIAL),
        as(node_change("n1", c1, 3), HF_END_NODE),
    };

    for (size_t i = 0; i < HF_COUNT(ended); i++)
        assert_ok(commit_one(&s, ended[i]));
    for (size_t i = 0; i < HF_COUNT(ended); i++)
        assert_status(commit_one(&s, ended[i]), HF_ERR_UNKNOWN);
    assert_status(commit_one(&s, as(ended[0], HF_SET_KEY)), HF_ERR_UNKNOWN);
    assert_status(commit_one(&s, as(ended[1], HF_SET_REGISTRATION)), HF_ERR_UNKNOWN);
    assert_status(commit_one(&s, as(ended[3], HF_TOUCH_NODE)), HF_ERR_UNKNOWN);
    close_store(&s);
}

HF_TEST(a_credential_needs_a_live_node)
{
    struct hf_store s = populated();

    assert_status(commit_one(&s, credential_change("11-KE2", "n2", K2)), HF_ERR_UNKNOWN);
    assert_ok(commit_one(&s, as(node_change("n1", NULL, 0), HF_END_NODE)));
    assert_status(commit_one(&s, credential_change("11-KE2", "n1", K2)), HF_ERR_UNKNOWN);
    /* One of the infrastructure belongs to no node. */
    assert_ok(commit_one(&s, credential_change("11-KE3", "", K2)));
    assert_int_equal(state_of(&s, HF_FIND_CREDENTIAL, "11-KE3"), HF_RECORD_LIVE);
    close_store(&s);
}

HF_TEST(a_key_needs_a_live_node_and_registration)
{
    struct hf_store s = populated();

    assert_status(commit_one(&s, key_change("KEY2", "R2", "n1", K1)), HF_ERR_UNKNOWN);
    assert_status(commit_one(&s, key_change("KEY2", "R1", "n2", K1)), HF_ERR_UNKNOWN);
    assert_ok(commit_one(&s, key_change("KEY2", "R1", "n1", K1)));
    assert_ok(commit_one(&s, as(registration_change("R1", "", ""), HF_END_REGISTRATION)));
    assert_status(commit_one(&s, key_change("KEY3", "R1", "n1", K1)), HF_ERR_UNKNOWN);
    close_store(&s);
}

HF_TEST(an_entity_belongs_to_one_live_node)
{
    struct hf_store s = populated();
    const struct hf_bytes mixed[] = {c2[0], c1[1]};
    struct hf_arena a;
    struct hf_lookup l;

    assert_status(commit_one(&s, node_change("n2", mixed, 2)), HF_ERR_CONFLICT);
    /* The refused set left nothing behind. */
    assert_status(status_of(&s, HF_FIND_NODE, "n2"), HF_ERR_UNKNOWN);
    assert_status(status_of(&s, HF_FIND_NODE_OF_ENTITY, "//sp.example/C2"), HF_ERR_UNKNOWN);
    assert_ok(commit_one(&s, node_change("n2", c2, 1)));
    assert_status(commit_one(&s, node_change("n2", mixed, 2)), HF_ERR_CONFLICT);

    assert_ok(commit_one(&s, as(node_change("n1", NULL, 0), HF_END_NODE)));
    assert_int_equal(state_of(&s, HF_FIND_NODE_OF_ENTITY, "//sp.example/C1"), HF_RECORD_ENDED);
    assert_ok(commit_one(&s, node_change("n2", mixed, 2)));
    hf_arena_init(&a, ARENA);
    l = look_up(&s, &a, HF_FIND_NODE_OF_ENTITY, "//sp.example/C1/Ca");
    assert_ok(l.st);
    assert_bytes_text(l.node.node_id, "n2");
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(a_node_put_again_replaces_its_entities_and_lifetime)
{
    struct hf_store s = populated();
    struct hf_change n = node_change("n1", c2, 1);
    struct hf_arena a;
    struct hf_lookup l;

    n.node.lifetime_s = 5;
    n.node.has_cse = false;
    n.node.created_s = 1;
    assert_ok(commit_one(&s, n));
    hf_arena_init(&a, ARENA);
    l = look_up(&s, &a, HF_FIND_NODE, "n1");
    assert_ok(l.st);
    assert_int_equal(l.node.entities.count, 1);
    assert_bytes_text(l.node.entities.at[0], "//sp.example/C2");
    assert_int_equal(l.node.lifetime_s, 5);
    assert_false(l.node.has_cse);
    assert_true(l.node.created_s == NOW_S);
    hf_arena_done(&a);
    assert_status(status_of(&s, HF_FIND_NODE_OF_ENTITY, "//sp.example/C1"), HF_ERR_UNKNOWN);
    assert_ok(commit_one(&s, node_change("n3", c1, 3)));
    close_store(&s);
}

HF_TEST(a_touch_sets_the_time_of_enrolment)
{
    struct hf_store s = populated();
    struct hf_change n = as(node_change("n1", NULL, 0), HF_TOUCH_NODE);
    struct hf_arena a;
    struct hf_lookup l;

    n.node.enrolled_s = NOW_S + 7;
    assert_ok(commit_one(&s, n));
    hf_arena_init(&a, ARENA);
    l = look_up(&s, &a, HF_FIND_NODE, "n1");
    assert_true(l.node.enrolled_s == NOW_S + 7);
    assert_int_equal(l.node.entities.count, 3);
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(a_key_belongs_to_one_node_for_ever)
{
    struct hf_store s = populated();
    struct hf_change other = credential_change("11-KE9", "n2", K1);
    const struct hf_change renamed[] = {
        credential_change("11-KM1", "n1", K1),
        as(credential_change("11-KE1", "", NULL), HF_END_CREDENTIAL),
    };

    assert_ok(commit_one(&s, node_change("n2", c2, 1)));
    assert_status(commit_one(&s, other), HF_ERR_CONFLICT);
    assert_ok(commit_set(&s, renamed, 2, NOW_S)); /* another name of the same key */
    assert_status(commit_one(&s, other), HF_ERR_CONFLICT);
    assert_ok(commit_one(&s, as(node_change("n1", NULL, 0), HF_END_NODE)));
    assert_status(commit_one(&s, other), HF_ERR_CONFLICT);
    other.credential.authority = HF_LITERAL("other.example"); /* an authority of its own */
    other.credential.node_id = hf_text(NULL);
    assert_ok(commit_one(&s, other));
    close_store(&s);
}

HF_TEST(a_live_registration_stands_in_the_way_until_it_expires)
{
    struct hf_store s = populated();
    struct hf_change second = registration_change("R2", "//sp.example/C1", "11-KE1");
    struct hf_arena a;
    struct hf_lookup l;

    second.registration.expires_s = NOW_S + 5000;
    assert_status(commit_set(&s, &second, 1, NOW_S + 999), HF_ERR_CONFLICT);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY1"), HF_RECORD_LIVE);
    assert_ok(commit_set(&s, &second, 1, NOW_S + 1000));
    assert_int_equal(state_of(&s, HF_FIND_REGISTRATION, "R1"), HF_RECORD_ENDED);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY1"), HF_RECORD_ENDED);
    hf_arena_init(&a, ARENA);
    l = look_up_registration(&s, &a, "//sp.example/C1");
    assert_ok(l.st);
    assert_bytes_text(l.registration.ri, "R2");
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(the_registration_of_a_client_is_the_live_or_the_last_one)
{
    struct hf_store s = populated();
    struct hf_arena a;
    struct hf_lookup l;

    hf_arena_init(&a, ARENA);
    assert_ok(commit_one(&s, as(registration_change("R1", "", ""), HF_END_REGISTRATION)));
    assert_ok(commit_one(&s, registration_change("R2", "//sp.example/C1", "11-KE1")));
    l = look_up_registration(&s, &a, "//sp.example/C1");
    assert_bytes_text(l.registration.ri, "R2");
    assert_int_equal(l.registration.state, HF_RECORD_LIVE);
    assert_ok(commit_one(&s, as(registration_change("R2", "", ""), HF_END_REGISTRATION)));
    l = look_up_registration(&s, &a, "//sp.example/C1");
    assert_ok(l.st);
    assert_bytes_text(l.registration.ri, "R2");
    assert_int_equal(l.registration.state, HF_RECORD_ENDED);
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(a_registration_can_be_set)
{
    static const struct hf_bytes labels[] = {FIXED("three")};
    struct hf_store s = populated();
    struct hf_change g = as(registration_change("R1", "ignored", "ignored"), HF_SET_REGISTRATION);
    struct hf_arena a;
    struct hf_lookup l;

    g.registration.labels = (struct hf_list){labels, 1};
    g.registration.expires_s = HF_NEVER;
    g.registration.modified_s = NOW_S + 9;
    g.registration.assigned_key_id = HF_LITERAL("KM2@maf.example");
    assert_ok(commit_one(&s, g));
    hf_arena_init(&a, ARENA);
    l = look_up(&s, &a, HF_FIND_REGISTRATION, "R1");
    assert_bytes_text(l.registration.client, "//sp.example/C1");
    assert_int_equal(l.registration.labels.count, 1);
    assert_bytes_text(l.registration.labels.at[0], "three");
    assert_bytes_text(l.registration.assigned_key_id, "KM2@maf.example");
    assert_true(l.registration.expires_s == HF_NEVER);
    assert_true(l.registration.modified_s == NOW_S + 9);
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(a_key_can_be_set)
{
    struct hf_store s = populated();
    struct hf_change k = as(key_change("KEY1", "", "", NULL), HF_SET_KEY);
    struct hf_arena a;
    struct hf_lookup l;

    k.key.targets = (struct hf_list){c1, 2};
    k.key.labels = (struct hf_list){c2, 1};
    k.key.expires_s = NOW_S + 1;
    k.key.modified_s = NOW_S + 2;
    assert_ok(commit_one(&s, k));
    hf_arena_init(&a, ARENA);
    l = look_up(&s, &a, HF_FIND_KEY, "KEY1");
    assert_int_equal(l.key.targets.count, 2);
    assert_int_equal(l.key.labels.count, 1);
    assert_true(l.key.expires_s == NOW_S + 1);
    assert_true(l.key.modified_s == NOW_S + 2);
    assert_bytes_text(hf_secret_reveal(&l.key.key), K2); /* not what a set carries */
    hf_arena_done(&a);
    close_store(&s);
}

HF_TEST(the_end_of_a_registration_ends_its_keys)
{
    struct hf_store s = populated();
    struct hf_change end = as(registration_change("R1", "", ""), HF_END_REGISTRATION);

    assert_ok(commit_one(&s, registration_change("R2", "//sp.example/S1", "11-KE1")));
    assert_ok(commit_one(&s, key_change("KEY2", "R2", "n1", K2)));
    end.registration.state = HF_RECORD_REVOKED;
    assert_ok(commit_one(&s, end));
    assert_int_equal(state_of(&s, HF_FIND_REGISTRATION, "R1"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY1"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY2"), HF_RECORD_LIVE);
    assert_int_equal(state_of(&s, HF_FIND_CREDENTIAL, "11-KE1"), HF_RECORD_LIVE);
    close_store(&s);
}

HF_TEST(the_end_of_a_node_ends_everything_of_it)
{
    struct hf_store s = populated();
    struct hf_change end = as(node_change("n1", NULL, 0), HF_END_NODE);

    assert_ok(commit_one(&s, node_change("n2", c2, 1)));
    assert_ok(commit_one(&s, credential_change("11-KE2", "n2", K2)));
    assert_ok(commit_one(&s, registration_change("R2", "//sp.example/C2", "11-KE2")));
    assert_ok(commit_one(&s, registration_change("R3", "//sp.example/S1", "not known here")));
    assert_ok(commit_one(&s, key_change("KEY2", "R2", "n2", K2)));
    assert_ok(commit_one(&s, key_change("KEY3", "", "n1", K2)));
    assert_ok(commit_one(&s, key_change("KEY4", "R3", "", K2)));
    end.node.state = HF_RECORD_REVOKED;
    assert_ok(commit_one(&s, end));
    assert_int_equal(state_of(&s, HF_FIND_NODE, "n1"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_CREDENTIAL, "11-KE1"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_REGISTRATION, "R1"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_REGISTRATION, "R3"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY1"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY3"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY4"), HF_RECORD_REVOKED);
    assert_int_equal(state_of(&s, HF_FIND_REGISTRATION, "R2"), HF_RECORD_LIVE);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY2"), HF_RECORD_LIVE);
    close_store(&s);
}

/* Revocation misses no key: neither one on a registration of no node nor on another node's. */
HF_TEST(the_end_of_a_node_ends_its_keys_on_registrations_that_are_not_its_own)
{
    struct hf_store s = populated();

    assert_ok(commit_one(&s, node_change("n2", c2, 1)));
    assert_ok(commit_one(&s, credential_change("11-KE2", "n2", K2)));
    assert_ok(commit_one(&s, registration_change("R2", "//sp.example/C2", "11-KE2")));
    assert_ok(commit_one(&s, registration_change("R3", "//sp.example/nobody", "not known here")));
    assert_ok(commit_one(&s, key_change("KEY2", "R2", "n1", K1)));
    assert_ok(commit_one(&s, key_change("KEY3", "R3", "n1", K1)));
    assert_ok(commit_one(&s, as(node_change("n1", NULL, 0), HF_END_NODE)));
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY2"), HF_RECORD_ENDED);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY3"), HF_RECORD_ENDED);
    assert_int_equal(state_of(&s, HF_FIND_REGISTRATION, "R2"), HF_RECORD_LIVE);
    close_store(&s);
}

HF_TEST(a_registration_of_an_ended_node_is_refused)
{
    struct hf_store s = populated();

    assert_ok(commit_one(&s, as(node_change("n1", NULL, 0), HF_END_NODE)));
    assert_status(commit_one(&s, registration_change("R2", "//sp.example/S1", "11-KE1")),
                  HF_ERR_UNKNOWN);
    close_store(&s);
}

HF_TEST(a_set_is_carried_out_whole_or_not_at_all)
{
    struct hf_store s = populated();
    const struct hf_change set[] = {
        as(key_change("KEY1", "", "", NULL), HF_END_KEY), node_change("n2", c2, 1),
        key_change("KEY2", "R1", "n1", K1), key_change("KEY1", "R1", "n1", K1), /* taken */
    };

    assert_status(commit_set(&s, set, 4, NOW_S), HF_ERR_CONFLICT);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY1"), HF_RECORD_LIVE);
    assert_status(status_of(&s, HF_FIND_NODE, "n2"), HF_ERR_UNKNOWN);
    assert_status(status_of(&s, HF_FIND_KEY, "KEY2"), HF_ERR_UNKNOWN);
    assert_ok(commit_set(&s, set, 3, NOW_S));
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY2"), HF_RECORD_LIVE);
    close_store(&s);
}

HF_TEST(authorities_do_not_see_each_other)
{
    struct hf_store s = populated();
    struct hf_change n = node_change("n1", c1, 3);
    struct hf_change k = as(key_change("KEY1", "", "", NULL), HF_END_KEY);

    n.node.authority = HF_LITERAL("mef.example");
    assert_ok(commit_one(&s, n));
    k.key.authority = HF_LITERAL("mef.example");
    assert_status(commit_one(&s, k), HF_ERR_UNKNOWN);
    k.key.authority = HF_LITERAL("never.example");
    assert_status(commit_one(&s, k), HF_ERR_UNKNOWN);
    assert_int_equal(state_of(&s, HF_FIND_KEY, "KEY1"), HF_RECORD_LIVE);
    close_store(&s);
}

HF_TEST(without_an_audit_event_nothing_is_done)
{
    struct hf_store s = populated();
    struct hf_change n = node_change("n2", c2, 1);

    assert_status(commit_unaudited(&s, n), HF_ERR_BUG);
    assert_status(status_of(&s, HF_FIND_NODE, "n2"), HF_ERR_UNKNOWN);
    close_store(&s);
}

HF_TEST(more_entities_than_a_node_may_have_are_refused)
{
    static struct hf_bytes many[HF_ENTITIES_MAX + 1];
    static char names[HF_ENTITIES_MAX + 1][4];
    struct hf_store s = open_store();

    for (size_t i = 0; i < HF_COUNT(many); i++) {
        names[i][0] = (char)('A' + i / 26);
        names[i][1] = (char)('a' + i % 26);
        many[i] = hf_text(names[i]);
    }
    assert_status(commit_one(&s, node_change("n1", many, HF_ENTITIES_MAX + 1)), HF_ERR_LIMIT);
    assert_ok(commit_one(&s, node_change("n1", many, HF_ENTITIES_MAX)));
    close_store(&s);
}

HF_TEST(a_record_that_does_not_fit_the_arena_is_a_failure)
{
    struct hf_store s = populated();
    struct hf_arena a;
    struct hf_lookup l;

    hf_arena_init(&a, 32);
    l = look_up(&s, &a, HF_FIND_CREDENTIAL, "11-KE1");
    assert_status(l.st, HF_ERR_STORE);
    hf_arena_done(&a);
    close_store(&s);
}
