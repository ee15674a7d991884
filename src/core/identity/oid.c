#include "core/identity/oid.h"

enum { ROOT_MAX = 2, SECOND_MAX = 39, JOINED = 80 /* DER joins 2 and x into 80 + x */ };

/* The largest value of the arc at `index`, below the root arc `root`. */
static uint64_t arc_max(size_t index, uint64_t root)
{
    if (index == 0)
        return ROOT_MAX;
    if (index > 1)
        return UINT64_MAX;
    return root == ROOT_MAX ? UINT64_MAX - JOINED : SECOND_MAX;
}

bool hf_oid_is_valid(struct hf_bytes text)
{
    struct hf_bytes arc, rest = text;
    uint64_t root = 0, value;
    size_t count = 0;
    bool more = text.len <= HF_OID_MAX;

    for (; more && count < HF_OID_ARCS_MAX; count++) {
        more = hf_bytes_split(rest, '.', &arc, &rest);
        if (!hf_bytes_to_number(more ? arc : rest, arc_max(count, root), &value))
            return false;
        root = count == 0 ? value : root;
    }
    return !more && count >= 2;
}
