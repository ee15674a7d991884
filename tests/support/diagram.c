#include "support/diagram.h"

#include <stdlib.h>
#include <string.h>

#include "support/hf_test.h"

enum { PAGE_MAX = 65536 };

static const char *const begin_mark = "<!-- printed from the rules: do not edit -->\n";
static const char *const end_mark = "<!-- end -->\n";

void diagram_begin(struct diagram *d, const char *first_state)
{
    memset(d->text, 0, sizeof d->text);
    d->to = fmemopen(d->text, sizeof d->text - 1, "w");
    assert_non_null(d->to);
    fprintf(d->to, "```mermaid\nstateDiagram-v2\n    [*] --> %s\n", first_state);
}

void diagram_add(struct diagram *d, const char *in, const char *on, const char *want,
                 const char *then)
{
    fprintf(d->to, "    %s --> %s : %s / %s\n", in, then, on, want);
}

static void read_page(const char *page, char *text)
{
    FILE *f = fopen(page, "r");
    size_t len;

    if (f == NULL)
        fail_msg("%s is not there", page);
    len = fread(text, 1, PAGE_MAX - 1, f);
    text[len] = '\0';
    fclose(f);
}

static void write_page(const char *page, const char *head, size_t head_len, const char *diagram,
                       const char *rest)
{
    FILE *f = fopen(page, "w");

    assert_non_null(f);
    fprintf(f, "%.*s%s%s", (int)head_len, head, diagram, rest);
    fclose(f);
}

void diagram_check(struct diagram *d, const char *page)
{
    static char text[PAGE_MAX];
    char *from, *until;

    fputs("```\n", d->to);
    fclose(d->to);
    read_page(page, text);
    from = strstr(text, begin_mark);
    assert_non_null(from);
    from += strlen(begin_mark);
    until = strstr(from, end_mark);
    assert_non_null(until);
    if (getenv("HF_WRITE_DIAGRAMS") != NULL) {
        write_page(page, text, (size_t)(from - text), d->text, until);
        return;
    }
    if (strlen(d->text) != (size_t)(until - from)
        || strncmp(d->text, from, (size_t)(until - from)) != 0)
        fail_msg("%s has another diagram: run this test with HF_WRITE_DIAGRAMS=1", page);
}
