#include "codec/node_facts.h"

#include <stddef.h>

#include "codec/content.h"
#include "codec/json_load.h"

enum fact_kind { FACT_TEXT, FACT_LIST, FACT_PORT, FACT_U32, FACT_TIME };

/* One row a fact: reader and writer come from the rows. */
struct fact {
    const char *name;
    enum fact_kind kind;
    size_t offset;
};

#define E(member) offsetof(struct hf_enrolment, member)
static const struct fact enrolment_facts[] = {
    {"provider",        FACT_TEXT, E(provider)        },
    {"mefFqdn",         FACT_TEXT, E(mef_fqdn)        },
    {"nodeId",          FACT_TEXT, E(node_id)         },
    {"keyId",           FACT_TEXT, E(key_id)          },
    {"keId",            FACT_TEXT, E(ke_id)           },
    {"cseId",           FACT_TEXT, E(cse_id)          },
    {"aeIds",           FACT_LIST, E(ae_ids)          },
    {"inCseId",         FACT_TEXT, E(in_cse_id)       },
    {"mafFqdn",         FACT_TEXT, E(maf_fqdn)        },
    {"mafAddress",      FACT_TEXT, E(maf_address)     },
    {"mafPskPort",      FACT_PORT, E(maf_psk_port)    },
    {"gatewayAddress",  FACT_TEXT, E(gateway_address) },
    {"gatewayPort",     FACT_PORT, E(gateway_port)    },
    {"lifetime",        FACT_U32,  E(lifetime_s)      },
    {"expires",         FACT_TIME, E(expires_s)       },
    {"mefRegistration", FACT_TEXT, E(mef_registration)},
    {"mafRegistration", FACT_TEXT, E(maf_registration)},
};
#undef E

#define A(member) offsetof(struct hf_association, member)
static const struct fact association_facts[] = {
    {"ae",                 FACT_TEXT, A(ae)                  },
    {"target",             FACT_TEXT, A(target)              },
    {"secureConnectionId", FACT_TEXT, A(secure_connection_id)},
    {"expires",            FACT_TIME, A(expires_s)           },
    {"suite",              FACT_TEXT, A(suite)               },
    {"serverName",         FACT_TEXT, A(server_name)         },
    {"address",            FACT_TEXT, A(address)             },
    {"port",               FACT_PORT, A(port)                },
};
#undef A

static void put_list(struct hf_writer *w, const struct hf_list *list)
{
    hf_put_u8(w, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            hf_put_u8(w, ',');
        hf_put_json_string(w, list->at[i]);
    }
    hf_put_u8(w, ']');
}

static void put_fact(struct hf_writer *w, enum fact_kind kind, const void *at)
{
    switch (kind) {
    case FACT_TEXT:
        hf_put_json_string(w, *(const struct hf_bytes *)at);
        return;
    case FACT_LIST:
        put_list(w, at);
        return;
    case FACT_PORT:
        hf_put_number(w, *(const uint16_t *)at);
        return;
    case FACT_U32:
        hf_put_number(w, *(const uint32_t *)at);
        return;
    case FACT_TIME:
        hf_put_number(w, *(const uint64_t *)at);
        return;
    }
}

static hf_status write_facts(const struct fact *facts, size_t count, const void *values,
                             struct hf_writer *w)
{
    for (size_t i = 0; i < count; i++) {
        hf_put_u8(w, i == 0 ? '{' : ',');
        hf_put_json_string(w, hf_text(facts[i].name));
        hf_put_u8(w, ':');
        put_fact(w, facts[i].kind, (const uint8_t *)values + facts[i].offset);
    }
    hf_put_u8(w, '}');
    return w->st;
}

static hf_status read_list(const json_t *value, struct hf_arena *a, struct hf_list *out)
{
    size_t count = json_array_size(value);
    struct hf_bytes *items;
    hf_status st = HF_OK;

    if (!json_is_array(value) || count > HF_ENTITIES_MAX)
        return HF_ERR_MALFORMED;
    items = hf_arena_take(a, count == 0 ? 1 : count, sizeof *items);
    if (items == NULL)
        return HF_ERR_LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (!json_is_string(json_array_get(value, i)))
            return HF_ERR_MALFORMED;
        HF_TRY(hf_arena_copy(a, hf_json_text(json_array_get(value, i)), &items[i]));
    }
    *out = (struct hf_list){items, count};
done:
    return st;
}

static hf_status read_number(const json_t *value, json_int_t max, uint64_t *out)
{
    json_int_t n = json_integer_value(value);

    if (!json_is_integer(value) || n < 0 || n > max)
        return HF_ERR_MALFORMED;
    *out = (uint64_t)n;
    return HF_OK;
}

static hf_status read_fact(const json_t *value, enum fact_kind kind, struct hf_arena *a, void *at)
{
    uint64_t n = 0;
    hf_status st = HF_OK;

    switch (kind) {
    case FACT_TEXT:
        return json_is_string(value) ? hf_arena_copy(a, hf_json_text(value), at) : HF_ERR_MALFORMED;
    case FACT_LIST:
        return read_list(value, a, at);
    case FACT_PORT:
        HF_TRY(read_number(value, UINT16_MAX, &n));
        *(uint16_t *)at = (uint16_t)n;
        break;
    case FACT_U32:
        HF_TRY(read_number(value, UINT32_MAX, &n));
        *(uint32_t *)at = (uint32_t)n;
        break;
    case FACT_TIME:
        HF_TRY(read_number(value, INT64_MAX, at));
        break;
    }
done:
    return st;
}

/* A fact that an older version did not write is none. */
static hf_status read_facts(const struct fact *facts, size_t count, struct hf_bytes json,
                            struct hf_arena *a, void *values)
{
    json_t *document = NULL;
    const char *fault = NULL;
    hf_status st;

    HF_TRY(hf_json_load(json, &document, &fault));
    HF_TRY(json_is_object(document) ? HF_OK : HF_ERR_MALFORMED);
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(document, facts[i].name);

        if (value != NULL)
            HF_TRY(read_fact(value, facts[i].kind, a, (uint8_t *)values + facts[i].offset));
    }
done:
    json_decref(document);
    return st;
}

hf_status hf_enrolment_write(const struct hf_enrolment *e, struct hf_writer *w)
{
    return write_facts(enrolment_facts, HF_COUNT(enrolment_facts), e, w);
}

hf_status hf_enrolment_read(struct hf_bytes json, struct hf_arena *a, struct hf_enrolment *out)
{
    struct hf_enrolment e = {0};
    hf_status st;

    HF_TRY(read_facts(enrolment_facts, HF_COUNT(enrolment_facts), json, a, &e));
    *out = e;
done:
    return st;
}

hf_status hf_association_write(const struct hf_association *c, struct hf_writer *w)
{
    return write_facts(association_facts, HF_COUNT(association_facts), c, w);
}

hf_status hf_association_read(struct hf_bytes json, struct hf_arena *a, struct hf_association *out)
{
    struct hf_association c = {0};
    hf_status st;

    HF_TRY(read_facts(association_facts, HF_COUNT(association_facts), json, a, &c));
    *out = c;
done:
    return st;
}

hf_status hf_enrolment_read_configuration(struct hf_bytes json, struct hf_arena *a,
                                          struct hf_enrolment *out)
{
    struct hf_client_configuration c = {0};
    hf_status st;

    HF_TRY(hf_client_configuration_read(json, a, &c));
    out->provider = c.provider;
    out->node_id = c.node_id;
    out->cse_id = c.cse_id;
    out->ae_ids = c.ae_ids;
    out->in_cse_id = c.in_cse_id;
    out->maf_fqdn = c.maf_fqdn;
    out->maf_address = c.maf_address;
    out->maf_psk_port = c.maf_psk_port;
    out->gateway_address = c.gateway_address;
    out->gateway_port = c.gateway_port;
    out->lifetime_s = c.lifetime_s;
done:
    return st;
}
