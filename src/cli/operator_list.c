#include "cli/operator_rows.h"

#include <string.h>

#include "cli/operator_store.h"
#include "cli/table.h"

/* People get pages with a header each; programs one array, whatever its length. */
enum { PAGE_ROWS = 100, COLUMNS_MAX = 12, PAGE_MEMORY_MAX = 16 << 20, FILTER_MEMORY_MAX = 1 << 16 };

struct listing {
    const struct hf_invocation *i;
    const struct hf_column *columns;
    size_t column_count;
    struct hf_value rows[PAGE_ROWS * COLUMNS_MAX];
    size_t row_count;
    size_t total;
    struct hf_arena page;
    hf_status st;
    /* --node: only what belongs to it, whatever the authority. */
    struct hf_bytes node_id;
    struct hf_arena filter;
    struct hf_bytes entities[2 * HF_ENTITIES_MAX];
    size_t entity_count;
};

static const char *state_word(enum hf_record_state s)
{
    switch (s) {
    case HF_RECORD_LIVE:
        return "live";
    case HF_RECORD_ENDED:
        return "ended";
    case HF_RECORD_REVOKED:
        return "revoked";
    }
    return "unknown";
}

static void print_page(struct listing *l)
{
    if (l->row_count > 0)
        hf_print_table(l->i->out, false, l->columns, l->column_count, l->rows, l->row_count);
    l->row_count = 0;
    hf_arena_done(&l->page);
    hf_arena_init(&l->page, PAGE_MEMORY_MAX);
}

static hf_status keep_value(struct hf_arena *a, const struct hf_value *v, struct hf_value *out)
{
    struct hf_bytes *list;
    hf_status st = HF_OK;

    *out = *v;
    if (v->kind == HF_VALUE_TEXT)
        return hf_arena_copy(a, v->text, &out->text);
    if (v->kind != HF_VALUE_LIST)
        return HF_OK;
    list = hf_arena_take(a, v->list.count + 1, sizeof *list);
    if (list == NULL)
        return HF_ERR_LIMIT;
    for (size_t n = 0; n < v->list.count; n++)
        HF_TRY(hf_arena_copy(a, v->list.at[n], &list[n]));
    out->list.at = list;
done:
    return st;
}

/* Takes one row; the values are borrowed for the call. */
static bool add_row(struct listing *l, const struct hf_value *values)
{
    l->total++;
    if (l->i->json) {
        fputs(l->total == 1 ? "[" : ",", l->i->out);
        hf_print_facts(l->i->out, true, l->columns, values, l->column_count);
        return true;
    }
    if (l->row_count == PAGE_ROWS)
        print_page(l);
    for (size_t c = 0; c < l->column_count; c++) {
        l->st = keep_value(&l->page, &values[c], &l->rows[l->row_count * l->column_count + c]);
        if (l->st != HF_OK)
            return false;
    }
    l->row_count++;
    return true;
}

static bool is_of_node(const struct listing *l, struct hf_bytes node_id)
{
    return l->node_id.len == 0 || hf_bytes_equal(l->node_id, node_id);
}

static bool is_of_entity(const struct listing *l, struct hf_bytes entity)
{
    return l->node_id.len == 0
           || hf_list_has((struct hf_list){l->entities, l->entity_count}, entity);
}

/* --- nodes --- */

static const struct hf_column node_columns[] = {
    {"node_id",    "Node-ID"  },
    {"cse_id",     "CSE-ID"   },
    {"ae_ids",     "AE-IDs"   },
    {"authority",  "Authority"},
    {"lifetime_s", "Lifetime" },
    {"enrolled",   "Enrolled" },
    {"state",      "State"    },
};

static bool on_node(void *context, const struct hf_node_record *n)
{
    struct listing *l = context;
    struct hf_list aes = n->entities;
    struct hf_bytes cse = {0};

    if (!is_of_node(l, n->node_id))
        return true;
    if (n->has_cse && aes.count > 0) {
        cse = aes.at[0];
        aes = (struct hf_list){aes.at + 1, aes.count - 1};
    }
    const struct hf_value values[] = {
        hf_value_text(n->node_id),
        hf_value_text(cse),
        hf_value_list(aes),
        hf_value_text(n->authority),
        hf_value_number(n->lifetime_s),
        hf_value_time(n->enrolled_s == 0 ? HF_NEVER : n->enrolled_s),
        hf_value_text(hf_text(state_word(n->state))),
    };
    return add_row(l, values);
}

/* --- credentials --- */

static const struct hf_column credential_columns[] = {
    {"credential_id", "Credential"     },
    {"node_id",       "Node-ID"        },
    {"authority",     "Authority"      },
    {"suid",          "SUID"           },
    {"require_pfs",   "Forward secrecy"},
    {"expires",       "Expires"        },
    {"state",         "State"          },
};

static bool on_credential(void *context, const struct hf_credential_record *c)
{
    struct listing *l = context;
    const struct hf_value values[] = {
        hf_value_text(c->credential_id),
        hf_value_text(c->node_id),
        hf_value_text(c->authority),
        hf_value_number(c->suid),
        hf_value_bool(c->require_pfs),
        hf_value_time(c->expires_s),
        hf_value_text(hf_text(state_word(c->state))),
    };

    return !is_of_node(l, c->node_id) || add_row(l, values);
}

/* --- registrations --- */

static const struct hf_column registration_columns[] = {
    {"id",              "Registration"},
    {"client",          "Client"      },
    {"admin_fqdn",      "Stakeholder" },
    {"authority",       "Authority"   },
    {"credential_id",   "Credential"  },
    {"assigned_key_id", "KmID"        },
    {"created",         "Created"     },
    {"expires",         "Expires"     },
    {"state",           "State"       },
};

static bool on_registration(void *context, const struct hf_registration_record *r)
{
    struct listing *l = context;
    const struct hf_value values[] = {
        hf_value_text(r->ri),
        hf_value_text(r->client),
        hf_value_text(r->admin_fqdn),
        hf_value_text(r->authority),
        hf_value_text(r->credential_id),
        hf_value_text(r->assigned_key_id),
        hf_value_time(r->created_s),
        hf_value_time(r->expires_s),
        hf_value_text(hf_text(state_word(r->state))),
    };

    return !is_of_entity(l, r->client) || add_row(l, values);
}

/* --- keys --- */

static const struct hf_column key_columns[] = {
    {"relative_id", "Key"      },
    {"authority",   "Authority"},
    {"source",      "Source"   },
    {"targets",     "Targets"  },
    {"suid",        "SUID"     },
    {"exported",    "Exported" },
    {"created",     "Created"  },
    {"expires",     "Expires"  },
    {"state",       "State"    },
};

static bool on_key(void *context, const struct hf_key_record *k)
{
    struct listing *l = context;
    const struct hf_value values[] = {
        hf_value_text(k->relative_id),
        hf_value_text(k->authority),
        hf_value_text(k->source),
        hf_value_list(k->targets),
        hf_value_number(k->suid),
        hf_value_bool(k->is_exported),
        hf_value_time(k->created_s),
        hf_value_time(k->expires_s),
        hf_value_text(hf_text(state_word(k->state))),
    };

    return !is_of_node(l, k->node_id) || add_row(l, values);
}

/* --- the commands --- */

/* For --node over registrations, which know entities only. */
static bool remember_entities(void *context, const struct hf_node_record *n)
{
    struct listing *l = context;

    if (!hf_bytes_equal(n->node_id, l->node_id))
        return true;
    for (size_t e = 0; e < n->entities.count && l->entity_count < HF_COUNT(l->entities); e++)
        if (hf_arena_copy(&l->filter, n->entities.at[e], &l->entities[l->entity_count]) == HF_OK)
            l->entity_count++;
    return true;
}

static hf_status visit(struct hf_operator *o, enum hf_listing which, struct listing *l)
{
    const struct hf_store_visitor visitor = {.node = on_node,
                                             .credential = on_credential,
                                             .registration = on_registration,
                                             .key = on_key,
                                             .context = l};
    const struct hf_store_visitor owner = {.node = remember_entities, .context = l};
    hf_status st = HF_OK;

    if (which == HF_LIST_REGISTRATIONS && l->node_id.len > 0)
        HF_TRY(hf_sqlite_store_list(o->store, HF_LIST_NODES, &owner));
    HF_TRY(hf_sqlite_store_list(o->store, which, &visitor));
    st = l->st;
done:
    return st;
}

static void finish(struct listing *l)
{
    if (l->i->json)
        fputs(l->total == 0 ? "[]\n" : "]\n", l->i->out);
    else
        print_page(l);
    if (l->total == 0 && !l->i->json)
        fputs("handfast: none.\n", l->i->err);
}

static enum hf_exit list(struct hf_invocation *i, enum hf_listing which,
                         const struct hf_column *columns, size_t column_count)
{
    static struct listing l;
    struct hf_operator o;
    enum hf_exit e = hf_operator_open(i, &o);

    memset(&l, 0, sizeof l);
    l.i = i;
    l.columns = columns;
    l.column_count = column_count;
    l.node_id = hf_text(hf_option(i, "--node"));
    hf_arena_init(&l.page, PAGE_MEMORY_MAX);
    hf_arena_init(&l.filter, FILTER_MEMORY_MAX);
    if (e == HF_EXIT_OK) {
        hf_status st = visit(&o, which, &l);

        finish(&l);
        if (st != HF_OK)
            e = hf_refuse(i, "The list is not complete: the store failed.", NULL,
                          "Run the command again.");
    }
    hf_arena_done(&l.page);
    hf_arena_done(&l.filter);
    hf_operator_close(&o);
    return e;
}

static enum hf_exit run_nodes(struct hf_invocation *i)
{
    return list(i, HF_LIST_NODES, node_columns, HF_COUNT(node_columns));
}

static enum hf_exit run_credentials(struct hf_invocation *i)
{
    return list(i, HF_LIST_CREDENTIALS, credential_columns, HF_COUNT(credential_columns));
}

static enum hf_exit run_registrations(struct hf_invocation *i)
{
    return list(i, HF_LIST_REGISTRATIONS, registration_columns, HF_COUNT(registration_columns));
}

static enum hf_exit run_keys(struct hf_invocation *i)
{
    return list(i, HF_LIST_KEYS, key_columns, HF_COUNT(key_columns));
}

const struct hf_command hf_command_list_nodes = {
    .noun = "list",
    .verb = "nodes",
    .config = "handfast.yaml",
    .help = "List the nodes that the provider knows.",
    .options = {{"--node", "NODE-ID", "Only what belongs to this node.", false}, {0}},
    .run = run_nodes,
};

const struct hf_command hf_command_list_credentials = {
    .noun = "list",
    .verb = "credentials",
    .config = "handfast.yaml",
    .help = "List what nodes prove themselves with; never a key.",
    .options = {{"--node", "NODE-ID", "Only what belongs to this node.", false}, {0}},
    .run = run_credentials,
};

const struct hf_command hf_command_list_registrations = {
    .noun = "list",
    .verb = "registrations",
    .config = "handfast.yaml",
    .help = "List client registrations at MEF and MAF.",
    .options = {{"--node", "NODE-ID", "Only what belongs to this node.", false}, {0}},
    .run = run_registrations,
};

const struct hf_command hf_command_list_keys = {
    .noun = "list",
    .verb = "keys",
    .config = "handfast.yaml",
    .help = "List registered keys: whose, for whom, until when; never a key.",
    .options = {{"--node", "NODE-ID", "Only what belongs to this node.", false}, {0}},
    .run = run_keys,
};
