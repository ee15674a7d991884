#include "library/device_state.h"

#include <string.h>

#include "base/memory.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "core/identity/key_id.h"

enum { YEAR_S = 31536000 };

/* What went wrong while opening, in words. */
struct opening {
    struct hf_device *d;
    const struct hf_device_options *o;
    struct hf_report *why;
};

static hf_status refuse(const struct opening *p, hf_status st, const char *sentence,
                        const char *what_to_do)
{
    return st == HF_OK ? HF_OK : hf_report_set(p->why, st, sentence, NULL, what_to_do);
}

static hf_status open_names(const struct opening *p)
{
    struct hf_node_config *c = &p->d->config;
    struct hf_arena *a = &p->d->arena;
    hf_status st;

    HF_TRY(refuse(p, hf_fqdn_canonical(hf_text(p->o->provider), a, &c->provider),
                  "The provider is not a domain name.", "Set provider, such as sp.example."));
    HF_TRY(refuse(p, hf_fqdn_canonical(hf_text(p->o->mef_fqdn), a, &c->mef_fqdn),
                  "The MEF is not a domain name.", "Set mef.fqdn, such as mef.sp.example."));
    HF_TRY(hf_arena_copy(a, hf_text(p->o->mef_address), &c->mef_address));
    if (p->o->entity != NULL)
        HF_TRY(refuse(p, hf_entity_id_canonical(hf_text(p->o->entity), a, &c->entity),
                      "The entity is not an absolute ID.", "Set entity, such as //sp.example/c1."));
    c->certificate_port = p->o->certificate_port;
    c->psk_port = p->o->psk_port;
    c->lifetime_s = p->o->lifetime_s == 0 ? YEAR_S : p->o->lifetime_s;
done:
    return st;
}

static hf_status open_certificate(const struct opening *p)
{
    struct hf_device *d = p->d;
    hf_status st;

    HF_TRY(p->o->certificate_file != NULL && p->o->private_key_file != NULL
               ? HF_OK
               : refuse(p, HF_ERR_MALFORMED, "The method certificate lacks its files.",
                        "Set certificate and private_key, or leave the method out."));
    HF_TRY(refuse(p, hf_file_read(p->o->certificate_file, false, &d->arena, &d->certificate_pem),
                  "The certificate cannot be read.", "Look at the file that certificate names."));
    HF_TRY(refuse(p, hf_file_read(p->o->private_key_file, true, &d->arena, &d->private_key_pem),
                  "The private key cannot be read, or others may read it.",
                  "Look at the file that private_key names; its mode must be 0600 or 0400."));
done:
    return st;
}

static hf_status open_psk(const struct opening *p)
{
    struct hf_device *d = p->d;
    hf_status st;

    HF_TRY(p->o->psk_identity != NULL && p->o->psk_file != NULL
               ? HF_OK
               : refuse(p, HF_ERR_MALFORMED, "The method psk lacks its identity or file.",
                        "Set psk_identity and psk_file, or leave the method out."));
    HF_TRY(refuse(
        p, hf_key_id_canonical(hf_text(p->o->psk_identity), &d->arena, &d->config.psk_identity),
        "The identity of the pre-shared key is not a key identifier.",
        "Set psk_identity, such as kpm1@mef.sp.example."));
    HF_TRY(refuse(p, hf_key_file_read(p->o->psk_file, &d->psk),
                  "The pre-shared key cannot be read, or others may read it.",
                  "The file that psk_file names holds 16 to 64 octets in hex, with mode 0600."));
    d->config.psk = &d->psk;
done:
    return st;
}

static hf_status open_methods(const struct opening *p)
{
    struct hf_node_config *c = &p->d->config;
    hf_status st = HF_OK;

    for (size_t i = 0; i < p->o->method_count && i < HF_DEVICE_METHODS_MAX; i++) {
        const char *method = p->o->methods[i];

        if (strcmp(method, "certificate") == 0) {
            HF_TRY(open_certificate(p));
            c->methods[c->method_count++] = "certificate";
        } else if (strcmp(method, "psk") == 0) {
            HF_TRY(open_psk(p));
            c->methods[c->method_count++] = "psk";
        } else {
            HF_TRY(refuse(p, HF_ERR_MALFORMED, "There is no such bootstrap method.",
                          "Set methods to certificate, psk, or both."));
        }
    }
done:
    return st;
}

/* Only a pre-shared key bootstrap to a known port works without anchors. */
static hf_status open_trust(const struct opening *p)
{
    struct hf_bytes pem;
    hf_status st;

    HF_TRY(hf_trust_new(&p->d->trust));
    if (p->o->anchors_file == NULL)
        return HF_OK;
    HF_TRY(refuse(p, hf_file_read(p->o->anchors_file, false, &p->d->arena, &pem),
                  "The trust anchors cannot be read.", "Look at the file that anchors names."));
    HF_TRY(refuse(p, hf_trust_add_anchors(p->d->trust, HF_ANCHORS_INFRASTRUCTURE, pem),
                  "The trust anchors are not CA certificates.",
                  "Put PEM certificates of the provider's authority there."));
done:
    return st;
}

static hf_status open_environment(const struct opening *p)
{
    struct hf_random random = hf_library_random();
    struct hf_secret passphrase = {0};
    hf_status st;

    HF_TRY(p->o->sealed_file != NULL && p->o->passphrase_file != NULL
               ? HF_OK
               : refuse(p, HF_ERR_MALFORMED, "There is no secure environment.",
                        "Set sealed_file and passphrase_file."));
    HF_TRY(refuse(p, hf_passphrase_read(p->o->passphrase_file, &passphrase),
                  "The passphrase cannot be read, or others may read it.",
                  "Look at the file that passphrase_file names; its mode must be 0600 or 0400."));
    st = hf_sealed_file_open(p->o->sealed_file, &passphrase, &random, &p->d->sealed);
    if (st == HF_ERR_UNKNOWN) {
        HF_TRY(refuse(p, hf_sealed_file_create(p->o->sealed_file, &passphrase, &random),
                      "The sealed file cannot be made.", "Look at its folder and the disk."));
        st = hf_sealed_file_open(p->o->sealed_file, &passphrase, &random, &p->d->sealed);
    }
    HF_TRY(refuse(p, st, "The sealed file does not open.",
                  "The passphrase is another, the file was changed, or its mode is not 0600."));
    p->d->ports.secure_environment = hf_sealed_file_environment(p->d->sealed);
done:
    hf_secret_wipe(&passphrase);
    return st;
}

hf_status hf_device_open(const struct hf_device_options *options, struct hf_device **out,
                         struct hf_report *why)
{
    struct hf_device *d = hf_alloc(1, sizeof *d);
    struct opening p = {.d = d, .o = options, .why = why};
    hf_status st;

    HF_TRY(hf_report_set(why, HF_OK, "", NULL, NULL));
    HF_TRY(d != NULL ? HF_OK : HF_ERR_SYSTEM);
    hf_arena_init(&d->arena, HF_DEVICE_ARENA_MAX);
    hf_arena_init(&d->facts, HF_DEVICE_ARENA_MAX);
    d->ports.clock = hf_library_clock();
    d->ports.codec = hf_library_codec();
    HF_TRY(open_names(&p));
    HF_TRY(open_methods(&p));
    HF_TRY(open_trust(&p));
    HF_TRY(open_environment(&p));
    *out = d;
    d = NULL; /* now the caller's */
done:
    if (st != HF_OK && why != NULL && why->status == HF_OK)
        (void)hf_report_set(why, st, hf_status_sentence(st), NULL, NULL);
    hf_device_close(d);
    return st;
}

void hf_device_close(struct hf_device *d)
{
    if (d == NULL)
        return;
    hf_sealed_file_close(d->sealed);
    hf_trust_free(d->trust);
    hf_secret_wipe(&d->psk);
    hf_arena_done(&d->facts);
    hf_arena_done(&d->arena);
    hf_free(d);
}

struct hf_connection_end hf_device_end(const struct hf_device *d, const struct hf_node_end *end)
{
    struct hf_connection_end e = {
        .address = end->address, .port = end->port, .server_name = end->fqdn, .trust = d->trust};

    if (end->with_psk) {
        e.psk = end->psk;
        e.psk_identity = end->psk_identity;
    }
    if (end->with_certificate) {
        e.certificate_pem = d->certificate_pem;
        e.private_key_pem = d->private_key_pem;
    }
    return e;
}
