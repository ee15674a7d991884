/*
 * Certificates for tests: an authority is a key and a certificate, a chain is DER, leaf first.
 * Everything lives in the arena that it was asked of. A step that fails fails the test.
 */
#ifndef HF_TESTS_SUPPORT_CHAIN_H
#define HF_TESTS_SUPPORT_CHAIN_H

#include "crypto/x509.h"

enum { CHAIN_ROOM = 6, CHAIN_T0_S = 1700000000, CHAIN_DAY_S = 86400 };

struct test_authority {
    struct hf_bytes key, pem;
};

struct test_chain {
    struct hf_bytes der[CHAIN_ROOM];
    size_t count;
};

/* Valid from T0 for ten days. */
struct hf_x509_order test_order(const char *common_name);
/* `above` NULL: a root. `o->is_ca` is for the caller to set: an authority need not be one. */
struct test_authority test_authority(struct hf_arena *a, const struct hf_x509_order *o,
                                     const struct test_authority *above);
/* The first certificate of a PEM text, in DER. */
struct hf_bytes test_der(struct hf_arena *a, struct hf_bytes pem);
/* Issues a leaf and puts it first; intermediates follow by test_chain_add. */
struct test_chain test_chain(struct hf_arena *a, const struct hf_x509_order *leaf,
                             const struct test_authority *issuer);
void test_chain_add(struct test_chain *c, struct hf_arena *a, const struct test_authority *next);
/* The serial of a certificate, borrowed from it. */
struct hf_bytes test_serial(struct hf_bytes der);

#endif
