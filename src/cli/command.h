/*
 * Commands of `handfast`, as rows: noun, verb, operands, options, help, run.
 * Parser, --help and the usage errors come from the rows. One file per command, named after it
 * (node_bootstrap.c), ending in its row; node_commands.c and operator_commands.c gather the rows.
 *
 * Faces (design page, section 6): data on stdout, talk on stderr; exit 0 done, 1 refused or failed,
 * 2 usage, 78 configuration. No secret in argv, environment or output.
 */
#ifndef HF_CLI_COMMAND_H
#define HF_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/status.h"

enum hf_exit { HF_EXIT_OK = 0, HF_EXIT_FAILED = 1, HF_EXIT_USAGE = 2, HF_EXIT_CONFIGURATION = 78 };

enum { HF_COMMAND_OPTIONS_MAX = 12, HF_COMMAND_OPERANDS_MAX = 8, HF_OPTION_REPEATS_MAX = 64 };

struct hf_command_option {
    const char *name;  /* "--to"; NULL ends the list */
    const char *value; /* "ID", what follows it; NULL: a flag */
    const char *help;  /* a sentence */
    bool repeats;      /* may be given several times */
};

struct hf_invocation;

struct hf_command {
    const char *noun, *verb; /* verb "": the noun stands alone ("init DIR") */
    const char *operands;    /* "METHOD URI", for the usage line; NULL: none */
    size_t operand_min, operand_max;
    const char *config; /* what --config is unless given: "node.yaml" */
    const char *help;   /* one sentence */
    struct hf_command_option options[HF_COMMAND_OPTIONS_MAX + 1];
    enum hf_exit (*run)(struct hf_invocation *i);
};

/* What the user asked for. `out` and `err` are stdout and stderr, but in tests. */
struct hf_invocation {
    const struct hf_command *command;
    const char *config; /* the file */
    bool json;
    const char *operands[HF_COMMAND_OPERANDS_MAX];
    size_t operand_count;
    struct {
        const struct hf_command_option *option;
        const char *value; /* "" for a flag */
    } given[HF_OPTION_REPEATS_MAX];
    size_t given_count;
    FILE *out, *err;
};

/* The value of an option, "" for a flag; NULL: not given. `nth` counts repeats from 0. */
const char *hf_option(const struct hf_invocation *i, const char *name);
const char *hf_option_at(const struct hf_invocation *i, const char *name, size_t nth);

/* Rows of one face; a list ends with NULL. */
extern const struct hf_command *const hf_node_commands[];
extern const struct hf_command *const hf_operator_commands[];

/* Reads the arguments, finds the row and runs it; answers --help and --version itself. */
int hf_command_line(const struct hf_command *const *const *tables, size_t table_count, int argc,
                    char **argv, FILE *out, FILE *err);

/*
 * A refusal: one sentence, the clause behind it (NULL: none), what to do. To stderr; as one JSON
 * object with --json. Returns HF_EXIT_FAILED, so that a command can `return hf_refuse(...)`.
 */
enum hf_exit hf_refuse(const struct hf_invocation *i, const char *sentence, const char *clause,
                       const char *what_to_do);
/* A usage error found by the command itself. Returns HF_EXIT_USAGE. */
enum hf_exit hf_misused(const struct hf_invocation *i, const char *sentence);

#endif
