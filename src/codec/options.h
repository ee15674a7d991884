/*
 * Options as rows over a YAML file: parser, defaults, effective configuration and manual page come
 * from the rows. Block mappings, scalars and lists of scalars are all the YAML there is: no
 * anchors, aliases, tags or second document. An unknown option is an error, and so is one given
 * twice. Secrets are never values here: an option names a file.
 */
#ifndef HF_CODEC_OPTIONS_H
#define HF_CODEC_OPTIONS_H

#include "base/arena.h"

enum { HF_OPTIONS_FILE_MAX = 65536, HF_OPTION_LIST_MAX = 32, HF_OPTION_PATH_MAX = 96 };

enum hf_option_kind {
    HF_OPTION_SECTION,   /* bool: a mapping of that name is there */
    HF_OPTION_TEXT,      /* const char *; NULL where absent and without default, as all of these */
    HF_OPTION_FQDN,      /* const char *: canonical */
    HF_OPTION_ENTITY_ID, /* const char *: absolute, canonical */
    HF_OPTION_KEY_ID,    /* const char *: canonical */
    HF_OPTION_ADDRESS,   /* const char *: numeric IPv4 or IPv6 */
    HF_OPTION_PATH,      /* const char *: resolved against the folder of the file */
    HF_OPTION_PORT,      /* uint16_t: 1..65535; 0 where absent */
    HF_OPTION_NUMBER,    /* uint32_t: min..max */
    HF_OPTION_SECONDS,   /* uint32_t: digits with s, m, h, d or none; min..max */
    HF_OPTION_BOOL,      /* bool: on, off, yes, no, true, false */
    HF_OPTION_LIST,      /* struct hf_option_list of texts */
    HF_OPTION_FQDN_LIST, /* the same, canonical FQDNs */
    HF_OPTION_ID_LIST,   /* the same, absolute entity IDs, canonical */
};

/* Any struct of this shape will do at the offset. */
struct hf_option_list {
    const char *at[HF_OPTION_LIST_MAX];
    size_t count;
};

struct hf_option_row {
    const char *path; /* "mef.fqdn": sections and the name, with dots */
    enum hf_option_kind kind;
    size_t offset;            /* in the caller's struct */
    const char *default_text; /* as it would stand in the file; NULL: none */
    const char *help;         /* a sentence */
    bool required;            /* where its section is there */
    uint32_t min, max;        /* numbers and seconds; max 0: no bound */
};

struct hf_option_place {
    unsigned line, column; /* from 1; 0: the option is not in the file */
};

typedef void hf_options_say(void *context, const char *line);

/*
 * Reads `path` into `values`, defaults first; texts come from `a`. Every fault goes through `say`
 * as "file:line:column: what; what to do". `places`, one a row, may be NULL.
 * HF_ERR_MALFORMED  at least one fault was said
 * HF_ERR_SYSTEM     the file cannot be read (said as well)
 * HF_ERR_LIMIT      out of memory or arena
 */
HF_CHECKED hf_status hf_options_read(const char *path, const struct hf_option_row *rows,
                                     size_t count, struct hf_arena *a, void *values,
                                     struct hf_option_place *places, hf_options_say *say,
                                     void *context);
/* The same over text; `path` is for the messages and for relative paths. */
HF_CHECKED hf_status hf_options_read_text(struct hf_bytes text, const char *path,
                                          const struct hf_option_row *rows, size_t count,
                                          struct hf_arena *a, void *values,
                                          struct hf_option_place *places, hf_options_say *say,
                                          void *context);
/* Says a fault of the caller's own in the same form; place of row `row`, or the file's start. */
void hf_options_fault(const char *path, const struct hf_option_place *places, size_t row,
                      hf_options_say *say, void *context, const char *what, const char *what_to_do);
/* Index of the row of that path; it must be there. */
size_t hf_option_row_find(const struct hf_option_row *rows, size_t count, const char *path);
/* The values as a YAML file with the help as comments, to `out` (a FILE *). */
void hf_options_show(const struct hf_option_row *rows, size_t count, const void *values, void *out);

/* --- between the files of this reader --- */

/* Reads one scalar or list item. HF_OK, or *what and *what_to_do say. */
HF_CHECKED hf_status hf_option_set(const struct hf_option_row *row, struct hf_bytes text,
                                   const char *path, struct hf_arena *a, void *values,
                                   const char **what, const char **what_to_do);
void hf_options_fault_at(const char *path, struct hf_option_place at, hf_options_say *say,
                         void *context, const char *what, const char *what_to_do);
bool hf_option_is_list(enum hf_option_kind kind);

#endif
