/* Foreign certificates, from their octets to a verdict; and the names in them on their own. */
#include <stdlib.h>

#include "core/certificate/alt_names.h"
#include "core/certificate/certificate.h"
#include "core/certificate/judge.h"
#include "core/certificate/name_constraints.h"
#include "crypto/p256.h"

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

static bool is_within(struct hf_bytes part, struct hf_bytes whole)
{
    return part.len == 0
           || (part.at >= whole.at && part.len <= whole.len
               && (size_t)(part.at - whole.at) <= whole.len - part.len);
}

/* What was read is borrowed from the octets, and a key is made of what is said to be one. */
static void check_read(const struct hf_certificate *c, struct hf_bytes input)
{
    const struct hf_bytes parts[] = {c->tbs,     c->signature, c->serial,
                                     c->subject, c->issuer,    c->spki,
                                     c->point,   c->alt_names, c->name_constraints};
    struct hf_p256_key *key = NULL;

    for (size_t i = 0; i < HF_COUNT(parts); i++)
        if (!is_within(parts[i], input))
            abort();
    if (c->is_p256_uncompressed && hf_p256_key_new(c->point, &key) == HF_OK)
        (void)!hf_p256_verify(key, c->tbs, c->signature);
    hf_p256_key_free(key);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hf_bytes input = hf_bytes_of(data, size);
    struct hf_certificate c;

    judge_names(input, input);
    judge_certificate(input, UINT32_MAX);
    judge_certificate(input, 0);
    if (hf_certificate_read(input, &c) != HF_OK)
        return 0;
    check_read(&c, input);
    judge_names(c.alt_names, c.name_constraints);
    judge_names(c.alt_names, c.alt_names);
    return 0;
}
