#include "codec/attributes.h"

enum { CONFIGURATION_MAX = 12288, TYPES_MAX = 16, WORD_MAX = 32, NAME_MAX = 128, SUID_MAX = 255 };

static const char *const type_names[HF_TYPE_COUNT] = {
    [HF_TYPE_MAF_BASE] = "mafb",       [HF_TYPE_MEF_BASE] = "mefb",
    [HF_TYPE_MAF_CLIENT_REG] = "macr", [HF_TYPE_MEF_CLIENT_REG] = "mecr",
    [HF_TYPE_SYMM_KEY_REG] = "skr",    [HF_TYPE_MEF_CLIENT_CMD] = "mecc",
    [HF_TYPE_PROVISION] = "prov",
};

/* clang-format off */
#define AT(field)                     .offset = offsetof(struct hf_content, field)
#define NUMBER(field, top)            .kind = HF_JSON_NUMBER, AT(field), .max = (top)
#define FLAG(field)                   .kind = HF_JSON_FLAG, AT(field)
#define TIME(field)                   .kind = HF_JSON_TIME, AT(field), .max = WORD_MAX
#define TEXT(field, f, top)           .kind = HF_JSON_TEXT, AT(field), .form = HF_FORM_##f, .max = (top)
#define TEXTS(field, f, top, low, up) .kind = HF_JSON_TEXTS, AT(field), .form = HF_FORM_##f, \
                                      .max = (top), .count_min = (low), .count_max = (up)
#define NUMBERS(field, top, up)       .kind = HF_JSON_NUMBERS, AT(field), .max = (top), \
                                      .count_min = 1, .count_max = (up)
#define KEY(field)                    .kind = HF_JSON_KEY, AT(field)

#define NAMED(id, text)                                                                            \
    .attribute = HF_A_##id, .name = text, .missing = text " is mandatory here, and missing",       \
    .forbidden = text " is not permitted here", .wrong = text " is not what its type says"
#define RULES(mafb, mefb, macr, mecr, skr, mecc, prov)                                             \
    .rules = {"---", mafb, mefb, macr, mecr, skr, mecc, prov}

const struct hf_attribute_row hf_attributes[HF_A_COUNT] = {
    /*                                      MAFBase MEFBase mafCR  mefCR  keyReg mefCmd provision */
    {NAMED(TY, "ty"),     RULES("--O", "--O", "--O", "--O", "--O", "--O", "--O"),
     NUMBER(ty, HF_TYPE_PROVISION)},
    {NAMED(RI, "ri"),     RULES("--O", "--O", "--O", "--O", "--O", "--O", "--O"),
     TEXT(ri, NAME, NAME_MAX)},
    {NAMED(RN, "rn"),     RULES("--O", "--O", "O-O", "O-O", "O-O", "--O", "--O"),
     TEXT(rn, NAME, NAME_MAX)},
    {NAMED(PI, "pi"),     RULES("--O", "--O", "--O", "--O", "--O", "--O", "--O"),
     TEXT(pi, NAME, NAME_MAX)},
    {NAMED(CT, "ct"),     RULES("--O", "--O", "--O", "--O", "--O", "--O", "--O"),
     TIME(ct)},
    {NAMED(LT, "lt"),     RULES("--O", "--O", "--O", "--O", "--O", "--O", "--O"),
     TIME(lt)},
    {NAMED(ET, "et"),     RULES("---", "---", "MOO", "MOO", "MOO", "---", "M-O"),
     TIME(et)},
    {NAMED(LBL, "lbl"),   RULES("---", "---", "ODD", "ODD", "ODD", "---", "---"),
     TEXTS(lbl, LABEL, HF_LABEL_MAX_LEN, 0, HF_LABELS_MAX)},
    {NAMED(FQ, "fq"),     RULES("--O", "--O", "---", "---", "---", "---", "---"),
     TEXT(fq, FQDN, HF_FQDN_MAX + 1)},
    {NAMED(SRT, "srt"),   RULES("--O", "--O", "---", "---", "---", "---", "---"),
     NUMBERS(srt, HF_TYPE_PROVISION, TYPES_MAX)},
    {NAMED(ADFQ, "adfq"), RULES("---", "---", "M-O", "M-O", "M-O", "---", "M-O"),
     TEXT(adfq, FQDN, HF_FQDN_MAX + 1)},
    {NAMED(KID, "kid"),   RULES("---", "---", "---", "---", "---", "---", "M-O"),
     TEXT(kid, KEY_ID, HF_KEY_ID_MAX)},
    {NAMED(SUID, "suid"), RULES("---", "---", "---", "---", "M-O", "---", "M-O"),
     NUMBER(suid, SUID_MAX)},
    {NAMED(TGIS, "tgis"), RULES("---", "---", "---", "---", "OOO", "---", "---"),
     TEXTS(tgis, TARGET, HF_ENTITY_ID_MAX, 1, HF_TARGETS_MAX)},
    {NAMED(KV, "kv"),     RULES("---", "---", "---", "---", "O-O", "---", "M--"),
     KEY(kv)},
    {NAMED(CR, "cr"),     RULES("---", "---", "N-O", "N-O", "N-O", "---", "M-O"),
     TEXT(cr, ENTITY, HF_ENTITY_ID_MAX)},
    {NAMED(RKID, "rkid"), RULES("---", "---", "---", "---", "--O", "---", "---"),
     TEXT(rkid, RELATIVE_ID, NAME_MAX)},
    {NAMED(ASKI, "aski"), RULES("---", "---", "--O", "---", "---", "---", "---"),
     TEXT(aski, KEY_ID, HF_KEY_ID_MAX)},
    {NAMED(CCFG, "ccfg"), RULES("---", "---", "--O", "--O", "---", "---", "---"),
     TEXT(ccfg, ANY, CONFIGURATION_MAX)},
    {NAMED(NMTH, "nmth"), RULES("---", "---", "---", "O-O", "---", "---", "---"),
     TEXTS(nmth, METHOD, WORD_MAX, 1, HF_METHODS_MAX)},
    {NAMED(SMTH, "smth"), RULES("---", "---", "---", "O-O", "---", "---", "---"),
     TEXTS(smth, METHOD, WORD_MAX, 1, HF_METHODS_MAX)},
    {NAMED(NCAP, "ncap"), RULES("---", "---", "---", "O-O", "---", "---", "---"),
     TEXTS(ncap, CAPABILITY, WORD_MAX, 0, HF_METHODS_MAX)},
    {NAMED(NID, "nid"),   RULES("---", "---", "---", "---", "--O", "---", "M-O"),
     TEXT(nid, NODE_ID, HF_NODE_ID_MAX)},
    {NAMED(EIDS, "eids"), RULES("---", "---", "---", "---", "--O", "---", "M-O"),
     TEXTS(eids, NODE_ENTITY, HF_ENTITY_ID_MAX, 1, HF_ENTITIES_MAX)},
    {NAMED(HCSE, "hcse"), RULES("---", "---", "---", "---", "--O", "---", "M-O"),
     FLAG(hcse)},
};
/* clang-format on */

const struct hf_attribute_row *hf_attribute_named(struct hf_bytes name)
{
    for (size_t i = 0; i < HF_COUNT(hf_attributes); i++)
        if (hf_bytes_equal_text(name, hf_attributes[i].name))
            return &hf_attributes[i];
    return NULL;
}

char hf_attribute_rule(const struct hf_attribute_row *row, enum hf_resource_type type,
                       enum hf_content_rule rule)
{
    return row->rules[type][rule];
}

const char *hf_type_name(unsigned type)
{
    return type < HF_TYPE_COUNT ? type_names[type] : NULL;
}

enum hf_resource_type hf_type_named(struct hf_bytes name)
{
    for (unsigned type = 1; type < HF_TYPE_COUNT; type++)
        if (hf_bytes_equal_text(name, type_names[type]))
            return (enum hf_resource_type)type;
    return HF_TYPE_NONE;
}
