/* The reader of configuration files: any octets, and whatever was said fits its line. */
#include "codec/options.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_MAX = 131072, LINE_LIMIT = 512 };

struct values {
    const char *name, *file;
    bool section, flag;
    uint16_t port;
    uint32_t time_s;
    struct hf_option_list list;
};

static const struct hf_option_row rows[] = {
    {"name",     HF_OPTION_FQDN,    offsetof(struct values, name),    NULL,  "Name.",    true,  0, 0},
    {"file",     HF_OPTION_PATH,    offsetof(struct values, file),    "x",   "File.",    false, 0, 0},
    {"mef",      HF_OPTION_SECTION, offsetof(struct values, section), NULL,  "Section.", false, 0, 0},
    {"mef.flag", HF_OPTION_BOOL,    offsetof(struct values, flag),    "off", "Flag.",    false, 0, 0},
    {"mef.port", HF_OPTION_PORT,    offsetof(struct values, port),    NULL,  "Port.",    false, 0, 0},
    {"mef.time", HF_OPTION_SECONDS, offsetof(struct values, time_s),  "7d",  "Time.",    false, 1,
     9999999                                                                                        },
    {"mef.list", HF_OPTION_LIST,    offsetof(struct values, list),    "a,b", "List.",    false, 0, 0},
};

static void hear(void *context, const char *line)
{
    size_t *said = context;

    if (strlen(line) >= LINE_LIMIT)
        abort();
    ++*said;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct values v = {0};
    struct hf_arena a;
    size_t said = 0;
    hf_status st;

    hf_arena_init(&a, ARENA_MAX);
    st = hf_options_read_text(hf_bytes_of(data, size), "f.yaml", rows, HF_COUNT(rows), &a, &v, NULL,
                              hear, &said);
    if ((st == HF_OK) != (said == 0) || (st == HF_OK && v.name == NULL))
        abort();
    hf_arena_done(&a);
    return 0;
}
