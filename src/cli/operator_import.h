/*
 * Import files of devices: CSV with a header, or one JSON object a line (handfast-import(5)).
 * Reading, judging and storing are apart: a line becomes fields, fields become records or a fault,
 * records become one transaction.
 */
#ifndef HF_CLI_OPERATOR_IMPORT_H
#define HF_CLI_OPERATOR_IMPORT_H

#include "base/arena.h"
#include "core/record/record.h"

enum { HF_IMPORT_LINE_MAX = 32768, HF_IMPORT_FAULT_MAX = 256 };

enum hf_import_field {
    HF_FIELD_CREDENTIAL,
    HF_FIELD_KPM_ID,
    HF_FIELD_KPM,
    HF_FIELD_KPM_FILE,
    HF_FIELD_NODE_ID,
    HF_FIELD_CSE_ID,
    HF_FIELD_AE_IDS,
    HF_FIELD_LIFETIME,
    HF_FIELD_EXPIRES,
    HF_FIELD_REQUIRE_PFS,
    HF_IMPORT_FIELDS
};

extern const char *const hf_import_field_names[HF_IMPORT_FIELDS];

/* One line as text: borrowed, or in the arena. AE-IDs are apart, one by one. */
struct hf_import_fields {
    struct hf_bytes at[HF_IMPORT_FIELDS]; /* empty: not given */
    struct hf_bytes ae_ids[HF_ENTITIES_MAX];
    size_t ae_count;
};

/* A CSV header: which field is in which column. */
struct hf_import_columns {
    enum hf_import_field field[HF_IMPORT_FIELDS];
    size_t count;
};

/*
 * Each tells in `fault` what is wrong, without the line's octets but a field's name.
 * HF_ERR_MALFORMED; HF_ERR_LIMIT: more AE-IDs than a node may have.
 */
HF_CHECKED hf_status hf_import_read_json(struct hf_bytes line, struct hf_arena *a,
                                         struct hf_import_fields *out, char *fault);
HF_CHECKED hf_status hf_import_read_header(struct hf_bytes line, struct hf_arena *a,
                                           struct hf_import_columns *out, char *fault);
HF_CHECKED hf_status hf_import_read_csv(struct hf_bytes line, const struct hf_import_columns *c,
                                        struct hf_arena *a, struct hf_import_fields *out,
                                        char *fault);
/* AE-IDs in one text, separated by spaces or semicolons. HF_ERR_LIMIT. */
HF_CHECKED hf_status hf_import_split_ae_ids(struct hf_bytes text, struct hf_import_fields *out);

/* What every line is judged against. */
struct hf_import_rules {
    struct hf_bytes authority; /* FQDN of the MEF */
    struct hf_bytes provider;
    uint64_t now_s;
    bool file_is_private; /* nobody but its owner reads the file: it may hold keys */
    const char *folder;   /* where relative key files are */
};

struct hf_import_record {
    struct hf_node_record node;
    struct hf_credential_record credential; /* with its key: wipe it */
};

/* HF_ERR_MALFORMED or HF_ERR_DENIED with `fault`; HF_ERR_LIMIT: out of arena. */
HF_CHECKED hf_status hf_import_judge(const struct hf_import_rules *r,
                                     const struct hf_import_fields *f, struct hf_arena *a,
                                     struct hf_import_record *out, char *fault);

#endif
