/* Replays tests/vectors/derivations.txt, written by derivations.py (threat row CH-3). */
#include "core/derive/derive.h"
#include "support/hf_test.h"

#include <stdio.h>
#include <string.h>

#include "base/hex.h"

enum { LINE_MAX_LEN = 4096, FIELDS_MAX = 8, ROWS_MIN = 50 };

struct row {
    char line[LINE_MAX_LEN];
    const char *field[FIELDS_MAX];
    size_t count;
};

static bool read_row(FILE *f, struct row *r)
{
    if (fgets(r->line, sizeof r->line, f) == NULL)
        return false;
    r->count = 0;
    r->line[strcspn(r->line, "\n")] = '\0';
    for (char *at = strtok(r->line, " "); at != NULL; at = strtok(NULL, " ")) {
        assert_true(r->count < FIELDS_MAX);
        r->field[r->count++] = at;
    }
    return true;
}

static struct hf_secret secret_of(const char *hex)
{
    uint8_t room[HF_SECRET_MAX];
    struct hf_secret s = {0};

    assert_ok(hf_secret_set(&s, hf_test_hex(hex, room, sizeof room)));
    return s;
}

static void replay_exported(const struct row *r)
{
    struct hf_secret whole = secret_of(r->field[5]), key = {0};
    uint8_t id[HF_RELATIVE_ID_LEN], room[HF_RELATIVE_ID_LEN];

    assert_int_equal(r->count, 8);
    assert_ok(hf_exported_split(&whole, id, &key));
    assert_true(
        hf_bytes_equal(hf_bytes_of(id, sizeof id), hf_test_hex(r->field[6], room, sizeof room)));
    assert_secret_hex(&key, r->field[7]);
}

static void replay_usage(const struct row *r)
{
    struct hf_secret ke = secret_of(r->field[1]), out = {0};
    uint64_t suid = 0;

    assert_int_equal(r->count, 5);
    assert_true(hf_bytes_to_number(hf_text(r->field[2]), 99, &suid));
    assert_ok(hf_usage_constrained_derive(&ke, (unsigned)suid, hf_text(r->field[3]), &out));
    assert_secret_hex(&out, r->field[4]);
}

static void replay_km(const struct row *r)
{
    struct hf_secret ke = secret_of(r->field[1]), out = {0};

    assert_int_equal(r->count, 4);
    assert_ok(hf_km_derive(&ke, hf_text(r->field[2]), &out));
    assert_secret_hex(&out, r->field[3]);
}

static void replay_kpsa(const struct row *r)
{
    struct hf_secret ke = secret_of(r->field[1]), out = {0};

    assert_int_equal(r->count, 4);
    assert_ok(hf_kpsa_derive(&ke, hf_text(r->field[2]), &out));
    assert_secret_hex(&out, r->field[3]);
}

static void replay_ke2e(const struct row *r)
{
    struct hf_secret kpsa = secret_of(r->field[1]);
    const char *salt = strcmp(r->field[2], "-") == 0 ? "" : r->field[2];
    uint8_t room[HF_SECRET_MAX];
    struct hf_ke2e k = {0};

    assert_int_equal(r->count, 8);
    assert_ok(hf_ke2e_derive(&kpsa, hf_test_hex(salt, room, sizeof room), &k));
    assert_secret_hex(&k.master, r->field[3]);
    assert_secret_hex(&k.msg_auth, r->field[4]);
    assert_secret_hex(&k.msg_conf, r->field[5]);
    assert_secret_hex(&k.att_auth, r->field[6]);
    assert_secret_hex(&k.att_conf, r->field[7]);
}

static void replay_session(const struct row *r)
{
    struct hf_secret pairwise = secret_of(r->field[1]), out = {0};

    assert_int_equal(r->count, 5);
    assert_ok(
        hf_session_esprim_key_derive(&pairwise, hf_text(r->field[2]), hf_text(r->field[3]), &out));
    assert_secret_hex(&out, r->field[4]);
}

static const struct kind {
    const char *name;
    void (*replay)(const struct row *r);
} kinds[] = {
    {"exported", replay_exported},
    {"usage",    replay_usage   },
    {"km",       replay_km      },
    {"kpsa",     replay_kpsa    },
    {"ke2e",     replay_ke2e    },
    {"session",  replay_session },
};

static size_t replay(const struct row *r)
{
    for (size_t i = 0; i < HF_COUNT(kinds); i++)
        if (r->count > 0 && strcmp(r->field[0], kinds[i].name) == 0) {
            kinds[i].replay(r);
            return 1;
        }
    assert_true(r->count > 0 && strcmp(r->field[0], "#") == 0);
    return 0;
}

HF_TEST(every_key_is_what_a_second_implementation_derives)
{
    FILE *f = fopen("tests/vectors/derivations.txt", "r");
    static struct row r;
    size_t replayed = 0;

    assert_non_null(f);
    while (read_row(f, &r))
        replayed += replay(&r);
    fclose(f);
    assert_true(replayed >= ROWS_MIN);
}
