/*
 * One thread with a loop of its own: listeners (SO_REUSEPORT), TLS contexts, roles, a store handle,
 * clients to other servers, and every connection it accepted. Workers share nothing but the
 * deployment, which is read-only; what crosses a thread is a message to wake up.
 */
#ifndef HF_DAEMON_WORKER_H
#define HF_DAEMON_WORKER_H

#include "daemon/connection.h"
#include "daemon/deployment.h"
#include "net/listener.h"
#include "port/clock.h"
#include "port/random.h"
#include "port/remote.h"
#include "role/gateway/gateway.h"
#include "role/maf/maf.h"
#include "role/mef/mef.h"

struct hf_worker;
struct hf_remotes;

/* A listening socket and what is behind it. */
enum hf_endpoint_kind {
    HF_ENDPOINT_MEF_CERTIFICATE,
    HF_ENDPOINT_MEF_PSK,
    HF_ENDPOINT_MAF_CERTIFICATE,
    HF_ENDPOINT_MAF_PSK,
    HF_ENDPOINT_GATEWAY_PSK,
    HF_ENDPOINT_COUNT
};

struct hf_endpoint {
    struct hf_worker *worker;
    enum hf_endpoint_kind kind;
    const char *name; /* "mef/psk", for the log */
    enum hf_role role;
    struct hf_bytes server_name;
    bool is_psk;
    uint32_t accepted; /* certificate flavours, as in struct hf_judge_question */
    struct hf_service service;
    void (*serve)(struct hf_connection *c, const struct hf_http_message *m);
    struct hf_tls_context *tls; /* NULL: not offered */
    struct hf_listener *listener;
};

struct hf_worker {
    const struct hf_deployment *deployment;
    const struct hf_materials *materials;
    struct event_base *loop;
    struct hf_clock clock;
    struct hf_random random;
    struct hf_store store;
    struct hf_remotes *remotes;
    struct hf_remote remote_of[HF_ROLE_COUNT]; /* what each role may ask of others */
    struct hf_http_client *upstream;
    struct hf_mef *mef;
    struct hf_mef_config *mef_config;
    struct hf_maf *maf;
    struct hf_maf_config *maf_config;
    struct hf_gateway *gateway;
    struct hf_bytes gateway_name; /* public domain name of its CSE */
    struct hf_endpoint endpoints[HF_ENDPOINT_COUNT];
    struct hf_half_open half_open;
    struct hf_connection *connections;
    size_t connection_count;
    struct hf_arena arena; /* names and lists that the roles borrow */
    struct event *wake_event, *tick_event, *turn_event;
    int wake_fd;
    bool draining;
};

/*
 * Builds everything but the sockets' accepting: listeners are bound, so that a port that is taken
 * is known before the daemon says it is ready. Faults are said.
 */
HF_CHECKED hf_status hf_worker_new(const struct hf_deployment *d, const struct hf_materials *m,
                                   hf_say *say, void *context, struct hf_worker **out);
void hf_worker_free(struct hf_worker *w); /* after its loop has ended; accepts NULL */
/* The loop, until hf_worker_stop. On the worker's own thread. */
void hf_worker_run(struct hf_worker *w);

/* From any thread: drains and ends the loop; takes up new materials. */
void hf_worker_stop(struct hf_worker *w);
void hf_worker_reload(struct hf_worker *w, const struct hf_materials *m);
/* What it has taken up last: it looks at nothing older any more. */
const struct hf_materials *hf_worker_materials(const struct hf_worker *w);

/* Makes the TLS contexts of every endpoint from the materials (endpoints.c). */
HF_CHECKED hf_status hf_endpoints_secure(struct hf_worker *w, hf_say *say, void *context);
/* Fills in kind, name, role, service and server name of each (endpoints.c). */
void hf_endpoints_describe(struct hf_worker *w);
HF_CHECKED hf_status hf_endpoints_listen(struct hf_worker *w, hf_say *say, void *context);
void hf_endpoints_close(struct hf_worker *w);
/* The roles that the configuration switches on (roles.c). */
HF_CHECKED hf_status hf_roles_new(struct hf_worker *w);
void hf_roles_free(struct hf_worker *w);
/* port/remote.h over HTTP clients (remotes.c). */
HF_CHECKED hf_status hf_remotes_new(struct hf_worker *w, hf_say *say, void *context);
/* What is under way is answered HF_ERR_UNREACHABLE; what is asked from then on is refused. */
void hf_remotes_close(struct hf_worker *w);
void hf_remotes_free(struct hf_worker *w);
/* Client contexts from new materials. */
HF_CHECKED hf_status hf_remotes_secure(struct hf_worker *w);

#endif
