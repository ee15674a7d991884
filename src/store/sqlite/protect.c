#include "store/sqlite/protect.h"

enum { PLACE_MAX = 1024 };

/* table|authority|identifier: what a wrapped key is bound to. */
static hf_status make_place(const char *table, struct hf_bytes authority, struct hf_bytes id,
                            struct hf_writer *w, struct hf_bytes *out)
{
    hf_put_text(w, table);
    hf_put_u8(w, '|');
    hf_put_bytes(w, authority);
    hf_put_u8(w, '|');
    hf_put_bytes(w, id);
    return hf_writer_finish(w, out);
}

static hf_status wrap_at(const struct hf_secure_environment *se, const char *table,
                         struct hf_bytes authority, struct hf_bytes id, const struct hf_secret *key,
                         struct hf_protected *out)
{
    uint8_t room[PLACE_MAX];
    struct hf_writer place_writer = hf_writer_over(room, sizeof room);
    struct hf_writer w = hf_writer_over(out->wrapped, sizeof out->wrapped);
    struct hf_bytes place;
    hf_status st;

    HF_TRY(make_place(table, authority, id, &place_writer, &place));
    HF_TRY(se->wrap(se->self, place, key, &w));
    HF_TRY(w.st);
    out->wrapped_len = w.used;
done:
    return st;
}

static hf_status protect_credential(const struct hf_secure_environment *se,
                                    const struct hf_credential_record *c, struct hf_protected *out)
{
    hf_status st = HF_OK;

    if (hf_secret_is_empty(&c->key))
        return HF_OK; /* a certificate */
    HF_TRY(wrap_at(se, "credential", c->authority, c->credential_id, &c->key, out));
    HF_TRY(se->fingerprint(se->self, c->authority, &c->key, out->fingerprint));
    out->has_fingerprint = true;
done:
    return st;
}

hf_status hf_protect_change(const struct hf_secure_environment *se, const struct hf_change *c,
                            struct hf_protected *out)
{
    out->wrapped_len = 0;
    out->has_fingerprint = false;
    if (c->kind == HF_PUT_CREDENTIAL)
        return protect_credential(se, &c->credential, out);
    if (c->kind == HF_PUT_KEY && !hf_secret_is_empty(&c->key.key))
        return wrap_at(se, "key", c->key.authority, c->key.relative_id, &c->key.key, out);
    return HF_OK;
}

hf_status hf_unprotect(const struct hf_secure_environment *se, const char *table,
                       struct hf_bytes authority, struct hf_bytes id, struct hf_bytes wrapped,
                       struct hf_secret *out)
{
    uint8_t room[PLACE_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes place;
    hf_status st;

    hf_secret_wipe(out);
    if (wrapped.len == 0)
        return HF_OK; /* a certificate or a tombstone */
    HF_TRY(make_place(table, authority, id, &w, &place));
    HF_TRY(se->unwrap(se->self, place, wrapped, out));
done:
    return st == HF_OK ? HF_OK : HF_ERR_CRYPTO;
}

hf_status hf_protect_check_value(const struct hf_secure_environment *se, struct hf_writer *out)
{
    struct hf_secret known = {0};
    hf_status st;

    HF_TRY(hf_secret_set(&known, HF_LITERAL("handfast store")));
    HF_TRY(se->wrap(se->self, HF_LITERAL("meta||key_check"), &known, out));
done:
    return st;
}

hf_status hf_unprotect_check_value(const struct hf_secure_environment *se, struct hf_bytes wrapped)
{
    struct hf_secret known = {0};
    hf_status st;

    HF_TRY(se->unwrap(se->self, HF_LITERAL("meta||key_check"), wrapped, &known));
    HF_TRY(hf_bytes_equal_text(hf_secret_reveal(&known), "handfast store") ? HF_OK : HF_ERR_CRYPTO);
done:
    return st == HF_OK ? HF_OK : HF_ERR_CRYPTO;
}
