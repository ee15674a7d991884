#include <stdio.h>
#include <string.h>

#include "codec/options.h"

enum { INDENT = 2 };

static void print_list(FILE *to, const struct hf_option_list *list)
{
    fputc('[', to);
    for (size_t i = 0; i < list->count; i++)
        fprintf(to, "%s\"%s\"", i == 0 ? "" : ", ", list->at[i]);
    fputs("]\n", to);
}

static void print_value(FILE *to, const struct hf_option_row *row, const void *values)
{
    const void *at = (const uint8_t *)values + row->offset;
    uint16_t port;
    uint32_t number;

    switch (row->kind) {
    case HF_OPTION_SECTION:
        fputc('\n', to);
        return;
    case HF_OPTION_TEXT:
    case HF_OPTION_FQDN:
    case HF_OPTION_ENTITY_ID:
    case HF_OPTION_KEY_ID:
    case HF_OPTION_ADDRESS:
    case HF_OPTION_PATH:
        fprintf(to, "\"%s\"\n", *(const char *const *)at);
        return;
    case HF_OPTION_PORT:
        memcpy(&port, at, sizeof port);
        fprintf(to, "%u\n", (unsigned)port);
        return;
    case HF_OPTION_NUMBER:
    case HF_OPTION_SECONDS:
        memcpy(&number, at, sizeof number);
        fprintf(to, "%u%s\n", (unsigned)number, row->kind == HF_OPTION_SECONDS ? "s" : "");
        return;
    case HF_OPTION_BOOL:
        fputs(*(const bool *)at ? "on\n" : "off\n", to);
        return;
    case HF_OPTION_LIST:
    case HF_OPTION_FQDN_LIST:
    case HF_OPTION_ID_LIST:
        print_list(to, at);
        return;
    }
}

static bool is_absent(const struct hf_option_row *row, const void *values)
{
    const void *at = (const uint8_t *)values + row->offset;

    switch (row->kind) {
    case HF_OPTION_TEXT:
    case HF_OPTION_FQDN:
    case HF_OPTION_ENTITY_ID:
    case HF_OPTION_KEY_ID:
    case HF_OPTION_ADDRESS:
    case HF_OPTION_PATH:
        return *(const char *const *)at == NULL;
    case HF_OPTION_PORT:
        return *(const uint16_t *)at == 0;
    case HF_OPTION_SECTION:
        return !*(const bool *)at;
    case HF_OPTION_LIST:
    case HF_OPTION_FQDN_LIST:
    case HF_OPTION_ID_LIST:
        return ((const struct hf_option_list *)at)->count == 0;
    case HF_OPTION_NUMBER:
    case HF_OPTION_SECONDS:
    case HF_OPTION_BOOL:
        return false;
    }
    return true;
}

/* Is some section above this row missing? */
static bool is_hidden(const struct hf_option_row *rows, size_t count, size_t which,
                      const void *values)
{
    size_t len = strlen(rows[which].path);

    for (size_t i = 0; i < count; i++) {
        size_t above = strlen(rows[i].path);

        if (rows[i].kind == HF_OPTION_SECTION && above < len && rows[which].path[above] == '.'
            && strncmp(rows[i].path, rows[which].path, above) == 0 && is_absent(&rows[i], values))
            return true;
    }
    return false;
}

void hf_options_show(const struct hf_option_row *rows, size_t count, const void *values, void *out)
{
    FILE *to = out;

    for (size_t i = 0; i < count; i++) {
        const char *name = rows[i].path;
        int depth = 0;

        for (const char *dot = strchr(name, '.'); dot != NULL; dot = strchr(name, '.')) {
            name = dot + 1;
            depth++;
        }
        if (is_hidden(rows, count, i, values))
            continue;
        fprintf(to, "%*s# %s\n", depth * INDENT, "", rows[i].help);
        fprintf(to, "%*s%s%s: ", depth * INDENT, "", is_absent(&rows[i], values) ? "# " : "", name);
        if (is_absent(&rows[i], values))
            fputc('\n', to);
        else
            print_value(to, &rows[i], values);
    }
}
