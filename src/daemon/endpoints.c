/* The five listening sockets: what each is called, what is behind it, and its channel profile. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "daemon/log.h"
#include "daemon/worker.h"

enum { LINE_LEN = 300 };

/* Flavours as bits (core/certificate/judge.h). */
#define FLAVOUR(type) (1u << ((type)-30))
#define FQDN_FLAVOUR  (1u << 31)

static const struct description {
    const char *name;
    enum hf_role role;
    bool is_psk;
    uint32_t accepted;
    void (*serve)(struct hf_connection *c, const struct hf_http_message *m);
} descriptions[HF_ENDPOINT_COUNT] = {
    [HF_ENDPOINT_MEF_CERTIFICATE] = {"mef/certificate", HF_ROLE_MEF,     false,
                                     FLAVOUR(HF_CREDENTIAL_DEVICE_CERT)
                                         | FLAVOUR(HF_CREDENTIAL_CSE_CERT)
                                         | FLAVOUR(HF_CREDENTIAL_AE_CERT)
                                         | FLAVOUR(HF_CREDENTIAL_NODE_CERT) | FQDN_FLAVOUR,
                                     hf_serve_primitive                                                       },
    [HF_ENDPOINT_MEF_PSK] = {"mef/psk",         HF_ROLE_MEF,     true,  0,          hf_serve_primitive},
    [HF_ENDPOINT_MAF_CERTIFICATE] = {"maf/certificate", HF_ROLE_MAF,     false,
                                     FLAVOUR(HF_CREDENTIAL_DEVICE_CERT)
                                         | FLAVOUR(HF_CREDENTIAL_CSE_CERT)
                                         | FLAVOUR(HF_CREDENTIAL_AE_CERT)
                                         | FLAVOUR(HF_CREDENTIAL_NODE_CERT) | FQDN_FLAVOUR,
                                     hf_serve_primitive                                                       },
    [HF_ENDPOINT_MAF_PSK] = {"maf/psk",         HF_ROLE_MAF,     true,  0,          hf_serve_primitive},
    [HF_ENDPOINT_GATEWAY_PSK] = {"gateway/psk",     HF_ROLE_GATEWAY, true,  0,          hf_serve_forward  },
};

struct place {
    const char *address;
    uint16_t port; /* 0: not offered */
};

static struct place place_of(const struct hf_config *c, enum hf_endpoint_kind kind)
{
    switch (kind) {
    case HF_ENDPOINT_MEF_CERTIFICATE:
        return (struct place){c->mef.f.listen, c->mef.f.certificate_port};
    case HF_ENDPOINT_MEF_PSK:
        return (struct place){c->mef.f.listen, c->mef.f.psk_port};
    case HF_ENDPOINT_MAF_CERTIFICATE:
        return (struct place){c->maf.f.listen, c->maf.f.certificate_port};
    case HF_ENDPOINT_MAF_PSK:
        return (struct place){c->maf.f.listen, c->maf.f.psk_port};
    case HF_ENDPOINT_GATEWAY_PSK:
        return (struct place){c->gateway.listen, c->gateway.psk_port};
    case HF_ENDPOINT_COUNT:
        break;
    }
    return (struct place){NULL, 0};
}

static bool is_offered(const struct hf_worker *w, enum hf_endpoint_kind kind)
{
    const struct hf_config *c = w->deployment->config;
    const bool enabled[HF_ROLE_COUNT] = {c->mef.f.enabled, c->maf.f.enabled, c->gateway.enabled};

    return enabled[descriptions[kind].role] && place_of(c, kind).port != 0;
}

void hf_endpoints_describe(struct hf_worker *w)
{
    const struct hf_config *c = w->deployment->config;

    for (size_t i = 0; i < HF_ENDPOINT_COUNT; i++) {
        const struct description *d = &descriptions[i];
        struct hf_endpoint *e = &w->endpoints[i];

        e->worker = w;
        e->kind = (enum hf_endpoint_kind)i;
        e->name = d->name;
        e->role = d->role;
        e->is_psk = d->is_psk;
        e->accepted = d->accepted;
        e->serve = d->serve;
        if (d->role == HF_ROLE_MEF && w->mef != NULL)
            e->service = hf_mef_service(w->mef);
        if (d->role == HF_ROLE_MAF && w->maf != NULL)
            e->service = hf_maf_service(w->maf);
        if (d->role == HF_ROLE_GATEWAY && w->gateway != NULL)
            e->service = hf_gateway_service(w->gateway);
        e->server_name = d->role == HF_ROLE_MEF   ? hf_text(c->mef.f.fqdn)
                         : d->role == HF_ROLE_MAF ? hf_text(c->maf.f.fqdn)
                                                  : w->gateway_name;
    }
}

static hf_status secure(struct hf_worker *w, struct hf_endpoint *e)
{
    const struct hf_config *c = w->deployment->config;
    const struct hf_role_materials *m = &w->materials->of[e->role];
    struct hf_tls_config config = {.mode = HF_TLS_SERVER_PSK,
                                   .names = &e->server_name,
                                   .name_count = 1,
                                   .masking = &w->deployment->masking};
    struct hf_tls_context *fresh;
    hf_status st;

    if (!e->is_psk) {
        config.mode = HF_TLS_SERVER_CERTIFICATE;
        config.certificate_pem = m->certificate_pem;
        config.private_key_pem = m->private_key_pem;
        config.tls13 = e->role == HF_ROLE_MEF ? c->mef.f.tls13 : c->maf.f.tls13;
    }
    HF_TRY(hf_tls_context_new(&config, &fresh));
    hf_tls_context_free(e->tls); /* sessions that began before a reload still have it */
    e->tls = fresh;
done:
    return st;
}

hf_status hf_endpoints_secure(struct hf_worker *w, hf_say *say, void *context)
{
    char line[LINE_LEN];
    hf_status st = HF_OK;

    for (size_t i = 0; i < HF_ENDPOINT_COUNT; i++) {
        if (!is_offered(w, (enum hf_endpoint_kind)i))
            continue;
        st = secure(w, &w->endpoints[i]);
        if (st == HF_OK)
            continue;
        snprintf(line, sizeof line, "%s: certificate and private key cannot be used together",
                 w->endpoints[i].name);
        say(context, line);
        break;
    }
    return st;
}

static void on_accept(int fd, const struct sockaddr *peer, void *owner)
{
    hf_connection_accept(owner, fd, peer);
}

hf_status hf_endpoints_listen(struct hf_worker *w, hf_say *say, void *context)
{
    char line[LINE_LEN];

    for (size_t i = 0; i < HF_ENDPOINT_COUNT; i++) {
        struct hf_endpoint *e = &w->endpoints[i];
        struct place p = place_of(w->deployment->config, (enum hf_endpoint_kind)i);

        if (!is_offered(w, (enum hf_endpoint_kind)i))
            continue;
        if (hf_listener_open(w->loop, p.address, p.port, on_accept, e, &e->listener) == HF_OK)
            continue;
        snprintf(line, sizeof line, "%s: cannot listen on %s port %u: %s", e->name, p.address,
                 p.port, strerror(errno));
        say(context, line);
        return HF_ERR_SYSTEM;
    }
    return HF_OK;
}

void hf_endpoints_close(struct hf_worker *w)
{
    for (size_t i = 0; i < HF_ENDPOINT_COUNT; i++) {
        if (w->endpoints[i].listener != NULL)
            hf_listener_close(w->endpoints[i].listener);
        w->endpoints[i].listener = NULL;
    }
}
