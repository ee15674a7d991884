#include "cli/operator_store.h"

#include <limits.h>
#include <stdio.h>

#include "cli/table.h"
#include "daemon/system_ports.h"

enum { OPERATOR_MEMORY_MAX = 1 << 20 };

static void say_line(void *context, const char *line)
{
    const struct hf_invocation *i = context;

    hf_print_text(i->err, hf_text(line));
    fputc('\n', i->err);
}

static enum hf_exit read_configuration(const struct hf_invocation *i, struct hf_operator *o)
{
    struct hf_invocation talk = *i;

    if (hf_config_read(i->config, &o->arena, &o->config, say_line, &talk) != HF_OK)
        return HF_EXIT_CONFIGURATION;
    if (o->config.mef.f.enabled)
        o->authorities[o->authority_count++] = hf_text(o->config.mef.f.fqdn);
    if (o->config.maf.f.enabled)
        o->authorities[o->authority_count++] = hf_text(o->config.maf.f.fqdn);
    return HF_EXIT_OK;
}

static enum hf_exit open_environment(const struct hf_invocation *i, struct hf_operator *o)
{
    static struct hf_random random;
    struct hf_secret passphrase = {0};
    hf_status st;

    random = hf_system_random();
    HF_TRY(hf_passphrase_read(o->config.passphrase_file, &passphrase));
    HF_TRY(hf_sealed_file_open(o->config.sealed_file, &passphrase, &random, &o->sealed));
    o->environment = hf_sealed_file_environment(o->sealed);
done:
    hf_secret_wipe(&passphrase);
    if (st == HF_OK)
        return HF_EXIT_OK;
    (void)hf_refuse(i,
                    st == HF_ERR_CRYPTO
                        ? "The passphrase does not open the sealed file, or the file was changed."
                        : "The secure environment cannot be opened.",
                    "TS-0003, 6.2.3",
                    "Look at secure_environment in the configuration: both files exist, are yours, "
                    "and nobody else may read them.");
    return HF_EXIT_CONFIGURATION;
}

static enum hf_exit open_store(const struct hf_invocation *i, struct hf_operator *o)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%s/handfast.db", o->config.state);
    hf_status st = n < (int)sizeof path
                       ? hf_sqlite_store_open(path, &o->environment, false, &o->store)
                       : HF_ERR_LIMIT;

    if (st == HF_OK)
        st = hf_sqlite_store_handle(o->store, NULL, NULL, &o->handle);
    if (st == HF_OK) {
        o->has_handle = true;
        return HF_EXIT_OK;
    }
    return hf_refuse(i,
                     st == HF_ERR_STORE && hf_sqlite_store_fault() != NULL ? hf_sqlite_store_fault()
                     : st == HF_ERR_CRYPTO
                         ? "The root key is not the one that this store was made with."
                         : "The store cannot be opened.",
                     NULL, "Look at the folder that `state` names in the configuration.");
}

enum hf_exit hf_operator_open(const struct hf_invocation *i, struct hf_operator *out)
{
    struct hf_clock clock = hf_system_clock();
    enum hf_exit e;

    *out = (struct hf_operator){.now_s = hf_unix_time_s(&clock)};
    hf_arena_init(&out->arena, OPERATOR_MEMORY_MAX);
    e = read_configuration(i, out);
    if (e == HF_EXIT_OK)
        e = open_environment(i, out);
    if (e == HF_EXIT_OK)
        e = open_store(i, out);
    return e;
}

void hf_operator_close(struct hf_operator *o)
{
    if (o->has_handle)
        hf_sqlite_store_release(&o->handle);
    hf_sqlite_store_close(o->store);
    hf_sealed_file_close(o->sealed);
    hf_arena_done(&o->arena);
}

static void ignore(struct hf_commit *c)
{
    (void)c; /* the status is read after the call */
}

hf_status hf_operator_commit(struct hf_operator *o, const struct hf_change *changes, size_t count,
                             const char *act, struct hf_bytes authority, struct hf_bytes what,
                             struct hf_bytes detail)
{
    struct hf_commit c = {
        .changes = changes,
        .count = count,
        .audit = {.act = act,
                  .authority = authority,
                  .who = HF_LITERAL("operator"),
                  .what = what,
                  .detail = detail,
                  .time_s = o->now_s},
        .done = ignore,
        .st = HF_ERR_BUG
    };

    hf_store_commit(&o->handle, &c);
    return c.st;
}
