#include "crypto/x509_names.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "base/wire.h"
#include "crypto/x509_inside.h"

#define DEVICE_INDICATION    "0.2.481.1"
#define PERMANENT_IDENTIFIER "1.3.6.1.5.5.7.8.3" /* RFC 4043 */

enum {
    DER_RELATIVE_OID = 0x0d,
    DER_UTF8_STRING = 0x0c,
    DER_SEQUENCE = 0x30,
    NAME_MAX_LEN = 127, /* so that a length is one octet */
    ARC_GROUP_BITS = 7,
    ARC_GROUPS_MAX = 10 /* of 64 bits */
};

/* Base 128, most significant group first (X.690, 8.19.2). */
static void put_arc(struct hf_writer *w, uint64_t arc)
{
    uint8_t group[ARC_GROUPS_MAX];
    size_t count = 0;

    do {
        group[count++] = (uint8_t)(arc & 0x7f);
        arc >>= ARC_GROUP_BITS;
    } while (arc > 0);
    while (count-- > 0)
        hf_put_u8(w, (uint8_t)(group[count] | (count > 0 ? 0x80 : 0)));
}

/* One TLV whose content is short. */
static hf_status wrap(uint8_t tag, struct hf_bytes content, struct hf_writer *w,
                      struct hf_bytes *out)
{
    if (content.len > NAME_MAX_LEN)
        return HF_ERR_LIMIT;
    hf_put_u8(w, tag);
    hf_put_u8_bytes(w, content);
    return hf_writer_finish(w, out);
}

/* The arcs behind the Device Indication ID, one at least. */
static hf_status put_remaining_arcs(struct hf_writer *w, const char *dotted)
{
    struct hf_bytes rest = hf_text(dotted), arc;
    uint64_t number = 0;

    if (!hf_bytes_start_with(rest, HF_LITERAL(DEVICE_INDICATION ".")))
        return HF_ERR_MALFORMED;
    rest = hf_bytes_from(rest, sizeof DEVICE_INDICATION);
    while (hf_bytes_split(rest, '.', &arc, &rest)) {
        if (!hf_bytes_to_number(arc, UINT64_MAX, &number))
            return HF_ERR_MALFORMED;
        put_arc(w, number);
    }
    if (!hf_bytes_to_number(rest, UINT64_MAX, &number))
        return HF_ERR_MALFORMED;
    put_arc(w, number);
    return HF_OK;
}

/* otherName { type-id, value } where the value is DER already. */
static hf_status set_other_name(GENERAL_NAME *name, const char *type_id, struct hf_bytes value)
{
    ASN1_OBJECT *type = OBJ_txt2obj(type_id, 1);
    ASN1_STRING *octets = ASN1_STRING_type_new(V_ASN1_OTHER);
    ASN1_TYPE *any = ASN1_TYPE_new();
    hf_status st;

    HF_TRY(hf_x509_need(type != NULL && octets != NULL && any != NULL
                        && ASN1_STRING_set(octets, value.at, (int)value.len) == 1));
    ASN1_TYPE_set(any, V_ASN1_OTHER, octets);
    octets = NULL; /* now any's */
    HF_TRY(hf_x509_need(GENERAL_NAME_set0_othername(name, type, any) == 1));
    type = NULL; /* now the name's */
    any = NULL;

done:
    ASN1_TYPE_free(any);
    ASN1_STRING_free(octets);
    ASN1_OBJECT_free(type);
    return st;
}

static hf_status set_device(GENERAL_NAME *name, const char *dotted)
{
    uint8_t arcs[NAME_MAX_LEN], room[NAME_MAX_LEN + 2];
    struct hf_writer content = hf_writer_over(arcs, sizeof arcs);
    struct hf_writer value = hf_writer_over(room, sizeof room);
    struct hf_bytes b;
    hf_status st;

    HF_TRY(put_remaining_arcs(&content, dotted));
    HF_TRY(hf_writer_finish(&content, &b));
    HF_TRY(wrap(DER_RELATIVE_OID, b, &value, &b));
    HF_TRY(set_other_name(name, DEVICE_INDICATION, b));

done:
    return st;
}

static hf_status set_text(GENERAL_NAME *name, int kind, const char *text)
{
    ASN1_IA5STRING *s = ASN1_IA5STRING_new();

    if (s == NULL || ASN1_STRING_set(s, text, -1) != 1) {
        ASN1_IA5STRING_free(s);
        return hf_x509_need(false);
    }
    GENERAL_NAME_set0_value(name, kind, s);
    return HF_OK;
}

static hf_status set_permanent_identifier(GENERAL_NAME *name, const char *text)
{
    uint8_t inner_room[NAME_MAX_LEN + 2], outer_room[NAME_MAX_LEN + 4];
    struct hf_writer inner = hf_writer_over(inner_room, sizeof inner_room);
    struct hf_writer outer = hf_writer_over(outer_room, sizeof outer_room);
    struct hf_bytes b;
    hf_status st;

    HF_TRY(wrap(DER_UTF8_STRING, hf_text(text), &inner, &b));
    HF_TRY(wrap(DER_SEQUENCE, b, &outer, &b));
    HF_TRY(set_other_name(name, PERMANENT_IDENTIFIER, b));

done:
    return st;
}

/* Digest, A22. */
static hf_status set_node(GENERAL_NAME *name, const char *node_id)
{
    ASN1_OBJECT *oid;

    if (hf_bytes_start_with(hf_text(node_id), HF_LITERAL("urn:")))
        return set_text(name, GEN_URI, node_id);
    if (node_id[strspn(node_id, "0123456789.")] != '\0')
        return set_permanent_identifier(name, node_id);
    oid = OBJ_txt2obj(node_id, 1);
    if (oid == NULL) {
        ERR_clear_error();
        return HF_ERR_MALFORMED;
    }
    GENERAL_NAME_set0_value(name, GEN_RID, oid);
    return HF_OK;
}

hf_status hf_x509_add_alt_name(X509 *x, const struct hf_x509_order *o)
{
    int kinds =
        (o->dns_name != NULL) + (o->uri != NULL) + (o->hardware_oid != NULL) + (o->node_id != NULL);
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    GENERAL_NAME *name = GENERAL_NAME_new();
    hf_status st;

    HF_TRY(hf_x509_need(names != NULL && name != NULL));
    HF_TRY(kinds <= 1 ? HF_OK : HF_ERR_MALFORMED);
    if (o->dns_name != NULL)
        HF_TRY(set_text(name, GEN_DNS, o->dns_name));
    if (o->uri != NULL)
        HF_TRY(set_text(name, GEN_URI, o->uri));
    if (o->hardware_oid != NULL)
        HF_TRY(set_device(name, o->hardware_oid));
    if (o->node_id != NULL)
        HF_TRY(set_node(name, o->node_id));
    if (kinds == 1) {
        HF_TRY(hf_x509_need(sk_GENERAL_NAME_push(names, name) > 0));
        name = NULL; /* now the list's */
        HF_TRY(hf_x509_need(X509_add1_ext_i2d(x, NID_subject_alt_name, names, 0, 0) == 1));
    }

done:
    GENERAL_NAME_free(name);
    GENERAL_NAMES_free(names);
    return st;
}

/* An empty subtree in `list`; its base is for the caller to fill. */
static hf_status add_subtree(STACK_OF(GENERAL_SUBTREE) * list, GENERAL_NAME **base)
{
    GENERAL_SUBTREE *subtree = GENERAL_SUBTREE_new();

    if (subtree == NULL || sk_GENERAL_SUBTREE_push(list, subtree) <= 0) {
        GENERAL_SUBTREE_free(subtree);
        return hf_x509_need(false);
    }
    *base = subtree->base;
    return HF_OK;
}

hf_status hf_x509_add_constraints(X509 *x, const struct hf_x509_order *o)
{
    NAME_CONSTRAINTS *constraints;
    GENERAL_NAME *base = NULL;
    hf_status st;

    if (o->permitted_dns == NULL && o->permitted_uri_host == NULL
        && o->permitted_hardware_oid == NULL)
        return HF_OK;
    constraints = NAME_CONSTRAINTS_new();
    HF_TRY(hf_x509_need(constraints != NULL));
    constraints->permittedSubtrees = sk_GENERAL_SUBTREE_new_null();
    HF_TRY(hf_x509_need(constraints->permittedSubtrees != NULL));
    if (o->permitted_dns != NULL) {
        HF_TRY(add_subtree(constraints->permittedSubtrees, &base));
        HF_TRY(set_text(base, GEN_DNS, o->permitted_dns));
    }
    if (o->permitted_uri_host != NULL) {
        HF_TRY(add_subtree(constraints->permittedSubtrees, &base));
        HF_TRY(set_text(base, GEN_URI, o->permitted_uri_host));
    }
    if (o->permitted_hardware_oid != NULL) {
        HF_TRY(add_subtree(constraints->permittedSubtrees, &base));
        HF_TRY(set_device(base, o->permitted_hardware_oid));
    }
    HF_TRY(hf_x509_need(X509_add1_ext_i2d(x, NID_name_constraints, constraints, 1, 0) == 1));

done:
    NAME_CONSTRAINTS_free(constraints);
    return st;
}
