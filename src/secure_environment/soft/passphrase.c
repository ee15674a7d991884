#include "secure_environment/soft/file.h"
#include "secure_environment/soft/sealed_file.h"

/* One line end is cut: editors and `echo` leave one. */
static struct hf_bytes without_line_end(struct hf_bytes b)
{
    if (b.len > 0 && b.at[b.len - 1] == '\n')
        b.len--;
    if (b.len > 0 && b.at[b.len - 1] == '\r')
        b.len--;
    return b;
}

hf_status hf_passphrase_read(const char *path, struct hf_secret *out)
{
    uint8_t room[HF_SECRET_MAX + 2];
    struct hf_bytes passphrase;
    size_t len = 0;
    hf_status st;

    HF_TRY(hf_sealed_octets_read(path, room, sizeof room, &len, NULL));
    passphrase = without_line_end(hf_bytes_of(room, len));
    HF_TRY(hf_bytes_is_empty(passphrase) ? HF_ERR_MALFORMED : HF_OK);
    HF_TRY(hf_secret_set(out, passphrase));
done:
    hf_wipe(room, sizeof room);
    return st;
}
