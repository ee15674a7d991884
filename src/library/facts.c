#include "library/device_state.h"

#include <string.h>

#include "core/identity/entity_id.h"

/* A C string in the device's facts. */
static hf_status text(struct hf_device *d, struct hf_bytes b, const char **out)
{
    char *copy = hf_arena_take(&d->facts, b.len + 1, 1);

    if (copy == NULL)
        return HF_ERR_LIMIT;
    if (b.len > 0)
        memcpy(copy, b.at, b.len);
    *out = copy;
    return HF_OK;
}

static hf_status texts(struct hf_device *d, struct hf_list list, const char *const **out)
{
    const char **copy = hf_arena_take(&d->facts, list.count + 1, sizeof *copy);
    hf_status st = HF_OK;

    if (copy == NULL)
        return HF_ERR_LIMIT;
    for (size_t i = 0; i < list.count; i++)
        HF_TRY(text(d, list.at[i], &copy[i]));
    *out = copy;
done:
    return st;
}

static void forget_facts(struct hf_device *d)
{
    hf_arena_done(&d->facts);
    hf_arena_init(&d->facts, HF_DEVICE_ARENA_MAX);
}

hf_status hf_device_enrolment(struct hf_device *d, struct hf_device_enrolment *out)
{
    struct hf_device_enrolment f = {0};
    struct hf_enrolment e = {0};
    hf_status st;

    forget_facts(d);
    HF_TRY(hf_node_load_enrolment(&d->ports, HF_NODE_KM, &d->facts, &e, NULL));
    HF_TRY(text(d, e.provider, &f.provider));
    HF_TRY(text(d, e.mef_fqdn, &f.mef_fqdn));
    HF_TRY(text(d, e.node_id, &f.node_id));
    HF_TRY(text(d, e.cse_id, &f.cse_id));
    HF_TRY(text(d, e.in_cse_id, &f.in_cse_id));
    HF_TRY(text(d, e.maf_fqdn, &f.maf_fqdn));
    HF_TRY(text(d, e.key_id, &f.key_id));
    HF_TRY(texts(d, e.ae_ids, &f.ae_ids));
    f.ae_count = e.ae_ids.count;
    f.expires_s = e.expires_s;
    f.is_current = hf_enrolment_judge(&e, d->config.provider, d->config.mef_fqdn,
                                      hf_unix_time_s(&d->ports.clock))
                   == HF_ENROLMENT_CURRENT;
    *out = f;
done:
    return st;
}

/* The newest first: an entry forgotten does not move those before it. */
hf_status hf_device_forget(struct hf_device *d)
{
    const struct hf_secure_environment *se = &d->ports.secure_environment;
    struct hf_se_entry entry = {0};
    hf_status st = HF_OK;

    forget_facts(d);
    while ((st = se->at(se->self, 0, &entry)) == HF_OK) {
        struct hf_bytes name;

        hf_secret_wipe(&entry.key);
        HF_TRY(hf_arena_copy(&d->facts, entry.name, &name));
        HF_TRY(se->forget(se->self, name));
    }
    st = st == HF_ERR_UNKNOWN ? HF_OK : st;
done:
    hf_secret_wipe(&entry.key);
    forget_facts(d);
    return st;
}

hf_status hf_device_association(struct hf_device *d, const char *ae, const char *target,
                                struct hf_device_association *out)
{
    struct hf_device_association f = {0};
    struct hf_association c = {0};
    struct hf_bytes ae_id, target_id;
    hf_status st;

    forget_facts(d);
    HF_TRY(hf_entity_id_canonical(hf_text(ae), &d->facts, &ae_id));
    HF_TRY(hf_entity_id_canonical(hf_text(target), &d->facts, &target_id));
    HF_TRY(hf_node_load_association(&d->ports, ae_id, target_id, &d->facts, &c, NULL));
    HF_TRY(text(d, c.ae, &f.ae));
    HF_TRY(text(d, c.target, &f.target));
    HF_TRY(text(d, c.secure_connection_id, &f.secure_connection_id));
    HF_TRY(text(d, c.suite, &f.suite));
    HF_TRY(text(d, c.server_name, &f.server_name));
    HF_TRY(text(d, c.address, &f.address));
    f.port = c.port;
    f.suid = c.suid;
    f.expires_s = c.expires_s;
    *out = f;
    st = hf_unix_time_s(&d->ports.clock) < c.expires_s ? HF_OK : HF_ERR_EXPIRED;
done:
    return st;
}
