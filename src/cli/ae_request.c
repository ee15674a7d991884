#include <handfast/session.h>

#include <string.h>

#include "base/memory.h"
#include "cli/node_config.h"
#include "cli/node_rows.h"
#include "cli/table.h"

enum { BODY_MAX = 32768, TYPE_MAX = 65535, STATUS_ERROR = 400 };

static const char *const clause = "TS-0003, 8.2.2.3";

/* "-" is standard input. HF_ERR_LIMIT: longer than BODY_MAX. */
static hf_status read_body(const char *path, uint8_t *room, size_t *len)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *f = is_stdin ? stdin : fopen(path, "re");
    hf_status st = HF_OK;

    if (f == NULL)
        return HF_ERR_SYSTEM;
    *len = fread(room, 1, BODY_MAX, f);
    if (ferror(f))
        st = HF_ERR_SYSTEM;
    else if (*len == BODY_MAX && fgetc(f) != EOF)
        st = HF_ERR_LIMIT;
    if (!is_stdin)
        fclose(f);
    return st;
}

/* The target: --to, or the only sensible one, the infrastructure node's CSE. */
static const char *choose_target(const struct hf_invocation *i, struct hf_device *d)
{
    struct hf_device_enrolment e = {0};

    if (hf_option(i, "--to") != NULL)
        return hf_option(i, "--to");
    return hf_device_enrolment(d, &e) == HF_OK ? e.in_cse_id : "";
}

static void print_json(const struct hf_invocation *i, const struct hf_session_response *r,
                       const char *suite)
{
    static const struct hf_column columns[] = {
        {"status",       ""},
        {"rsc",          ""},
        {"content_type", ""},
        {"body",         ""},
        {"suite",        ""}
    };
    const struct hf_value values[] = {hf_value_number(r->status), hf_value_text(hf_text(r->rsc)),
                                      hf_value_text(hf_text(r->content_type)),
                                      hf_value_text(hf_bytes_of(r->body, r->body_len)),
                                      hf_value_text(hf_text(suite))};

    hf_print_facts(i->out, true, columns, values, HF_COUNT(values));
}

static void print_body(FILE *out, struct hf_bytes body)
{
    if (body.len == 0)
        return;
    fwrite(body.at, 1, body.len, out);
    if (body.at[body.len - 1] != '\n')
        fputc('\n', out);
}

/* The body is data, as it came; what is about it goes to stderr. */
static enum hf_exit report(const struct hf_invocation *i, const struct hf_session *s)
{
    struct hf_session_response r = {0};

    if (hf_session_response(s, &r) != HF_OK)
        return hf_refuse(i, "There is no answer.", clause, "Try again.");
    if (i->json) {
        print_json(i, &r, hf_session_suite(s));
    } else {
        fprintf(i->err, "%u", r.status);
        if (r.rsc[0] != '\0') {
            fputs(" X-M2M-RSC ", i->err);
            hf_print_text(i->err, hf_text(r.rsc));
        }
        fprintf(i->err, ", %s\n", hf_session_suite(s));
        print_body(i->out, hf_bytes_of(r.body, r.body_len));
    }
    return r.status < STATUS_ERROR ? HF_EXIT_OK : HF_EXIT_FAILED;
}

static enum hf_exit refuse_start(const struct hf_invocation *i, hf_status st)
{
    if (st == HF_ERR_MALFORMED)
        return hf_misused(i, "--ae and --to are absolute IDs, such as //sp.example/in-cse.");
    if (st == HF_ERR_UNKNOWN || st == HF_ERR_EXPIRED)
        return hf_refuse(i,
                         st == HF_ERR_UNKNOWN ? "There is no association with that target."
                                              : "The association has expired.",
                         clause, "Run handfast ae associate.");
    return hf_refuse(i, "The target cannot be reached: its address is not known or does not exist.",
                     clause, "Look at what handfast ae associate tells about it.");
}

static enum hf_exit ask(const struct hf_invocation *i, struct hf_session *s, const uint8_t *body,
                        size_t body_len)
{
    struct hf_session_request r = {.method = i->operands[0],
                                   .uri = i->operands[1],
                                   .body = body,
                                   .body_len = body_len,
                                   .from = hf_option(i, "--from")};
    uint64_t type = 0;

    if (hf_option(i, "--type") != NULL
        && !hf_bytes_to_number(hf_text(hf_option(i, "--type")), TYPE_MAX, &type))
        return hf_misused(i, "--type is the number of a oneM2M resource type.");
    r.type = (unsigned)type;
    if (hf_session_request(s, &r) != HF_OK)
        return hf_misused(i, "METHOD is a word and URI begins with a slash, without spaces.");
    return hf_session_run(s) == HF_DONE ? report(i, s) : hf_node_refuse(i, hf_session_report(s));
}

static enum hf_exit run_with(const struct hf_invocation *i, struct hf_device *d,
                             const uint8_t *body, size_t body_len)
{
    const char *ae = hf_node_choose_ae(i, d);
    struct hf_session *s = NULL;
    hf_status st;
    enum hf_exit e;

    if (ae == NULL)
        return HF_EXIT_FAILED;
    st = hf_session_start(d, ae, choose_target(i, d), &s);
    e = st == HF_OK ? ask(i, s, body, body_len) : refuse_start(i, st);
    hf_session_free(s);
    return e;
}

static enum hf_exit run(struct hf_invocation *i)
{
    const char *path = hf_option(i, "--body");
    uint8_t *body = hf_alloc(1, BODY_MAX);
    struct hf_device *d = NULL;
    size_t body_len = 0;
    enum hf_exit e;

    if (body == NULL)
        return hf_refuse(i, "Out of memory.", NULL, "Free some.");
    if (path != NULL && read_body(path, body, &body_len) != HF_OK) {
        hf_free(body);
        return hf_refuse(i, "The body cannot be read, or is longer than 32 KiB.", NULL,
                         "Look at the file that --body names.");
    }
    e = hf_node_open(i, &d);
    if (e == HF_EXIT_OK)
        e = run_with(i, d, body, body_len);
    hf_device_close(d);
    hf_free(body);
    return e;
}

const struct hf_command hf_ae_request_command = {
    .noun = "ae",
    .verb = "request",
    .operands = "METHOD URI",
    .operand_min = 2,
    .operand_max = 2,
    .config = "node.yaml",
    .help = "Send one HTTP request over the application's association.",
    .options = {{.name = "--ae",
                 .value = "ID",
                 .help = "The application; not needed where the node has one."},
                {.name = "--to", .value = "ID", .help = "The target; the IN-CSE unless told."},
                {.name = "--from",
                 .value = "ID",
                 .help = "Who asks, for a CSE that passes on a request of its AE."},
                {.name = "--body", .value = "FILE", .help = "Content to send; - is stdin."},
                {.name = "--type",
                 .value = "NUMBER",
                 .help = "oneM2M resource type of a create, such as 2 for an AE."}},
    .run = run,
};
