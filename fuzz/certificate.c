/* Foreign certificates, from their octets to a verdict; and the names in them on their own. */
#include <stdlib.h>

#include "core/certificate/alt_names.h"
#include "core/certificate/judge.h"
#include "core/certificate/name_constraints.h"
#include "crypto/x509.h"

enum { ARENA_MAX = 1 << 16, NOW_S = 2000000000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each name under the constraints, as an authority with both might meet them. */
static void judge_names(struct hf_bytes alt_names, struct hf_bytes constraints)
{
    struct hf_alt_name names[HF_ALT_NAMES_MAX];
    size_t count = 0;
    bool covered;

    if (hf_alt_names_read(alt_names, names, &count) != HF_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        (void)!hf_name_constraints_check(constraints, &names[i], true, &covered);
        (void)!hf_name_constraints_check(constraints, &names[i], false, &covered);
    }
}

static void judge_certificate(struct hf_bytes der, uint32_t accepted)
{
    struct hf_bytes chain[] = {der, der};
    struct hf_judge_question q = {.chain = chain,
                                  .count = HF_COUNT(chain),
                                  .now_s = NOW_S,
                                  .accepted = accepted,
                                  .peer_is_server = accepted % 2 == 0};
    struct hf_trust *trust = NULL;
    struct hf_verdict v = {0};
    struct hf_arena a;

    if (hf_trust_new(&trust) != HF_OK)
        return;
    q.trust = trust;
    hf_arena_init(&a, ARENA_MAX);
    if (hf_certificate_judge(&q, &a, &v) == HF_OK || v.reason == NULL)
        abort(); /* there is nobody to vouch for it, and every refusal says why */
    hf_arena_done(&a);
    hf_trust_free(trust);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hf_bytes input = hf_bytes_of(data, size);
    struct hf_x509 *c = NULL;
    struct hf_x509_facts f;

    judge_names(input, input);
    judge_certificate(input, UINT32_MAX);
    judge_certificate(input, 0);
    if (hf_x509_parse(input, &c) != HF_OK)
        return 0;
    hf_x509_facts(c, &f);
    judge_names(f.alt_names, f.name_constraints);
    judge_names(f.alt_names, f.alt_names);
    (void)!hf_x509_check_signature(c, c);
    hf_x509_free(c);
    return 0;
}
