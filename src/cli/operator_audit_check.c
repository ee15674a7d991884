#include "cli/operator_rows.h"
#include "cli/operator_store.h"
#include "cli/table.h"

static enum hf_exit check(struct hf_invocation *i, struct hf_operator *o)
{
    static const struct hf_column columns[] = {
        {"intact",    "Audit trail intact"},
        {"broken_at", "Broken at record"  }
    };
    uint64_t broken_at = 0;
    hf_status st = hf_sqlite_store_check_audit(o->store, &broken_at);
    const struct hf_value values[] = {hf_value_bool(st == HF_OK), st == HF_OK
                                                                      ? hf_value_time(HF_NEVER)
                                                                      : hf_value_number(broken_at)};

    if (st != HF_OK && st != HF_ERR_CRYPTO)
        return hf_refuse(i, "The audit trail cannot be read.", NULL, "Run the command again.");
    hf_print_facts(i->out, i->json, columns, values, HF_COUNT(values));
    if (st == HF_OK)
        return HF_EXIT_OK;
    return hf_refuse(i, "Somebody changed, cut or moved a record of the audit trail.", NULL,
                     "Keep the database as evidence, and look at who had access to it.");
}

static enum hf_exit run(struct hf_invocation *i)
{
    struct hf_operator o;
    enum hf_exit e = hf_operator_open(i, &o);

    if (e == HF_EXIT_OK)
        e = check(i, &o);
    hf_operator_close(&o);
    return e;
}

const struct hf_command hf_command_audit_check = {
    .noun = "audit",
    .verb = "check",
    .config = "handfast.yaml",
    .help = "Walk the chain of the audit trail from its first record.",
    .options = {{0}},
    .run = run,
};
