/*
 * Every vector of the project's digest of TS-0003, section 3.7 (Ke = 00 01 .. 1f).
 */
#include "core/derive/derive.h"
#include "support/hf_test.h"

#include <string.h>

#include "base/hex.h"
#include "crypto/digest.h"

enum { RANDOM_LEN = 32, MASTER_LEN = 48 };

static struct hf_secret counting(uint8_t first, size_t len)
{
    struct hf_secret s = {0};
    uint8_t *room = hf_secret_room(&s, len);

    for (size_t i = 0; i < len; i++)
        room[i] = (uint8_t)(first + i);
    return s;
}

static struct hf_secret sample_ke(void)
{
    return counting(0, HF_EXPORTED_KEY_LEN);
}

/*
 * The exporter of TLS 1.2: P_SHA256(master_secret, label || client_random || server_random), 48
 * octets (RFC 5246, section 5; RFC 5705, section 4).
 */
static struct hf_secret exported(const char *label)
{
    uint8_t client[RANDOM_LEN], server[RANDOM_LEN];
    const struct hf_bytes seed[] = {
        hf_text(label), {client, sizeof client},
         {server, sizeof server}
    };
    struct hf_secret master = counting(0, MASTER_LEN), a[2] = {{0}}, block[2] = {{0}}, out = {0};

    memset(client, 0xc0, sizeof client);
    memset(server, 0x50, sizeof server);
    assert_ok(hf_hmac_sha256_of(&master, seed, HF_COUNT(seed), &a[0]));
    assert_ok(hf_hmac_sha256(&master, hf_secret_reveal(&a[0]), &a[1]));
    for (size_t i = 0; i < 2; i++) {
        const struct hf_bytes pieces[] = {hf_secret_reveal(&a[i]), seed[0], seed[1], seed[2]};

        assert_ok(hf_hmac_sha256_of(&master, pieces, HF_COUNT(pieces), &block[i]));
    }
    assert_ok(hf_secret_join(&out, &block[0], &block[1]));
    out.len = HF_EXPORTED_LEN;
    return out;
}

static void assert_split(const char *label, const char *id_hex, const char *key_hex)
{
    struct hf_secret whole = exported(label), key = {0};
    uint8_t id[HF_RELATIVE_ID_LEN], room[HF_RELATIVE_ID_LEN];
    struct hf_bytes expected = hf_test_hex(id_hex, room, sizeof room);

    assert_ok(hf_exported_split(&whole, id, &key));
    assert_true(hf_bytes_equal(hf_bytes_of(id, sizeof id), expected));
    assert_secret_hex(&key, key_hex);
}

HF_TEST(an_export_splits_into_the_identifier_first_and_the_key_last)
{
    assert_split(HF_LABEL_BOOTSTRAP, "34B7649266CCDE88723D9D9E6264394E",
                 "586ec7f1ebabd5ad0483ffcb7eef6143059c0183948716e653b5eae9b82398e6");
    assert_split(HF_LABEL_CONNECTION, "356F536024322FD46CA19C5E27FB79BD",
                 "b2ad72daa32bd48c90ab89e9d9e037457c70cb1feba7b6e0faa8df2a5e5cce10");
    assert_split(HF_LABEL_ESCERTKE, "499023A1719825363FDF6572E3DEAC40",
                 "d6bde08d6e44b26c84bc714123cadb1c595ffc6837ab02cc11ea70eb302e0a14");
}

HF_TEST(the_key_may_take_the_place_of_the_export)
{
    struct hf_secret whole = exported(HF_LABEL_BOOTSTRAP);
    uint8_t id[HF_RELATIVE_ID_LEN];

    assert_ok(hf_exported_split(&whole, id, &whole));
    assert_secret_hex(&whole, "586ec7f1ebabd5ad0483ffcb7eef6143059c0183948716e653b5eae9b82398e6");
}

HF_TEST(usage_constrained_keys_match_the_vectors)
{
    struct hf_secret ke = sample_ke(), out = {0};

    assert_ok(hf_usage_constrained_derive(&ke, 21, HF_LITERAL("maf.example.com"), &out));
    assert_secret_hex(&out, "f8610e4d1a428f72308e2941f53a1a0fdc1afa7b1dde3ec59fc52381dcbeb66a");
    assert_ok(hf_usage_constrained_derive(&ke, 22, HF_LITERAL("cse1.in-cse.sp.example.com"), &out));
    assert_secret_hex(&out, "e107054407f56931da7d6d3fba0a31fd7699f01b898ad890099019c77376962f");
    assert_ok(
        hf_usage_constrained_derive(&ke, 23, HF_LITERAL("c123.cse1.in-cse.sp.example.com"), &out));
    assert_secret_hex(&out, "3ae84bc30242597c15192047d6c9cba8056318c12c35eb50456dc1df80d9a47d");
}

HF_TEST(km_matches_the_vector)
{
    struct hf_secret ke = sample_ke(), out = {0};

    assert_ok(hf_km_derive(&ke, HF_LITERAL("maf.example.com"), &out));
    assert_secret_hex(&out, "3055bf32dd9c95586aaffa2ae2e165dfeffd0803566e16bdd343171457da8a5e");
}

HF_TEST(kpsa_and_the_end_to_end_keys_from_it_match_the_vectors)
{
    struct hf_secret ke = sample_ke(), kpsa = {0};
    struct hf_ke2e k = {0};

    assert_ok(hf_kpsa_derive(&ke, HF_LITERAL("//sp.example.com/CSE1"), &kpsa));
    assert_secret_hex(&kpsa, "f8613d98d7d020f814593e48d2740066d7f47a56c8df0aa2cde1a20d43446792");
    assert_ok(hf_ke2e_derive(&kpsa, HF_LITERAL(""), &k));
    assert_secret_hex(&k.master,
                      "0fae9914c2307ae2eb0b876c59ba07349d1e70cc277a0d0e54b6c352631c2cd5");
    assert_secret_hex(&k.msg_auth,
                      "a62425e7be2d4a674d45f04877d2ea3fd24d61a17b0cac3703ed39b13b065989");
    assert_secret_hex(&k.msg_conf,
                      "5955e96190719c465a4b7dc3ede4b081f4880d0ca02a444385ce10c333ba30f3");
    assert_secret_hex(&k.att_auth,
                      "ff0bc591ea3ffc65027c9e2ca36c7cf617506dbd26d4fba91da868769877c007");
    assert_secret_hex(&k.att_conf,
                      "c4cb27ba7111f61c20cfdddddae51fa79d7c9070af75a9b32094f211f90ac111");
}

HF_TEST(an_absent_salt_is_32_zero_octets)
{
    static const uint8_t zeros[32];
    struct hf_secret kpsa = sample_ke();
    struct hf_ke2e absent = {0}, zero = {0};

    assert_ok(hf_ke2e_derive(&kpsa, HF_LITERAL(""), &absent));
    assert_ok(hf_ke2e_derive(&kpsa, hf_bytes_of(zeros, sizeof zeros), &zero));
    assert_true(hf_secret_equal(&absent.master, &zero.master));
}

HF_TEST(the_session_key_matches_the_vector)
{
    struct hf_secret pairwise = counting(0x40, 32), out = {0};

    assert_ok(hf_session_esprim_key_derive(
        &pairwise,
        HF_LITERAL("{\"esri\":\"s-AAAA\",\"esrv\":\"AAECAwQFBgcICQoLDA0ODw\","
                   "\"esrx\":\"20300101T000000\",\"esks\":[1],\"espa\":[10,12]}"),
        HF_LITERAL("{\"esri\":\"u-BBBB\",\"esrv\":\"EBESExQVFhcYGRobHB0eHw\","
                   "\"esrx\":\"20300101T000000\",\"esk\":1,\"espa\":[12]}"),
        &out));
    assert_secret_hex(&out, "6d70dbbb335fb5c2301fdcf0cfb80314b6592ce6ff9f335f7276919199a8a744");
}
