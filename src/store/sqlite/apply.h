/* One change on the database, judged and carried out; always inside a transaction. */
#ifndef HF_STORE_SQLITE_APPLY_H
#define HF_STORE_SQLITE_APPLY_H

#include "core/record/change.h"
#include "store/sqlite/database.h"
#include "store/sqlite/protect.h"

struct hf_apply {
    struct hf_database *d;
    uint64_t now_s;
    uint8_t labels[HF_PACKED_LIST_MAX], targets[HF_PACKED_LIST_MAX]; /* packed, for binding */
};

/* A row that was looked up. */
struct hf_row {
    int64_t row;
    bool is_live;
};

/* HF_ERR_CONFLICT, HF_ERR_UNKNOWN, HF_ERR_LIMIT, HF_ERR_STORE: the caller takes it back. */
HF_CHECKED hf_status hf_apply_change(struct hf_apply *a, const struct hf_change *c,
                                     const struct hf_protected *p);

/* An end that is not a revocation is an end. */
enum hf_record_state hf_apply_end_state(enum hf_record_state asked);
/* HF_ERR_UNKNOWN: no live node of that name. An empty name gives row 0. */
HF_CHECKED hf_status hf_apply_live_node(struct hf_apply *a, int64_t authority,
                                        struct hf_bytes node_id, int64_t *row);
HF_CHECKED hf_status hf_apply_read_row(struct hf_query *q, struct hf_row *out);
/* HF_ERR_UNKNOWN: the statement before found nothing to change. */
HF_CHECKED hf_status hf_apply_expect_changed(const struct hf_apply *a);
/* A statement over a row and a state. */
HF_CHECKED hf_status hf_apply_end_rows(struct hf_apply *a, enum hf_statement which, int64_t row,
                                       enum hf_record_state state);

HF_CHECKED hf_status hf_apply_node(struct hf_apply *a, const struct hf_change *c);
HF_CHECKED hf_status hf_apply_credential(struct hf_apply *a, const struct hf_change *c,
                                         const struct hf_protected *p);
HF_CHECKED hf_status hf_apply_registration(struct hf_apply *a, const struct hf_change *c);
HF_CHECKED hf_status hf_apply_key(struct hf_apply *a, const struct hf_change *c,
                                  const struct hf_protected *p);

#endif
