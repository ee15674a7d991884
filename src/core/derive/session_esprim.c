/* sessionESPrimKey: one protected request and its response (TS-0003, 10.3.8.2; digest 3.6, A14). */
#include "core/derive/derive.h"

#include "crypto/digest.h"

#define LABEL "oneM2M HMAC-SHA256 sessionESPrimKey derivation algorithm"

enum { PAIRWISE_MIN = 16, OBJECT_MIN = 2 /* "{}" */, OBJECT_MAX = 2048 };

/*
 * The objects stand side by side without a separator: braces only at the two ends of each keep the
 * boundary where it is.
 */
static hf_status check_object(struct hf_bytes object)
{
    if (object.len > OBJECT_MAX)
        return HF_ERR_LIMIT;
    if (object.len < OBJECT_MIN)
        return HF_ERR_MALFORMED;
    for (size_t i = 0; i < object.len; i++) {
        uint8_t c = object.at[i];

        if (c <= ' ' || c > '~' || (c == '{') != (i == 0) || (c == '}') != (i == object.len - 1))
            return HF_ERR_MALFORMED;
    }
    return HF_OK;
}

hf_status hf_session_esprim_key_derive(const struct hf_secret *pairwise,
                                       struct hf_bytes receiver_object,
                                       struct hf_bytes originator_object, struct hf_secret *out)
{
    struct hf_bytes pieces[] = {receiver_object, originator_object, HF_LITERAL(LABEL)};
    hf_status st;

    HF_TRY(hf_secret_reveal(pairwise).len >= PAIRWISE_MIN ? HF_OK : HF_ERR_MALFORMED);
    HF_TRY(check_object(receiver_object));
    HF_TRY(check_object(originator_object));
    HF_TRY(hf_hmac_sha256_of(pairwise, pieces, HF_COUNT(pieces), out));

done:
    return st;
}
