#include "core/certificate/trust.h"

#include <string.h>

#include "base/memory.h"
#include "core/certificate/der.h"

#define CRL_PEM_HEAD "-----BEGIN X509 CRL-----"

enum { ANCHOR_OCTETS_MAX = HF_ANCHORS_COUNT * HF_ANCHORS_MAX * HF_CERTIFICATE_MAX };

hf_status hf_trust_new(struct hf_trust **out)
{
    *out = hf_alloc(1, sizeof **out);
    if (*out == NULL)
        return HF_ERR_SYSTEM;
    hf_arena_init(&(*out)->arena, ANCHOR_OCTETS_MAX);
    return HF_OK;
}

void hf_trust_free(struct hf_trust *t)
{
    if (t == NULL)
        return;
    for (size_t use = 0; use < HF_ANCHORS_COUNT; use++)
        for (size_t i = 0; i < t->by_use[use].count; i++)
            hf_p256_key_free(t->by_use[use].at[i].key);
    for (size_t i = 0; i < t->crl_count; i++)
        hf_x509_crl_free(t->crls[i].crl);
    hf_arena_done(&t->arena);
    hf_free(t);
}

bool hf_is_authority(const struct hf_certificate *c)
{
    return c->has_basic_constraints && c->is_ca && c->has_key_usage && c->may_sign_certificates
           && c->is_p256_uncompressed && !c->has_unknown_critical;
}

/* On failure `out` has no key. */
static hf_status read_anchor(struct hf_bytes der, struct hf_anchor *out)
{
    hf_status st;

    HF_TRY(hf_certificate_read(der, &out->certificate));
    HF_TRY(hf_is_authority(&out->certificate) ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(hf_p256_key_new(out->certificate.point, &out->key));

done:
    return st;
}

hf_status hf_trust_add_anchors(struct hf_trust *t, enum hf_anchor_use use, struct hf_bytes pem)
{
    struct hf_anchors *anchors = &t->by_use[use];
    struct hf_anchor *next = &anchors->at[anchors->count];
    struct hf_bytes found[HF_ANCHORS_MAX];
    size_t count = 0, made = 0;
    hf_status st;

    HF_TRY(hf_x509_read_pem(pem, &t->arena, found, HF_ANCHORS_MAX - anchors->count, &count));
    for (; made < count; made++)
        HF_TRY(read_anchor(found[made], &next[made]));
    anchors->count += count;
    made = 0; /* now the trust's */

done:
    while (made > 0)
        hf_p256_key_free(next[--made].key);
    return st;
}

static bool is_signer(const struct hf_certificate *a, const struct hf_certificate *b)
{
    return hf_bytes_equal(a->subject, b->subject) && hf_bytes_equal(a->spki, b->spki);
}

static struct hf_revocations *find_crl(struct hf_trust *t, const struct hf_certificate *signer)
{
    for (size_t i = 0; i < t->crl_count; i++)
        if (is_signer(&t->crls[i].signer->certificate, signer))
            return &t->crls[i];
    return NULL;
}

const struct hf_revocations *hf_trust_find_crl(const struct hf_trust *t,
                                               const struct hf_certificate *signer)
{
    return find_crl((struct hf_trust *)t, signer);
}

static const struct hf_anchor *find_signer(const struct hf_trust *t, const struct hf_x509_crl *crl,
                                           struct hf_bytes issuer)
{
    for (size_t use = 0; use < HF_ANCHORS_COUNT; use++)
        for (size_t i = 0; i < t->by_use[use].count; i++) {
            const struct hf_anchor *a = &t->by_use[use].at[i];

            if (hf_bytes_equal(a->certificate.subject, issuer) && a->certificate.may_sign_crls
                && hf_x509_crl_check_signature(crl, a->key) == HF_OK)
                return a;
        }
    return NULL;
}

/* Takes `r->crl` over when it answers HF_OK. A newer list replaces the one before. */
static hf_status keep(struct hf_trust *t, const struct hf_revocations *r)
{
    struct hf_revocations *known = find_crl(t, &r->signer->certificate);

    if (known == NULL) {
        if (t->crl_count == HF_CRLS_MAX)
            return HF_ERR_LIMIT;
        t->crls[t->crl_count++] = *r;
        return HF_OK;
    }
    if (r->facts.number < known->facts.number)
        return HF_ERR_CONFLICT;
    hf_x509_crl_free(known->crl);
    *known = *r;
    return HF_OK;
}

static hf_status add_one(struct hf_trust *t, struct hf_bytes text)
{
    struct hf_revocations r = {0};
    hf_status st;

    HF_TRY(hf_x509_crl_parse(text, &r.crl));
    hf_x509_crl_facts(r.crl, &r.facts);
    r.signer = find_signer(t, r.crl, r.facts.issuer);
    HF_TRY(r.signer != NULL ? HF_OK : HF_ERR_CRYPTO);
    HF_TRY(keep(t, &r));
    r.crl = NULL; /* now the trust's */

done:
    hf_x509_crl_free(r.crl);
    return st;
}

/* `text` from the second PEM head on; empty when there is none. */
static struct hf_bytes after_first(struct hf_bytes text)
{
    struct hf_bytes head = HF_LITERAL(CRL_PEM_HEAD), rest = text;
    const uint8_t *at;

    for (int i = 0; i < 2; i++) {
        at = rest.len == 0 ? NULL : memmem(rest.at, rest.len, head.at, head.len);
        if (at == NULL)
            return (struct hf_bytes){NULL, 0};
        rest = hf_bytes_from(rest, (size_t)(at - rest.at) + (i == 0 ? head.len : 0));
    }
    return rest;
}

hf_status hf_trust_add_crl(struct hf_trust *t, struct hf_bytes crl)
{
    struct hf_bytes rest = crl;
    hf_status st;

    do {
        HF_TRY(add_one(t, rest));
        rest = crl.at[0] == HF_DER_SEQUENCE ? (struct hf_bytes){NULL, 0} : after_first(rest);
    } while (rest.len > 0);

done:
    return st;
}
