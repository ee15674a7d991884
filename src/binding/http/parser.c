#include <http_parser.h>

#include "base/memory.h"
#include "binding/http/chunk.h"
#include "binding/http/head.h"
#include "binding/http/message.h"
#include "binding/http/pile.h"

enum { MESSAGES_MAX = 1 + HF_HTTP_PIPELINE_MAX };

enum phase { IN_HEAD, IN_LENGTH, IN_CHUNKS, IN_REST };

/* A message while it arrives, and while it waits. */
struct entry {
    struct entry *next;
    struct hf_http_message message;
    struct hf_http_pile head, body;
};

/* What is only needed while a message arrives; an idle parser has none of it. */
struct arrival {
    struct entry *entry;
    struct hf_http_framing framing;
    struct hf_http_scan scan;
    struct hf_http_chunk chunk;
    enum phase phase;
    size_t library_headers;
    hf_status st; /* of our callbacks */
    bool is_complete, has_no_body;
    http_parser library;
};

struct hf_http_parser {
    struct arrival *arrival;
    struct entry *first, **last;
    size_t count, waiting_octets;
    hf_status st; /* the first failure stays */
    enum hf_http_kind kind;
    bool is_over;        /* the last message said that no other follows */
    bool expect_no_body; /* in the next response */
};

static size_t entry_octets(const struct entry *e)
{
    return e->head.len + e->body.len;
}

static void entry_free(struct entry *e)
{
    if (e == NULL)
        return;
    hf_http_pile_done(&e->head);
    hf_http_pile_done(&e->body);
    hf_free(e);
}

static void arrival_free(struct arrival *a)
{
    if (a == NULL)
        return;
    entry_free(a->entry);
    hf_free(a);
}

/* The library's calls back. It judges the framing a second time; the two have to agree. */

static int on_header_field(http_parser *library, const char *at, size_t len)
{
    struct arrival *a = library->data;

    (void)at;
    (void)len;
    a->library_headers++;
    return 0;
}

static bool agrees(const struct arrival *a, const http_parser *library)
{
    uint64_t length = a->framing.has_length ? a->framing.length : UINT64_MAX;
    bool is_chunked = (library->flags & F_CHUNKED) != 0;
    const struct hf_http_message *m = &a->entry->message;

    if (library->content_length != length || is_chunked != a->framing.is_chunked)
        return false;
    if (a->library_headers != m->header_count || library->upgrade != 0)
        return false;
    if (library->type == HTTP_RESPONSE)
        return library->status_code == m->status;
    return hf_bytes_equal_text(m->method, http_method_str((enum http_method)library->method));
}

static int on_headers_complete(http_parser *library)
{
    struct arrival *a = library->data;

    if (!agrees(a, library))
        return -1;
    return a->has_no_body ? 1 : 0;
}

static int on_body(http_parser *library, const char *at, size_t len)
{
    struct arrival *a = library->data;

    a->st = hf_http_pile_add(&a->entry->body, hf_bytes_of(at, len), HF_HTTP_BODY_MAX);
    return a->st == HF_OK ? 0 : -1;
}

static int on_message_complete(http_parser *library)
{
    struct arrival *a = library->data;

    a->is_complete = true;
    a->entry->message.keep_alive = http_should_keep_alive(library) != 0;
    return 0;
}

static const http_parser_settings settings = {
    .on_header_field = on_header_field,
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_message_complete = on_message_complete,
};

/* No octets say that the connection has ended. */
static hf_status run_library(struct arrival *a, struct hf_bytes octets)
{
    size_t n = http_parser_execute(&a->library, &settings, (const char *)octets.at, octets.len);

    if (a->st != HF_OK)
        return a->st;
    if (n != octets.len || HTTP_PARSER_ERRNO(&a->library) != HPE_OK)
        return HF_ERR_MALFORMED;
    return HF_OK;
}

struct hf_http_parser *hf_http_parser_new(enum hf_http_kind kind)
{
    struct hf_http_parser *p = hf_alloc(1, sizeof *p);

    if (p == NULL)
        return NULL;
    p->kind = kind;
    p->last = &p->first;
    return p;
}

void hf_http_parser_free(struct hf_http_parser *p)
{
    if (p == NULL)
        return;
    while (p->first != NULL)
        hf_http_drop(p);
    arrival_free(p->arrival);
    hf_free(p);
}

static hf_status begin(struct hf_http_parser *p)
{
    struct arrival *a;

    if (p->is_over)
        return HF_ERR_MALFORMED;
    if (p->count == MESSAGES_MAX)
        return HF_ERR_LIMIT;
    a = hf_alloc(1, sizeof *a);
    if (a == NULL)
        return HF_ERR_SYSTEM;
    p->arrival = a;
    a->entry = hf_alloc(1, sizeof *a->entry);
    if (a->entry == NULL)
        return HF_ERR_SYSTEM;
    http_parser_init(&a->library, p->kind == HF_HTTP_REQUESTS ? HTTP_REQUEST : HTTP_RESPONSE);
    a->library.data = a;
    return HF_OK;
}

static bool is_interim(unsigned status)
{
    return status >= 100 && status < 200;
}

/* RFC 9112, 6.3: interim, 204 and 304 responses have no body, whatever their head says. */
static bool is_without_body(const struct hf_http_parser *p, unsigned status)
{
    if (p->kind == HF_HTTP_REQUESTS)
        return false;
    return p->expect_no_body || is_interim(status) || status == HTTP_STATUS_NO_CONTENT
           || status == HTTP_STATUS_NOT_MODIFIED;
}

static enum phase phase_of_body(const struct arrival *a)
{
    if (a->framing.is_chunked)
        return IN_CHUNKS;
    return a->framing.has_length ? IN_LENGTH : IN_REST;
}

static hf_status read_head(struct hf_http_parser *p, struct arrival *a)
{
    struct hf_http_message *m = &a->entry->message;
    struct hf_bytes head = {a->entry->head.at, a->entry->head.len};
    hf_status st;

    HF_TRY(hf_http_head_read(head, p->kind, m, &a->framing));
    a->has_no_body = is_without_body(p, m->status);
    HF_TRY(run_library(a, head));
    a->phase = phase_of_body(a);
    if (!is_interim(m->status))
        p->expect_no_body = false;
done:
    return st;
}

static hf_status take_head(struct hf_http_parser *p, struct hf_bytes *octets)
{
    struct arrival *a = p->arrival;
    size_t taken;
    hf_status st;

    HF_TRY(hf_http_scan(&a->scan, *octets, &taken));
    HF_TRY(hf_http_pile_add(&a->entry->head, hf_bytes_first(*octets, taken), HF_HTTP_HEAD_MAX));
    *octets = hf_bytes_from(*octets, taken);
    if (a->scan.is_done)
        HF_TRY(read_head(p, a));
done:
    return st;
}

/* The library is given what belongs to this body, no octet more, and has to see the same end. */
static hf_status take_body(struct arrival *a, struct hf_bytes *octets)
{
    size_t taken = octets->len;
    bool ends = false;
    hf_status st;

    if (a->phase == IN_CHUNKS) {
        HF_TRY(hf_http_chunk_scan(&a->chunk, *octets, &taken));
        ends = a->chunk.state == HF_CHUNK_DONE;
    } else if (a->phase == IN_LENGTH) {
        uint64_t left = a->framing.length - a->entry->body.len;

        taken = taken < left ? taken : (size_t)left;
        ends = taken == left;
    }
    HF_TRY(run_library(a, hf_bytes_first(*octets, taken)));
    if (a->is_complete != ends)
        return HF_ERR_MALFORMED;
    *octets = hf_bytes_from(*octets, taken);
done:
    return st;
}

static hf_status keep(struct hf_http_parser *p)
{
    struct entry *e = p->arrival->entry;

    if (p->count > 0) {
        p->waiting_octets += entry_octets(e);
        if (p->waiting_octets > HF_HTTP_WAITING_MAX)
            return HF_ERR_LIMIT;
    }
    e->message.body = hf_bytes_of(e->body.at, e->body.len);
    p->is_over = !e->message.keep_alive;
    *p->last = e;
    p->last = &e->next;
    p->count++;
    p->arrival->entry = NULL; /* now the queue's */
    return HF_OK;
}

static hf_status complete(struct hf_http_parser *p)
{
    hf_status st = HF_OK;

    if (!is_interim(p->arrival->entry->message.status))
        st = keep(p);
    arrival_free(p->arrival);
    p->arrival = NULL;
    return st;
}

static hf_status advance(struct hf_http_parser *p, struct hf_bytes *octets)
{
    hf_status st;

    if (p->arrival == NULL)
        HF_TRY(begin(p));
    if (p->arrival->phase == IN_HEAD)
        HF_TRY(take_head(p, octets));
    else
        HF_TRY(take_body(p->arrival, octets));
    if (p->arrival->is_complete)
        HF_TRY(complete(p));
done:
    return st;
}

static void fail(struct hf_http_parser *p, hf_status st)
{
    p->st = st;
    arrival_free(p->arrival);
    p->arrival = NULL;
}

hf_status hf_http_feed(struct hf_http_parser *p, struct hf_bytes octets)
{
    while (octets.len > 0 && p->st == HF_OK) {
        hf_status st = advance(p, &octets);

        if (st != HF_OK)
            fail(p, st);
    }
    return p->st;
}

/* Only a response without a length may end so; anything else was cut short. */
hf_status hf_http_feed_end(struct hf_http_parser *p)
{
    hf_status st = p->st;

    if (st == HF_OK && p->arrival != NULL) {
        st = p->arrival->phase == IN_REST ? run_library(p->arrival, HF_LITERAL(""))
                                          : HF_ERR_MALFORMED;
        if (st == HF_OK)
            st = p->arrival->is_complete ? complete(p) : HF_ERR_MALFORMED;
    }
    if (st != HF_OK)
        fail(p, st);
    p->is_over = true;
    return p->st;
}

hf_status hf_http_next(struct hf_http_parser *p, const struct hf_http_message **out)
{
    if (p->first == NULL)
        return HF_ERR_UNKNOWN;
    *out = &p->first->message;
    return HF_OK;
}

void hf_http_drop(struct hf_http_parser *p)
{
    struct entry *e = p->first;

    if (e == NULL)
        return;
    p->first = e->next;
    p->count--;
    if (p->first == NULL)
        p->last = &p->first;
    else
        p->waiting_octets -= entry_octets(p->first);
    entry_free(e);
}

bool hf_http_is_inside(const struct hf_http_parser *p)
{
    return p->arrival != NULL;
}

void hf_http_expect_no_body(struct hf_http_parser *p)
{
    p->expect_no_body = true;
}
