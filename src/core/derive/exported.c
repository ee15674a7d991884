/* 48 exported octets: the identifier, then the key (TS-0003, 10.3.1; threat row CH-3). */
#include "core/derive/derive.h"

#include <string.h>

/* The one place that says where the cut is. */
enum { ID_AT = 0, KEY_AT = ID_AT + HF_RELATIVE_ID_LEN };

hf_status hf_exported_split(const struct hf_secret *exported, uint8_t id[HF_RELATIVE_ID_LEN],
                            struct hf_secret *key)
{
    struct hf_bytes octets = hf_secret_reveal(exported);
    struct hf_secret cut = {0};
    hf_status st;

    HF_TRY(octets.len == HF_EXPORTED_LEN ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(hf_secret_set(&cut, hf_bytes_of(octets.at + KEY_AT, HF_EXPORTED_KEY_LEN)));
    memcpy(id, octets.at + ID_AT, HF_RELATIVE_ID_LEN);
    *key = cut;

done:
    hf_secret_wipe(&cut);
    return st;
}
