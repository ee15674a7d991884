#include <limits.h>
#include <stdio.h>

#include "base/hex.h"
#include "cli/operator_import.h"
#include "cli/operator_key_strength.h"
#include "codec/options.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "core/identity/key_id.h"
#include "daemon/deployment.h"

enum { LIFETIME_MIN_S = 60, LIFETIME_MAX_S = 10 * 365 * 86400, HEX_PER_OCTET = 2 };

/* An expiry further away is a slip of the pen: 100 years. */
#define EXPIRY_AHEAD_MAX_S (UINT64_C(100) * 365 * 86400)
#define LIFETIME_DEFAULT   "90d"

const char *const hf_import_field_names[HF_IMPORT_FIELDS] = {
    [HF_FIELD_CREDENTIAL] = "credential",
    [HF_FIELD_KPM_ID] = "kpm_id",
    [HF_FIELD_KPM] = "kpm",
    [HF_FIELD_KPM_FILE] = "kpm_file",
    [HF_FIELD_NODE_ID] = "node_id",
    [HF_FIELD_CSE_ID] = "cse_id",
    [HF_FIELD_AE_IDS] = "ae_ids",
    [HF_FIELD_LIFETIME] = "lifetime",
    [HF_FIELD_EXPIRES] = "expires",
    [HF_FIELD_REQUIRE_PFS] = "require_pfs",
};

/* What may stand before the colon of `credential`. */
static const struct kind {
    const char *word;
    enum hf_credential_type type;
    enum hf_suid suid;
} kinds[] = {
    {"device", HF_CREDENTIAL_DEVICE_CERT, HF_SUID_CERTIFICATE_MEF},
    {"node",   HF_CREDENTIAL_NODE_CERT,   HF_SUID_CERTIFICATE_MEF},
    {"cse",    HF_CREDENTIAL_CSE_CERT,    HF_SUID_CERTIFICATE_MEF},
    {"ae",     HF_CREDENTIAL_AE_CERT,     HF_SUID_CERTIFICATE_MEF},
    {"psk",    HF_CREDENTIAL_MEF_KEY,     HF_SUID_PRESHARED_MEF  },
};

static hf_status say(char *fault, const char *what)
{
    snprintf(fault, HF_IMPORT_FAULT_MAX, "%s", what);
    return HF_ERR_MALFORMED;
}

/* --- the node --- */

static hf_status add_entity(const struct hf_import_rules *r, struct hf_bytes text,
                            enum hf_entity_kind kind, struct hf_arena *a, struct hf_bytes *list,
                            size_t *count, char *fault)
{
    struct hf_bytes canonical;
    struct hf_entity_id id, cse;

    if (hf_entity_id_canonical(text, a, &canonical) != HF_OK
        || hf_entity_id_parse(canonical, &id) != HF_OK || id.kind != kind)
        return say(fault, kind == HF_ENTITY_CSE
                              ? "cse_id is no absolute CSE-ID such as //sp.example/asn-1"
                              : "ae_ids has something that is no absolute AE-ID such as "
                                "//sp.example/asn-1/Csensor");
    if (!hf_fqdn_equal(id.sp, r->provider))
        return say(fault, "an entity belongs to another service provider");
    if (kind == HF_ENTITY_AE && list[0].len > 0 && id.cse.len > 0
        && (hf_entity_id_parse(list[0], &cse) != HF_OK || !hf_bytes_equal(cse.cse, id.cse)))
        return say(fault, "an AE-ID with a C-stem belongs to another CSE than cse_id");
    if (*count == HF_ENTITIES_MAX)
        return say(fault, "a node has at most 64 entities");
    for (size_t i = 0; i < *count; i++)
        if (hf_entity_id_equal(list[i], canonical))
            return say(fault, "an entity is named twice");
    list[(*count)++] = canonical;
    return HF_OK;
}

static hf_status judge_entities(const struct hf_import_rules *r, const struct hf_import_fields *f,
                                struct hf_arena *a, struct hf_node_record *out, char *fault)
{
    struct hf_bytes *list = hf_arena_take(a, HF_ENTITIES_MAX, sizeof *list);
    size_t count = 0;
    hf_status st;

    if (list == NULL)
        return HF_ERR_LIMIT;
    if (f->at[HF_FIELD_CSE_ID].len > 0)
        HF_TRY(add_entity(r, f->at[HF_FIELD_CSE_ID], HF_ENTITY_CSE, a, list, &count, fault));
    out->has_cse = count == 1;
    for (size_t i = 0; i < f->ae_count; i++)
        HF_TRY(add_entity(r, f->ae_ids[i], HF_ENTITY_AE, a, list, &count, fault));
    if (count == 0)
        return say(fault, "cse_id or ae_ids is due: what may the node speak for?");
    out->entities = (struct hf_list){list, count};
    st = HF_OK;
done:
    return st;
}

static hf_status judge_lifetime(struct hf_bytes text, struct hf_arena *a, uint32_t *out,
                                char *fault)
{
    static const struct hf_option_row row = {.path = "lifetime",
                                             .kind = HF_OPTION_SECONDS,
                                             .min = LIFETIME_MIN_S,
                                             .max = LIFETIME_MAX_S};
    const char *what, *what_to_do;

    if (hf_option_set(&row, text.len > 0 ? text : hf_text(LIFETIME_DEFAULT), "", a, out, &what,
                      &what_to_do)
        == HF_OK)
        return HF_OK;
    return say(fault, "lifetime is no time between 60s and 3650d, such as 90d");
}

static hf_status judge_node(const struct hf_import_rules *r, const struct hf_import_fields *f,
                            struct hf_arena *a, struct hf_node_record *out, char *fault)
{
    struct hf_bytes id = f->at[HF_FIELD_NODE_ID];
    hf_status st;

    if (!hf_node_id_is_valid(id))
        return say(fault, "node_id is due: 1 to 255 printable characters without space");
    *out = (struct hf_node_record){
        .authority = r->authority, .node_id = id, .created_s = r->now_s, .state = HF_RECORD_LIVE};
    HF_TRY(judge_entities(r, f, a, out, fault));
    HF_TRY(judge_lifetime(f->at[HF_FIELD_LIFETIME], a, &out->lifetime_s, fault));
done:
    return st;
}

/* --- the credential --- */

static hf_status read_key_text(struct hf_bytes text, struct hf_secret *out, char *fault)
{
    uint8_t room[HF_PSK_MAX];
    size_t len = text.len / HEX_PER_OCTET;
    const char *weakness;
    hf_status st = HF_ERR_MALFORMED;

    if (len > sizeof room)
        return say(fault, "the pre-shared key is longer than 64 octets");
    if (hf_hex_parse(text, room, len) != HF_OK) {
        (void)say(fault, "the pre-shared key is not hexadecimal");
    } else if ((weakness = hf_key_weakness(hf_bytes_of(room, len))) != NULL) {
        (void)say(fault, weakness);
        st = HF_ERR_DENIED;
    } else {
        st = hf_secret_set(out, hf_bytes_of(room, len));
    }
    hf_wipe(room, sizeof room);
    return st;
}

static hf_status read_key_file(const struct hf_import_rules *r, struct hf_bytes name,
                               struct hf_arena *a, struct hf_secret *out, char *fault)
{
    char path[PATH_MAX];
    struct hf_bytes text;
    int n = name.at[0] == '/' ? snprintf(path, sizeof path, "%.*s", HF_PRINT(name))
                              : snprintf(path, sizeof path, "%s/%.*s", r->folder, HF_PRINT(name));

    if (n >= (int)sizeof path || hf_file_read(path, true, a, &text) != HF_OK)
        return say(fault, "kpm_file cannot be read, or others may read it: chmod 600");
    while (text.len > 0 && (text.at[text.len - 1] == '\n' || text.at[text.len - 1] == '\r'))
        text = hf_bytes_first(text, text.len - 1);
    return read_key_text(text, out, fault);
}

static hf_status judge_key(const struct hf_import_rules *r, const struct hf_import_fields *f,
                           struct hf_arena *a, struct hf_secret *out, char *fault)
{
    bool is_inline = f->at[HF_FIELD_KPM].len > 0, is_file = f->at[HF_FIELD_KPM_FILE].len > 0;

    if (is_inline == is_file)
        return say(fault, "a pre-shared key is due, in kpm or in kpm_file");
    if (is_file)
        return read_key_file(r, f->at[HF_FIELD_KPM_FILE], a, out, fault);
    if (!r->file_is_private)
        return say(fault, "the file holds keys and others may read it: chmod 600, and think of "
                          "these keys as known");
    return read_key_text(f->at[HF_FIELD_KPM], out, fault);
}

/* kpm_id, or "word:value"; exactly one of the two. */
static hf_status find_kind(const struct hf_import_fields *f, const struct kind **kind,
                           struct hf_bytes *value, char *fault)
{
    struct hf_bytes word;

    if ((f->at[HF_FIELD_CREDENTIAL].len > 0) == (f->at[HF_FIELD_KPM_ID].len > 0))
        return say(fault, "either credential or kpm_id is due");
    word = HF_LITERAL("psk");
    *value = f->at[HF_FIELD_KPM_ID];
    if (value->len == 0 && !hf_bytes_split(f->at[HF_FIELD_CREDENTIAL], ':', &word, value))
        return say(fault, "credential wants device:, node:, cse:, ae: or psk: and an identifier");
    for (size_t i = 0; i < HF_COUNT(kinds); i++)
        if (hf_bytes_equal_text(word, kinds[i].word)) {
            *kind = &kinds[i];
            return HF_OK;
        }
    return say(fault, "credential wants device:, node:, cse:, ae: or psk: and an identifier");
}

/* A certificate that names an entity or a node proves that one, so the line must mean it. */
static bool is_about_node(const struct hf_import_record *rec, enum hf_credential_type type,
                          struct hf_bytes value)
{
    switch (type) {
    case HF_CREDENTIAL_NODE_CERT:
        return hf_bytes_equal(value, rec->node.node_id);
    case HF_CREDENTIAL_CSE_CERT:
        return rec->node.has_cse && hf_entity_id_equal(value, rec->node.entities.at[0]);
    case HF_CREDENTIAL_AE_CERT:
        return hf_list_has(rec->node.entities, value);
    case HF_CREDENTIAL_MEF_KEY:
    case HF_CREDENTIAL_MAF_KEY:
    case HF_CREDENTIAL_SAEF_KEY:
    case HF_CREDENTIAL_RAW_KEY:
    case HF_CREDENTIAL_DEVICE_CERT:
    case HF_CREDENTIAL_FQDN_CERT:
        break;
    }
    return true;
}

static hf_status judge_expiry(const struct hf_import_rules *r, struct hf_bytes text, uint64_t *out,
                              char *fault)
{
    *out = HF_NEVER;
    if (text.len == 0)
        return HF_OK;
    if (hf_timestamp_parse(text, out) != HF_OK)
        return say(fault, "expires is no time such as 20300101T000000 (UTC)");
    if (*out <= r->now_s)
        return say(fault, "expires is over already");
    if (*out - r->now_s > EXPIRY_AHEAD_MAX_S)
        return say(fault, "expires is more than 100 years away");
    return HF_OK;
}

static hf_status judge_pfs(struct hf_bytes text, bool *out, char *fault)
{
    *out = hf_bytes_equal_text(text, "true") || hf_bytes_equal_text(text, "yes");
    if (*out || text.len == 0 || hf_bytes_equal_text(text, "false")
        || hf_bytes_equal_text(text, "no"))
        return HF_OK;
    return say(fault, "require_pfs is neither true nor false");
}

static hf_status judge_identity(const struct hf_import_rules *r, const struct hf_import_fields *f,
                                struct hf_arena *a, struct hf_import_record *out, char *fault)
{
    const struct kind *kind = NULL;
    enum hf_credential_type type;
    struct hf_bytes value;
    struct hf_key_id id;
    hf_status st;

    HF_TRY(find_kind(f, &kind, &value, fault));
    if (hf_credential_id_format(kind->type, value, a, &out->credential.credential_id) != HF_OK
        || hf_credential_id_parse(out->credential.credential_id, &type, &value) != HF_OK)
        return say(fault, "the identifier of the credential breaks its grammar");
    out->credential.suid = kind->suid;
    if (!is_about_node(out, type, value))
        return say(fault, "the certificate names another node or entity than the line");
    if (type == HF_CREDENTIAL_MEF_KEY
        && (hf_key_id_parse(value, &id) != HF_OK || !hf_fqdn_equal(id.fqdn, r->authority)))
        return say(fault, "what follows @ in kpm_id is not this MEF");
    if (type == HF_CREDENTIAL_MEF_KEY)
        HF_TRY(judge_key(r, f, a, &out->credential.key, fault));
    else if (f->at[HF_FIELD_KPM].len > 0 || f->at[HF_FIELD_KPM_FILE].len > 0)
        return say(fault, "a certificate takes no kpm");
done:
    return st;
}

hf_status hf_import_judge(const struct hf_import_rules *r, const struct hf_import_fields *f,
                          struct hf_arena *a, struct hf_import_record *out, char *fault)
{
    hf_status st;

    *out = (struct hf_import_record){0};
    out->credential =
        (struct hf_credential_record){.authority = r->authority, .state = HF_RECORD_LIVE};
    HF_TRY(judge_node(r, f, a, &out->node, fault));
    out->credential.node_id = out->node.node_id;
    HF_TRY(judge_expiry(r, f->at[HF_FIELD_EXPIRES], &out->credential.expires_s, fault));
    HF_TRY(judge_pfs(f->at[HF_FIELD_REQUIRE_PFS], &out->credential.require_pfs, fault));
    HF_TRY(judge_identity(r, f, a, out, fault));
done:
    return st;
}
