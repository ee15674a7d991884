#include "role/node/node.h"

#include "core/identity/suid.h"

static hf_status find(const struct hf_node_ports *ports, struct hf_bytes name,
                      struct hf_se_entry *out)
{
    return ports->secure_environment.find(ports->secure_environment.self, name, out);
}

hf_status hf_node_load_enrolment(const struct hf_node_ports *ports, const char *name,
                                 struct hf_arena *a, struct hf_enrolment *out,
                                 struct hf_secret *key)
{
    struct hf_se_entry entry = {0};
    struct hf_enrolment e = {0};
    hf_status st;

    HF_TRY(find(ports, hf_text(name), &entry));
    HF_TRY(ports->codec.read_enrolment(ports->codec.self, entry.attributes, a, &e));
    e.expires_s = entry.expires_s; /* the entry's own word, whatever the facts say */
    if (key != NULL)
        *key = entry.key;
    *out = e;
done:
    hf_secret_wipe(&entry.key);
    return st;
}

hf_status hf_node_load_association(const struct hf_node_ports *ports, struct hf_bytes ae,
                                   struct hf_bytes target, struct hf_arena *a,
                                   struct hf_association *out, struct hf_secret *key)
{
    struct hf_se_entry entry = {0};
    struct hf_association c = {0};
    struct hf_bytes name;
    hf_status st;

    HF_TRY(hf_association_name(ae, target, a, &name));
    HF_TRY(find(ports, name, &entry));
    HF_TRY(ports->codec.read_association(ports->codec.self, entry.attributes, a, &c));
    c.expires_s = entry.expires_s;
    c.suid = entry.suid;
    if (key != NULL)
        *key = entry.key;
    *out = c;
done:
    hf_secret_wipe(&entry.key);
    return st;
}

static hf_status put(const struct hf_node_ports *ports, struct hf_se_entry *entry)
{
    return ports->secure_environment.put(ports->secure_environment.self, entry);
}

hf_status hf_node_save_enrolment(const struct hf_node_ports *ports, const char *name,
                                 const struct hf_enrolment *e, const struct hf_secret *key)
{
    uint8_t room[HF_SE_ATTRIBUTES_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_se_entry entry = {
        .name = hf_text(name), .suid = HF_SUID_RSPF_MAF, .expires_s = e->expires_s, .key = *key};
    hf_status st;

    HF_TRY(ports->codec.write_enrolment(ports->codec.self, e, &w));
    HF_TRY(hf_writer_finish(&w, &entry.attributes));
    HF_TRY(put(ports, &entry));
done:
    hf_secret_wipe(&entry.key);
    return st;
}

hf_status hf_node_save_association(const struct hf_node_ports *ports,
                                   const struct hf_association *c, struct hf_arena *a,
                                   const struct hf_secret *key)
{
    uint8_t room[HF_SE_ATTRIBUTES_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_se_entry entry = {.suid = c->suid, .expires_s = c->expires_s, .key = *key};
    hf_status st;

    HF_TRY(hf_association_name(c->ae, c->target, a, &entry.name));
    HF_TRY(ports->codec.write_association(ports->codec.self, c, &w));
    HF_TRY(hf_writer_finish(&w, &entry.attributes));
    HF_TRY(put(ports, &entry));
done:
    hf_secret_wipe(&entry.key);
    return st;
}
