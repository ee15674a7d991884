#include <arpa/inet.h>

#include "codec/content.h"
#include "codec/forms.h"
#include "codec/json_load.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"

enum { VERSION = 1 };

/* Members that have nothing to say are left out. */
static void put_text(struct hf_writer *w, const char *name, struct hf_bytes text)
{
    if (text.len == 0)
        return;
    hf_put_text(w, name);
    hf_put_json_string(w, text);
}

static void put_number(struct hf_writer *w, const char *name, uint32_t n)
{
    if (n == 0)
        return;
    hf_put_text(w, name);
    hf_put_number(w, n);
}

static void put_ae_ids(struct hf_writer *w, struct hf_list ids)
{
    hf_put_text(w, ",\"aeIds\":[");
    for (size_t i = 0; i < ids.count; i++) {
        if (i > 0)
            hf_put_u8(w, ',');
        hf_put_json_string(w, ids.at[i]);
    }
    hf_put_u8(w, ']');
}

hf_status hf_client_configuration_write(const struct hf_client_configuration *c,
                                        struct hf_writer *w)
{
    put_number(w, "{\"version\":", VERSION);
    put_text(w, ",\"provider\":", c->provider);
    put_text(w, ",\"nodeId\":", c->node_id);
    put_text(w, ",\"cseId\":", c->cse_id);
    put_ae_ids(w, c->ae_ids);
    put_text(w, ",\"inCseId\":", c->in_cse_id);
    put_text(w, ",\"maf\":{\"fqdn\":", c->maf_fqdn);
    put_text(w, ",\"address\":", c->maf_address);
    put_number(w, ",\"pskPort\":", c->maf_psk_port);
    put_number(w, ",\"certificatePort\":", c->maf_certificate_port);
    hf_put_u8(w, '}');
    if (c->gateway_port != 0) {
        put_number(w, ",\"gateway\":{\"port\":", c->gateway_port);
        put_text(w, ",\"address\":", c->gateway_address);
        hf_put_u8(w, '}');
    }
    put_number(w, ",\"lifetime\":", c->lifetime_s);
    hf_put_u8(w, '}');
    return w->st;
}

/* A document as jansson unpacks it; texts are the document's own. */
struct draft {
    const char *provider, *node_id, *cse_id, *in_cse_id, *maf_fqdn, *maf_address, *gateway_address;
    json_t *ae_ids;
    json_int_t version, psk_port, certificate_port, gateway_port, lifetime_s;
};

/* jansson refuses what is of another type, missing without "?", or unknown. */
static hf_status unpack(json_t *document, struct draft *d)
{
    int answer = json_unpack_ex(
        document, NULL, JSON_STRICT,
        "{s:I,s:s,s:s,s?s,s:o,s:s,s:{s:s,s?s,s?I,s?I},s?{s:I,s?s},s:I}", "version", &d->version,
        "provider", &d->provider, "nodeId", &d->node_id, "cseId", &d->cse_id, "aeIds", &d->ae_ids,
        "inCseId", &d->in_cse_id, "maf", "fqdn", &d->maf_fqdn, "address", &d->maf_address,
        "pskPort", &d->psk_port, "certificatePort", &d->certificate_port, "gateway", "port",
        &d->gateway_port, "address", &d->gateway_address, "lifetime", &d->lifetime_s);

    return answer == 0 && d->version == VERSION ? HF_OK : HF_ERR_MALFORMED;
}

/* An absolute ID of one kind; an absent one is none. */
static hf_status read_entity(const char *text, enum hf_entity_kind kind, struct hf_arena *a,
                             struct hf_bytes *out)
{
    struct hf_entity_id id;
    hf_status st = HF_OK;

    if (text == NULL)
        return HF_OK;
    HF_TRY(hf_entity_id_parse(hf_text(text), &id));
    if (id.kind != kind)
        return HF_ERR_MALFORMED;
    HF_TRY(hf_entity_id_canonical(hf_text(text), a, out));
done:
    return st;
}

static hf_status read_ae_ids(const json_t *list, struct hf_arena *a, struct hf_list *out)
{
    size_t count = json_array_size(list);
    struct hf_bytes *ids;
    hf_status st = HF_OK;

    if (!json_is_array(list))
        return HF_ERR_MALFORMED;
    if (count > HF_ENTITIES_MAX)
        return HF_ERR_LIMIT;
    ids = hf_arena_take(a, count, sizeof *ids);
    if (ids == NULL && count > 0)
        return HF_ERR_LIMIT;
    for (size_t i = 0; i < count; i++) {
        const json_t *id = json_array_get(list, i);

        if (!json_is_string(id))
            return HF_ERR_MALFORMED;
        HF_TRY(read_entity(json_string_value(id), HF_ENTITY_AE, a, &ids[i]));
    }
    *out = (struct hf_list){ids, count};
done:
    return st;
}

/* Numeric, so that a node never resolves a name that the MAF's certificate does not vouch for. */
static hf_status read_address(const char *text, struct hf_arena *a, struct hf_bytes *out)
{
    uint8_t address[sizeof(struct in6_addr)];

    if (text == NULL)
        return HF_OK;
    if (inet_pton(AF_INET, text, address) != 1 && inet_pton(AF_INET6, text, address) != 1)
        return HF_ERR_MALFORMED;
    return hf_arena_copy(a, hf_text(text), out);
}

static hf_status read_port(json_int_t port, uint16_t *out)
{
    if (port < 0 || port > UINT16_MAX)
        return HF_ERR_MALFORMED;
    *out = (uint16_t)port;
    return HF_OK;
}

static hf_status read_texts(const struct draft *d, struct hf_arena *a,
                            struct hf_client_configuration *c)
{
    hf_status st;

    HF_TRY(hf_fqdn_canonical(hf_text(d->provider), a, &c->provider));
    HF_TRY(hf_form_read(HF_FORM_NODE_ID, hf_text(d->node_id), HF_NODE_ID_MAX, a, &c->node_id));
    HF_TRY(read_entity(d->cse_id, HF_ENTITY_CSE, a, &c->cse_id));
    HF_TRY(read_ae_ids(d->ae_ids, a, &c->ae_ids));
    HF_TRY(read_entity(d->in_cse_id, HF_ENTITY_CSE, a, &c->in_cse_id));
    HF_TRY(hf_fqdn_canonical(hf_text(d->maf_fqdn), a, &c->maf_fqdn));
    HF_TRY(read_address(d->maf_address, a, &c->maf_address));
    HF_TRY(read_address(d->gateway_address, a, &c->gateway_address));
done:
    return st;
}

static hf_status read_numbers(const struct draft *d, struct hf_client_configuration *c)
{
    hf_status st;

    HF_TRY(read_port(d->psk_port, &c->maf_psk_port));
    HF_TRY(read_port(d->certificate_port, &c->maf_certificate_port));
    HF_TRY(read_port(d->gateway_port, &c->gateway_port));
    if (d->lifetime_s < 1 || d->lifetime_s > UINT32_MAX)
        return HF_ERR_MALFORMED;
    c->lifetime_s = (uint32_t)d->lifetime_s;
done:
    return st;
}

hf_status hf_client_configuration_read(struct hf_bytes json, struct hf_arena *a,
                                       struct hf_client_configuration *out)
{
    struct hf_client_configuration c = {0};
    struct draft d = {0};
    json_t *document = NULL;
    const char *fault = NULL;
    hf_status st;

    HF_TRY(hf_json_load(json, &document, &fault));
    HF_TRY(unpack(document, &d));
    HF_TRY(read_texts(&d, a, &c));
    HF_TRY(read_numbers(&d, &c));
    *out = c;
done:
    json_decref(document);
    return st;
}
