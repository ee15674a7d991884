/*
 * The one table of resource types and attributes of Mmef and Mmaf: names, numbers, JSON kinds,
 * limits, and who may say what when (digest 7.7).  Published as docs/protocol/resources.md.
 */
#ifndef HF_CODEC_ATTRIBUTES_H
#define HF_CODEC_ATTRIBUTES_H

#include "codec/content.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "core/identity/key_id.h"

enum hf_json_kind {
    HF_JSON_NUMBER,  /* unsigned */
    HF_JSON_FLAG,    /* bool */
    HF_JSON_TIME,    /* uint64_t, a timestamp's text */
    HF_JSON_TEXT,    /* struct hf_bytes */
    HF_JSON_TEXTS,   /* struct hf_list */
    HF_JSON_NUMBERS, /* struct hf_list of decimal texts, an array of numbers */
    HF_JSON_KEY,     /* struct hf_secret, base64 */
};

/* What a text has to be, and the canonical form it is read into. */
enum hf_text_form {
    HF_FORM_NONE,
    HF_FORM_ANY,         /* UTF-8 */
    HF_FORM_LABEL,       /* UTF-8 that prints */
    HF_FORM_NAME,        /* unreserved characters; 32 hex digits in upper case */
    HF_FORM_RELATIVE_ID, /* relative key identifier; the same */
    HF_FORM_KEY_ID,
    HF_FORM_FQDN,
    HF_FORM_ENTITY,      /* absolute CSE-ID, AE-ID, or function "//fqdn" */
    HF_FORM_NODE_ENTITY, /* absolute CSE-ID or AE-ID */
    HF_FORM_TARGET,      /* HF_FORM_ENTITY; for a key toward a MAF also its bare FQDN */
    HF_FORM_NODE_ID,
    HF_FORM_METHOD,     /* word of a bootstrap method */
    HF_FORM_CAPABILITY, /* word of an Enrolee's capability */
};

enum { HF_TYPE_COUNT = HF_TYPE_PROVISION + 1, HF_METHODS_MAX = 8 };

struct hf_attribute_row {
    enum hf_attribute attribute;
    const char *name;
    const char *missing, *forbidden, *wrong; /* sentences */
    enum hf_json_kind kind;
    enum hf_text_form form;
    size_t offset;               /* in struct hf_content */
    size_t max;                  /* the number, or octets of (each) text */
    size_t count_min, count_max; /* of a list */
    /*
     * For each type the letters of create, update and answer:
     * M mandatory, O optional, D optional and null deletes, N null only, - not permitted.
     */
    const char *rules[HF_TYPE_COUNT];
};

extern const struct hf_attribute_row hf_attributes[HF_A_COUNT]; /* in the order of writing */

/* NULL: no such attribute. */
const struct hf_attribute_row *hf_attribute_named(struct hf_bytes name);
char hf_attribute_rule(const struct hf_attribute_row *row, enum hf_resource_type type,
                       enum hf_content_rule rule);
/* "skr"; NULL: no such type. */
const char *hf_type_name(unsigned type);
/* HF_TYPE_NONE: no such type. */
enum hf_resource_type hf_type_named(struct hf_bytes name);

#endif
