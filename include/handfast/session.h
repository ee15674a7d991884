/*
 * Talking over an association: TLS with the target, keyed by the association's own key, and HTTP
 * requests on it. The loop is the caller's, as with tasks. One session serves one association and
 * one request at a time; it may be kept open and used again.
 */
#ifndef HANDFAST_SESSION_H
#define HANDFAST_SESSION_H

#include <handfast/task.h>

#ifdef __cplusplus
extern "C" {
#endif

struct hf_session;

struct hf_session_header {
    const char *name, *value;
};

/* Borrowed for the call. */
struct hf_session_request {
    const char *method;                      /* "GET", "POST", "PUT", "DELETE" */
    const char *uri;                         /* origin form: "/~/in-cse/-", "/-/things?rcn=4" */
    const struct hf_session_header *headers; /* in addition; NULL: none */
    size_t header_count;
    const void *body;
    size_t body_len;
    const char *body_type; /* NULL: application/json */
    unsigned type;         /* oneM2M resource type of a create; 0: none */
    /*
     * X-M2M-Origin; NULL: the application of the association. A CSE passes on requests of its AEs
     * with it; the target refuses whoever the association does not prove.
     */
    const char *from;
};

/* Borrowed until the next request or the end of the session. */
struct hf_session_response {
    unsigned status; /* HTTP */
    const char *rsc; /* X-M2M-RSC; "" where there is none */
    const char *content_type;
    const void *body;
    size_t body_len;
};

/* HF_ERR_UNKNOWN: no such association; HF_ERR_EXPIRED: it is over, associate again. */
HF_PUBLIC_CHECKED hf_status hf_session_start(struct hf_device *d, const char *ae,
                                             const char *target, struct hf_session **out);
/*
 * Begins a request; it may be called before the handshake is done. HF_ERR_UNEXPECTED: another one
 * is under way, or the session is over. HF_ERR_MALFORMED, HF_ERR_LIMIT: not a request we send.
 */
HF_PUBLIC_CHECKED hf_status hf_session_request(struct hf_session *s,
                                               const struct hf_session_request *r);
/* HF_DONE: no request is under way, and a response is there if there was one. */
enum hf_progress hf_session_step(struct hf_session *s);
int hf_session_fd(const struct hf_session *s);
short hf_session_events(const struct hf_session *s);
int hf_session_timeout_ms(const struct hf_session *s);
enum hf_progress hf_session_run(struct hf_session *s);
/* HF_ERR_UNKNOWN: none yet. */
HF_PUBLIC_CHECKED hf_status hf_session_response(const struct hf_session *s,
                                                struct hf_session_response *out);
const struct hf_report *hf_session_report(const struct hf_session *s);
/* Version and suite in use; "" before the handshake is done. */
const char *hf_session_suite(const struct hf_session *s);
void hf_session_free(struct hf_session *s); /* accepts NULL; closes and wipes */

#ifdef __cplusplus
}
#endif

#endif
