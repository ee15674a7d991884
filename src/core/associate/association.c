#include "core/associate/association.h"

#include "base/wire.h"

enum { NAME_MAX_LEN = 255 };

hf_status hf_association_name(struct hf_bytes ae, struct hf_bytes target, struct hf_arena *a,
                              struct hf_bytes *out)
{
    uint8_t room[NAME_MAX_LEN];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes name;
    hf_status st;

    hf_put_text(&w, "Kc ");
    hf_put_bytes(&w, ae);
    hf_put_text(&w, " > ");
    hf_put_bytes(&w, target);
    HF_TRY(hf_writer_finish(&w, &name));
    HF_TRY(hf_arena_copy(a, name, out));
done:
    return st;
}
