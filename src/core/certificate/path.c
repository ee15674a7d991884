#include "core/certificate/path.h"

#include "core/certificate/der.h"
#include "core/certificate/name_constraints.h"
#include "core/certificate/refuse.h"

static hf_status add(struct hf_path *p, struct hf_bytes der, const char **reason)
{
    hf_status st = hf_certificate_read(der, &p->certificate[p->count]);

    if (st == HF_ERR_LIMIT)
        return hf_refuse(reason, HF_ERR_MALFORMED,
                         der.len > HF_CERTIFICATE_MAX
                             ? "A certificate is longer than 16 KiB."
                             : "A certificate has more than 32 extensions.");
    if (st != HF_OK)
        return hf_refuse(reason, HF_ERR_MALFORMED, "A certificate of the chain cannot be read.");
    p->count++;
    return HF_OK;
}

hf_status hf_path_begin(struct hf_path *p, struct hf_bytes leaf, const char **reason)
{
    p->count = 0;
    p->anchor = NULL;
    return add(p, leaf, reason);
}

/* Anchors of one name differ by key when an authority changed it, so the signature decides. */
static const struct hf_anchor *find_anchor(const struct hf_anchors *anchors,
                                           const struct hf_certificate *c)
{
    for (size_t i = 0; i < anchors->count; i++)
        if (hf_bytes_equal(anchors->at[i].certificate.subject, c->issuer)
            && hf_p256_verify(anchors->at[i].key, c->tbs, c->signature) == HF_OK)
            return &anchors->at[i];
    return NULL;
}

static bool is_self_issued(const struct hf_certificate *f)
{
    return hf_bytes_equal(f->subject, f->issuer);
}

/* pathLenConstraint counts the intermediates below, without self-issued ones and the leaf
 * (RFC 5280, 4.2.1.9). `above` is the index that the authority has or would have in the path. */
static bool path_is_short_enough(const struct hf_path *p, size_t above,
                                 const struct hf_certificate *authority)
{
    long below = 0;

    for (size_t i = 1; i < above; i++)
        below += is_self_issued(&p->certificate[i]) ? 0 : 1;
    return authority->path_length < 0 || below <= authority->path_length;
}

/* The certificate just added must be one that may have issued the one before it. */
static hf_status check_issuer(const struct hf_path *p, const char **reason)
{
    size_t at = p->count - 1;
    const struct hf_certificate *c = &p->certificate[at], *below = &p->certificate[at - 1];
    struct hf_p256_key *key = NULL;
    hf_status st;

    if (!hf_bytes_equal(c->subject, below->issuer))
        HF_TRY(hf_refuse(reason, HF_ERR_CRYPTO,
                         "No authority we trust for this flavour, and no "
                         "next certificate of the chain, issued it."));
    if (!hf_is_authority(c) || !c->is_ecdsa_sha256)
        HF_TRY(hf_refuse(reason, HF_ERR_MALFORMED,
                         "An intermediate is no certificate authority of the profile."));
    if (!path_is_short_enough(p, at, c))
        HF_TRY(hf_refuse(reason, HF_ERR_CRYPTO,
                         "There are more intermediates than an authority above allows."));
    st = hf_p256_key_new(c->point, &key);
    if (st != HF_OK)
        HF_TRY(hf_refuse(reason, st, "An intermediate has a key that is none."));
    if (hf_p256_verify(key, below->tbs, below->signature) != HF_OK)
        HF_TRY(hf_refuse(reason, HF_ERR_CRYPTO, "A signature in the chain is wrong."));

done:
    hf_p256_key_free(key);
    return st;
}

hf_status hf_path_extend(struct hf_path *p, const struct hf_trust *t, enum hf_anchor_use use,
                         const struct hf_bytes *chain, size_t count, const char **reason)
{
    hf_status st;

    for (;;) {
        size_t last = p->count - 1;

        p->anchor = find_anchor(&t->by_use[use], &p->certificate[last]);
        if (p->anchor != NULL)
            break;
        if (p->count == count)
            HF_TRY(hf_refuse(reason, HF_ERR_CRYPTO,
                             "The chain ends at no authority we trust for this flavour."));
        HF_TRY(add(p, chain[p->count], reason));
        HF_TRY(check_issuer(p, reason));
    }
    if (!path_is_short_enough(p, p->count, &p->anchor->certificate))
        HF_TRY(hf_refuse(reason, HF_ERR_CRYPTO,
                         "There are more intermediates than the trust anchor allows."));
    st = HF_OK;

done:
    return st;
}

/* Authorities by their place: 1 to count - 1 are the intermediates, count is the anchor. */
static const struct hf_certificate *authority_at(const struct hf_path *p, size_t at)
{
    return at == p->count ? &p->anchor->certificate : &p->certificate[at];
}

hf_status hf_path_check_times(const struct hf_path *p, uint64_t now_s, const char **reason)
{
    for (size_t i = 0; i <= p->count; i++) {
        const struct hf_certificate *f = authority_at(p, i);

        if (now_s < f->not_before_s)
            return hf_refuse(reason, HF_ERR_EXPIRED,
                             i == 0 ? "The certificate is not valid yet."
                                    : "An authority above the certificate is not valid yet.");
        if (now_s > f->not_after_s)
            return hf_refuse(reason, HF_ERR_EXPIRED,
                             i == 0 ? "The certificate has expired."
                                    : "An authority above the certificate has expired.");
    }
    return HF_OK;
}

/* One authority's constraints on one name. */
static hf_status check_name(const struct hf_certificate *authority, const struct hf_alt_name *name,
                            bool is_identity, bool *covered, const char **reason)
{
    bool now_covered = false;
    hf_status st =
        hf_name_constraints_check(authority->name_constraints, name, is_identity, &now_covered);

    *covered = *covered || now_covered;
    if (st == HF_ERR_CRYPTO)
        return hf_refuse(reason, st, "An authority may not vouch for this name (nameConstraints).");
    if (st != HF_OK)
        return hf_refuse(reason, HF_ERR_MALFORMED,
                         "An authority has nameConstraints that cannot be read.");
    return HF_OK;
}

/* The subject as a directoryName; an empty one is no name (RFC 5280, 4.2.1.10). */
static hf_status check_subject(const struct hf_certificate *authority,
                               const struct hf_certificate *below, const char **reason)
{
    struct hf_alt_name name = {.kind = HF_ALT_DIRECTORY};
    struct hf_reader r = hf_reader_over(below->subject);
    bool covered;

    name.text = hf_der_get(&r, HF_DER_SEQUENCE);
    if (r.st != HF_OK)
        return hf_refuse(reason, HF_ERR_MALFORMED, "A subject in the chain cannot be read.");
    return name.text.len == 0 ? HF_OK : check_name(authority, &name, false, &covered, reason);
}

/* What one authority says about the intermediate at `at` below it. */
static hf_status check_intermediate(const struct hf_certificate *authority,
                                    const struct hf_certificate *below, const char **reason)
{
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    size_t count = 0;
    bool covered;
    hf_status st;

    if (is_self_issued(below))
        return HF_OK; /* RFC 5280, 6.1.3 (b) */
    HF_TRY(check_subject(authority, below, reason));
    if (below->alt_names.len == 0)
        return HF_OK;
    if (hf_alt_names_read(below->alt_names, names, &count) != HF_OK)
        HF_TRY(hf_refuse(reason, HF_ERR_MALFORMED, "An intermediate has names we cannot read."));
    for (size_t i = 0; i < count; i++)
        HF_TRY(check_name(authority, &names[i], false, &covered, reason));

done:
    return st;
}

hf_status hf_path_check_names(const struct hf_path *p, const struct hf_alt_name *identity,
                              bool must_be_constrained, const char **reason)
{
    bool covered = false;
    hf_status st = HF_OK;

    for (size_t at = 1; at <= p->count; at++) {
        const struct hf_certificate *authority = authority_at(p, at);

        if (authority->name_constraints.len == 0)
            continue;
        HF_TRY(check_name(authority, identity, true, &covered, reason));
        HF_TRY(check_subject(authority, &p->certificate[0], reason));
        for (size_t below = 1; below < at; below++)
            HF_TRY(check_intermediate(authority, &p->certificate[below], reason));
    }
    if (must_be_constrained && !covered)
        HF_TRY(hf_refuse(reason, HF_ERR_CRYPTO,
                         "No authority in the path is limited to names like this one, as its "
                         "flavour requires (nameConstraints)."));

done:
    return st;
}

hf_status hf_path_check_revocation(const struct hf_path *p, const struct hf_trust *t,
                                   uint64_t now_s, bool must_have_crl, const char **reason)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct hf_revocations *r = hf_trust_find_crl(t, authority_at(p, i + 1));

        if (r == NULL && must_have_crl)
            return hf_refuse(reason, HF_ERR_EXPIRED,
                             "There is no revocation list for an authority in the path.");
        if (r == NULL)
            continue;
        if (hf_x509_crl_has(r->crl, p->certificate[i].serial))
            return hf_refuse(reason, HF_ERR_DENIED,
                             i == 0 ? "The certificate is revoked."
                                    : "An authority above the certificate is revoked.");
        if (now_s > r->facts.next_update_s && now_s - r->facts.next_update_s > HF_CRL_GRACE_S)
            return hf_refuse(reason, HF_ERR_EXPIRED,
                             "The revocation list is more than a day over its nextUpdate.");
    }
    return HF_OK;
}
