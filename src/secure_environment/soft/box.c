#include "secure_environment/soft/box.h"

#include <string.h>

#include "crypto/aead.h"
#include "crypto/digest.h"

enum { VERSION = 1, COST_MEMORY_MAX = 256 << 20 };

static const uint8_t no_nonce[HF_AEAD_NONCE_LEN]; /* every box key seals one box */

static void put_header(struct hf_writer *w, const struct hf_box_header *h)
{
    hf_put_text(w, "HFSEAL");
    hf_put_u8(w, VERSION);
    hf_put_u8(w, h->cost.log2_n);
    hf_put_u8(w, h->cost.r);
    hf_put_u8(w, h->cost.p);
    hf_put_bytes(w, hf_bytes_of(h->salt, sizeof h->salt));
    hf_put_bytes(w, hf_bytes_of(h->box_salt, sizeof h->box_salt));
}

/* scrypt takes 128 N r octets (RFC 7914, section 2). */
static hf_status check_cost(struct hf_scrypt_cost c)
{
    if (c.log2_n < 10 || c.log2_n > 20 || c.r < 1 || c.r > 16 || c.p < 1 || c.p > 4)
        return HF_ERR_LIMIT;
    if ((UINT64_C(128) << c.log2_n) * c.r > COST_MEMORY_MAX)
        return HF_ERR_LIMIT;
    return HF_OK;
}

hf_status hf_box_header_read(struct hf_bytes file, struct hf_box_header *out)
{
    struct hf_reader r = hf_reader_over(file);
    struct hf_box_header h;
    struct hf_bytes magic = hf_get_bytes(&r, 6);
    uint8_t version = hf_get_u8(&r);
    struct hf_bytes salt, box_salt;

    h.cost.log2_n = hf_get_u8(&r);
    h.cost.r = hf_get_u8(&r);
    h.cost.p = hf_get_u8(&r);
    salt = hf_get_bytes(&r, sizeof h.salt);
    box_salt = hf_get_bytes(&r, sizeof h.box_salt);
    if (r.st != HF_OK || !hf_bytes_equal_text(magic, "HFSEAL") || version != VERSION
        || r.rest.len < HF_AEAD_TAG_LEN || file.len > HF_BOX_MAX)
        return HF_ERR_MALFORMED;
    if (check_cost(h.cost) != HF_OK)
        return HF_ERR_LIMIT;
    memcpy(h.salt, salt.at, sizeof h.salt);
    memcpy(h.box_salt, box_salt.at, sizeof h.box_salt);
    *out = h;
    return HF_OK;
}

static hf_status derive_box_key(const struct hf_box_header *h, const struct hf_secret *sealing_key,
                                struct hf_secret *out)
{
    return hf_hkdf_sha256(sealing_key, hf_bytes_of(h->box_salt, sizeof h->box_salt),
                          HF_LITERAL("handfast sealed file"), out);
}

hf_status hf_box_seal(const struct hf_box_header *h, const struct hf_secret *sealing_key,
                      struct hf_bytes plain, struct hf_writer *out)
{
    uint8_t room[HF_BOX_HEADER_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes header;
    struct hf_secret box_key = {0};
    hf_status st;

    put_header(&w, h);
    HF_TRY(hf_writer_finish(&w, &header));
    HF_TRY(derive_box_key(h, sealing_key, &box_key));
    hf_put_bytes(out, header);
    HF_TRY(hf_aead_seal(&box_key, hf_bytes_of(no_nonce, sizeof no_nonce), header, plain, out));
done:
    hf_secret_wipe(&box_key);
    return st;
}

hf_status hf_box_open(struct hf_bytes file, const struct hf_box_header *h,
                      const struct hf_secret *sealing_key, uint8_t *room, size_t size, size_t *len)
{
    struct hf_bytes header = hf_bytes_first(file, HF_BOX_HEADER_LEN);
    struct hf_bytes sealed = hf_bytes_from(file, HF_BOX_HEADER_LEN);
    struct hf_secret box_key = {0};
    hf_status st;

    HF_TRY(derive_box_key(h, sealing_key, &box_key));
    HF_TRY(hf_aead_open(&box_key, hf_bytes_of(no_nonce, sizeof no_nonce), header, sealed, room,
                        size, len));
done:
    hf_secret_wipe(&box_key);
    return st;
}
