#include "support/chain.h"

#include <string.h>

#include "base/base64.h"
#include "core/certificate/certificate.h"
#include "support/hf_test.h"

#define PEM_HEAD "-----BEGIN CERTIFICATE-----\n"
#define PEM_TAIL "-----END CERTIFICATE-----"

struct hf_x509_order test_order(const char *common_name)
{
    return (struct hf_x509_order){.common_name = common_name,
                                  .not_before_s = CHAIN_T0_S,
                                  .not_after_s = CHAIN_T0_S + 10 * CHAIN_DAY_S};
}

struct test_authority test_authority(struct hf_arena *a, const struct hf_x509_order *o,
                                     const struct test_authority *above)
{
    static const struct test_authority nobody;
    struct test_authority made;

    if (above == NULL)
        above = &nobody;
    assert_ok(hf_x509_new_key(a, &made.key));
    assert_ok(hf_x509_issue(o, made.key, above->pem, above->key, a, &made.pem));
    return made;
}

struct hf_bytes test_der(struct hf_arena *a, struct hf_bytes pem)
{
    const uint8_t *from = memmem(pem.at, pem.len, PEM_HEAD, strlen(PEM_HEAD));
    const uint8_t *to = memmem(pem.at, pem.len, PEM_TAIL, strlen(PEM_TAIL));
    uint8_t *text = hf_arena_take(a, pem.len, 1), *der = hf_arena_take(a, pem.len, 1);
    size_t count = 0, len = 0;

    assert_true(from != NULL && to != NULL && text != NULL && der != NULL);
    for (from += strlen(PEM_HEAD); from < to; from++)
        if (*from != '\n')
            text[count++] = *from;
    assert_ok(hf_base64_parse(hf_bytes_of(text, count), der, pem.len, &len));
    return hf_bytes_of(der, len);
}

struct test_chain test_chain(struct hf_arena *a, const struct hf_x509_order *leaf,
                             const struct test_authority *issuer)
{
    struct test_authority made = test_authority(a, leaf, issuer);
    struct test_chain c = {.count = 0};

    test_chain_add(&c, a, &made);
    return c;
}

void test_chain_add(struct test_chain *c, struct hf_arena *a, const struct test_authority *next)
{
    assert_true(c->count < CHAIN_ROOM);
    c->der[c->count++] = test_der(a, next->pem);
}

struct hf_bytes test_serial(struct hf_bytes der)
{
    struct hf_certificate c;

    assert_ok(hf_certificate_read(der, &c));
    return c.serial;
}
