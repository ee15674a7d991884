/*
 * A target in the same thread: listens on 127.0.0.1, does TLS with one pre-shared key, and answers
 * what a test tells it to. Step it in turn with the session under test.
 */
#ifndef HF_TESTS_UNIT_LIBRARY_SERVER_H
#define HF_TESTS_UNIT_LIBRARY_SERVER_H

#include "net/tls.h"

enum { SERVER_TALK_MAX = 4096 };

struct server {
    int listener, fd;
    uint16_t port;
    struct hf_tls_context *context;
    struct hf_tls *tls;
    struct hf_secret psk;
    const char *answer; /* to the first octets of a request; NULL: none */
    size_t junk;        /* octets of body to send after the answer */
    bool leaves;        /* closes the socket in the handshake */
    char heard[SERVER_TALK_MAX];
    size_t heard_len;
    char identity[256];
};

void server_open(struct server *s, const char *name, const struct hf_secret *psk);
void server_step(struct server *s);
void server_close(struct server *s);

#endif
