#include "cli/command.h"

#include <string.h>

#include "cli/node_config.h"
#include "support/hf_test.h"

enum { TEXT_MAX = 8192, PAGE_MAX = 32768, ARGUMENTS_MAX = 12 };

static struct hf_invocation last; /* what the command saw */

static enum hf_exit remember(struct hf_invocation *i)
{
    last = *i;
    fputs("data\n", i->out);
    return HF_EXIT_OK;
}

static enum hf_exit refuse(struct hf_invocation *i)
{
    return hf_refuse(i, "The MEF \"refuses\".", "TS-0003, 8.3", "Ask.");
}

static const struct hf_command do_it = {
    .noun = "thing",
    .verb = "do",
    .operands = "ONE [TWO]",
    .operand_min = 1,
    .operand_max = 2,
    .config = "thing.yaml",
    .help = "Do a thing.",
    .options = {{.name = "--to", .value = "ID", .help = "Whom."},
                {.name = "--fast", .help = "Quickly."},
                {.name = "--tag", .value = "T", .help = "Tags.", .repeats = true}},
    .run = remember,
};
static const struct hf_command refuse_it = {
    .noun = "thing", .verb = "refuse", .config = "x", .help = "No.", .run = refuse};
static const struct hf_command *const rows[] = {&do_it, &refuse_it, NULL};

struct talk {
    char out[TEXT_MAX], err[TEXT_MAX];
};

/* The words of `line`, which are separated by single spaces. */
static int run(const char *line, struct talk *t)
{
    static const struct hf_command *const *const tables[] = {rows};
    char copy[TEXT_MAX], *argv[ARGUMENTS_MAX + 1] = {NULL};
    FILE *out, *err;
    int argc = 0, answer;

    memset(t, 0, sizeof *t);
    out = fmemopen(t->out, sizeof t->out - 1, "w");
    err = fmemopen(t->err, sizeof t->err - 1, "w");
    snprintf(copy, sizeof copy, "handfast %s", line);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    answer = hf_command_line(tables, HF_COUNT(tables), argc, argv, out, err);
    fclose(out);
    fclose(err);
    return answer;
}

HF_TEST(a_command_gets_its_operands_options_and_globals)
{
    struct talk t;

    assert_int_equal(run("thing do a --to=x --tag 1 b --tag 2 --json --config f.yaml", &t),
                     HF_EXIT_OK);
    assert_string_equal(t.out, "data\n");
    assert_int_equal(last.operand_count, 2);
    assert_true(last.json);
    assert_null(hf_option(&last, "--fast"));
    assert_null(hf_option_at(&last, "--tag", 2));
    assert_int_equal(run("--json --config g.yaml thing do a", &t), HF_EXIT_OK);
    assert_true(last.json);
    assert_int_equal(run("thing do a", &t), HF_EXIT_OK);
    assert_string_equal(last.config, "thing.yaml");
    assert_false(last.json);
}

HF_TEST(help_and_version_are_data)
{
    struct talk t;

    assert_int_equal(run("--help", &t), HF_EXIT_OK);
    assert_non_null(strstr(t.out, "thing do"));
    assert_int_equal(run("--version", &t), HF_EXIT_OK);
    assert_true(strncmp(t.out, "handfast ", 9) == 0);
    assert_int_equal(run("thing do --help", &t), HF_EXIT_OK);
    assert_non_null(strstr(t.out, "--to ID"));
    assert_string_equal(t.err, "");
}

HF_TEST(a_wrong_usage_is_told_on_stderr_and_answers_two)
{
    static const char *const wrong[] = {
        "",
        "thing",
        "thing undo",
        "thing do",
        "thing do a b c",
        "thing do a --no-such",
        "thing do a --to",
        "thing do a --fast=1",
        "thing do a --to x --to y",
    };
    struct talk t;

    for (size_t i = 0; i < HF_COUNT(wrong); i++) {
        assert_int_equal(run(wrong[i], &t), HF_EXIT_USAGE);
        assert_string_equal(t.out, "");
        assert_string_not_equal(t.err, "");
    }
}

HF_TEST(a_refusal_has_a_sentence_a_clause_and_a_way_out)
{
    struct talk t;

    assert_int_equal(run("thing refuse", &t), HF_EXIT_FAILED);
    assert_string_equal(t.err, "handfast: The MEF \"refuses\".\n"
                               "  clause: TS-0003, 8.3\n"
                               "  do:     Ask.\n");
    assert_int_equal(run("thing refuse --json", &t), HF_EXIT_FAILED);
    assert_string_equal(t.err, "{\"error\": \"The MEF \\\"refuses\\\".\", \"clause\": \"TS-0003, "
                               "8.3\", \"do\": \"Ask.\"}\n");
}

HF_TEST(the_manual_page_has_every_command_and_option_of_a_device)
{
    static char page[PAGE_MAX];
    FILE *f = fopen("man/handfast.1", "r");
    size_t count;
    const struct hf_option_row *options = hf_node_option_rows(&count);
    char wanted[TEXT_MAX];

    assert_non_null(f);
    assert_int_not_equal(fread(page, 1, sizeof page - 1, f), 0);
    fclose(f);
    for (const struct hf_command *const *c = hf_node_commands; *c != NULL; c++) {
        snprintf(wanted, sizeof wanted, "handfast %s %s", (*c)->noun, (*c)->verb);
        assert_non_null(strstr(page, wanted));
    }
    for (size_t i = 0; i < count; i++) {
        snprintf(wanted, sizeof wanted, ".B %s\n%s", options[i].path, options[i].help);
        if (options[i].kind != HF_OPTION_SECTION && strstr(page, wanted) == NULL)
            fail_msg("man/handfast.1 lacks: %s", wanted);
    }
}
