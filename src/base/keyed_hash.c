#include "base/keyed_hash.h"

enum { WORD = 8, ROUNDS_PER_WORD = 2, ROUNDS_AT_END = 4, LENGTH_SHIFT = 56 };

struct state {
    uint64_t v0, v1, v2, v3;
};

static uint64_t rotate(uint64_t x, unsigned by)
{
    return x << by | x >> (64 - by);
}

/* The constants are the algorithm's. */
static void turn(struct state *s, int rounds)
{
    while (rounds-- > 0) {
        s->v0 += s->v1;
        s->v2 += s->v3;
        s->v1 = rotate(s->v1, 13) ^ s->v0;
        s->v3 = rotate(s->v3, 16) ^ s->v2;
        s->v0 = rotate(s->v0, 32);
        s->v2 += s->v1;
        s->v0 += s->v3;
        s->v1 = rotate(s->v1, 17) ^ s->v2;
        s->v3 = rotate(s->v3, 21) ^ s->v0;
        s->v2 = rotate(s->v2, 32);
    }
}

static void absorb(struct state *s, uint64_t word)
{
    s->v3 ^= word;
    turn(s, ROUNDS_PER_WORD);
    s->v0 ^= word;
}

static uint64_t little_endian(struct hf_bytes b)
{
    uint64_t word = 0;

    for (size_t i = b.len; i > 0; i--)
        word = word << 8 | b.at[i - 1];
    return word;
}

uint64_t hf_keyed_hash(const struct hf_hash_key *key, struct hf_bytes text)
{
    struct state s = {
        key->k0 ^ UINT64_C(0x736f6d6570736575), key->k1 ^ UINT64_C(0x646f72616e646f6d),
        key->k0 ^ UINT64_C(0x6c7967656e657261), key->k1 ^ UINT64_C(0x7465646279746573)};
    struct hf_bytes rest = text;

    for (; rest.len >= WORD; rest = hf_bytes_from(rest, WORD))
        absorb(&s, little_endian(hf_bytes_first(rest, WORD)));
    absorb(&s, (uint64_t)text.len << LENGTH_SHIFT | little_endian(rest));
    s.v2 ^= 0xff;
    turn(&s, ROUNDS_AT_END);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
