/*
 * Diagrams in docs/protocol, printed from tables: a test puts the text together and compares it
 * with what stands between the markers of the page.  HF_WRITE_DIAGRAMS=1 in the environment of the
 * test writes it there instead.
 */
#ifndef HF_TESTS_SUPPORT_DIAGRAM_H
#define HF_TESTS_SUPPORT_DIAGRAM_H

#include <stdbool.h>
#include <stdio.h>

enum { DIAGRAM_MAX = 16384 };

struct diagram {
    char text[DIAGRAM_MAX];
    FILE *to;
};

void diagram_begin(struct diagram *d, const char *first_state);
void diagram_add(struct diagram *d, const char *in, const char *on, const char *want,
                 const char *then);
/* The page has the same diagram. */
void diagram_check(struct diagram *d, const char *page);

#endif
