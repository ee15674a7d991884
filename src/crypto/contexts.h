/*
 * The libcrypto objects of the calling thread: made at first use, kept, freed when the thread ends.
 * A fetch or a new context costs more than the short HMAC it would be for; a thread's own objects
 * need no lock.  For the files of crypto/ only.
 */
#ifndef HF_CRYPTO_CONTEXTS_H
#define HF_CRYPTO_CONTEXTS_H

#include <openssl/evp.h>

struct hf_contexts {
    EVP_MD *sha256;
    EVP_MD_CTX *digest; /* between uses: begun, and nothing in it */
    EVP_CIPHER *aes_256_gcm;
    EVP_CIPHER_CTX *aead; /* between uses: without a key that matters */
};

/* Borrowed until the thread ends or drops them. NULL: libcrypto or memory refuses. */
struct hf_contexts *hf_contexts_of_thread(void);
/* After a failure: what may be half used is thrown away, with libcrypto's remarks about it. */
void hf_contexts_drop(void);

#endif
