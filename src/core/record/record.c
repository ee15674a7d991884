#include "core/record/record.h"

bool hf_list_has(struct hf_list l, struct hf_bytes item)
{
    for (size_t i = 0; i < l.count; i++)
        if (hf_bytes_equal(l.at[i], item))
            return true;
    return false;
}
