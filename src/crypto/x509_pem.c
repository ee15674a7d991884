#include <limits.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "crypto/x509_inside.h"

hf_status hf_x509_need(bool worked)
{
    if (worked)
        return HF_OK;
    ERR_clear_error();
    return HF_ERR_CRYPTO;
}

BIO *hf_x509_open_text(struct hf_bytes text)
{
    if (text.len > INT_MAX)
        return NULL;
    return BIO_new_mem_buf(text.len == 0 ? (const void *)"" : text.at, (int)text.len);
}

hf_status hf_x509_next_block(BIO *pem, const char *label, uint8_t **der, size_t *len)
{
    char *name = NULL, *header = NULL;
    unsigned char *data = NULL;
    long size = 0;
    bool wanted;

    do {
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
        name = header = NULL;
        data = NULL;
        if (PEM_read_bio(pem, &name, &header, &data, &size) != 1) {
            bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;

            ERR_clear_error();
            return ended ? HF_ERR_UNKNOWN : HF_ERR_MALFORMED;
        }
        wanted = strcmp(name, label) == 0;
    } while (!wanted);
    OPENSSL_free(name);
    OPENSSL_free(header);
    *der = data;
    *len = (size_t)size;
    return HF_OK;
}

hf_status hf_x509_read_pem(struct hf_bytes pem, struct hf_arena *a, struct hf_bytes *out,
                           size_t room, size_t *count)
{
    BIO *text = hf_x509_open_text(pem);
    uint8_t *der = NULL;
    size_t len = 0, n = 0;
    hf_status st;

    HF_TRY(text != NULL ? HF_OK : HF_ERR_SYSTEM);
    while ((st = hf_x509_next_block(text, PEM_STRING_X509, &der, &len)) == HF_OK) {
        st = n == room ? HF_ERR_LIMIT : hf_arena_copy(a, hf_bytes_of(der, len), &out[n]);
        OPENSSL_free(der);
        HF_TRY(st);
        n++;
    }
    HF_TRY(st == HF_ERR_UNKNOWN && n > 0 ? HF_OK : HF_ERR_MALFORMED);
    *count = n;

done:
    BIO_free(text);
    return st;
}
