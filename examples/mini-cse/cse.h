/*
 * A stand-in for an existing CSE: CSEBase, AE, container and contentInstance (TS-0001, 9.6) in
 * memory. It believes X-M2M-Origin, as the CSEs that handfast's gateway protects do.
 * For the demo and the tests only.
 */
#ifndef HF_EXAMPLES_MINI_CSE_CSE_H
#define HF_EXAMPLES_MINI_CSE_CSE_H

#include "binding/http/message.h"

struct cse;

struct cse_answer {
    unsigned status, rsc; /* HTTP and oneM2M */
    char location[512];   /* of a created resource; else empty */
    char *body;           /* JSON, the caller's to free; NULL: none */
};

/* `cse_id` "/in-cse", `name` of the CSEBase; both kept. NULL: out of memory. */
struct cse *cse_new(const char *sp, const char *cse_id, const char *name);
void cse_free(struct cse *c);
void cse_handle(struct cse *c, const struct hf_http_message *m, struct cse_answer *out);

#endif
