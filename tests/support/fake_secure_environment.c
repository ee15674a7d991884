#include "support/fake_secure_environment.h"

#include <string.h>

static struct fake_se_entry *find_entry(struct fake_secure_environment *f, struct hf_bytes name)
{
    for (size_t i = 0; i < f->count; i++)
        if (hf_bytes_equal(hf_bytes_of(f->entries[i].name, f->entries[i].name_len), name))
            return &f->entries[i];
    return NULL;
}

static bool fails(struct fake_secure_environment *f)
{
    f->changes++;
    return f->fail_at > 0 && --f->fail_at == 0;
}

static hf_status put(void *self, const struct hf_se_entry *e)
{
    struct fake_secure_environment *f = self;
    struct fake_se_entry *to = find_entry(f, e->name);

    if (fails(f))
        return HF_ERR_SYSTEM;
    if (e->name.len > HF_SE_NAME_MAX || e->attributes.len > HF_SE_ATTRIBUTES_MAX)
        return HF_ERR_LIMIT;
    if (to == NULL && f->count == FAKE_SE_ENTRIES)
        return HF_ERR_LIMIT;
    if (to == NULL)
        to = &f->entries[f->count++];
    memcpy(to->name, e->name.at, e->name.len);
    to->name_len = e->name.len;
    memcpy(to->attributes, e->attributes.at, e->attributes.len);
    to->attributes_len = e->attributes.len;
    to->suid = e->suid;
    to->expires_s = e->expires_s;
    to->key = e->key;
    return HF_OK;
}

static void borrow(const struct fake_se_entry *from, struct hf_se_entry *out)
{
    *out = (struct hf_se_entry){.name = hf_bytes_of(from->name, from->name_len),
                                .suid = from->suid,
                                .expires_s = from->expires_s,
                                .attributes = hf_bytes_of(from->attributes, from->attributes_len),
                                .key = from->key};
}

static hf_status find(void *self, struct hf_bytes name, struct hf_se_entry *out)
{
    const struct fake_se_entry *from = find_entry(self, name);

    if (from == NULL)
        return HF_ERR_UNKNOWN;
    borrow(from, out);
    return HF_OK;
}

static hf_status forget(void *self, struct hf_bytes name)
{
    struct fake_secure_environment *f = self;
    struct fake_se_entry *from = find_entry(f, name);

    if (from == NULL)
        return HF_ERR_UNKNOWN;
    if (fails(f))
        return HF_ERR_SYSTEM;
    *from = f->entries[--f->count];
    return HF_OK;
}

static hf_status at(void *self, size_t index, struct hf_se_entry *out)
{
    struct fake_secure_environment *f = self;

    if (index >= f->count)
        return HF_ERR_UNKNOWN;
    borrow(&f->entries[index], out);
    return HF_OK;
}

struct hf_secure_environment fake_secure_environment_handle(struct fake_secure_environment *f)
{
    return (struct hf_secure_environment){
        .self = f, .level = 1, .put = put, .find = find, .forget = forget, .at = at};
}
