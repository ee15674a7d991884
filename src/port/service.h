/*
 * A role as the daemon sees it. Three questions, each answered once through `done`, on the worker
 * that asked, perhaps before the call returns. The asker keeps the question until then.
 */
#ifndef HF_PORT_SERVICE_H
#define HF_PORT_SERVICE_H

#include "core/primitive/primitive.h"
#include "port/channel.h"

/* A pre-shared key identity was seen in a handshake, before the TLS library saw it. */
struct hf_psk_question {
    struct hf_bytes identity;    /* as sent by the peer: 1..255 octets, unchecked */
    struct hf_bytes server_name; /* our authority, from SNI */
    struct hf_arena *arena;      /* for `peer`; lives as long as the connection */
    void (*done)(struct hf_psk_question *q);
    void *context;
    /*
     * HF_OK: `key` and `peer` are set. HF_ERR_UNREACHABLE: another server did not answer. Anything
     * else: give the TLS library a decoy key, so that the peer cannot tell why it failed.
     */
    hf_status st;
    const char *reason; /* for the operator */
    struct hf_secret key;
    struct hf_peer peer;
    bool require_pfs;
};

/* A certificate was verified (core/certificate); who is that here? */
struct hf_identify_question {
    enum hf_credential_type type;
    struct hf_bytes value; /* canonical identifier of that flavour */
    struct hf_bytes server_name;
    struct hf_arena *arena;
    void (*done)(struct hf_identify_question *q);
    void *context;
    hf_status st; /* HF_OK, or the connection ends */
    const char *reason;
    struct hf_peer peer;
};

/* One request over a channel. */
struct hf_exchange {
    const struct hf_request *request;
    const struct hf_channel *channel;
    struct hf_arena *arena; /* of this exchange: request, records, response */
    void (*done)(struct hf_exchange *x);
    void *context;
    struct hf_response response;
    void *role; /* the role's own state of this exchange, from `arena` */
};

struct hf_service {
    void *self;
    void (*resolve_psk)(void *self, struct hf_psk_question *q);
    void (*identify)(void *self, struct hf_identify_question *q);
    void (*serve)(void *self, struct hf_exchange *x);
};

#endif
