#include "cli/operator_rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/operator_import_file.h"
#include "cli/operator_seen.h"
#include "cli/operator_store.h"
#include "cli/table.h"

enum { PROGRESS_EVERY = 2048, PERCENT = 100 };

struct import {
    const struct hf_invocation *i;
    struct hf_operator *operator;
    struct hf_import_file *file;
    struct hf_seen seen;
    struct hf_import_rules rules;
    const char *doing; /* for the progress */
    bool shows_progress;
    uint64_t good, bad;
    hf_status st; /* what stopped a walk; HF_OK nothing did */
};

/* --- talk --- */

static void show_progress(struct import *m, uint32_t line)
{
    if (!m->shows_progress || line % PROGRESS_EVERY != 0)
        return;
    fprintf(m->i->err, "\r%s: %u lines, %u %%\033[K", m->doing, line,
            m->file->size == 0 ? PERCENT : (unsigned)(m->file->position * PERCENT / m->file->size));
    fflush(m->i->err);
}

static void clear_progress(struct import *m)
{
    if (m->shows_progress)
        fputs("\r\033[K", m->i->err);
}

static void name_line(struct import *m, uint32_t line, const char *what, uint32_t other)
{
    static const struct hf_column columns[] = {
        {"file",  "file" },
        {"line",  "line" },
        {"error", "error"}
    };
    char whole[HF_IMPORT_FAULT_MAX + 32];

    m->bad++;
    snprintf(whole, sizeof whole, other == 0 ? "%s" : "%s %u", what, other);
    if (m->i->json) {
        const struct hf_value values[] = {hf_value_text(hf_text(m->file->path)),
                                          hf_value_number(line), hf_value_text(hf_text(whole))};

        hf_print_facts(m->i->err, true, columns, values, HF_COUNT(values));
        return;
    }
    clear_progress(m);
    fprintf(m->i->err, "%s:%u: ", m->file->path, line);
    hf_print_text(m->i->err, hf_text(whole));
    fputc('\n', m->i->err);
}

/* --- first walk: the file by itself --- */

static hf_status has_seen(struct import *m, enum hf_seen_kind kind, struct hf_bytes value,
                          uint32_t line, uint32_t *first)
{
    return hf_seen_add(&m->seen, kind, &value, 1, line, first);
}

static hf_status has_seen_key(struct import *m, const struct hf_import_record *r, uint32_t line,
                              uint32_t *first)
{
    const struct hf_secure_environment *se = &m->operator->environment;
    uint8_t fingerprint[HF_FINGERPRINT_LEN];
    hf_status st;

    *first = 0;
    if (hf_secret_is_empty(&r->credential.key))
        return HF_OK;
    HF_TRY(se->fingerprint(se->self, m->rules.authority, &r->credential.key, fingerprint));
    HF_TRY(has_seen(m, HF_SEEN_KEY, hf_bytes_of(fingerprint, sizeof fingerprint), line, first));
done:
    return st;
}

/* A node may stand on several lines, one a credential, if they tell the same about it. */
static hf_status check_node(struct import *m, const struct hf_node_record *n, uint32_t line,
                            uint32_t *first, const char **fault)
{
    struct hf_bytes facts[2 + HF_ENTITIES_MAX] = {
        n->node_id, hf_bytes_of(&n->lifetime_s, sizeof n->lifetime_s)};
    uint32_t facts_first;
    hf_status st;

    for (size_t e = 0; e < n->entities.count; e++)
        facts[2 + e] = n->entities.at[e];
    HF_TRY(has_seen(m, HF_SEEN_NODE, n->node_id, line, first));
    HF_TRY(hf_seen_add(&m->seen, HF_SEEN_NODE_FACTS, facts, 2 + n->entities.count, line,
                       &facts_first));
    if (*first != 0) {
        if (facts_first == 0)
            *fault = "the node is described in another way on line";
        return HF_OK;
    }
    for (size_t e = 0; e < n->entities.count && *fault == NULL; e++) {
        HF_TRY(has_seen(m, HF_SEEN_ENTITY, n->entities.at[e], line, first));
        if (*first != 0)
            *fault = "an entity belongs to another node on line";
    }
done:
    return st;
}

static hf_status check_against_file(struct import *m, uint32_t line,
                                    const struct hf_import_record *r)
{
    const char *fault = NULL;
    uint32_t first;
    hf_status st;

    HF_TRY(has_seen(m, HF_SEEN_CREDENTIAL, r->credential.credential_id, line, &first));
    if (first != 0) {
        name_line(m, line, "the credential stood already on line", first);
        return HF_OK;
    }
    HF_TRY(has_seen_key(m, r, line, &first));
    if (first != 0) {
        name_line(m, line, "the pre-shared key stood already on line", first);
        return HF_OK;
    }
    HF_TRY(check_node(m, &r->node, line, &first, &fault));
    if (fault != NULL)
        name_line(m, line, fault, first);
    else
        m->good++;
done:
    return st;
}

static bool check_line(void *context, uint32_t line, const struct hf_import_record *record,
                       struct hf_arena *a, const char *fault)
{
    struct import *m = context;

    (void)a;
    show_progress(m, line);
    if (fault[0] != '\0')
        name_line(m, line, fault, 0);
    else
        m->st = check_against_file(m, line, record);
    return m->st == HF_OK;
}

/* --- second walk: into the store, in one transaction --- */

static void ignore(struct hf_lookup *l)
{
    (void)l; /* the status is read after the call */
}

static bool is_there(struct import *m, enum hf_lookup_kind kind, struct hf_bytes id,
                     struct hf_bytes other_than_node, struct hf_arena *a)
{
    struct hf_lookup l = {.kind = kind,
                          .authority = m->rules.authority,
                          .id = id,
                          .arena = a,
                          .done = ignore,
                          .st = HF_ERR_BUG};
    bool found;

    hf_store_find(&m->operator->handle, &l);
    found = l.st == HF_OK;
    if (found && kind == HF_FIND_NODE_OF_ENTITY)
        found = !hf_bytes_equal(l.node.node_id, other_than_node);
    if (l.st == HF_OK && kind == HF_FIND_CREDENTIAL)
        hf_secret_wipe(&l.credential.key);
    return found;
}

/* Which of the unique things was taken? Never whose a key is (threat row PSK-4). */
static const char *explain_conflict(struct import *m, const struct hf_import_record *r,
                                    struct hf_arena *a)
{
    struct hf_bytes none = {0};

    if (is_there(m, HF_FIND_CREDENTIAL, r->credential.credential_id, none, a))
        return "the credential is known here already; a used one is never taken again";
    for (size_t e = 0; e < r->node.entities.count; e++)
        if (is_there(m, HF_FIND_NODE_OF_ENTITY, r->node.entities.at[e], r->node.node_id, a))
            return "an entity belongs to another node already";
    if (!hf_secret_is_empty(&r->credential.key))
        return "the pre-shared key is in use already";
    return "the node has ended";
}

static bool store_line(void *context, uint32_t line, const struct hf_import_record *r,
                       struct hf_arena *a, const char *fault)
{
    struct import *m = context;
    struct hf_commit c = {
        .count = 2,
        .audit = {.act = "credential.imported",
                  .authority = m->rules.authority,
                  .who = HF_LITERAL("operator"),
                  .time_s = m->rules.now_s},
        .st = HF_ERR_BUG
    };

    show_progress(m, line);
    if (fault[0] != '\0') { /* the file has changed between the walks */
        name_line(m, line, fault, 0);
        return true;
    }
    struct hf_change changes[] = {
        {.kind = HF_PUT_NODE,       .node = r->node            },
        {.kind = HF_PUT_CREDENTIAL, .credential = r->credential}
    };
    c.changes = changes;
    c.audit.what = r->credential.credential_id;
    c.audit.detail = r->node.node_id;
    hf_sqlite_store_add(m->operator->store, &c);
    hf_secret_wipe(&changes[1].credential.key);
    if (c.st == HF_ERR_CONFLICT)
        name_line(m, line, explain_conflict(m, r, a), 0);
    else if (c.st != HF_OK)
        m->st = c.st;
    return m->st == HF_OK;
}

static hf_status store_all(struct import *m)
{
    hf_status st, ended;

    HF_TRY(hf_sqlite_store_begin(m->operator->store));
    st = hf_import_walk(m->file, &m->rules, store_line, m);
    if (st == HF_OK)
        st = m->st;
    ended = hf_sqlite_store_end(m->operator->store, st == HF_OK && m->bad == 0);
    if (st == HF_OK)
        st = ended;
done:
    return st;
}

/* --- the command --- */

static enum hf_exit refuse(struct import *m, hf_status st)
{
    char sentence[128];

    clear_progress(m);
    if (m->bad == 0 && st == HF_ERR_LIMIT)
        return hf_refuse(m->i, "There is no memory left.", NULL,
                         "Nothing was imported; cut the file into several.");
    if (m->bad == 0)
        return hf_refuse(m->i, hf_status_sentence(st), NULL,
                         "Nothing was imported; look at the disk, and run the command again.");
    snprintf(sentence, sizeof sentence, "%llu bad line%s; nothing was imported.",
             (unsigned long long)m->bad, m->bad == 1 ? "" : "s");
    return hf_refuse(m->i, sentence, "TS-0003, 10.4 to 10.6",
                     "Correct the lines named above; handfast-import(5) has the format.");
}

static enum hf_exit tell(struct import *m, bool only_checked)
{
    static const struct hf_column columns[] = {
        {"file",     "File"       },
        {"mef",      "MEF"        },
        {"lines",    "Credentials"},
        {"imported", "Imported"   }
    };
    const struct hf_value values[] = {hf_value_text(hf_text(m->file->path)),
                                      hf_value_text(m->rules.authority), hf_value_number(m->good),
                                      hf_value_number(only_checked ? 0 : m->good)};

    clear_progress(m);
    hf_print_facts(m->i->out, m->i->json, columns, values, HF_COUNT(values));
    return HF_EXIT_OK;
}

static enum hf_exit run_walks(struct import *m, bool only_checks)
{
    hf_status st;

    HF_TRY(hf_seen_init(&m->seen));
    m->doing = "checking";
    HF_TRY(hf_import_walk(m->file, &m->rules, check_line, m));
    HF_TRY(m->st);
    hf_seen_done(&m->seen);
    if (m->bad == 0 && m->good == 0)
        return hf_refuse(m->i, "The file has no devices.", NULL,
                         "handfast-import(5) has the format.");
    m->doing = "importing";
    if (m->bad == 0 && !only_checks)
        HF_TRY(store_all(m));
done:
    hf_seen_done(&m->seen);
    if (st != HF_OK || m->bad > 0)
        return refuse(m, st);
    return tell(m, only_checks);
}

static enum hf_exit import(struct hf_invocation *i, struct hf_operator *o)
{
    struct hf_import_file *file = malloc(sizeof *file);
    struct import m = {.i = i, .operator= o, .file = file};
    enum hf_exit e;

    if (file == NULL)
        return hf_refuse(i, "There is no memory left.", NULL, NULL);
    m.shows_progress = !i->json && isatty(fileno(i->err)) == 1;
    m.rules = (struct hf_import_rules){.authority = hf_text(o->config.mef.f.fqdn),
                                       .provider = hf_text(o->config.provider),
                                       .now_s = o->now_s};
    if (!o->config.mef.f.enabled)
        e = hf_refuse(i, "This configuration has no MEF, so there is nowhere to import to.",
                      "TS-0003, 8.3", "Run the command where the MEF's configuration is.");
    else if (hf_import_open(file, i->operands[0]) != HF_OK)
        e = hf_refuse(i, strerror(errno), NULL, "Name a file that you can read.");
    else
        e = run_walks(&m, hf_option(i, "--check") != NULL);
    hf_import_close(file);
    free(file);
    return e;
}

static enum hf_exit run(struct hf_invocation *i)
{
    struct hf_operator o;
    enum hf_exit e = hf_operator_open(i, &o);

    if (e == HF_EXIT_OK)
        e = import(i, &o);
    hf_operator_close(&o);
    return e;
}

const struct hf_command hf_command_device_import = {
    .noun = "device",
    .verb = "import",
    .operands = "FILE",
    .operand_min = 1,
    .operand_max = 1,
    .config = "handfast.yaml",
    .help = "Take in devices from CSV or JSON lines: all of them, or none.",
    .options = {{"--check", NULL, "Only look for bad lines.", false}, {0}},
    .run = run,
};
