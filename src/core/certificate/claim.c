#include "core/certificate/claim.h"

#include <string.h>

#include "core/certificate/refuse.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"

enum { FLAVOUR_BASE = 30, FQDN_BIT = 31 };

uint32_t hf_flavour_bit(enum hf_credential_type flavour)
{
    if (flavour == HF_CREDENTIAL_FQDN_CERT)
        return UINT32_C(1) << FQDN_BIT;
    return UINT32_C(1) << ((unsigned)flavour - FLAVOUR_BASE);
}

static bool accepts(const struct hf_judge_question *q, enum hf_credential_type flavour)
{
    return (q->accepted & hf_flavour_bit(flavour)) != 0;
}

/* An FQDN in the one form a certificate may have it: no wildcard, no NUL, no trailing dot; a last
 * label of digits is an IP address in disguise. */
static bool is_plain_fqdn(struct hf_bytes name)
{
    struct hf_bytes before, last;

    if (!hf_fqdn_is_valid(name) || hf_bytes_end_with(name, HF_LITERAL("."))
        || !hf_bytes_split_last(name, '.', &before, &last))
        return false;
    for (size_t i = 0; i < last.len; i++)
        if (!hf_is_digit(last.at[i]))
            return true;
    return false;
}

static bool is_infrastructure(const struct hf_judge_question *q, struct hf_bytes name)
{
    for (size_t i = 0; i < q->infrastructure_count; i++)
        if (hf_fqdn_equal(q->infrastructure[i], name))
            return true;
    return false;
}

/* The CSE that a public domain name stands for; without an IN-CSE the name is <CSE-ID>.<sp>. */
static hf_status cse_of(struct hf_bytes name, struct hf_bytes in_cse, struct hf_arena *a,
                        struct hf_bytes *out)
{
    uint8_t room[HF_ENTITY_ID_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes label, sp, id;
    hf_status st;

    if (in_cse.len > 0)
        return hf_cse_id_of_public_name(name, in_cse, a, out);
    HF_TRY(hf_bytes_split(name, '.', &label, &sp) ? HF_OK : HF_ERR_UNKNOWN);
    hf_put_text(&w, "//");
    hf_put_bytes(&w, sp);
    hf_put_u8(&w, '/');
    hf_put_bytes(&w, label);
    HF_TRY(hf_writer_finish(&w, &id));
    HF_TRY(hf_entity_id_canonical(id, a, out));

done:
    return st;
}

static hf_status read_dns(const struct hf_judge_question *q, struct hf_arena *a, struct hf_claim *c,
                          const char **reason)
{
    bool expects = q->expected_fqdn.len > 0;
    bool is_expected = expects && hf_fqdn_equal(c->name.text, q->expected_fqdn);
    struct hf_bytes name;
    hf_status st;

    if (!is_plain_fqdn(c->name.text))
        HF_TRY(hf_refuse(reason, HF_ERR_MALFORMED, "The dNSName is no plain FQDN."));
    HF_TRY(hf_fqdn_canonical(c->name.text, a, &name));
    if (expects && !is_expected)
        HF_TRY(hf_refuse(reason, HF_ERR_DENIED, "The dNSName is not the FQDN we called."));
    /* A name of the infrastructure is never a CSE's, whoever signed for it (PKI-5). */
    if (is_infrastructure(q, name) || (is_expected && accepts(q, HF_CREDENTIAL_FQDN_CERT))) {
        c->flavour = HF_CREDENTIAL_FQDN_CERT;
        c->value = name;
        return HF_OK;
    }
    c->flavour = HF_CREDENTIAL_CSE_CERT;
    if (!accepts(q, HF_CREDENTIAL_CSE_CERT))
        HF_TRY(hf_refuse(reason, HF_ERR_DENIED,
                         "The dNSName is no server of ours, and a CSE is not accepted here."));
    st = cse_of(name, q->in_cse, a, &c->value);
    if (st == HF_ERR_UNKNOWN || st == HF_ERR_MALFORMED)
        st = hf_refuse(reason, HF_ERR_DENIED, "The dNSName is no CSE below this provider.");

done:
    return st;
}

/* "onem2m://sp/CSE/Cstem", or without the scheme (digest, A24). */
static hf_status read_ae(struct hf_bytes uri, struct hf_arena *a, struct hf_claim *c,
                         const char **reason)
{
    struct hf_bytes scheme = HF_LITERAL("onem2m:");
    struct hf_bytes id = hf_bytes_start_with(uri, scheme) ? hf_bytes_from(uri, scheme.len) : uri;
    struct hf_entity_id e;
    hf_status st;

    if (hf_entity_id_parse(id, &e) != HF_OK || e.kind != HF_ENTITY_AE || !is_plain_fqdn(e.sp))
        HF_TRY(hf_refuse(reason, HF_ERR_MALFORMED, "The URI is neither an AE-ID nor a Node-ID."));
    HF_TRY(hf_entity_id_canonical(id, a, &c->value));
    c->flavour = HF_CREDENTIAL_AE_CERT;

done:
    return st;
}

static hf_status take_node_id(struct hf_bytes text, struct hf_arena *a, struct hf_claim *c,
                              const char **reason)
{
    if (!hf_node_id_is_valid(text))
        return hf_refuse(reason, HF_ERR_MALFORMED, "The name is no Node-ID.");
    c->flavour = HF_CREDENTIAL_NODE_CERT;
    return hf_arena_copy(a, text, &c->value);
}

static bool is_urn(struct hf_bytes text)
{
    return hf_bytes_equal_ignoring_case(hf_bytes_first(text, strlen("urn:")), HF_LITERAL("urn:"));
}

/* Each Node-ID has one kind of name (digest, A22): what is a URN or an OID may not come as text,
 * where other constraints would hold. */
static hf_status read_permanent(struct hf_bytes text, struct hf_arena *a, struct hf_claim *c,
                                const char **reason)
{
    if (is_urn(text) || hf_oid_is_valid(text))
        return hf_refuse(reason, HF_ERR_MALFORMED,
                         "A URN or an OID stands in a PermanentIdentifier.");
    return take_node_id(text, a, c, reason);
}

static hf_status take_oid(enum hf_credential_type flavour, struct hf_arena *a, struct hf_claim *c,
                          const char **reason)
{
    uint8_t room[HF_OID_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes text;

    hf_put_oid(&w, &c->name.oid);
    if (hf_writer_finish(&w, &text) != HF_OK || !hf_oid_is_valid(text))
        return hf_refuse(reason, HF_ERR_MALFORMED, "The OID is too long.");
    c->flavour = flavour;
    return hf_arena_copy(a, text, &c->value);
}

static hf_status read_name(const struct hf_judge_question *q, struct hf_arena *a,
                           struct hf_claim *c, const char **reason)
{
    switch (c->name.kind) {
    case HF_ALT_DNS:
        return read_dns(q, a, c, reason);
    case HF_ALT_URI:
        if (hf_bytes_start_with(c->name.text, HF_LITERAL("urn:")))
            return take_node_id(c->name.text, a, c, reason);
        return read_ae(c->name.text, a, c, reason);
    case HF_ALT_DEVICE:
        return take_oid(HF_CREDENTIAL_DEVICE_CERT, a, c, reason);
    case HF_ALT_REGISTERED:
        return take_oid(HF_CREDENTIAL_NODE_CERT, a, c, reason);
    case HF_ALT_PERMANENT:
        return read_permanent(c->name.text, a, c, reason);
    case HF_ALT_DIRECTORY:
    case HF_ALT_FOREIGN:
        break;
    }
    return hf_refuse(reason, HF_ERR_MALFORMED,
                     "The subjectAltName is of a kind that names nobody here.");
}

hf_status hf_claim_read(struct hf_bytes alt_names, const struct hf_judge_question *q,
                        struct hf_arena *a, struct hf_claim *out, const char **reason)
{
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    size_t count = 0;
    hf_status st;

    if (alt_names.len == 0)
        HF_TRY(hf_refuse(reason, HF_ERR_MALFORMED, "The certificate has no subjectAltName."));
    if (hf_alt_names_read(alt_names, names, &count) != HF_OK)
        HF_TRY(hf_refuse(reason, HF_ERR_MALFORMED, "The subjectAltName cannot be read."));
    if (count != 1)
        HF_TRY(hf_refuse(reason, HF_ERR_MALFORMED,
                         "The subjectAltName must hold exactly one name, an identity."));
    out->name = names[0];
    HF_TRY(read_name(q, a, out, reason));
    if (!accepts(q, out->flavour))
        HF_TRY(hf_refuse(reason, HF_ERR_DENIED,
                         "A certificate of this flavour is not accepted here."));
    if (q->expected_fqdn.len > 0 && out->name.kind != HF_ALT_DNS)
        HF_TRY(hf_refuse(reason, HF_ERR_DENIED, "The certificate names another than we called."));

done:
    return st;
}
