/* A Credential-ID that is read can be written, and what is written reads as the same. */
#include <stdlib.h>

#include "core/identity/key_id.h"

enum { ARENA_LIMIT = 1 << 14 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hf_bytes text = {data, size}, value, once, again, twice;
    enum hf_credential_type type, same;
    struct hf_arena a;

    if (hf_credential_id_parse(text, &type, &value) != HF_OK)
        return 0;
    hf_arena_init(&a, ARENA_LIMIT);
    demand(hf_credential_id_format(type, value, &a, &once) == HF_OK);
    demand(hf_credential_id_parse(once, &same, &again) == HF_OK && same == type);
    demand(hf_credential_id_format(same, again, &a, &twice) == HF_OK);
    demand(hf_bytes_equal(once, twice));
    hf_arena_done(&a);
    return 0;
}
