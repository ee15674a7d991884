/*
 * A judge at work: one root that is trusted for every use (so that only the flavour rules are left
 * to refuse), two names of infrastructure, and a sample of every flavour.
 */
#ifndef HF_TESTS_SUPPORT_JUDGING_H
#define HF_TESTS_SUPPORT_JUDGING_H

#include "core/certificate/judge.h"
#include "support/chain.h"

#define ALL_FLAVOURS      UINT32_MAX
#define SAMPLE_AE_URI     "onem2m://sp.example.com/CSE1/C190"
#define SAMPLE_DEVICE_OID "0.2.481.1.100.3030.10011"
#define MAY_NOT_VOUCH     "An authority may not vouch for this name (nameConstraints)."

enum { SAMPLES = 5 };

struct judging {
    struct hf_arena arena;
    struct test_authority root;
    struct hf_trust *trust;
    struct hf_bytes infrastructure[2]; /* mef.example.com, maf.example.com */
};

extern struct judging judging;

struct sample {
    enum hf_credential_type type;
    enum hf_anchor_use anchors;
    struct hf_x509_order names; /* its one subjectAltName; nothing else is filled */
    const char *value;
};

extern const struct sample samples[SAMPLES];

/* Valid as test_order, and an authority. */
struct hf_x509_order test_authority_order(const char *common_name);
struct hf_x509_order sample_order(const struct sample *s);

void judging_begin(void);
void judging_begin_with(const struct hf_x509_order *root);
/* The root is limited to the names of the samples, but the URN. */
void judging_begin_constrained(void);
void judging_end(void);

/* Everything is accepted, below //sp.example.com/IN, a second after T0. */
struct hf_judge_question question(const struct test_chain *c);
void assert_judged(const struct hf_judge_question *q, enum hf_credential_type type,
                   const char *value);
/* Also: nothing but the reason was touched. */
void assert_refused(const struct hf_judge_question *q, hf_status expected, const char *reason);
/* The same for a leaf right below the root. */
void assert_leaf_judged(const struct hf_x509_order *o, enum hf_credential_type type,
                        const char *value);
void assert_leaf_refused(const struct hf_x509_order *o, hf_status expected, const char *reason);

#endif
