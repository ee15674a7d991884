#include "core/identity/key_id.h"

#include "base/hex.h"
#include "base/wire.h"
#include "core/identity/fqdn.h"

bool hf_relative_id_is_valid(struct hf_bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];

        if (!hf_is_alnum(c) && c != '.' && c != '_' && c != '-')
            return false;
    }
    return text.len > 0;
}

hf_status hf_key_id_parse(struct hf_bytes text, struct hf_key_id *out)
{
    struct hf_key_id id;

    if (text.len > HF_KEY_ID_MAX || !hf_bytes_split(text, '@', &id.relative, &id.fqdn)
        || !hf_relative_id_is_valid(id.relative) || !hf_fqdn_is_valid(id.fqdn))
        return HF_ERR_MALFORMED;
    *out = id;
    return HF_OK;
}

/* hexBinary of 16 octets has one canonical form; any other relative part is a name (digest A2). */
static void put_relative(struct hf_writer *w, struct hf_bytes relative)
{
    uint8_t octets[HF_RELATIVE_ID_LEN];

    if (hf_hex_parse(relative, octets, sizeof octets) == HF_OK)
        hf_put_hex(w, hf_bytes_of(octets, sizeof octets));
    else
        hf_put_bytes(w, relative);
}

hf_status hf_key_id_join(struct hf_bytes relative, struct hf_bytes fqdn, struct hf_arena *a,
                         struct hf_bytes *out)
{
    uint8_t room[HF_KEY_ID_MAX];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes id;
    hf_status st;

    HF_TRY(hf_relative_id_is_valid(relative) && hf_fqdn_is_valid(fqdn) ? HF_OK : HF_ERR_MALFORMED);
    put_relative(&w, relative);
    hf_put_u8(&w, '@');
    hf_put_fqdn(&w, fqdn);
    HF_TRY(hf_writer_finish(&w, &id) == HF_OK ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(hf_arena_copy(a, id, out));

done:
    return st;
}

hf_status hf_key_id_canonical(struct hf_bytes text, struct hf_arena *a, struct hf_bytes *out)
{
    struct hf_key_id id;
    hf_status st;

    HF_TRY(hf_key_id_parse(text, &id));
    HF_TRY(hf_key_id_join(id.relative, id.fqdn, a, out));

done:
    return st;
}

hf_status hf_relative_id_of(const uint8_t id[HF_RELATIVE_ID_LEN], struct hf_arena *a,
                            struct hf_bytes *out)
{
    uint8_t room[2 * HF_RELATIVE_ID_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes hex;
    hf_status st;

    hf_put_hex(&w, (struct hf_bytes){id, HF_RELATIVE_ID_LEN});
    HF_TRY(hf_writer_finish(&w, &hex));
    HF_TRY(hf_arena_copy(a, hex, out));

done:
    return st;
}
