/* Import files: octets as a JSON line, as a CSV header, and as a line below a header. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "cli/operator_import.h"

enum { MEMORY_MAX = 1 << 18 };

static void judge(const struct hf_import_fields *f, struct hf_arena *a, char *fault)
{
    const struct hf_import_rules rules = {.authority = HF_LITERAL("mef.sp.example"),
                                          .provider = HF_LITERAL("sp.example"),
                                          .now_s = 1900000000,
                                          .file_is_private = true,
                                          .folder = "/nonexistent"};
    struct hf_import_record r;

    if (f->at[HF_FIELD_KPM_FILE].len > 0) /* would read the file system */
        return;
    if (hf_import_judge(&rules, f, a, &r, fault) == HF_OK && r.node.entities.count == 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char header[] = "credential,kpm_id,kpm,node_id,cse_id,ae_ids,lifetime,expires";
    char fault[HF_IMPORT_FAULT_MAX] = "";
    struct hf_bytes line = hf_bytes_of(data, size);
    struct hf_import_columns columns;
    struct hf_import_fields fields;
    struct hf_arena a;

    hf_arena_init(&a, MEMORY_MAX);
    if (hf_import_read_json(line, &a, &fields, fault) == HF_OK)
        judge(&fields, &a, fault);
    (void)!hf_import_read_header(line, &a, &columns, fault);
    if (hf_import_read_header(hf_text(header), &a, &columns, fault) == HF_OK
        && hf_import_read_csv(line, &columns, &a, &fields, fault) == HF_OK)
        judge(&fields, &a, fault);
    hf_arena_done(&a);
    return 0;
}
