#include "cli/operator_rows.h"
#include "cli/operator_store.h"
#include "cli/table.h"
#include "core/identity/key_id.h"

enum { ID_MAX = 512 };

/* One row a kind of thing that can be revoked. */
struct revocation {
    enum hf_lookup_kind find;
    enum hf_change_kind end;
    const char *act;
    const char *what; /* for people */
};

static const struct revocation of_node = {HF_FIND_NODE, HF_END_NODE, "node.revoked", "node"};
static const struct revocation of_credential = {HF_FIND_CREDENTIAL, HF_END_CREDENTIAL,
                                                "credential.revoked", "credential"};
static const struct revocation of_registration = {HF_FIND_REGISTRATION, HF_END_REGISTRATION,
                                                  "registration.revoked", "registration"};
static const struct revocation of_key = {HF_FIND_KEY, HF_END_KEY, "key.revoked", "key"};

static void ignore(struct hf_lookup *l)
{
    (void)l; /* the status is read after the call */
}

static hf_status find(struct hf_operator *o, const struct revocation *r, struct hf_bytes authority,
                      struct hf_bytes id, enum hf_record_state *state)
{
    struct hf_lookup l = {.kind = r->find,
                          .authority = authority,
                          .id = id,
                          .arena = &o->arena,
                          .done = ignore,
                          .st = HF_ERR_BUG};

    hf_store_find(&o->handle, &l);
    if (l.st != HF_OK)
        return l.st;
    if (r->find == HF_FIND_NODE)
        *state = l.node.state;
    else if (r->find == HF_FIND_CREDENTIAL)
        *state = l.credential.state;
    else if (r->find == HF_FIND_REGISTRATION)
        *state = l.registration.state;
    else
        *state = l.key.state;
    if (r->find == HF_FIND_CREDENTIAL)
        hf_secret_wipe(&l.credential.key);
    if (r->find == HF_FIND_KEY)
        hf_secret_wipe(&l.key.key);
    return HF_OK;
}

static hf_status end(struct hf_operator *o, const struct revocation *r, struct hf_bytes authority,
                     struct hf_bytes id, struct hf_bytes reason)
{
    struct hf_change c = {.kind = r->end};

    if (r->end == HF_END_NODE)
        c.node = (struct hf_node_record){
            .authority = authority, .node_id = id, .state = HF_RECORD_REVOKED};
    else if (r->end == HF_END_CREDENTIAL)
        c.credential = (struct hf_credential_record){
            .authority = authority, .credential_id = id, .state = HF_RECORD_REVOKED};
    else if (r->end == HF_END_REGISTRATION)
        c.registration = (struct hf_registration_record){
            .authority = authority, .ri = id, .modified_s = o->now_s, .state = HF_RECORD_REVOKED};
    else
        c.key = (struct hf_key_record){.authority = authority,
                                       .relative_id = id,
                                       .modified_s = o->now_s,
                                       .state = HF_RECORD_REVOKED};
    return hf_operator_commit(o, &c, 1, r->act, authority, id, reason);
}

/* A key may be named with its authority behind an @; its relative part has one form. */
static hf_status read_key_id(struct hf_operator *o, struct hf_bytes given, struct hf_bytes *id,
                             struct hf_bytes *authority)
{
    struct hf_bytes relative = given, fqdn = *authority, whole;
    struct hf_key_id parsed;
    hf_status st;

    (void)hf_bytes_split(given, '@', &relative, &fqdn);
    HF_TRY(hf_key_id_join(relative, fqdn.len > 0 ? fqdn : HF_LITERAL("any.example"), &o->arena,
                          &whole));
    HF_TRY(hf_key_id_parse(whole, &parsed));
    *id = parsed.relative;
    *authority = fqdn.len > 0 ? parsed.fqdn : fqdn;
done:
    return st;
}

static enum hf_exit tell(const struct hf_invocation *i, const struct revocation *r,
                         struct hf_bytes id, size_t revoked)
{
    static const struct hf_column columns[] = {
        {"id",      "Revoked"                },
        {"kind",    "Kind"                   },
        {"revoked", "Functions that ended it"}
    };
    const struct hf_value values[] = {hf_value_text(id), hf_value_text(hf_text(r->what)),
                                      hf_value_number(revoked)};

    hf_print_facts(i->out, i->json, columns, values, HF_COUNT(values));
    if (revoked == 0)
        fprintf(i->err, "handfast: this %s had ended already; nothing was changed.\n", r->what);
    return HF_EXIT_OK;
}

static enum hf_exit revoke_everywhere(const struct hf_invocation *i, struct hf_operator *o,
                                      const struct revocation *r, struct hf_bytes id,
                                      struct hf_bytes only)
{
    size_t found = 0, revoked = 0;
    struct hf_bytes reason = hf_text(hf_option(i, "--reason"));

    for (size_t n = 0; n < (only.len > 0 ? 1 : o->authority_count); n++) {
        struct hf_bytes authority = only.len > 0 ? only : o->authorities[n];
        enum hf_record_state state = HF_RECORD_LIVE;
        hf_status st = find(o, r, authority, id, &state);

        if (st == HF_ERR_UNKNOWN)
            continue;
        found++;
        if (st == HF_OK && state != HF_RECORD_LIVE)
            continue;
        if (st == HF_OK || st == HF_ERR_CRYPTO) /* a key that does not unwrap may end as well */
            st = end(o, r, authority, id, reason);
        if (st != HF_OK)
            return hf_refuse(i, hf_status_sentence(st), NULL, "Run the command again.");
        revoked++;
    }
    if (found == 0)
        return hf_refuse(i, "There is nothing of that name here.", NULL,
                         "See `handfast list` for what there is; --authority names a function.");
    return tell(i, r, id, revoked);
}

static enum hf_exit revoke(struct hf_invocation *i, const struct revocation *r)
{
    struct hf_operator o;
    struct hf_bytes id = hf_text(i->operands[0]), authority = hf_text(hf_option(i, "--authority"));
    enum hf_exit e = hf_operator_open(i, &o);

    if (e == HF_EXIT_OK && (id.len == 0 || id.len > ID_MAX))
        e = hf_misused(i, "This is no identifier.");
    if (e == HF_EXIT_OK && r == &of_key && read_key_id(&o, id, &id, &authority) != HF_OK)
        e = hf_misused(i, "This is no key identifier: digits and letters, perhaps @ and an FQDN.");
    if (e == HF_EXIT_OK)
        e = revoke_everywhere(i, &o, r, id, authority);
    hf_operator_close(&o);
    return e;
}

static enum hf_exit run_node(struct hf_invocation *i)
{
    return revoke(i, &of_node);
}

static enum hf_exit run_credential(struct hf_invocation *i)
{
    return revoke(i, &of_credential);
}

static enum hf_exit run_registration(struct hf_invocation *i)
{
    return revoke(i, &of_registration);
}

static enum hf_exit run_key(struct hf_invocation *i)
{
    return revoke(i, &of_key);
}

const struct hf_command hf_command_revoke_node = {
    .noun = "revoke",
    .verb = "node",
    .operands = "NODE-ID",
    .operand_min = 1,
    .operand_max = 1,
    .config = "handfast.yaml",
    .help = "End a node, its credentials, registrations and keys; live associations close.",
    .options = {{"--authority", "FQDN", "Only at this MEF or MAF.", false},
                {"--reason", "TEXT", "For the audit trail.", false},
                {0}},
    .run = run_node,
};

const struct hf_command hf_command_revoke_credential = {
    .noun = "revoke",
    .verb = "credential",
    .operands = "CREDENTIAL-ID",
    .operand_min = 1,
    .operand_max = 1,
    .config = "handfast.yaml",
    .help = "End one credential: it opens nothing any more, and is never taken again.",
    .options = {{"--authority", "FQDN", "Only at this MEF or MAF.", false},
                {"--reason", "TEXT", "For the audit trail.", false},
                {0}},
    .run = run_credential,
};

const struct hf_command hf_command_revoke_registration = {
    .noun = "revoke",
    .verb = "registration",
    .operands = "RESOURCE-ID",
    .operand_min = 1,
    .operand_max = 1,
    .config = "handfast.yaml",
    .help = "End one client registration and the keys that hang on it.",
    .options = {{"--authority", "FQDN", "Only at this MEF or MAF.", false},
                {"--reason", "TEXT", "For the audit trail.", false},
                {0}},
    .run = run_registration,
};

const struct hf_command hf_command_revoke_key = {
    .noun = "revoke",
    .verb = "key",
    .operands = "KEY-ID",
    .operand_min = 1,
    .operand_max = 1,
    .config = "handfast.yaml",
    .help = "End one key; associations that were opened with it close within a minute.",
    .options = {{"--authority", "FQDN", "Only at this MEF or MAF.", false},
                {"--reason", "TEXT", "For the audit trail.", false},
                {0}},
    .run = run_key,
};
