#include "core/derive/derive.h"
#include "core/identity/fqdn.h"
#include "core/identity/suid.h"
#include "role/node/enrolment_state.h"

static enum hf_enrol_event refused(struct hf_node_enrolment *n, hf_status st, const char *why)
{
    hf_node_fail(&n->outcome, hf_node_enrolment_where(n), st, why,
                 "Compare the versions and the configuration of both ends.");
    return HF_ENROL_ON_REFUSED;
}

/* Our own record at the server, of a 2001 or a 4117 (threat row KM-16: it tells what we have). */
static hf_status read_record(struct hf_node_enrolment *n, const struct hf_response *r,
                             struct hf_bytes *ri)
{
    struct hf_bytes found = hf_node_resource(r);

    return hf_bytes_is_empty(found) ? HF_ERR_MALFORMED : hf_arena_copy(&n->arena, found, ri);
}

static hf_status read_client(struct hf_node_enrolment *n, const struct hf_response *r)
{
    if (!r->has_content || !hf_content_has(&r->content, HF_A_CR))
        return HF_OK;
    return hf_arena_copy(&n->arena, r->content.cr, &n->client);
}

static enum hf_enrol_event read_mef_registration(struct hf_node_enrolment *n,
                                                 const struct hf_response *r)
{
    hf_status st;

    if (r->rsc != HF_RSC_CREATED && r->rsc != HF_RSC_ALREADY_REGISTERED) {
        hf_node_fail_with(&n->outcome, hf_node_enrolment_where(n), r->rsc);
        return HF_ENROL_ON_REFUSED;
    }
    HF_TRY(read_record(n, r, &n->fresh.mef_registration));
    HF_TRY(read_client(n, r));
    return r->rsc == HF_RSC_CREATED ? HF_ENROL_ON_ACCEPTED : HF_ENROL_ON_ALREADY;
done:
    return refused(n, st, "the answer does not name the registration");
}

static hf_status check_configuration(const struct hf_node_enrolment *n)
{
    const struct hf_enrolment *e = &n->fresh;

    if (!hf_fqdn_equal(e->provider, n->config->provider))
        return HF_ERR_DENIED;
    if (hf_bytes_is_empty(e->maf_fqdn) || e->maf_psk_port == 0
        || hf_bytes_is_empty(hf_enrolment_self(e)))
        return HF_ERR_MALFORMED;
    return HF_OK;
}

static enum hf_enrol_event read_configuration(struct hf_node_enrolment *n,
                                              const struct hf_response *r)
{
    const struct hf_node_codec *codec = &n->ports->codec;
    struct hf_bytes json;
    hf_status st;

    if (r->rsc != HF_RSC_OK) {
        hf_node_fail_with(&n->outcome, hf_node_enrolment_where(n), r->rsc);
        return HF_ENROL_ON_REFUSED;
    }
    HF_TRY(r->has_content && hf_content_has(&r->content, HF_A_CCFG) ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(hf_arena_copy(&n->arena, r->content.ccfg, &json));
    HF_TRY(codec->read_configuration(codec->self, json, &n->arena, &n->fresh));
    HF_TRY(check_configuration(n));
    return HF_ENROL_ON_ACCEPTED;
done:
    return refused(n, st,
                   st == HF_ERR_DENIED ? "it is the configuration of another provider"
                                       : "the configuration lacks what a node needs");
}

/* Km by 10.3.7 from Ke; Ke itself is not kept. */
static hf_status derive_km(struct hf_node_enrolment *n)
{
    const struct hf_secret *ke = &n->exported.key;

    return n->config->legacy_labels
               ? hf_km_derive(ke, n->fresh.maf_fqdn, &n->km)
               : hf_usage_constrained_derive(ke, HF_SUID_RSPF_MAF, n->fresh.maf_fqdn, &n->km);
}

static hf_status accept_key(struct hf_node_enrolment *n, const struct hf_response *r)
{
    hf_status st;

    HF_TRY(r->content.et > hf_unix_time_s(&n->ports->clock) ? HF_OK : HF_ERR_EXPIRED);
    HF_TRY(hf_key_id_join(n->relative, n->config->mef_fqdn, &n->arena, &n->fresh.ke_id));
    HF_TRY(derive_km(n));
    n->fresh.key_id = n->fresh.ke_id;
    n->fresh.expires_s = r->content.et;
done:
    hf_secret_wipe(&n->exported.key);
    return st;
}

static enum hf_enrol_event read_key(struct hf_node_enrolment *n, const struct hf_response *r)
{
    hf_status st;

    if (r->rsc != HF_RSC_CREATED) {
        hf_node_fail_with(&n->outcome, hf_node_enrolment_where(n), r->rsc);
        return HF_ENROL_ON_REFUSED;
    }
    st = hf_node_check_key(r, &n->talk.request, n->relative);
    if (st == HF_ERR_CRYPTO) {
        enum hf_enrol_event refusal =
            refused(n, st, "it is not the one of this session; somebody may be in between");

        return hf_arena_copy(&n->arena, r->content.rkid, &n->foreign) == HF_OK
                   ? HF_ENROL_ON_MISMATCHED
                   : refusal;
    }
    HF_TRY(st);
    HF_TRY(accept_key(n, r));
    return HF_ENROL_ON_ACCEPTED;
done:
    return refused(n, st, "the registration is not the one that was asked for");
}

/* KmID is the MAF's to choose, below its own name; without one KeID stays in use. */
static hf_status read_assigned(struct hf_node_enrolment *n, const struct hf_response *r)
{
    struct hf_key_id id;
    struct hf_bytes key_id;
    hf_status st = HF_OK;

    if (!r->has_content || !hf_content_has(&r->content, HF_A_ASKI))
        return HF_OK;
    HF_TRY(hf_key_id_canonical(r->content.aski, &n->arena, &key_id));
    HF_TRY(hf_key_id_parse(key_id, &id));
    HF_TRY(hf_fqdn_equal(id.fqdn, n->fresh.maf_fqdn) ? HF_OK : HF_ERR_DENIED);
    n->fresh.key_id = key_id;
done:
    return st;
}

static enum hf_enrol_event read_maf_registration(struct hf_node_enrolment *n,
                                                 const struct hf_response *r)
{
    hf_status st;

    if (r->rsc != HF_RSC_CREATED && r->rsc != HF_RSC_ALREADY_REGISTERED
        && r->rsc != HF_RSC_UPDATED) {
        hf_node_fail_with(&n->outcome, hf_node_enrolment_where(n), r->rsc);
        return HF_ENROL_ON_REFUSED;
    }
    if (r->rsc == HF_RSC_ALREADY_REGISTERED) {
        HF_TRY(read_record(n, r, &n->fresh.maf_registration));
        return HF_ENROL_ON_ALREADY;
    }
    if (r->rsc == HF_RSC_CREATED)
        HF_TRY(read_record(n, r, &n->fresh.maf_registration));
    HF_TRY(read_assigned(n, r));
    return HF_ENROL_ON_ACCEPTED;
done:
    return refused(n, st, "the answer does not name the registration or a key of this MAF");
}

enum hf_enrol_event hf_node_enrolment_read(struct hf_node_enrolment *n, const struct hf_response *r)
{
    enum hf_enrol_state state = n->machine.state;

    if (state == HF_ENROL_REGISTERING)
        return read_mef_registration(n, r);
    if (state == HF_ENROL_CONFIGURING)
        return read_configuration(n, r);
    if (state == HF_ENROL_KEYING)
        return read_key(n, r);
    if (state == HF_ENROL_ADMITTING || state == HF_ENROL_READMITTING)
        return read_maf_registration(n, r);
    if (state == HF_ENROL_WITHDRAWING)
        return HF_ENROL_ON_ACCEPTED; /* whatever the answer: the run has failed already */
    if (state == HF_ENROL_RENEWING && r->rsc == HF_RSC_UPDATED)
        return HF_ENROL_ON_ACCEPTED;
    hf_node_fail_with(&n->outcome, hf_node_enrolment_where(n), r->rsc);
    return HF_ENROL_ON_REFUSED;
}
