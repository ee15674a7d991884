#include "core/certificate/trust.h"

#include <string.h>

#include "base/memory.h"

#define CRL_PEM_HEAD "-----BEGIN X509 CRL-----"

hf_status hf_trust_new(struct hf_trust **out)
{
    *out = hf_alloc(1, sizeof **out);
    return *out != NULL ? HF_OK : HF_ERR_SYSTEM;
}

void hf_trust_free(struct hf_trust *t)
{
    if (t == NULL)
        return;
    for (size_t use = 0; use < HF_ANCHORS_COUNT; use++)
        for (size_t i = 0; i < t->by_use[use].count; i++)
            hf_x509_free(t->by_use[use].at[i].certificate);
    for (size_t i = 0; i < t->crl_count; i++)
        hf_x509_crl_free(t->crls[i].crl);
    hf_free(t);
}

bool hf_is_authority(const struct hf_x509_facts *f)
{
    return f->has_basic_constraints && f->is_ca && f->has_key_usage && f->may_sign_certificates
           && f->is_p256_uncompressed && !f->has_unknown_critical;
}

hf_status hf_trust_add_anchors(struct hf_trust *t, enum hf_anchor_use use, struct hf_bytes pem)
{
    struct hf_anchors *anchors = &t->by_use[use];
    struct hf_x509 *found[HF_ANCHORS_MAX] = {NULL};
    size_t count = 0;
    hf_status st;

    HF_TRY(hf_x509_parse_pem(pem, found, HF_ANCHORS_MAX - anchors->count, &count));
    for (size_t i = 0; i < count; i++) {
        struct hf_anchor *next = &anchors->at[anchors->count + i];

        next->certificate = found[i];
        hf_x509_facts(found[i], &next->facts);
        HF_TRY(hf_is_authority(&next->facts) ? HF_OK : HF_ERR_MALFORMED);
    }
    anchors->count += count;
    count = 0; /* now the trust's */

done:
    for (size_t i = 0; i < count; i++)
        hf_x509_free(found[i]);
    return st;
}

static bool is_signer(const struct hf_x509_facts *a, const struct hf_x509_facts *b)
{
    return hf_bytes_equal(a->subject, b->subject) && hf_bytes_equal(a->spki, b->spki);
}

static struct hf_revocations *find_crl(struct hf_trust *t, const struct hf_x509_facts *signer)
{
    for (size_t i = 0; i < t->crl_count; i++)
        if (is_signer(&t->crls[i].signer->facts, signer))
            return &t->crls[i];
    return NULL;
}

const struct hf_revocations *hf_trust_find_crl(const struct hf_trust *t,
                                               const struct hf_x509_facts *signer)
{
    return find_crl((struct hf_trust *)t, signer);
}

static const struct hf_anchor *find_signer(const struct hf_trust *t, const struct hf_x509_crl *crl,
                                           struct hf_bytes issuer)
{
    for (size_t use = 0; use < HF_ANCHORS_COUNT; use++)
        for (size_t i = 0; i < t->by_use[use].count; i++) {
            const struct hf_anchor *a = &t->by_use[use].at[i];

            if (hf_bytes_equal(a->facts.subject, issuer)
                && hf_x509_crl_check_signature(crl, a->certificate) == HF_OK)
                return a;
        }
    return NULL;
}

/* Takes `r->crl` over when it answers HF_OK. A newer list replaces the one before. */
static hf_status keep(struct hf_trust *t, const struct hf_revocations *r)
{
    struct hf_revocations *known = find_crl(t, &r->signer->facts);

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
        rest = crl.at[0] == '-' ? after_first(rest) : (struct hf_bytes){NULL, 0};
    } while (rest.len > 0);

done:
    return st;
}
