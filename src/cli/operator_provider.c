#include "cli/operator_plan.h"

#include <stdio.h>

#include "base/wire.h"
#include "crypto/random.h"
#include "daemon/system_ports.h"
#include "secure_environment/soft/sealed_file.h"

enum { CONFIGURATION_ROOM = 4096, NAME_ROOM = 256, RANDOM_LEN = 32 };

/* One row a server certificate: file names, and the label before the provider's domain. */
static const struct {
    const char *label, *certificate, *key;
} servers[] = {
    {"mef",    "tls/mef.pem",    "tls/mef.key"   },
    {"maf",    "tls/maf.pem",    "tls/maf.key"   },
    {"in-cse", "tls/in-cse.pem", "tls/in-cse.key"},
};

/* @ stands for the provider's FQDN, $0 to $5 for the ports of enum hf_init_port. */
static const char configuration[] =
    "# Configuration of handfastd; see handfast.yaml(5). Check it with: handfastd --check\n"
    "provider: @\n"
    "in_cse: //@/in-cse\n"
    "state: state\n"
    "workers: 1\n"
    "log_level: info\n"
    "secure_environment:\n"
    "  sealed_file: secret/root.sealed\n"
    "  passphrase_file: secret/passphrase\n"
    "mef:\n"
    "  fqdn: mef.@\n"
    "  listen: 127.0.0.1\n"
    "  certificate_port: $0\n"
    "  psk_port: $1\n"
    "  certificate: tls/mef.pem\n"
    "  private_key: tls/mef.key\n"
    "  device_anchors: ca/device-ca.pem\n"
    "  infrastructure_anchors: ca/provider-ca.pem\n"
    "  mafs: [maf.@]\n"
    "  maf:\n"
    "    fqdn: maf.@\n"
    "    address: 127.0.0.1\n"
    "    port: $2\n"
    "    psk_port: $3\n"
    "  gateway:\n"
    "    address: 127.0.0.1\n"
    "    port: $4\n"
    "maf:\n"
    "  fqdn: maf.@\n"
    "  listen: 127.0.0.1\n"
    "  certificate_port: $2\n"
    "  psk_port: $3\n"
    "  certificate: tls/maf.pem\n"
    "  private_key: tls/maf.key\n"
    "  entity_anchors: ca/provider-ca.pem\n"
    "  infrastructure_anchors: ca/provider-ca.pem\n"
    "  mef:\n"
    "    fqdn: mef.@\n"
    "    address: 127.0.0.1\n"
    "    port: $0\n"
    "gateway:\n"
    "  cse: //@/in-cse\n"
    "  listen: 127.0.0.1\n"
    "  psk_port: $4\n"
    "  certificate: tls/in-cse.pem\n"
    "  private_key: tls/in-cse.key\n"
    "  infrastructure_anchors: ca/provider-ca.pem\n"
    "  maf:\n"
    "    fqdn: maf.@\n"
    "    address: 127.0.0.1\n"
    "    port: $2\n"
    "  upstream:\n"
    "    address: 127.0.0.1\n"
    "    port: $5\n";

hf_status hf_init_random_file(const struct hf_init_plan *p, const char *name, struct hf_bytes *text)
{
    uint8_t random[RANDOM_LEN], room[2 * RANDOM_LEN + 1];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes whole;
    hf_status st;

    HF_TRY(hf_random_fill(random, sizeof random));
    hf_put_hex(&w, hf_bytes_of(random, sizeof random));
    if (text != NULL)
        HF_TRY(hf_arena_copy(p->arena, hf_bytes_of(room, w.used), text));
    hf_put_text(&w, "\n");
    HF_TRY(hf_writer_finish(&w, &whole));
    HF_TRY(hf_tree_file(p->tree, name, true, whole));
done:
    hf_wipe(random, sizeof random);
    hf_wipe(room, sizeof room);
    return st;
}

static hf_status write_authority(const struct hf_init_plan *p, const struct hf_authority *a,
                                 const char *certificate, const char *key)
{
    hf_status st;

    HF_TRY(hf_tree_file(p->tree, certificate, false, a->certificate));
    HF_TRY(hf_tree_file(p->tree, key, true, a->key));
done:
    return st;
}

static hf_status write_servers(const struct hf_init_plan *p)
{
    hf_status st = HF_OK;

    for (size_t i = 0; i < HF_COUNT(servers); i++) {
        char fqdn[NAME_ROOM];
        struct hf_issued made;

        snprintf(fqdn, sizeof fqdn, "%s.%s", servers[i].label, p->provider);
        HF_TRY(hf_issue_for_fqdn(p->arena, &p->provider_ca, fqdn, p->now_s, &made));
        HF_TRY(hf_tree_file(p->tree, servers[i].certificate, false, made.certificate));
        HF_TRY(hf_tree_file(p->tree, servers[i].key, true, made.key));
    }
done:
    return st;
}

static hf_status write_root_key(const struct hf_init_plan *p)
{
    char path[PATH_MAX];
    struct hf_random random = hf_system_random();
    struct hf_secret passphrase = {0};
    struct hf_bytes text;
    hf_status st;

    HF_TRY(hf_init_random_file(p, "secret/passphrase", &text));
    HF_TRY(hf_secret_set(&passphrase, text));
    HF_TRY(hf_tree_where(p->tree, "secret/root.sealed", path));
    HF_TRY(hf_sealed_file_create(path, &passphrase, &random));
done:
    hf_secret_wipe(&passphrase);
    return st;
}

static hf_status write_configuration(const struct hf_init_plan *p)
{
    uint8_t room[CONFIGURATION_ROOM];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes whole;
    hf_status st;

    for (const char *c = configuration; *c != '\0'; c++) {
        if (*c == '@')
            hf_put_text(&w, p->provider);
        else if (*c == '$')
            hf_put_number(&w, p->ports[*++c - '0']);
        else
            hf_put_u8(&w, (uint8_t)*c);
    }
    HF_TRY(hf_writer_finish(&w, &whole));
    HF_TRY(hf_tree_file(p->tree, "handfast.yaml", false, whole));
done:
    return st;
}

hf_status hf_init_provider(struct hf_init_plan *p)
{
    static const char *const folders[] = {"ca", "tls", "secret", "state"};
    hf_status st;

    for (size_t i = 0; i < HF_COUNT(folders); i++)
        HF_TRY(hf_tree_folder(p->tree, folders[i]));
    HF_TRY(hf_provider_authority(p->arena, p->provider, p->now_s, &p->provider_ca));
    HF_TRY(hf_device_authority(p->arena, p->provider, p->now_s, &p->device_ca));
    HF_TRY(write_authority(p, &p->provider_ca, "ca/provider-ca.pem", "ca/provider-ca.key"));
    HF_TRY(write_authority(p, &p->device_ca, "ca/device-ca.pem", "ca/device-ca.key"));
    HF_TRY(write_servers(p));
    HF_TRY(write_root_key(p));
    HF_TRY(write_configuration(p));
done:
    return st;
}
