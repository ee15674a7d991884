#include "role/maf/admit_km.h"

#include "support/hf_test.h"

#define CSE "//sp.example.com/CSE1"
#define APP "//sp.example.com/CSE1/Capp"
#define NOW UINT64_C(1000)

static const struct hf_bytes entities[] = {
    {(const uint8_t *)CSE, sizeof CSE - 1},
    {(const uint8_t *)APP, sizeof APP - 1}
};
static const struct hf_bytes swapped[] = {
    {(const uint8_t *)APP, sizeof APP - 1},
    {(const uint8_t *)CSE, sizeof CSE - 1}
};
static struct hf_secret km;

static struct hf_km_offer good(void)
{
    assert_ok(hf_secret_set(&km, HF_LITERAL("0123456789abcdefghijklmnopqrstuv")));
    return (struct hf_km_offer){
        .authority = HF_LITERAL("maf.example.com"),
        .credential_id = HF_LITERAL("11-k@mef.example.com"),
        .km = &km,
        .suid = HF_SUID_RSPF_MAF,
        .expires_s = NOW + 1,
        .source = HF_LITERAL(APP),
        .node_id = HF_LITERAL("urn:n1"),
        .entities = {entities, 2},
        .has_cse = true,
        .now_s = NOW
    };
}

static hf_status admit(const struct hf_km_offer *o, struct hf_change out[HF_KM_CHANGES])
{
    const char *reason = NULL;
    hf_status st = hf_km_admit(o, out, &reason);

    assert_true((st == HF_OK) == (reason == NULL));
    return st;
}

HF_TEST(km_becomes_a_node_and_its_credential)
{
    struct hf_km_offer o = good();
    struct hf_change c[HF_KM_CHANGES];

    assert_ok(admit(&o, c));
    assert_int_equal(c[0].kind, HF_PUT_NODE);
    assert_bytes_text(c[0].node.node_id, "urn:n1");
    assert_int_equal(c[0].node.entities.count, 2);
    assert_int_equal(c[1].kind, HF_PUT_CREDENTIAL);
    assert_true(hf_secret_equal(&c[1].credential.key, &km));
    assert_int_equal(c[1].credential.suid, HF_SUID_RSPF_MAF);
    assert_int_equal(c[1].credential.expires_s, NOW + 1);
    o.node_id = (struct hf_bytes){0};
    assert_ok(admit(&o, c));
    assert_bytes_text(c[0].node.node_id, CSE);
}

HF_TEST(whatever_is_wrong_with_the_offer_refuses_it)
{
    struct hf_node_record ended = {.state = HF_RECORD_REVOKED}, live = {.state = HF_RECORD_LIVE};
    struct hf_change c[HF_KM_CHANGES];
    struct hf_km_offer o = good();

    o.suid = HF_SUID_RSPF_SAEF;
    assert_status(admit(&o, c), HF_ERR_DENIED);
    o = good();
    o.expires_s = NOW;
    assert_status(admit(&o, c), HF_ERR_EXPIRED);
    o = good();
    o.entities.count = 0;
    assert_status(admit(&o, c), HF_ERR_MALFORMED);
    o.entities.count = HF_ENTITIES_MAX + 1;
    assert_status(admit(&o, c), HF_ERR_MALFORMED);
    o = good();
    o.source = HF_LITERAL("//sp.example.com/CSE9");
    assert_status(admit(&o, c), HF_ERR_MALFORMED);
    o = good();
    o.entities.at = swapped;
    assert_status(admit(&o, c), HF_ERR_MALFORMED);
    o.has_cse = false;
    assert_ok(admit(&o, c));
    o = good();
    o.node_id = HF_LITERAL("a b");
    assert_status(admit(&o, c), HF_ERR_MALFORMED);
    o = good();
    o.known = &ended;
    assert_status(admit(&o, c), HF_ERR_DENIED);
    o.known = &live;
    assert_ok(admit(&o, c));
    hf_secret_wipe(&km);
    assert_status(admit(&o, c), HF_ERR_MALFORMED);
}
