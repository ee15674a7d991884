#include "secure_environment/soft/entries.h"

hf_status hf_entry_check(const struct hf_se_entry *e)
{
    if (e->name.len == 0)
        return HF_ERR_MALFORMED;
    if (e->name.len > HF_SE_NAME_MAX || e->attributes.len > HF_SE_ATTRIBUTES_MAX
        || e->suid > UINT16_MAX)
        return HF_ERR_LIMIT;
    return HF_OK;
}

void hf_put_entry(struct hf_writer *w, const struct hf_se_entry *e)
{
    hf_put_u8_bytes(w, e->name);
    hf_put_u16(w, (uint16_t)e->suid);
    hf_put_u64(w, e->expires_s);
    hf_put_u16_bytes(w, e->attributes);
    hf_put_u8_bytes(w, hf_secret_reveal(&e->key));
}

hf_status hf_entry_read(struct hf_reader *r, struct hf_se_entry *out)
{
    struct hf_se_entry e = {0};
    hf_status st;

    e.name = hf_get_u8_bytes(r);
    e.suid = hf_get_u16(r);
    e.expires_s = hf_get_u64(r);
    e.attributes = hf_get_u16_bytes(r);
    HF_TRY(hf_secret_set(&e.key, hf_get_u8_bytes(r)));
    HF_TRY(r->st);
    HF_TRY(hf_entry_check(&e));
    *out = e;
done:
    hf_secret_wipe(&e.key);
    return st == HF_ERR_LIMIT ? HF_ERR_MALFORMED : st;
}

hf_status hf_entries_find(struct hf_bytes entries, struct hf_bytes name, struct hf_se_entry *out)
{
    struct hf_reader r = hf_reader_over(entries);
    struct hf_se_entry e = {0};
    hf_status st;

    do {
        HF_TRY(hf_reader_is_done(&r) ? HF_ERR_UNKNOWN : HF_OK);
        HF_TRY(hf_entry_read(&r, &e));
    } while (!hf_bytes_equal(e.name, name));
    *out = e;
done:
    hf_secret_wipe(&e.key);
    return st;
}

hf_status hf_entries_at(struct hf_bytes entries, size_t index, struct hf_se_entry *out)
{
    struct hf_reader r = hf_reader_over(entries);
    struct hf_se_entry e = {0};
    hf_status st;

    for (size_t i = 0; i <= index; i++) {
        HF_TRY(hf_reader_is_done(&r) ? HF_ERR_UNKNOWN : HF_OK);
        HF_TRY(hf_entry_read(&r, &e));
    }
    *out = e;
done:
    hf_secret_wipe(&e.key);
    return st;
}

hf_status hf_entries_check(struct hf_bytes entries)
{
    struct hf_reader r = hf_reader_over(entries);
    struct hf_se_entry e = {0}, earlier = {0};
    hf_status st = HF_OK;

    while (!hf_reader_is_done(&r)) {
        struct hf_bytes before = hf_bytes_first(entries, entries.len - r.rest.len);

        HF_TRY(hf_entry_read(&r, &e));
        HF_TRY(hf_entries_find(before, e.name, &earlier) == HF_OK ? HF_ERR_MALFORMED : HF_OK);
    }
    HF_TRY(hf_reader_finish(&r));
done:
    hf_secret_wipe(&e.key);
    hf_secret_wipe(&earlier.key);
    return st;
}

/* Copies the entries; the one called `name` becomes `instead`, or nothing where that is NULL. */
static hf_status rebuild(struct hf_bytes entries, struct hf_bytes name,
                         const struct hf_se_entry *instead, struct hf_writer *out, bool *found)
{
    struct hf_reader r = hf_reader_over(entries);
    struct hf_se_entry e = {0};
    hf_status st = HF_OK;

    *found = false;
    while (!hf_reader_is_done(&r)) {
        HF_TRY(hf_entry_read(&r, &e));
        if (!hf_bytes_equal(e.name, name)) {
            hf_put_entry(out, &e);
            continue;
        }
        *found = true;
        if (instead != NULL)
            hf_put_entry(out, instead);
    }
done:
    hf_secret_wipe(&e.key);
    return st;
}

hf_status hf_entries_with(struct hf_bytes entries, const struct hf_se_entry *e,
                          struct hf_writer *out)
{
    bool found;
    hf_status st;

    HF_TRY(rebuild(entries, e->name, e, out, &found));
    if (!found)
        hf_put_entry(out, e);
done:
    return st;
}

hf_status hf_entries_without(struct hf_bytes entries, struct hf_bytes name, struct hf_writer *out)
{
    bool found;
    hf_status st;

    HF_TRY(rebuild(entries, name, NULL, out, &found));
    HF_TRY(found ? HF_OK : HF_ERR_UNKNOWN);
done:
    return st;
}
