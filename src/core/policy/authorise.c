#include "core/policy/authorise.h"

#include "core/identity/key_id.h"
#include "core/policy/key_value.h"
#include "core/policy/targets.h"

/* Attributes that an update may carry (digest 7.7). */
#define CLIENT_UPDATE (1u << HF_A_ET | 1u << HF_A_LBL)
#define KEY_UPDATE    (CLIENT_UPDATE | 1u << HF_A_TGIS)

static struct hf_policy_answer refuse(enum hf_rsc rsc, const char *reason, const char *clause)
{
    return (struct hf_policy_answer){.rsc = rsc, .reason = reason, .clause = clause};
}

static struct hf_policy_answer allow(uint64_t expires_s)
{
    return (struct hf_policy_answer){.rsc = HF_RSC_OK, .expires_s = expires_s};
}

static struct hf_policy_answer unknown(const char *reason)
{
    return refuse(HF_RSC_NOT_FOUND, reason, "digest 8; threat row KM-14");
}

static bool is_allowed(const struct hf_policy_answer *a)
{
    return a->rsc == HF_RSC_OK;
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* now + lifetime without overflow. */
static uint64_t after(uint64_t now_s, uint32_t lifetime_s)
{
    return now_s > HF_NEVER - lifetime_s ? HF_NEVER : now_s + lifetime_s;
}

/*
 * TS-0003, 10.7: nothing outlives the credential or the enrolment it came from; `max_s` is the
 * policy's own bound. Both lives began at `since_s`, and no update begins them anew.
 */
static uint64_t latest_end(const struct hf_policy_question *q, uint64_t since_s, uint32_t max_s)
{
    uint64_t end = earlier(after(since_s, max_s), q->credential_expires_s);

    return q->lifetime_s == 0 ? end : earlier(end, after(since_s, q->lifetime_s));
}

static struct hf_policy_answer check_content(const struct hf_policy_question *q)
{
    if (q->content_st != HF_OK || q->content == NULL)
        return refuse(HF_RSC_BAD_REQUEST,
                      q->content_fault != NULL ? q->content_fault : "there is no readable content",
                      "digest 8");
    return allow(0);
}

/* TS-0004, 7.3.3.3: an end in the past is a mistake, one too far away is brought nearer. */
static struct hf_policy_answer grant_until(const struct hf_policy_question *q, uint64_t asked_s,
                                           uint64_t latest_s)
{
    if (hf_is_over(asked_s, q->now_s))
        return refuse(HF_RSC_BAD_REQUEST, "expirationTime is in the past", "TS-0004, 7.3.3.3");
    if (hf_is_over(latest_s, q->now_s))
        return refuse(HF_RSC_NO_PRIVILEGE, "its longest life is over", "TS-0003, 10.7");
    return allow(earlier(asked_s, latest_s));
}

static uint64_t asked_end(const struct hf_policy_question *q, uint64_t default_s)
{
    return hf_content_has(q->content, HF_A_ET) ? q->content->et : default_s;
}

static struct hf_policy_answer check_stakeholder(const struct hf_policy_question *q)
{
    if (hf_policy_is_function(q->policy->functions, q->client))
        return refuse(HF_RSC_NO_PRIVILEGE, "a trust enabling function registers nothing here",
                      "TS-0003, 8.3.5.1");
    if (!hf_list_has(q->policy->admin_fqdns, q->content->adfq))
        return refuse(HF_RSC_NO_PRIVILEGE, "this administrating stakeholder is not served here",
                      "TS-0003, 8.3.5.2.3; threat row KM-10");
    return allow(0);
}

static bool is_usable(const struct hf_policy_question *q)
{
    return q->registration != NULL && q->registration->state == HF_RECORD_LIVE
           && !hf_is_over(q->registration->expires_s, q->now_s);
}

static struct hf_policy_answer may_register_client(const struct hf_policy_question *q)
{
    struct hf_policy_answer a = check_content(q);
    uint64_t latest = latest_end(q, q->now_s, q->policy->registration_lifetime_max_s);

    if (!is_allowed(&a))
        return a;
    a = check_stakeholder(q);
    if (!is_allowed(&a))
        return a;
    if (is_usable(q))
        return refuse(HF_RSC_ALREADY_REGISTERED, "the client is registered with this stakeholder",
                      "TS-0003, 8.3.5.1");
    return grant_until(q, asked_end(q, latest), latest);
}

/* Whose registration, and is it still one? The answer is the same for all that it is not. */
static struct hf_policy_answer check_registration(const struct hf_policy_question *q)
{
    if (q->registration == NULL)
        return unknown("there is no such registration");
    if (!hf_bytes_equal(q->registration->client, q->client))
        return unknown("the registration is another client's");
    if (!is_usable(q))
        return unknown("the registration has ended or expired");
    return allow(q->registration->expires_s);
}

static struct hf_policy_answer check_update(const struct hf_policy_question *q, uint32_t permitted)
{
    struct hf_policy_answer a = check_content(q);
    uint32_t named;

    if (!is_allowed(&a))
        return a;
    named = q->content->has | q->content->null;
    if (named == 0 || (named & ~permitted) != 0 || (q->content->null & ~(1u << HF_A_LBL)) != 0)
        return refuse(HF_RSC_BAD_REQUEST, "the update names nothing that it may change",
                      "TS-0003, 8.3.5.2.5 and 8.3.5.2.9");
    return allow(0);
}

static struct hf_policy_answer may_update_client(const struct hf_policy_question *q)
{
    struct hf_policy_answer a = check_registration(q);

    if (!is_allowed(&a))
        return a;
    a = check_update(q, CLIENT_UPDATE);
    if (!is_allowed(&a))
        return a;
    if (!hf_content_has(q->content, HF_A_ET))
        return allow(q->registration->expires_s);
    return grant_until(q, q->content->et,
                       latest_end(q, q->now_s, q->policy->registration_lifetime_max_s));
}

static struct hf_policy_answer check_targets(const struct hf_policy_question *q, unsigned suid,
                                             bool is_exported)
{
    const char *reason = NULL;
    hf_status st = hf_policy_targets(&(struct hf_target_question){.targets = q->content->tgis,
                                                                  .mafs = q->policy->functions,
                                                                  .source = q->client,
                                                                  .suid = suid,
                                                                  .is_exported = is_exported},
                                     &reason);

    if (st == HF_OK)
        return allow(0);
    return refuse(st == HF_ERR_DENIED ? HF_RSC_NO_PRIVILEGE : HF_RSC_BAD_REQUEST, reason,
                  "TS-0003, 8.3.5.2.7; digest A27");
}

static bool is_suid_ours(const struct hf_policy *p, unsigned suid)
{
    return p->is_mef ? hf_suid_is_for_mef_registration(suid)
                     : hf_suid_is_for_maf_registration(suid);
}

/* What the content of a key registration must be, whoever sends it. */
static struct hf_policy_answer check_key_content(const struct hf_policy_question *q)
{
    const struct hf_content *c = q->content;
    bool is_given = hf_content_has(c, HF_A_KV);
    const char *reason = NULL;

    if (!is_suid_ours(q->policy, c->suid))
        return refuse(HF_RSC_CONTENTS_UNACCEPTABLE, "this function does not register that SUID",
                      "TS-0004, 6.3.4.2.39; threat row KM-7");
    if (is_given && hf_policy_key_value(&c->kv, c->suid, &reason) != HF_OK)
        return refuse(HF_RSC_BAD_REQUEST, reason, "digest 8; threat row KM-6");
    return check_targets(q, c->suid, !is_given);
}

static struct hf_policy_answer may_register_key(const struct hf_policy_question *q)
{
    struct hf_policy_answer a = check_content(q);
    uint64_t latest = latest_end(q, q->now_s, q->policy->key_lifetime_max_s);

    if (!is_allowed(&a))
        return a;
    a = check_stakeholder(q);
    if (!is_allowed(&a))
        return a;
    a = check_key_content(q);
    if (!is_allowed(&a))
        return a;
    if (!is_usable(q) || !hf_bytes_equal(q->registration->client, q->client))
        return refuse(HF_RSC_NO_PRIVILEGE,
                      "the client has no registration in force with this stakeholder",
                      "TS-0003, 8.3.5.2.7; digest 5.10");
    return grant_until(q, asked_end(q, after(q->now_s, q->policy->key_lifetime_s)),
                       earlier(latest, q->registration->expires_s));
}

/* A key lives while it and the registration it hangs on do (digest, section 10). */
static struct hf_policy_answer check_key(const struct hf_policy_question *q)
{
    if (q->key == NULL)
        return unknown("there is no such key");
    if (q->key->state != HF_RECORD_LIVE || hf_is_over(q->key->expires_s, q->now_s))
        return unknown("the key has ended or expired");
    if (!is_usable(q))
        return unknown("the registration of the key has ended or expired");
    if (!is_suid_ours(q->policy, q->key->suid))
        return unknown("the key's use is not one of this function");
    return allow(q->key->expires_s);
}

static struct hf_policy_answer may_retrieve_key(const struct hf_policy_question *q)
{
    struct hf_policy_answer a = check_key(q);

    if (!is_allowed(&a) || hf_bytes_equal(q->key->source, q->client))
        return a;
    if (!hf_list_has(q->key->targets, q->client))
        return unknown("the key was not registered for this target");
    /* Threat row KM-15: a MAF that is no longer ours, or never was, gets no Km. */
    if (q->key->suid == HF_SUID_RSPF_MAF && !hf_policy_is_function(q->policy->functions, q->client))
        return unknown("a Master Credential leaves to one of our MAFs only");
    a.as_target = true;
    return a;
}

static struct hf_policy_answer check_own_key(const struct hf_policy_question *q)
{
    struct hf_policy_answer a = check_key(q);

    if (is_allowed(&a) && !hf_bytes_equal(q->key->source, q->client))
        return unknown("the key is another client's");
    return a;
}

static struct hf_policy_answer may_update_key(const struct hf_policy_question *q)
{
    struct hf_policy_answer a = check_own_key(q);
    uint64_t latest;

    if (!is_allowed(&a))
        return a;
    a = check_update(q, KEY_UPDATE);
    if (is_allowed(&a) && hf_content_has(q->content, HF_A_TGIS))
        a = check_targets(q, q->key->suid, q->key->is_exported);
    if (!is_allowed(&a))
        return a;
    if (!hf_content_has(q->content, HF_A_ET))
        return allow(q->key->expires_s);
    latest = latest_end(q, q->key->created_s, q->policy->key_lifetime_max_s);
    return grant_until(q, q->content->et, earlier(latest, q->registration->expires_s));
}

static bool is_whole_push(const struct hf_content *c)
{
    return hf_content_has(c, HF_A_KID) && hf_content_has(c, HF_A_KV) && hf_content_has(c, HF_A_NID)
           && hf_content_has(c, HF_A_ET) && hf_content_has(c, HF_A_CR) && c->eids.count > 0
           && c->eids.count <= HF_ENTITIES_MAX;
}

static struct hf_policy_answer may_provision_km(const struct hf_policy_question *q)
{
    struct hf_policy_answer a;
    struct hf_key_id kid;
    const char *reason = NULL;

    /* Who first, so that nobody else learns what a push looks like. */
    if (q->policy->is_mef || !hf_policy_is_function(q->policy->functions, q->client))
        return refuse(HF_RSC_NO_PRIVILEGE, "only the configured MEF provisions Master Credentials",
                      "threat row KM-15");
    a = check_content(q);
    if (!is_allowed(&a))
        return a;
    if (!is_whole_push(q->content) || hf_key_id_parse(q->content->kid, &kid) != HF_OK)
        return refuse(HF_RSC_BAD_REQUEST, "a push lacks one of its parts", "digest 7.7");
    if (!hf_list_has(q->policy->functions, kid.fqdn))
        return refuse(HF_RSC_NO_PRIVILEGE, "the pushed identifier is not of the MEF that sends it",
                      "threat row CH-12");
    if (q->content->suid != HF_SUID_RSPF_MAF)
        return refuse(HF_RSC_CONTENTS_UNACCEPTABLE, "only a key for SUID 21 is provisioned",
                      "TS-0003, 8.8.2.3; threat row KM-7");
    if (!hf_list_has(q->policy->admin_fqdns, q->content->adfq))
        return refuse(HF_RSC_NO_PRIVILEGE, "this administrating stakeholder is not served here",
                      "threat row KM-10");
    if (hf_policy_key_value(&q->content->kv, q->content->suid, &reason) != HF_OK)
        return refuse(HF_RSC_BAD_REQUEST, reason, "threat row KM-6");
    return grant_until(q, q->content->et, HF_NEVER);
}

struct hf_policy_answer hf_policy_authorise(const struct hf_policy_question *q)
{
    if (q->is_ended || hf_is_over(q->credential_expires_s, q->now_s))
        return refuse(HF_RSC_SECURITY_ASSOCIATION_REQUIRED,
                      "what the peer was proven with has ended or expired", "invariant G5");
    switch (q->act) {
    case HF_ACT_RETRIEVE_BASE:
        return allow(0);
    case HF_ACT_REGISTER_CLIENT:
        return may_register_client(q);
    case HF_ACT_RETRIEVE_CLIENT:
    case HF_ACT_DEREGISTER_CLIENT:
        return check_registration(q);
    case HF_ACT_UPDATE_CLIENT:
        return may_update_client(q);
    case HF_ACT_REGISTER_KEY:
        return may_register_key(q);
    case HF_ACT_RETRIEVE_KEY:
        return may_retrieve_key(q);
    case HF_ACT_UPDATE_KEY:
        return may_update_key(q);
    case HF_ACT_DEREGISTER_KEY:
        return check_own_key(q);
    case HF_ACT_PROVISION_KM:
        return may_provision_km(q);
    case HF_ACT_COUNT:
        break;
    }
    return refuse(HF_RSC_INTERNAL_ERROR, "no such act", "our own mistake");
}
