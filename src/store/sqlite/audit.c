#include "store/sqlite/audit.h"

#include <string.h>

/* One row; everything that its hash covers beside the row before. */
struct row {
    uint64_t id, time_s;
    struct hf_bytes texts[5]; /* authority, act, who, what, detail */
};

static struct hf_bytes put_numbers(const struct row *r, uint8_t room[36])
{
    struct hf_writer w = hf_writer_over(room, 36);

    hf_put_u64(&w, r->id);
    hf_put_u64(&w, r->time_s);
    for (size_t i = 0; i < HF_COUNT(r->texts); i++)
        hf_put_u32(&w, (uint32_t)r->texts[i].len);
    return hf_bytes_of(room, w.used);
}

/* Lengths come first, so no two rows read alike. */
static hf_status hash_row(const uint8_t before[HF_SHA256_LEN], const struct row *r,
                          uint8_t out[HF_SHA256_LEN])
{
    uint8_t numbers[36];
    const struct hf_bytes pieces[] = {
        hf_bytes_of(before, HF_SHA256_LEN),
        put_numbers(r, numbers),
        r->texts[0],
        r->texts[1],
        r->texts[2],
        r->texts[3],
        r->texts[4],
    };

    return hf_sha256_of(pieces, HF_COUNT(pieces), out);
}

hf_status hf_audit_load_head(struct hf_database *d, struct hf_audit_head *out)
{
    struct hf_query q = hf_query_begin(d, HF_SQL_AUDIT_LAST);
    struct hf_bytes hash;
    hf_status st = hf_query_next(&q);

    memset(out, 0, sizeof *out);
    if (st == HF_OK) {
        out->id = (uint64_t)hf_read_number(&q);
        hash = hf_read_borrowed(&q);
        if (hash.len == sizeof out->hash)
            memcpy(out->hash, hash.at, hash.len);
    }
    hf_query_end(&q);
    return st == HF_ERR_UNKNOWN ? HF_OK : st;
}

hf_status hf_audit_append(struct hf_database *d, struct hf_audit_head *head,
                          const struct hf_audit_event *e)
{
    struct row r = {
        head->id + 1,
        e->time_s > INT64_MAX ? INT64_MAX : e->time_s,
        {e->authority, hf_text(e->act), e->who, e->what, e->detail}
    };
    struct hf_audit_head next = {.id = r.id};
    struct hf_query q;
    hf_status st;

    HF_TRY(e->act == NULL ? HF_ERR_BUG : HF_OK); /* no audit, no act */
    HF_TRY(hash_row(head->hash, &r, next.hash));
    q = hf_query_begin(d, HF_SQL_AUDIT_ADD);
    hf_bind_number(&q, (int64_t)r.id);
    hf_bind_time(&q, r.time_s);
    for (size_t i = 0; i < HF_COUNT(r.texts); i++)
        hf_bind_bytes(&q, r.texts[i]);
    hf_bind_blob(&q, hf_bytes_of(next.hash, sizeof next.hash));
    HF_TRY(hf_query_run(&q));
    *head = next;
done:
    return st;
}

static hf_status head_mac(const struct hf_secure_environment *se, const struct hf_audit_head *head,
                          uint8_t out[HF_FINGERPRINT_LEN])
{
    uint8_t room[8 + HF_SHA256_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_secret covered = {0};
    hf_status st;

    hf_put_u64(&w, head->id);
    hf_put_bytes(&w, hf_bytes_of(head->hash, sizeof head->hash));
    HF_TRY(hf_secret_set(&covered, hf_bytes_of(room, sizeof room)));
    /* No authority has a space in its name. */
    HF_TRY(se->fingerprint(se->self, HF_LITERAL("audit head"), &covered, out));
done:
    return st;
}

hf_status hf_audit_seal(struct hf_database *d, const struct hf_secure_environment *se,
                        const struct hf_audit_head *head)
{
    uint8_t mac[HF_FINGERPRINT_LEN];
    struct hf_query q;
    hf_status st;

    HF_TRY(head_mac(se, head, mac));
    q = hf_query_begin(d, HF_SQL_META_SET);
    hf_bind_bytes(&q, HF_LITERAL("audit_head"));
    hf_bind_blob(&q, hf_bytes_of(mac, sizeof mac));
    HF_TRY(hf_query_run(&q));
done:
    return st;
}

/* HF_ERR_CRYPTO: the row is not the one that follows `head`; otherwise it becomes the head. */
static hf_status check_row(struct hf_query *q, struct hf_audit_head *head)
{
    struct row r;
    uint8_t expected[HF_SHA256_LEN];
    struct hf_bytes hash;
    hf_status st;

    r.id = (uint64_t)hf_read_number(q);
    r.time_s = (uint64_t)hf_read_number(q);
    for (size_t i = 0; i < HF_COUNT(r.texts); i++)
        r.texts[i] = hf_read_borrowed(q);
    hash = hf_read_borrowed(q);
    HF_TRY(hash_row(head->hash, &r, expected));
    HF_TRY(r.id == head->id + 1 && hf_bytes_equal(hash, hf_bytes_of(expected, sizeof expected))
               ? HF_OK
               : HF_ERR_CRYPTO);
    head->id = r.id;
    memcpy(head->hash, expected, sizeof expected);
done:
    return st;
}

static hf_status check_head(struct hf_database *d, const struct hf_secure_environment *se,
                            const struct hf_audit_head *head)
{
    struct hf_query q = hf_query_begin(d, HF_SQL_META_GET);
    uint8_t mac[HF_FINGERPRINT_LEN];
    hf_status st;

    hf_bind_bytes(&q, HF_LITERAL("audit_head"));
    st = hf_query_next(&q);
    HF_TRY(st == HF_ERR_UNKNOWN && head->id > 0 ? HF_ERR_CRYPTO : st);
    HF_TRY(head_mac(se, head, mac));
    HF_TRY(hf_equal_in_constant_time(hf_read_borrowed(&q), hf_bytes_of(mac, sizeof mac))
               ? HF_OK
               : HF_ERR_CRYPTO);
done:
    hf_query_end(&q);
    return st == HF_ERR_UNKNOWN ? HF_OK : st; /* nothing was ever sealed */
}

static hf_status walk(struct hf_database *d, struct hf_audit_head *head)
{
    struct hf_query q = hf_query_begin(d, HF_SQL_AUDIT_WALK);
    hf_status st = hf_query_next(&q);

    while (st == HF_OK) {
        HF_TRY(check_row(&q, head));
        st = hf_query_next(&q);
    }
done:
    hf_query_end(&q);
    return st == HF_ERR_UNKNOWN ? HF_OK : st;
}

hf_status hf_audit_check(struct hf_database *d, const struct hf_secure_environment *se,
                         uint64_t *broken_at)
{
    struct hf_audit_head head = {0};
    hf_status st;

    HF_TRY(hf_database_execute(d, "BEGIN")); /* rows and head of the same moment */
    st = walk(d, &head);
    if (st == HF_OK)
        st = check_head(d, se, &head);
    if (st == HF_ERR_CRYPTO)
        *broken_at = head.id + 1;
    HF_TRY(hf_database_execute(d, "COMMIT") == HF_OK ? st : HF_ERR_STORE);
done:
    return st;
}
