#include "cli/operator_authority.h"

#include <stdio.h>

#include "crypto/x509.h"

enum {
    DAY_S = 86400,
    AUTHORITY_DAYS = 3650,
    SERVER_DAYS = 730,
    DEVICE_DAYS = 3650,
    COMMON_NAME_MAX = 64, /* ub-common-name of RFC 5280 */
};

/* The arc below which the demonstration maker numbers its devices (TS-0001, annex H). */
#define MAKER_OID "0.2.481.1.100"

static void set_validity(struct hf_x509_order *o, uint64_t now_s, uint64_t days)
{
    o->not_before_s = now_s - DAY_S; /* clocks of devices run late */
    o->not_after_s = now_s + days * DAY_S;
}

static hf_status issue(struct hf_arena *a, const struct hf_x509_order *o,
                       const struct hf_authority *by, struct hf_issued *out)
{
    struct hf_issued made = {0};
    hf_status st;

    HF_TRY(hf_x509_new_key(a, &made.key));
    HF_TRY(hf_x509_issue(o, made.key, by->certificate, by->key, a, &made.certificate));
    *out = made;
done:
    return st;
}

static hf_status make_authority(struct hf_arena *a, struct hf_x509_order *o, uint64_t now_s,
                                struct hf_authority *out)
{
    static const struct hf_authority itself = {0};
    struct hf_issued made;
    hf_status st;

    o->is_ca = true;
    set_validity(o, now_s, AUTHORITY_DAYS);
    HF_TRY(issue(a, o, &itself, &made));
    *out = (struct hf_authority){made.certificate, made.key};
done:
    return st;
}

/* A common name is for people only; a long one is cut. */
static const char *common_name(char room[static COMMON_NAME_MAX + 1], const char *what,
                               const char *of)
{
    snprintf(room, COMMON_NAME_MAX + 1, "%s%.40s", what, of);
    return room;
}

hf_status hf_provider_authority(struct hf_arena *a, const char *provider, uint64_t now_s,
                                struct hf_authority *out)
{
    char name[COMMON_NAME_MAX + 1];
    struct hf_x509_order o = {.common_name = common_name(name, "Provider CA of ", provider),
                              .permitted_dns = provider,
                              .permitted_uri_host = provider};

    return make_authority(a, &o, now_s, out);
}

hf_status hf_device_authority(struct hf_arena *a, const char *provider, uint64_t now_s,
                              struct hf_authority *out)
{
    char name[COMMON_NAME_MAX + 1];
    struct hf_x509_order o = {.common_name = common_name(name, "Device CA for ", provider),
                              .permitted_hardware_oid = MAKER_OID};

    return make_authority(a, &o, now_s, out);
}

hf_status hf_issue_for_fqdn(struct hf_arena *a, const struct hf_authority *by, const char *fqdn,
                            uint64_t now_s, struct hf_issued *out)
{
    char name[COMMON_NAME_MAX + 1];
    struct hf_x509_order o = {.common_name = common_name(name, "", fqdn), .dns_name = fqdn};

    set_validity(&o, now_s, SERVER_DAYS);
    return issue(a, &o, by, out);
}

hf_status hf_issue_for_device(struct hf_arena *a, const struct hf_authority *by, const char *oid,
                              uint64_t now_s, struct hf_issued *out)
{
    char name[COMMON_NAME_MAX + 1];
    struct hf_x509_order o = {.common_name = common_name(name, "Device ", oid),
                              .hardware_oid = oid};

    set_validity(&o, now_s, DEVICE_DAYS);
    return issue(a, &o, by, out);
}
