#include "role/tef/represent.h"

static void put_labels(struct hf_list labels, struct hf_content *out)
{
    if (labels.count == 0)
        return;
    out->lbl = labels;
    hf_content_mark(out, HF_A_LBL);
}

/* The universal attributes; resources are named by their identifier, below the base. */
static void put_universal(struct hf_bytes ri, uint64_t created_s, uint64_t modified_s,
                          struct hf_content *out)
{
    out->ty = out->type;
    out->ri = ri;
    out->rn = ri;
    out->pi = HF_LITERAL("-");
    out->ct = created_s;
    out->lt = modified_s;
    out->has |= 1u << HF_A_TY | 1u << HF_A_RI | 1u << HF_A_RN | 1u << HF_A_PI | 1u << HF_A_CT
                | 1u << HF_A_LT;
}

void hf_represent_registration(const struct hf_registration_record *r, enum hf_resource_type type,
                               struct hf_content *out)
{
    out->type = type;
    put_universal(r->ri, r->created_s, r->modified_s, out);
    out->et = r->expires_s;
    out->adfq = r->admin_fqdn;
    out->cr = r->client;
    out->has |= 1u << HF_A_ET | 1u << HF_A_ADFQ | 1u << HF_A_CR;
    put_labels(r->labels, out);
    if (hf_bytes_is_empty(r->assigned_key_id))
        return;
    out->aski = r->assigned_key_id;
    hf_content_mark(out, HF_A_ASKI);
}

void hf_represent_key_to_target(const struct hf_key_record *k, struct hf_content *out)
{
    out->type = HF_TYPE_SYMM_KEY_REG;
    out->et = k->expires_s;
    out->adfq = k->admin_fqdn;
    out->cr = k->source;
    out->suid = k->suid;
    out->has |= 1u << HF_A_ET | 1u << HF_A_ADFQ | 1u << HF_A_CR | 1u << HF_A_SUID;
    put_labels(k->labels, out);
}

void hf_represent_key(const struct hf_key_record *k, struct hf_content *out)
{
    hf_represent_key_to_target(k, out);
    put_universal(k->relative_id, k->created_s, k->modified_s, out);
    out->tgis = k->targets;
    out->rkid = k->relative_id;
    out->has |= 1u << HF_A_TGIS | 1u << HF_A_RKID;
}
