/*
 * hf_status: what every call answers, and reports: why a longer exchange failed, for people.
 */
#ifndef HANDFAST_STATUS_H
#define HANDFAST_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

#define HF_PUBLIC_CHECKED __attribute__((warn_unused_result))

/* The project's own sources take the same list from base/status.h; a test compares the two. */
#ifdef HF_INSIDE
#include "base/status.h"
#else
typedef enum hf_status {
    HF_OK = 0,
    HF_ERR_MALFORMED,   /* the input breaks the grammar or the schema */
    HF_ERR_UNEXPECTED,  /* a message or call that this state does not allow */
    HF_ERR_UNKNOWN,     /* there is no such thing, or none that may be seen */
    HF_ERR_EXPIRED,     /* its time is over */
    HF_ERR_DENIED,      /* policy refuses it */
    HF_ERR_CONFLICT,    /* it is taken, or somebody changed it meanwhile */
    HF_ERR_LIMIT,       /* a named limit is reached */
    HF_ERR_UNREACHABLE, /* the other server does not answer */
    HF_ERR_CRYPTO,      /* a cryptographic check or operation failed */
    HF_ERR_STORE,       /* the store failed */
    HF_ERR_SYSTEM,      /* the operating system refused */
    HF_ERR_BUG          /* our own mistake */
} hf_status;
#endif

/* "HF_ERR_MALFORMED", and its sentence. Never NULL. */
const char *hf_status_name(hf_status st);
const char *hf_status_sentence(hf_status st);

/* A refusal in words: one sentence, the clause behind it, what to do. */
struct hf_report {
    hf_status status;
    char sentence[200];     /* empty: it worked */
    const char *clause;     /* NULL: none */
    const char *what_to_do; /* NULL: nothing in particular */
};

#ifdef __cplusplus
}
#endif

#endif
