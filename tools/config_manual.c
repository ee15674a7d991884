/* Prints man/handfast.yaml.5 from the option rows; tools/check_manual.sh holds the page to it. */
#include <stdio.h>

#include "daemon/config.h"

static const char *kind_name(enum hf_option_kind kind)
{
    static const char *const names[] = {
        [HF_OPTION_SECTION] = "section",
        [HF_OPTION_TEXT] = "text",
        [HF_OPTION_FQDN] = "FQDN",
        [HF_OPTION_ENTITY_ID] = "absolute CSE-ID or AE-ID",
        [HF_OPTION_KEY_ID] = "key identifier",
        [HF_OPTION_ADDRESS] = "numeric address",
        [HF_OPTION_PATH] = "path, relative to the file's folder",
        [HF_OPTION_PORT] = "port",
        [HF_OPTION_NUMBER] = "number",
        [HF_OPTION_SECONDS] = "time: digits with s, m, h or d",
        [HF_OPTION_BOOL] = "on or off",
        [HF_OPTION_LIST] = "list of texts",
        [HF_OPTION_FQDN_LIST] = "list of FQDNs",
        [HF_OPTION_ID_LIST] = "list of absolute IDs",
    };

    return names[kind];
}

static void print_row(const struct hf_option_row *r)
{
    if (r->kind == HF_OPTION_SECTION) {
        printf(".SS %s\n%s%s\n", r->path, r->help, r->required ? " Required." : "");
        return;
    }
    printf(".TP\n.B %s\n%s\n.br\nKind: %s.", r->path, r->help, kind_name(r->kind));
    if (r->default_text != NULL)
        printf(" Default: %s.", r->default_text);
    else if (r->required)
        printf(" Required.");
    if (r->max != 0)
        printf(" From %u to %u.", r->min, r->max);
    putchar('\n');
}

int main(void)
{
    size_t count;
    const struct hf_option_row *rows = hf_config_rows(&count);

    puts(".\\\" Made by tools/config_manual.c from the rows of src/daemon/config.c.\n"
         ".TH HANDFAST.YAML 5 2026-11-25 \"handfast " HF_VERSION "\" \"File formats\"\n"
         ".SH NAME\nhandfast.yaml \\- configuration of handfastd\n"
         ".SH DESCRIPTION\nOne YAML file tells\n.BR handfastd (8)\n"
         "which roles it plays and what they know. A role is switched on by its section. An "
         "unknown\n"
         "option, one given twice, and a value out of range are errors, each told with file, line\n"
         "and column; nothing starts before the whole file is good. Secrets are never values:\n"
         "an option names a file, which only its owner may read.\n"
         ".PP\n.B handfast init\nwrites a working one;\n.B handfastd --check\nchecks one;\n"
         ".B handfastd --show-config\nprints the effective one.\n.SH OPTIONS");
    for (size_t i = 0; i < count; i++)
        print_row(&rows[i]);
    puts(".SH SEE ALSO\n.BR handfastd (8),\n.BR handfast (1)");
    return 0;
}
