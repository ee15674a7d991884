/*
 * Resource content in JSON (TS-0004, 8.4): one object, one member "sec:<short>", short names.
 * codec/attributes.c is the one table of names, numbers, types and rules, project-assigned where
 * TS-0032 could not be had (digest 7.7).
 */
#ifndef HF_CODEC_CONTENT_H
#define HF_CODEC_CONTENT_H

#include "base/arena.h"
#include "base/wire.h"
#include "core/primitive/primitive.h"

enum hf_content_rule { HF_RULE_CREATE, HF_RULE_UPDATE, HF_RULE_ANSWER };

enum { HF_JSON_DEPTH_MAX = 16, HF_KEY_VALUE_MIN = 16, HF_KEY_VALUE_MAX = 64 };

/*
 * Reads `json` as content of `type` (0: whatever it names) under a rule: mandatory attributes
 * there, forbidden and unknown ones not, types and lengths right, duplicates refused, canonical
 * identifiers. HF_ERR_MALFORMED, HF_ERR_LIMIT; *fault then says which, a fixed sentence without
 * peer's octets.
 */
HF_CHECKED hf_status hf_content_read_json(struct hf_bytes json, unsigned type,
                                          enum hf_content_rule rule, struct hf_arena *a,
                                          struct hf_content *out, const char **fault);
/* Writes what `has` and `null` say, in the order of the table. */
HF_CHECKED hf_status hf_content_write_json(const struct hf_content *c, struct hf_writer *w);

/* A JSON string with quotes and escapes. */
void hf_put_json_string(struct hf_writer *w, struct hf_bytes text);

/*
 * The MEF client configuration: every output of bootstrapping but the key (design page, section 2).
 * Schema: docs/protocol/client-configuration.schema.json
 */
struct hf_client_configuration {
    struct hf_bytes provider; /* FQDN of the M2M service provider */
    struct hf_bytes node_id;
    struct hf_bytes cse_id;                      /* absolute; empty where the node has none */
    struct hf_list ae_ids;                       /* absolute */
    struct hf_bytes in_cse_id;                   /* absolute */
    struct hf_bytes maf_fqdn, maf_address;       /* address: numeric, or empty: resolve the FQDN */
    uint16_t maf_psk_port, maf_certificate_port; /* 0: not offered */
    struct hf_bytes gateway_address; /* of the IN-CSE's association listener; may be empty */
    uint16_t gateway_port;
    uint32_t lifetime_s; /* of the enrolment */
};

HF_CHECKED hf_status hf_client_configuration_write(const struct hf_client_configuration *c,
                                                   struct hf_writer *w);
HF_CHECKED hf_status hf_client_configuration_read(struct hf_bytes json, struct hf_arena *a,
                                                  struct hf_client_configuration *out);

/* The method list at /.well-known/handfast, best first. */
struct hf_method_offer {
    struct hf_bytes method; /* "certificate", "psk" */
    uint16_t port;
};
HF_CHECKED hf_status hf_method_list_write(struct hf_bytes mef_fqdn,
                                          const struct hf_method_offer *offers, size_t count,
                                          struct hf_writer *w);
HF_CHECKED hf_status hf_method_list_read(struct hf_bytes json, struct hf_arena *a,
                                         struct hf_bytes *mef_fqdn, struct hf_method_offer *offers,
                                         size_t *count /* in: room, out: read */);

#endif
