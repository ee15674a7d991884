#include "store/memory/memory_store.h"

#include "unit/store/store_behaviour.c"

static struct hf_memory_store *memory;

static struct hf_store open_store(void)
{
    memory = hf_memory_store_new();
    assert_non_null(memory);
    return hf_memory_store_handle(memory);
}

static void close_store(struct hf_store *s)
{
    (void)s;
    hf_memory_store_free(memory);
    memory = NULL;
}

HF_TEST(the_audit_trail_can_be_read_back)
{
    struct hf_store s = populated();

    assert_string_equal(hf_memory_store_audit(memory, 0), "test.act operator record");
    assert_non_null(hf_memory_store_audit(memory, 3));
    assert_null(hf_memory_store_audit(memory, 4));
    assert_status(commit_one(&s, node_change("n2", c1, 3)), HF_ERR_CONFLICT);
    assert_null(hf_memory_store_audit(memory, 4));
    close_store(&s);
}

HF_TEST(a_failure_can_be_ordered)
{
    struct hf_store s = populated();

    hf_memory_store_fail_next(memory, HF_ERR_STORE);
    assert_status(commit_one(&s, node_change("n2", c2, 1)), HF_ERR_STORE);
    assert_status(status_of(&s, HF_FIND_NODE, "n2"), HF_ERR_UNKNOWN);
    assert_ok(commit_one(&s, node_change("n2", c2, 1)));
    close_store(&s);
}

static void count(struct hf_commit *c)
{
    ++*(int *)c->context;
}

HF_TEST(commits_can_be_held_back)
{
    struct hf_store s = populated();
    struct hf_change n = node_change("n2", c2, 1);
    int done = 0;
    struct hf_commit one = {
        .changes = &n, .count = 1, .audit = {.act = "a"}, .done = count, .context = &done};
    struct hf_commit two = {.audit = {.act = "b"}, .done = count, .context = &done};

    hf_memory_store_hold(memory, true);
    hf_store_commit(&s, &one);
    hf_store_commit(&s, &two);
    assert_int_equal(done, 0);
    assert_status(status_of(&s, HF_FIND_NODE, "n2"), HF_ERR_UNKNOWN);
    hf_memory_store_deliver(memory);
    assert_int_equal(done, 2);
    assert_ok(one.st);
    assert_ok(two.st);
    assert_ok(status_of(&s, HF_FIND_NODE, "n2"));
    close_store(&s);
}
