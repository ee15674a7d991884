#include "crypto/contexts.h"

#include <openssl/err.h>
#include <pthread.h>
#include <stdbool.h>
#include <threads.h>

#include "base/memory.h"

static thread_local struct hf_contexts *mine;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t at_thread_exit;
static bool is_watching;

static void free_contexts(void *at)
{
    struct hf_contexts *c = at;

    mine = NULL; /* a later thread destructor may still want a hash: it gets fresh ones */
    if (c == NULL)
        return;
    EVP_MD_CTX_free(c->digest);
    EVP_MD_free(c->sha256);
    EVP_CIPHER_CTX_free(c->aead);
    EVP_CIPHER_free(c->aes_256_gcm);
    hf_free(c);
}

static void watch_thread_exit(void)
{
    is_watching = pthread_key_create(&at_thread_exit, free_contexts) == 0;
}

static bool make_digest(struct hf_contexts *c)
{
    c->sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
    c->digest = EVP_MD_CTX_new();
    return c->sha256 != NULL && c->digest != NULL
           && EVP_DigestInit_ex2(c->digest, c->sha256, NULL) == 1;
}

static bool make_aead(struct hf_contexts *c)
{
    c->aes_256_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    c->aead = EVP_CIPHER_CTX_new();
    return c->aes_256_gcm != NULL && c->aead != NULL
           && EVP_EncryptInit_ex2(c->aead, c->aes_256_gcm, NULL, NULL, NULL) == 1;
}

static struct hf_contexts *make(void)
{
    struct hf_contexts *c;

    if (pthread_once(&once, watch_thread_exit) != 0 || !is_watching)
        return NULL;
    c = hf_alloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    if (!make_digest(c) || !make_aead(c) || pthread_setspecific(at_thread_exit, c) != 0) {
        free_contexts(c);
        ERR_clear_error();
        return NULL;
    }
    return c;
}

struct hf_contexts *hf_contexts_of_thread(void)
{
    if (mine == NULL)
        mine = make();
    return mine;
}

void hf_contexts_drop(void)
{
    if (mine != NULL && pthread_setspecific(at_thread_exit, NULL) == 0)
        free_contexts(mine);
    ERR_clear_error();
}
