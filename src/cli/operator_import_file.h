/*
 * Walks the lines of an import file, as often as asked, in bounded memory: each line is read,
 * judged and handed over, and what held its keys is wiped behind it.
 */
#ifndef HF_CLI_OPERATOR_IMPORT_FILE_H
#define HF_CLI_OPERATOR_IMPORT_FILE_H

#include <limits.h>
#include <stdio.h>

#include "cli/operator_import.h"

enum { HF_IMPORT_BUFFER = 65536 };

struct hf_import_file {
    FILE *in;
    const char *path;
    char folder[PATH_MAX];
    bool is_private;   /* its owner's alone */
    uint64_t size;     /* octets, for the progress */
    uint64_t position; /* of the walk */
    bool is_csv;
    struct hf_import_columns columns;
    uint32_t line; /* number of the line in hand, from 1 */
    char buffer[HF_IMPORT_BUFFER], text[HF_IMPORT_LINE_MAX + 2];
};

/* Gets every judged line; `fault` is empty when `record` is good. False stops the walk. */
typedef bool hf_import_visit(void *context, uint32_t line, const struct hf_import_record *record,
                             struct hf_arena *a, const char *fault);

/* HF_ERR_SYSTEM: no regular file that can be read (errno says). */
HF_CHECKED hf_status hf_import_open(struct hf_import_file *f, const char *path);
void hf_import_close(struct hf_import_file *f);
/* HF_ERR_SYSTEM: reading failed. HF_ERR_MALFORMED: the header is wrong; it was visited as a fault.
 */
HF_CHECKED hf_status hf_import_walk(struct hf_import_file *f, struct hf_import_rules *rules,
                                    hf_import_visit *visit, void *context);

#endif
