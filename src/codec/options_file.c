#include "codec/options.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

enum { FAULT_MAX_LEN = 512 };

void hf_options_fault_at(const char *path, struct hf_option_place at, hf_options_say *say,
                         void *context, const char *what, const char *what_to_do)
{
    char line[FAULT_MAX_LEN];

    snprintf(line, sizeof line, "%.200s:%u:%u: %.140s; %.140s", path, at.line == 0 ? 1 : at.line,
             at.column == 0 ? 1 : at.column, what, what_to_do);
    say(context, line);
}

void hf_options_fault(const char *path, const struct hf_option_place *places, size_t row,
                      hf_options_say *say, void *context, const char *what, const char *what_to_do)
{
    hf_options_fault_at(path, places[row], say, context, what, what_to_do);
}

size_t hf_option_row_find(const struct hf_option_row *rows, size_t count, const char *path)
{
    size_t i = 0;

    while (i + 1 < count && strcmp(rows[i].path, path) != 0)
        i++;
    return i;
}

hf_status hf_options_read(const char *path, const struct hf_option_row *rows, size_t count,
                          struct hf_arena *a, void *values, struct hf_option_place *places,
                          hf_options_say *say, void *context)
{
    struct hf_option_place start = {1, 1};
    FILE *f = fopen(path, "re");
    uint8_t *room = hf_alloc(HF_OPTIONS_FILE_MAX + 1, 1);
    hf_status st = HF_OK;
    size_t len = 0;

    if (f == NULL || room == NULL)
        st = HF_ERR_SYSTEM;
    else
        len = fread(room, 1, HF_OPTIONS_FILE_MAX + 1, f);
    if (st == HF_OK && ferror(f))
        st = HF_ERR_SYSTEM;
    if (st != HF_OK) {
        hf_options_fault_at(
            path, start, say, context, "the file cannot be read",
            "name the configuration file with --config, and look at its permissions");
    } else if (len > HF_OPTIONS_FILE_MAX) {
        hf_options_fault_at(path, start, say, context, "the file is longer than 64 KiB",
                            "make it shorter");
        st = HF_ERR_MALFORMED;
    } else {
        st = hf_options_read_text(hf_bytes_of(room, len), path, rows, count, a, values, places, say,
                                  context);
    }
    if (f != NULL)
        fclose(f);
    hf_free(room);
    return st;
}
