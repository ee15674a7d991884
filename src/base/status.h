/*
 * hf_status: the one currency of success and failure.
 * A code says what the caller can do, not which line failed.
 */
#ifndef HF_BASE_STATUS_H
#define HF_BASE_STATUS_H

#define HF_STATUS_LIST(X)                                                                          \
    X(OK, "it worked")                                                                             \
    X(ERR_MALFORMED, "the input breaks the grammar or the schema")                                 \
    X(ERR_UNEXPECTED, "a message or call that this state does not allow")                          \
    X(ERR_UNKNOWN, "there is no such thing, or none that may be seen")                             \
    X(ERR_EXPIRED, "its time is over")                                                             \
    X(ERR_DENIED, "policy refuses it")                                                             \
    X(ERR_CONFLICT, "it is taken, or somebody changed it meanwhile")                               \
    X(ERR_LIMIT, "a named limit is reached")                                                       \
    X(ERR_UNREACHABLE, "the other server does not answer")                                         \
    X(ERR_CRYPTO, "a cryptographic check or operation failed")                                     \
    X(ERR_STORE, "the store failed")                                                               \
    X(ERR_SYSTEM, "the operating system refused")                                                  \
    X(ERR_BUG, "our own mistake")

#define HF_STATUS_ENUM(name, sentence) HF_##name,
typedef enum hf_status { HF_STATUS_LIST(HF_STATUS_ENUM) HF_STATUS_COUNT } hf_status;
#undef HF_STATUS_ENUM

#define HF_CHECKED __attribute__((warn_unused_result))

/* Runs a step; on failure remembers it in `st` and goes to `done`. The only macro that jumps. */
#define HF_TRY(step)                                                                               \
    do {                                                                                           \
        st = (step);                                                                               \
        if (st != HF_OK)                                                                           \
            goto done;                                                                             \
    } while (0)

#define HF_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* "HF_ERR_MALFORMED", and its sentence. Never NULL. */
const char *hf_status_name(hf_status st);
const char *hf_status_sentence(hf_status st);

#endif
