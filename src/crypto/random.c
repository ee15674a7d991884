#include "crypto/random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <threads.h>

/*
 * A draw is one block that is never handed out, the witness, and up to 15 that are. Two equal
 * neighbours, or a witness equal to the one before, mean a generator that stands still. The witness
 * lets us remember the past without keeping a copy of somebody's key.
 */
enum { BLOCK_LEN = 16, BLOCKS_MAX = 16, DRAW_MAX = BLOCK_LEN * BLOCKS_MAX };
enum { SERVED_MAX = DRAW_MAX - BLOCK_LEN };

struct witness {
    uint8_t block[BLOCK_LEN];
    bool is_set;
};

static thread_local struct witness last;

static hf_status draw(uint8_t *out, size_t len)
{
    size_t have = 0;

    while (have < len) {
        ssize_t got = getrandom(out + have, len - have, 0);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || (size_t)got > len - have)
            return HF_ERR_SYSTEM;
        have += (size_t)got;
    }
    return HF_OK;
}

static bool is_stuck(const uint8_t *drawn, size_t len)
{
    bool stuck = last.is_set && memcmp(last.block, drawn, BLOCK_LEN) == 0;

    for (size_t i = BLOCK_LEN; i < len; i += BLOCK_LEN)
        stuck = stuck || memcmp(drawn + i - BLOCK_LEN, drawn + i, BLOCK_LEN) == 0;
    memcpy(last.block, drawn, BLOCK_LEN);
    last.is_set = true;
    return stuck;
}

/* At most SERVED_MAX octets. */
static hf_status serve(uint8_t *out, size_t len)
{
    uint8_t drawn[DRAW_MAX];
    size_t whole = BLOCK_LEN + (len + BLOCK_LEN - 1) / BLOCK_LEN * BLOCK_LEN;
    hf_status st;

    HF_TRY(draw(drawn, whole));
    HF_TRY(is_stuck(drawn, whole) ? HF_ERR_SYSTEM : HF_OK);
    memcpy(out, drawn + BLOCK_LEN, len);

done:
    hf_wipe(drawn, sizeof drawn);
    return st;
}

hf_status hf_random_fill(uint8_t *out, size_t len)
{
    size_t done_len = 0;
    hf_status st = HF_OK;

    while (done_len < len) {
        size_t part = len - done_len < SERVED_MAX ? len - done_len : SERVED_MAX;

        HF_TRY(serve(out + done_len, part));
        done_len += part;
    }

done:
    if (st != HF_OK)
        hf_wipe(out, len); /* half a key is no key */
    return st;
}
