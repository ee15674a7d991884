/* Revocation lists, PEM or DER, from a file that an operator may have fetched anywhere. */
#include "core/certificate/judge.h"
#include "crypto/x509.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hf_bytes input = hf_bytes_of(data, size);
    struct hf_x509_crl *crl = NULL;
    struct hf_x509_crl_facts f;
    struct hf_trust *trust = NULL;

    if (hf_trust_new(&trust) == HF_OK)
        (void)!hf_trust_add_crl(trust, input);
    hf_trust_free(trust);
    if (hf_x509_crl_parse(input, &crl) != HF_OK)
        return 0;
    hf_x509_crl_facts(crl, &f);
    (void)hf_x509_crl_has(crl, hf_bytes_first(input, 20));
    (void)hf_x509_crl_has(crl, HF_LITERAL("\x01"));
    hf_x509_crl_free(crl);
    return 0;
}
