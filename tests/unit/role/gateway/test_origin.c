#include "role/gateway/gateway.h"
#include "support/hf_test.h"

static const struct hf_bytes sensor[] = {
    {(const uint8_t *)"//sp.example/asn-1/Csensor", 26}
};
static const struct hf_peer peer = {
    .proof = HF_PROOF_PSK, .entities = {sensor, 1}
};

HF_TEST(an_absent_originator_is_filled_in_from_the_association)
{
    struct hf_bytes origin = {0};

    assert_ok(hf_gateway_judge_origin(&peer, (struct hf_bytes){NULL, 0}, &origin));
    assert_bytes_text(origin, "//sp.example/asn-1/Csensor");
}

HF_TEST(the_own_identity_may_be_named_in_its_forms)
{
    struct hf_bytes origin = {0};

    assert_ok(hf_gateway_judge_origin(&peer, HF_LITERAL("//sp.example/asn-1/Csensor"), &origin));
    assert_ok(hf_gateway_judge_origin(&peer, HF_LITERAL("/asn-1/Csensor"), &origin));
    assert_bytes_text(origin, "/asn-1/Csensor");
}

HF_TEST(t_gw_1_anybody_elses_identity_is_refused)
{
    static const char *const claims[] = {"CAdmin",
                                         "Csensor",
                                         "Cmeter",
                                         "/asn-1/Cmeter",
                                         "/asn-2/Csensor",
                                         "//sp.example/asn-1/Cmeter",
                                         "//other.example/asn-1/Csensor",
                                         "//sp.example/asn-1",
                                         "/asn-1",
                                         "//sp.example/asn-1/Csensor2",
                                         "//sp.example/asn-1/Csenso",
                                         "//sp.example/asn-1/csensor",
                                         "//sp.example/asn-1/Csensor/",
                                         " //sp.example/asn-1/Csensor",
                                         "S1",
                                         "/"};
    struct hf_bytes origin = HF_LITERAL("untouched");

    for (size_t i = 0; i < HF_COUNT(claims); i++)
        assert_status(hf_gateway_judge_origin(&peer, hf_text(claims[i]), &origin), HF_ERR_DENIED);
    assert_bytes_text(origin, "untouched");
}

HF_TEST(an_association_without_identity_may_claim_none)
{
    struct hf_peer nobody = {0};
    struct hf_bytes origin = {0};

    assert_status(hf_gateway_judge_origin(&nobody, HF_LITERAL("CAdmin"), &origin), HF_ERR_DENIED);
    assert_status(hf_gateway_judge_origin(&nobody, (struct hf_bytes){NULL, 0}, &origin),
                  HF_ERR_DENIED);
}
