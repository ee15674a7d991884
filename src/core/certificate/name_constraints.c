#include "core/certificate/name_constraints.h"

#include "core/certificate/der.h"
#include "core/identity/fqdn.h"

enum {
    PERMITTED = HF_DER_CONTEXT | HF_DER_CONSTRUCTED | 0,
    EXCLUDED = HF_DER_CONTEXT | HF_DER_CONSTRUCTED | 1,
};

/* What a list of subtrees says about one name. */
struct match {
    bool has_kind; /* a subtree of the name's kind is there */
    bool covers;
};

/* ".example.com" holds every name below, "example.com" itself too. */
static bool is_below(struct hf_bytes name, struct hf_bytes base)
{
    size_t more;

    if (base.len == 0)
        return true;
    if (name.len <= base.len)
        return base.at[0] != '.' && hf_bytes_equal_ignoring_case(name, base);
    more = name.len - base.len;
    return (base.at[0] == '.' || name.at[more - 1] == '.')
           && hf_bytes_equal_ignoring_case(hf_bytes_from(name, more), base);
}

static size_t find_first_of(struct hf_bytes text, struct hf_bytes ends)
{
    for (size_t i = 0; i < text.len; i++)
        for (size_t j = 0; j < ends.len; j++)
            if (text.at[i] == ends.at[j])
                return i;
    return text.len;
}

/* The host of "scheme://host/path" or, as an AE-ID may be written (digest, A24), "//host/path". */
static bool find_host(struct hf_bytes uri, struct hf_bytes *host)
{
    size_t slash = find_first_of(uri, HF_LITERAL("/"));
    struct hf_bytes rest = hf_bytes_from(uri, slash);

    if (!hf_bytes_start_with(rest, HF_LITERAL("//")) || (slash > 0 && uri.at[slash - 1] != ':'))
        return false;
    rest = hf_bytes_from(rest, 2);
    *host = hf_bytes_first(rest, find_first_of(rest, HF_LITERAL("/?#")));
    return hf_fqdn_is_valid(*host); /* so neither a user nor a port */
}

/* A host is meant as it is, unless a dot says "below" (RFC 5280, 4.2.1.10). */
static bool uri_is_covered(struct hf_bytes uri, struct hf_bytes base)
{
    struct hf_bytes host;

    if (!find_host(uri, &host) || base.len == 0)
        return false;
    return base.at[0] == '.' ? is_below(host, base) : hf_bytes_equal_ignoring_case(host, base);
}

static bool is_covered(const struct hf_alt_name *name, const struct hf_alt_name *base)
{
    switch (name->kind) {
    case HF_ALT_DNS:
        return is_below(name->text, base->text);
    case HF_ALT_URI:
        return uri_is_covered(name->text, base->text);
    case HF_ALT_DEVICE:
    case HF_ALT_REGISTERED:
        return hf_oid_is_below(&name->oid, &base->oid);
    case HF_ALT_PERMANENT:
        return hf_bytes_equal(name->text, base->text);
    case HF_ALT_DIRECTORY: /* whole RDNs: a DER element is never the beginning of another */
        return hf_bytes_start_with(name->text, base->text);
    case HF_ALT_FOREIGN:
        return false;
    }
    return false;
}

static hf_status match_list(struct hf_bytes list, const struct hf_alt_name *name, struct match *m)
{
    struct hf_reader r = hf_reader_over(list);
    struct hf_alt_name base;
    size_t count = 0;
    hf_status st;

    HF_TRY(list.len > 0 ? HF_OK : HF_ERR_MALFORMED);
    while (!hf_reader_is_done(&r)) {
        struct hf_reader subtree = hf_reader_over(hf_der_get(&r, HF_DER_SEQUENCE));

        HF_TRY(++count <= HF_SUBTREES_MAX ? HF_OK : HF_ERR_LIMIT);
        hf_alt_name_get(&subtree, &base);
        HF_TRY(subtree.st);
        HF_TRY(hf_reader_finish(&subtree)); /* neither minimum nor maximum */
        if (base.kind != name->kind)
            continue;
        m->has_kind = true;
        m->covers = m->covers || is_covered(name, &base);
    }
    HF_TRY(r.st);

done:
    return st;
}

/*
 * An exclusion must not be dodged by writing a name another way: where we compare octets
 * (directoryName, PermanentIdentifier), know no host, or do not know the kind at all, it counts as
 * met.
 */
static bool is_excluded(const struct hf_alt_name *name, const struct match *m)
{
    struct hf_bytes host;

    if (!m->has_kind)
        return false;
    return m->covers || name->kind == HF_ALT_DIRECTORY || name->kind == HF_ALT_PERMANENT
           || name->kind == HF_ALT_FOREIGN
           || (name->kind == HF_ALT_URI && !find_host(name->text, &host));
}

hf_status hf_name_constraints_check(struct hf_bytes der, const struct hf_alt_name *name,
                                    bool is_identity, bool *covered)
{
    struct hf_reader outer = hf_reader_over(der);
    struct hf_reader r = hf_reader_over(hf_der_get(&outer, HF_DER_SEQUENCE));
    bool has_permitted = hf_der_is_next(&r, PERMITTED);
    struct match permitted = {false, false}, excluded = {false, false};
    hf_status st;

    HF_TRY(hf_reader_finish(&outer));
    HF_TRY(!hf_reader_is_done(&r) ? HF_OK : HF_ERR_MALFORMED);
    if (has_permitted)
        HF_TRY(match_list(hf_der_get(&r, PERMITTED), name, &permitted));
    if (hf_der_is_next(&r, EXCLUDED))
        HF_TRY(match_list(hf_der_get(&r, EXCLUDED), name, &excluded));
    HF_TRY(hf_reader_finish(&r));

    if (is_excluded(name, &excluded))
        HF_TRY(HF_ERR_CRYPTO);
    if (!permitted.covers && (permitted.has_kind || (has_permitted && is_identity)))
        HF_TRY(HF_ERR_CRYPTO);
    *covered = permitted.covers;

done:
    return st;
}
