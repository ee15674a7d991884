#include "cli/operator_plan.h"

#include <stdio.h>

#include "base/secret.h"
#include "base/wire.h"

enum { NODE_ROOM = 2048, LINES_ROOM = 4096, NAME_ROOM = 64 };

#define DEVICE_1_OID "0.2.481.1.100.3030.10011"
#define DEVICE_2_OID "0.2.481.1.100.3030.10012"
#define LIFETIME     "30d"

static void put_node_head(struct hf_writer *w, const struct hf_init_plan *p)
{
    hf_put_text(w,
                "# Configuration of the node side; see the manual page handfast(1).\nprovider: ");
    hf_put_text(w, p->provider);
    hf_put_text(w, "\nmef:\n  fqdn: mef.");
    hf_put_text(w, p->provider);
    hf_put_text(w, "\n  address: 127.0.0.1\n  certificate_port: ");
    hf_put_number(w, p->ports[HF_PORT_MEF_CERTIFICATE]);
    hf_put_text(w, "\n  psk_port: ");
    hf_put_number(w, p->ports[HF_PORT_MEF_PSK]);
    hf_put_text(w, "\n");
}

static hf_status write_node_file(const struct hf_init_plan *p, const char *name,
                                 const char *credential, const char *identity)
{
    uint8_t room[NODE_ROOM];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes whole;
    hf_status st;

    put_node_head(&w, p);
    hf_put_text(&w, credential);
    if (identity != NULL) {
        hf_put_text(&w, "psk_identity: ");
        hf_put_text(&w, identity);
        hf_put_text(&w, p->provider);
        hf_put_text(&w, "\n");
    }
    hf_put_text(&w, "sealed_file: node.sealed\npassphrase_file: passphrase\n");
    HF_TRY(hf_writer_finish(&w, &whole));
    HF_TRY(hf_tree_file(p->tree, name, false, whole));
done:
    return st;
}

static hf_status write_common(const struct hf_init_plan *p, const char *folder)
{
    char name[NAME_ROOM];
    hf_status st;

    HF_TRY(hf_tree_folder(p->tree, folder));
    snprintf(name, sizeof name, "%s/provider-ca.pem", folder);
    HF_TRY(hf_tree_file(p->tree, name, false, p->provider_ca.certificate));
    snprintf(name, sizeof name, "%s/passphrase", folder);
    HF_TRY(hf_init_random_file(p, name, NULL));
done:
    return st;
}

static hf_status write_certificate_device(const struct hf_init_plan *p)
{
    struct hf_issued made;
    hf_status st;

    HF_TRY(write_common(p, "factory/device-1"));
    HF_TRY(hf_issue_for_device(p->arena, &p->device_ca, DEVICE_1_OID, p->now_s, &made));
    HF_TRY(hf_tree_file(p->tree, "factory/device-1/device.pem", false, made.certificate));
    HF_TRY(hf_tree_file(p->tree, "factory/device-1/device.key", true, made.key));
    HF_TRY(write_node_file(p, "factory/device-1/node.yaml",
                           "methods: [certificate]\n"
                           "anchors: provider-ca.pem\n"
                           "certificate: device.pem\n"
                           "private_key: device.key\n",
                           NULL));
done:
    return st;
}

static hf_status write_psk_device(const struct hf_init_plan *p, struct hf_bytes *kpm)
{
    hf_status st;

    HF_TRY(write_common(p, "factory/device-2"));
    HF_TRY(hf_init_random_file(p, "factory/device-2/kpm.key", kpm));
    HF_TRY(write_node_file(p, "factory/device-2/node.yaml",
                           "methods: [psk]\n"
                           "anchors: provider-ca.pem\n"
                           "psk_file: kpm.key\n",
                           "kpm1@mef."));
done:
    return st;
}

static void put_entities(struct hf_writer *w, const char *provider, const char *oid,
                         const char *cse)
{
    static const char *const stems[] = {"Csensor", "Cmeter"};

    hf_put_text(w, "\"node_id\":\"");
    hf_put_text(w, oid);
    hf_put_text(w, "\",\"cse_id\":\"//");
    hf_put_text(w, provider);
    hf_put_text(w, cse);
    hf_put_text(w, "\",\"ae_ids\":[");
    for (size_t i = 0; i < HF_COUNT(stems); i++) {
        hf_put_text(w, i == 0 ? "\"//" : ",\"//");
        hf_put_text(w, provider);
        hf_put_text(w, cse);
        hf_put_text(w, "/");
        hf_put_text(w, stems[i]);
        hf_put_text(w, "\"");
    }
    hf_put_text(w, "],\"lifetime\":\"" LIFETIME "\"}\n");
}

static hf_status write_import_file(const struct hf_init_plan *p, struct hf_bytes kpm)
{
    uint8_t room[LINES_ROOM];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes whole;
    hf_status st;

    hf_put_text(&w, "{\"credential\":\"device:" DEVICE_1_OID "\",");
    put_entities(&w, p->provider, DEVICE_1_OID, "/asn-1");
    hf_put_text(&w, "{\"kpm_id\":\"kpm1@mef.");
    hf_put_text(&w, p->provider);
    hf_put_text(&w, "\",\"kpm\":\"");
    hf_put_bytes(&w, kpm);
    hf_put_text(&w, "\",");
    put_entities(&w, p->provider, DEVICE_2_OID, "/asn-2");
    HF_TRY(hf_writer_finish(&w, &whole));
    HF_TRY(hf_tree_file(p->tree, "factory/devices.jsonl", true, whole));
done:
    hf_wipe(room, sizeof room);
    return st;
}

hf_status hf_init_factory(const struct hf_init_plan *p)
{
    struct hf_bytes kpm = {0};
    hf_status st;

    HF_TRY(hf_tree_folder(p->tree, "factory"));
    HF_TRY(write_certificate_device(p));
    HF_TRY(write_psk_device(p, &kpm));
    HF_TRY(write_import_file(p, kpm));
done:
    return st;
}
