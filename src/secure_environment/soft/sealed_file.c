#include "secure_environment/soft/sealed_file.h"

#include <limits.h>
#include <string.h>

#include "base/memory.h"
#include "crypto/digest.h"
#include "secure_environment/soft/box.h"
#include "secure_environment/soft/entries.h"
#include "secure_environment/soft/file.h"
#include "secure_environment/soft/locked.h"
#include "secure_environment/soft/wrap.h"

enum { ROOT_LEN = 32, LEVEL = 1 };

static const struct hf_scrypt_cost default_cost = {.log2_n = 14, .r = 8, .p = 1};

/* Lives on locked pages, as `plain` does: the root key and then the entries, as in the box. */
struct hf_sealed_file {
    struct hf_locked own, plain;
    size_t plain_len;
    struct hf_secret sealing_key, root, fingerprint_key;
    struct hf_box_header header;
    struct hf_random random;
    struct hf_file_mark mark;
    char path[PATH_MAX];
};

static struct hf_bytes entries_of(const struct hf_sealed_file *f)
{
    return hf_bytes_of(f->plain.at + ROOT_LEN, f->plain_len - ROOT_LEN);
}

/* Seals `plain` under a fresh box salt and brings it to the disk. */
static hf_status write_box(const char *path, struct hf_box_header *h,
                           const struct hf_secret *sealing_key, const struct hf_random *random,
                           struct hf_bytes plain, struct hf_file_mark *mark)
{
    size_t size = plain.len + HF_BOX_OVERHEAD;
    struct hf_writer w;
    struct hf_bytes file;
    uint8_t *room = NULL;
    hf_status st;

    if (size > HF_BOX_MAX)
        return HF_ERR_LIMIT;
    room = hf_alloc(size, 1);
    HF_TRY(room == NULL ? HF_ERR_SYSTEM : HF_OK);
    w = hf_writer_over(room, size);
    HF_TRY(hf_random_get(random, h->box_salt, sizeof h->box_salt));
    HF_TRY(hf_box_seal(h, sealing_key, plain, &w));
    HF_TRY(hf_writer_finish(&w, &file));
    HF_TRY(hf_file_replace(path, file, mark));
done:
    hf_free(room);
    return st;
}

hf_status hf_sealed_file_create(const char *path, const struct hf_secret *passphrase,
                                const struct hf_random *random)
{
    struct hf_box_header h = {.cost = default_cost};
    struct hf_secret sealing_key = {0}, root = {0};
    hf_status st;

    HF_TRY(hf_random_get(random, h.salt, sizeof h.salt));
    HF_TRY(hf_random_get(random, hf_secret_room(&root, ROOT_LEN), ROOT_LEN));
    HF_TRY(hf_scrypt(passphrase, hf_bytes_of(h.salt, sizeof h.salt), h.cost, &sealing_key));
    HF_TRY(write_box(path, &h, &sealing_key, random, hf_secret_reveal(&root), NULL));
done:
    hf_secret_wipe(&sealing_key);
    hf_secret_wipe(&root);
    return st;
}

/* Opens the box of `file` onto locked pages and checks what was in it. */
static hf_status unseal(struct hf_sealed_file *f, const struct hf_secret *passphrase,
                        struct hf_bytes file)
{
    hf_status st;

    HF_TRY(hf_box_header_read(file, &f->header));
    HF_TRY(hf_scrypt(passphrase, hf_bytes_of(f->header.salt, sizeof f->header.salt), f->header.cost,
                     &f->sealing_key));
    HF_TRY(hf_locked_take(file.len, &f->plain));
    HF_TRY(
        hf_box_open(file, &f->header, &f->sealing_key, f->plain.at, f->plain.len, &f->plain_len));
    HF_TRY(f->plain_len < ROOT_LEN ? HF_ERR_MALFORMED : HF_OK);
    HF_TRY(hf_entries_check(entries_of(f)));
    HF_TRY(hf_secret_set(&f->root, hf_bytes_of(f->plain.at, ROOT_LEN)));
    HF_TRY(hf_hkdf_sha256(&f->root, hf_text(NULL), HF_LITERAL("handfast fingerprint"),
                          &f->fingerprint_key));
done:
    return st;
}

hf_status hf_sealed_file_open(const char *path, const struct hf_secret *passphrase,
                              const struct hf_random *random, struct hf_sealed_file **out)
{
    struct hf_locked own = {0};
    struct hf_sealed_file *f = NULL;
    uint8_t *room = NULL;
    size_t len = 0;
    hf_status st;

    if (strlen(path) >= sizeof f->path)
        return HF_ERR_LIMIT;
    HF_TRY(hf_locked_take(sizeof *f, &own));
    f = (struct hf_sealed_file *)(void *)own.at;
    f->own = own;
    f->random = *random;
    memcpy(f->path, path, strlen(path) + 1);
    room = hf_alloc(HF_BOX_MAX, 1);
    HF_TRY(room == NULL ? HF_ERR_SYSTEM : HF_OK);
    st = hf_sealed_octets_read(path, room, HF_BOX_MAX, &len, &f->mark);
    HF_TRY(st == HF_ERR_LIMIT ? HF_ERR_MALFORMED : st);
    HF_TRY(unseal(f, passphrase, hf_bytes_of(room, len)));
    *out = f;
    f = NULL; /* now the caller's */
done:
    hf_free(room);
    hf_sealed_file_close(f);
    return st;
}

void hf_sealed_file_close(struct hf_sealed_file *f)
{
    struct hf_locked own;

    if (f == NULL)
        return;
    own = f->own;
    hf_locked_free(&f->plain);
    hf_locked_free(&own);
}

static hf_status wrap(void *self, struct hf_bytes place, const struct hf_secret *key,
                      struct hf_writer *out)
{
    const struct hf_sealed_file *f = self;

    return hf_soft_wrap(&f->root, &f->random, place, key, out);
}

static hf_status unwrap(void *self, struct hf_bytes place, struct hf_bytes wrapped,
                        struct hf_secret *out)
{
    const struct hf_sealed_file *f = self;

    return hf_soft_unwrap(&f->root, place, wrapped, out);
}

static hf_status fingerprint(void *self, struct hf_bytes authority, const struct hf_secret *key,
                             uint8_t out[HF_FINGERPRINT_LEN])
{
    const struct hf_sealed_file *f = self;
    uint8_t authority_len[2] = {(uint8_t)(authority.len >> 8), (uint8_t)authority.len};
    const struct hf_bytes pieces[] = {hf_bytes_of(authority_len, sizeof authority_len), authority,
                                      hf_secret_reveal(key)};
    struct hf_secret mac = {0};
    hf_status st;

    HF_TRY(hf_hmac_sha256_of(&f->fingerprint_key, pieces, HF_COUNT(pieces), &mac));
    memcpy(out, hf_secret_reveal(&mac).at, HF_FINGERPRINT_LEN);
done:
    hf_secret_wipe(&mac);
    return st;
}

/* The entries become those in `room`, on disk first; `room` is taken over or given back. */
static hf_status replace_plain(struct hf_sealed_file *f, struct hf_locked *room, size_t len)
{
    hf_status st = write_box(f->path, &f->header, &f->sealing_key, &f->random,
                             hf_bytes_of(room->at, len), &f->mark);

    if (st != HF_OK)
        return st;
    hf_locked_free(&f->plain);
    f->plain = *room;
    f->plain_len = len;
    *room = (struct hf_locked){0}; /* now the file's */
    return HF_OK;
}

static hf_status put(void *self, const struct hf_se_entry *e)
{
    struct hf_sealed_file *f = self;
    size_t grown =
        f->plain_len + HF_SE_NAME_MAX + HF_SE_ATTRIBUTES_MAX + sizeof *e; /* more than enough */
    struct hf_locked room = {0};
    struct hf_writer w;
    hf_status st;

    HF_TRY(hf_entry_check(e));
    HF_TRY(hf_locked_take(grown, &room));
    w = hf_writer_over(room.at, room.len);
    hf_put_bytes(&w, hf_secret_reveal(&f->root));
    HF_TRY(hf_entries_with(entries_of(f), e, &w));
    HF_TRY(w.st);
    HF_TRY(replace_plain(f, &room, w.used));
done:
    hf_locked_free(&room);
    return st;
}

static hf_status forget(void *self, struct hf_bytes name)
{
    struct hf_sealed_file *f = self;
    struct hf_locked room = {0};
    struct hf_writer w;
    hf_status st;

    HF_TRY(hf_locked_take(f->plain_len, &room));
    w = hf_writer_over(room.at, room.len);
    hf_put_bytes(&w, hf_secret_reveal(&f->root));
    HF_TRY(hf_entries_without(entries_of(f), name, &w));
    HF_TRY(w.st);
    HF_TRY(replace_plain(f, &room, w.used));
done:
    hf_locked_free(&room);
    return st;
}

static hf_status find(void *self, struct hf_bytes name, struct hf_se_entry *out)
{
    return hf_entries_find(entries_of(self), name, out);
}

static hf_status at(void *self, size_t index, struct hf_se_entry *out)
{
    return hf_entries_at(entries_of(self), index, out);
}

struct hf_secure_environment hf_sealed_file_environment(struct hf_sealed_file *f)
{
    return (struct hf_secure_environment){
        .self = f,
        .level = LEVEL,
        .wrap = wrap,
        .unwrap = unwrap,
        .fingerprint = fingerprint,
        .put = put,
        .find = find,
        .forget = forget,
        .at = at,
    };
}
