#include "cli/command.h"

#include <string.h>

#include "cli/table.h"

/* tools/check_story.sh holds every place where it is told to the same words. */
static const char *const usage_head =
    "handfast - trust for machines: commands of a device, and of its provider\n"
    "\n"
    "  1. A machine leaves the factory with one credential: a certificate or a pre-shared key.\n"
    "  2. It bootstraps once: the MEF makes it a known node with a long-term key Km.\n"
    "  3. Each application on it associates: the MAF registers a short-term key Kc for one "
    "target.\n"
    "  4. It talks: the gateway fetches Kc from the MAF and tells the CSE who is really calling.\n"
    "\n"
    "usage: handfast NOUN VERB [OPERANDS] [OPTIONS]\n\n";

static const struct hf_command_option config_option = {
    .name = "--config", .value = "FILE", .help = "Configuration file."};
static const struct hf_command_option json_option = {.name = "--json",
                                                     .help = "Print JSON instead of text."};
static const struct hf_command_option help_option = {.name = "--help", .help = "Print this help."};

static const struct hf_command_option *const global_options[] = {&config_option, &json_option,
                                                                 &help_option};

const char *hf_option_at(const struct hf_invocation *i, const char *name, size_t nth)
{
    for (size_t n = 0; n < i->given_count; n++)
        if (strcmp(i->given[n].option->name, name) == 0 && nth-- == 0)
            return i->given[n].value;
    return NULL;
}

const char *hf_option(const struct hf_invocation *i, const char *name)
{
    return hf_option_at(i, name, 0);
}

static void print_option(FILE *to, const struct hf_command_option *o)
{
    char left[48];

    snprintf(left, sizeof left, "%s %s", o->name, o->value == NULL ? "" : o->value);
    fprintf(to, "  %-22s %s\n", left, o->help);
}

static void print_command_help(FILE *to, const struct hf_command *c)
{
    fprintf(to, "usage: handfast %s %s%s%s [OPTIONS]\n\n%s\n\n", c->noun, c->verb,
            c->operands == NULL ? "" : " ", c->operands == NULL ? "" : c->operands, c->help);
    for (const struct hf_command_option *o = c->options; o->name != NULL; o++)
        print_option(to, o);
    for (size_t n = 0; n < HF_COUNT(global_options); n++)
        print_option(to, global_options[n]);
    fprintf(to, "\nThe configuration file is %s unless --config names another.\n", c->config);
}

static void print_help(FILE *to, const struct hf_command *const *const *tables, size_t table_count)
{
    fputs(usage_head, to);
    for (size_t t = 0; t < table_count; t++)
        for (const struct hf_command *const *c = tables[t]; *c != NULL; c++) {
            char left[64];

            snprintf(left, sizeof left, "%s %s", (*c)->noun, (*c)->verb);
            fprintf(to, "  %-22s %s\n", left, (*c)->help);
        }
    fputs("\n'handfast NOUN VERB --help' tells the options of one command.\n", to);
}

static const struct hf_command *find_command(const struct hf_command *const *const *tables,
                                             size_t table_count, const char *noun, const char *verb)
{
    for (size_t t = 0; t < table_count; t++)
        for (const struct hf_command *const *c = tables[t]; *c != NULL; c++)
            if (strcmp((*c)->noun, noun) == 0 && strcmp((*c)->verb, verb) == 0)
                return *c;
    return NULL;
}

static const struct hf_command_option *find_option(const struct hf_command *c, const char *arg,
                                                   size_t len)
{
    for (const struct hf_command_option *o = c->options; o->name != NULL; o++)
        if (strlen(o->name) == len && strncmp(o->name, arg, len) == 0)
            return o;
    for (size_t n = 0; n < HF_COUNT(global_options); n++)
        if (strlen(global_options[n]->name) == len
            && strncmp(global_options[n]->name, arg, len) == 0)
            return global_options[n];
    return NULL;
}

enum hf_exit hf_misused(const struct hf_invocation *i, const char *sentence)
{
    fprintf(i->err, "handfast: %s\n  do: handfast %s %s --help\n", sentence, i->command->noun,
            i->command->verb);
    return HF_EXIT_USAGE;
}

enum hf_exit hf_refuse(const struct hf_invocation *i, const char *sentence, const char *clause,
                       const char *what_to_do)
{
    static const struct hf_column columns[] = {
        {"error",  "error" },
        {"clause", "clause"},
        {"do",     "do"    }
    };

    if (i->json) {
        const struct hf_value values[] = {hf_value_text(hf_text(sentence)),
                                          hf_value_text(hf_text(clause)),
                                          hf_value_text(hf_text(what_to_do))};

        hf_print_facts(i->err, true, columns, values, HF_COUNT(values));
        return HF_EXIT_FAILED;
    }
    fputs("handfast: ", i->err);
    hf_print_text(i->err, hf_text(sentence));
    fputc('\n', i->err);
    if (clause != NULL)
        fprintf(i->err, "  clause: %s\n", clause);
    if (what_to_do != NULL)
        fprintf(i->err, "  do:     %s\n", what_to_do);
    return HF_EXIT_FAILED;
}

static enum hf_exit misused_with(const struct hf_invocation *i, const char *what, const char *arg)
{
    char sentence[256];

    snprintf(sentence, sizeof sentence, "%s: %.160s", what, arg);
    return hf_misused(i, sentence);
}

/* One option at argv[*at], "--name value" or "--name=value"; moves past what it used. */
static enum hf_exit take_option(struct hf_invocation *i, int argc, char **argv, int *at)
{
    const char *arg = argv[*at], *equals = strchr(arg, '=');
    size_t len = equals == NULL ? strlen(arg) : (size_t)(equals - arg);
    const struct hf_command_option *o = find_option(i->command, arg, len);
    const char *value = equals == NULL ? NULL : equals + 1;

    if (o == NULL)
        return misused_with(i, "There is no such option", arg);
    if (o->value == NULL && value != NULL)
        return misused_with(i, "This option takes no value", arg);
    if (o->value != NULL && value == NULL) {
        if (*at + 1 >= argc)
            return misused_with(i, "This option wants a value", arg);
        value = argv[++*at];
    }
    if (!o->repeats && hf_option(i, o->name) != NULL)
        return misused_with(i, "This option is given twice", arg);
    if (i->given_count == HF_OPTION_REPEATS_MAX)
        return misused_with(i, "Too many options", arg);
    i->given[i->given_count].option = o;
    i->given[i->given_count++].value = value == NULL ? "" : value;
    return HF_EXIT_OK;
}

static enum hf_exit take_arguments(struct hf_invocation *i, int argc, char **argv, int first)
{
    bool only_operands = false;

    for (int at = first; at < argc; at++) {
        enum hf_exit e = HF_EXIT_OK;

        if (!only_operands && strcmp(argv[at], "--") == 0)
            only_operands = true;
        else if (!only_operands && argv[at][0] == '-' && argv[at][1] != '\0')
            e = take_option(i, argc, argv, &at);
        else if (i->operand_count >= i->command->operand_max
                 || i->operand_count == HF_COMMAND_OPERANDS_MAX)
            e = misused_with(i, "This is too much", argv[at]);
        else
            i->operands[i->operand_count++] = argv[at];
        if (e != HF_EXIT_OK)
            return e;
    }
    return HF_EXIT_OK;
}

static int run_command(struct hf_invocation *i, int argc, char **argv, int first)
{
    enum hf_exit e = take_arguments(i, argc, argv, first);

    if (e != HF_EXIT_OK)
        return (int)e;
    if (hf_option(i, "--help") != NULL) {
        print_command_help(i->out, i->command);
        return HF_EXIT_OK;
    }
    if (i->operand_count < i->command->operand_min)
        return (int)misused_with(i, "An operand is missing", i->command->operands);
    if (hf_option(i, "--config") != NULL)
        i->config = hf_option(i, "--config");
    i->json = i->json || hf_option(i, "--json") != NULL;
    e = i->command->run(i);
    if (fflush(i->out) != 0 || ferror(i->out))
        return (int)hf_refuse(i, "The output could not be written.", NULL,
                              "Look at where standard output goes.");
    return (int)e;
}

/* Global options may stand before the noun as well. */
static int take_leading(int argc, char **argv, struct hf_invocation *i)
{
    int at = 1;

    for (; at < argc && argv[at][0] == '-'; at++) {
        if (strcmp(argv[at], "--json") == 0)
            i->json = true;
        else if (strcmp(argv[at], "--config") == 0 && at + 1 < argc)
            i->config = argv[++at];
        else if (strncmp(argv[at], "--config=", strlen("--config=")) == 0)
            i->config = argv[at] + strlen("--config=");
        else
            break;
    }
    return at;
}

int hf_command_line(const struct hf_command *const *const *tables, size_t table_count, int argc,
                    char **argv, FILE *out, FILE *err)
{
    struct hf_invocation i = {.out = out, .err = err};
    int at = take_leading(argc, argv, &i), first;

    if (at < argc && (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "help") == 0)) {
        print_help(out, tables, table_count);
        return HF_EXIT_OK;
    }
    if (at < argc && strcmp(argv[at], "--version") == 0) {
        fputs("handfast " HF_VERSION "\n", out);
        return HF_EXIT_OK;
    }
    if (at < argc)
        i.command = find_command(tables, table_count, argv[at], "");
    first = i.command != NULL ? at + 1 : at + 2;
    if (i.command == NULL && at + 1 < argc)
        i.command = find_command(tables, table_count, argv[at], argv[at + 1]);
    if (i.command == NULL) {
        fprintf(err, "handfast: %s\n\n",
                at + 1 < argc ? "There is no such command." : "Which command?");
        print_help(err, tables, table_count);
        return HF_EXIT_USAGE;
    }
    if (i.config == NULL)
        i.config = i.command->config;
    return run_command(&i, argc, argv, first);
}
