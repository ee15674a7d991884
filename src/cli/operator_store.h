/*
 * The daemon's store, opened by an operator's command beside the running daemon: configuration,
 * root key and database of the same file that the daemon reads.
 */
#ifndef HF_CLI_OPERATOR_STORE_H
#define HF_CLI_OPERATOR_STORE_H

#include "cli/command.h"
#include "daemon/config.h"
#include "secure_environment/soft/sealed_file.h"
#include "store/sqlite/sqlite_store.h"

struct hf_operator {
    struct hf_arena arena;
    struct hf_config config;
    struct hf_sealed_file *sealed;
    struct hf_secure_environment environment;
    struct hf_sqlite_store *store;
    struct hf_store handle; /* answers within the call */
    bool has_handle;
    uint64_t now_s;
    /* Functions of this deployment, for commands that mean all of them. */
    struct hf_bytes authorities[2];
    size_t authority_count;
};

/* HF_EXIT_OK, or what was wrong has been said. The operator is closed in either case by _close. */
enum hf_exit hf_operator_open(const struct hf_invocation *i, struct hf_operator *out);
void hf_operator_close(struct hf_operator *o);
/* Commits one change with its audit event (who: "operator"). */
HF_CHECKED hf_status hf_operator_commit(struct hf_operator *o, const struct hf_change *changes,
                                        size_t count, const char *act, struct hf_bytes authority,
                                        struct hf_bytes what, struct hf_bytes detail);

#endif
