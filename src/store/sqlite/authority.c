#include "store/sqlite/database.h"

#include <string.h>

static const struct hf_known_authority *known(const struct hf_database *d, struct hf_bytes fqdn)
{
    for (size_t i = 0; i < d->known_count; i++)
        if (hf_bytes_equal(hf_bytes_of(d->known[i].fqdn, d->known[i].len), fqdn))
            return &d->known[i];
    return NULL;
}

/* Rows of authorities never change, so what is known stays true; the rest is asked for again. */
static void remember(struct hf_database *d, struct hf_bytes fqdn, int64_t row)
{
    struct hf_known_authority *k = &d->known[d->known_count];

    if (d->known_count == HF_AUTHORITY_CACHE)
        return;
    memcpy(k->fqdn, fqdn.at, fqdn.len);
    k->len = fqdn.len;
    k->row = row;
    d->known_count++;
}

static hf_status ask(struct hf_database *d, struct hf_bytes fqdn, int64_t *row)
{
    struct hf_query q = hf_query_begin(d, HF_SQL_AUTHORITY_FIND);
    hf_status st;

    hf_bind_bytes(&q, fqdn);
    HF_TRY(hf_query_next(&q));
    *row = hf_read_number(&q);
done:
    hf_query_end(&q);
    return st;
}

static hf_status add_authority(struct hf_database *d, struct hf_bytes fqdn, int64_t *row)
{
    struct hf_query q = hf_query_begin(d, HF_SQL_AUTHORITY_ADD);
    hf_status st;

    hf_bind_bytes(&q, fqdn);
    HF_TRY(hf_query_run(&q));
    *row = sqlite3_last_insert_rowid(d->db);
done:
    return st;
}

hf_status hf_database_authority(struct hf_database *d, struct hf_bytes fqdn, bool add, int64_t *row)
{
    const struct hf_known_authority *k = known(d, fqdn);
    hf_status st;

    if (k != NULL) {
        *row = k->row;
        return HF_OK;
    }
    if (fqdn.len > HF_FQDN_MAX)
        return add ? HF_ERR_LIMIT : HF_ERR_UNKNOWN;
    if (fqdn.len == 0)
        return add ? HF_ERR_MALFORMED : HF_ERR_UNKNOWN;
    st = ask(d, fqdn, row);
    if (st == HF_ERR_UNKNOWN && add)
        st = add_authority(d, fqdn, row);
    if (st == HF_OK)
        remember(d, fqdn, *row);
    return st;
}

void hf_database_forget_authorities(struct hf_database *d)
{
    d->known_count = 0;
}
