/* Certificates, private keys, anchors and CRLs, as the configuration names them. */
#include <stdio.h>

#include "base/memory.h"
#include "daemon/deployment.h"
#include "net/tls.h"

enum { MATERIALS_MAX = 8 << 20, LINE_LEN = 4800 };

struct loader {
    struct hf_materials *m;
    hf_say *say;
    void *context;
    hf_status st; /* of the first fault */
};

static void fault(struct loader *l, const char *path, const char *what, hf_status st)
{
    char line[LINE_LEN];

    snprintf(line, sizeof line, "%s: %s", path, what);
    l->say(l->context, line);
    if (l->st == HF_OK)
        l->st = st;
}

static struct hf_bytes load_file(struct loader *l, const char *path, bool is_private)
{
    struct hf_bytes content = {NULL, 0};
    hf_status st = hf_file_read(path, is_private, &l->m->arena, &content);

    if (st == HF_ERR_DENIED)
        fault(l, path, "others may read this private key; chmod 600 it", st);
    else if (st != HF_OK)
        fault(l, path, "cannot be read; check the path and its permissions", st);
    return content;
}

static void load_anchors(struct loader *l, struct hf_trust *t, enum hf_anchor_use use,
                         const char *path)
{
    struct hf_bytes pem;

    if (path == NULL)
        return;
    pem = load_file(l, path, false);
    if (pem.len > 0 && hf_trust_add_anchors(t, use, pem) != HF_OK)
        fault(l, path, "holds no usable CA certificate (PEM, P-256)", HF_ERR_MALFORMED);
}

/* A pair that does not belong together is found here, before anything is changed over to it. */
static void check_pair(struct loader *l, const struct hf_role_materials *m, const char *path)
{
    struct hf_tls_config config = {.mode = HF_TLS_CLIENT_CERTIFICATE,
                                   .certificate_pem = m->certificate_pem,
                                   .private_key_pem = m->private_key_pem,
                                   .tls13 = true};
    struct hf_tls_context *trial = NULL;

    if (m->certificate_pem.len == 0 || m->private_key_pem.len == 0)
        return; /* said already */
    if (hf_tls_context_new(&config, &trial) != HF_OK)
        fault(l, path, "cannot be used with its private key; check that they belong together",
              HF_ERR_MALFORMED);
    hf_tls_context_free(trial);
}

static void load_role(struct loader *l, enum hf_role role, const struct hf_config_function *f)
{
    struct hf_role_materials *m = &l->m->of[role];
    struct hf_bytes crl;

    m->certificate_pem = load_file(l, f->certificate, false);
    m->private_key_pem = load_file(l, f->private_key, true);
    check_pair(l, m, f->certificate);
    if (hf_trust_new(&m->trust) != HF_OK) {
        fault(l, f->certificate, "out of memory", HF_ERR_SYSTEM);
        return;
    }
    load_anchors(l, m->trust, HF_ANCHORS_DEVICE, f->device_anchors);
    load_anchors(l, m->trust, HF_ANCHORS_ENTITY, f->entity_anchors);
    load_anchors(l, m->trust, HF_ANCHORS_INFRASTRUCTURE, f->infrastructure_anchors);
    if (f->crl == NULL)
        return;
    crl = load_file(l, f->crl, false);
    if (crl.len > 0 && hf_trust_add_crl(m->trust, crl) != HF_OK)
        fault(l, f->crl, "is no CRL of one of the anchors", HF_ERR_MALFORMED);
}

hf_status hf_materials_load(const struct hf_config *c, struct hf_materials **out, hf_say *say,
                            void *context)
{
    struct loader l = {hf_alloc(1, sizeof *l.m), say, context, HF_OK};
    struct hf_config_function gateway = {
        .certificate = c->gateway.certificate,
        .private_key = c->gateway.private_key,
        .infrastructure_anchors = c->gateway.infrastructure_anchors,
    };

    if (l.m == NULL)
        return HF_ERR_SYSTEM;
    hf_arena_init(&l.m->arena, MATERIALS_MAX);
    if (c->mef.f.enabled)
        load_role(&l, HF_ROLE_MEF, &c->mef.f);
    if (c->maf.f.enabled)
        load_role(&l, HF_ROLE_MAF, &c->maf.f);
    if (c->gateway.enabled)
        load_role(&l, HF_ROLE_GATEWAY, &gateway);
    if (l.st != HF_OK) {
        hf_materials_free(l.m);
        return l.st;
    }
    *out = l.m;
    return HF_OK;
}

void hf_materials_free(struct hf_materials *m)
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < HF_ROLE_COUNT; i++)
        hf_trust_free(m->of[i].trust);
    hf_arena_done(&m->arena);
    hf_free(m);
}
