#include "cli/operator_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/hf_test.h"

static char parent[64], target[96];

static void begin(void)
{
    snprintf(parent, sizeof parent, "/tmp/handfast-tree-XXXXXX");
    assert_non_null(mkdtemp(parent));
    snprintf(target, sizeof target, "%s/made", parent);
}

static mode_t mode_of(const char *name)
{
    char path[256];
    struct stat s;

    snprintf(path, sizeof path, "%s/%s", target, name);
    return stat(path, &s) == 0 ? s.st_mode & 0777 : 0;
}

static void end(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -r %s", parent);
    assert_int_equal(system(command), 0);
}

HF_TEST(a_folder_appears_whole_at_the_end)
{
    struct hf_tree t;

    begin();
    assert_ok(hf_tree_begin(&t, target));
    assert_ok(hf_tree_folder(&t, "inner"));
    assert_ok(hf_tree_file(&t, "inner/secret", true, HF_LITERAL("s")));
    assert_ok(hf_tree_file(&t, "inner/public", false, HF_LITERAL("p")));
    assert_int_equal(access(target, F_OK), -1);
    assert_ok(hf_tree_finish(&t));
    hf_tree_abandon(&t);
    assert_int_equal(mode_of("inner/secret"), 0600);
    assert_true((mode_of("inner/public") & 0600) == 0600);
    assert_int_equal(mode_of("inner"), 0700);
    end();
}

HF_TEST(an_abandoned_folder_leaves_nothing)
{
    struct hf_tree t;

    begin();
    assert_ok(hf_tree_begin(&t, target));
    assert_ok(hf_tree_folder(&t, "inner"));
    assert_ok(hf_tree_file(&t, "inner/secret", true, HF_LITERAL("s")));
    hf_tree_abandon(&t);
    assert_int_equal(rmdir(parent), 0); /* empty */
}

HF_TEST(what_is_there_already_is_never_overwritten)
{
    struct hf_tree t;
    char path[160];
    FILE *f;

    begin();
    assert_int_equal(mkdir(target, 0700), 0);
    assert_ok(hf_tree_begin(&t, target)); /* an empty folder will do */
    hf_tree_abandon(&t);
    snprintf(path, sizeof path, "%s/mine", target);
    f = fopen(path, "w");
    assert_non_null(f);
    fclose(f);
    assert_status(hf_tree_begin(&t, target), HF_ERR_CONFLICT);
    hf_tree_abandon(&t);
    assert_int_equal(access(path, F_OK), 0);
    end();
}

HF_TEST(a_folder_that_is_filled_meanwhile_is_not_overwritten)
{
    struct hf_tree t;
    char path[160];

    begin();
    assert_ok(hf_tree_begin(&t, target));
    assert_int_equal(mkdir(target, 0700), 0);
    snprintf(path, sizeof path, "%s/mine", target);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_status(hf_tree_finish(&t), HF_ERR_SYSTEM);
    hf_tree_abandon(&t);
    assert_int_equal(access(path, F_OK), 0);
    end();
}
