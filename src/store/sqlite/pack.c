#include "base/wire.h"
#include "store/sqlite/database.h"

hf_status hf_list_pack(struct hf_list l, uint8_t *room, size_t size, struct hf_bytes *out)
{
    struct hf_writer w = hf_writer_over(room, size);

    for (size_t i = 0; i < l.count; i++)
        hf_put_u16_bytes(&w, l.at[i]);
    return hf_writer_finish(&w, out);
}

static size_t count_items(struct hf_bytes packed)
{
    struct hf_reader r = hf_reader_over(packed);
    size_t count = 0;

    while (!hf_reader_is_done(&r)) {
        (void)hf_get_u16_bytes(&r);
        count++;
    }
    return count;
}

/* The items borrow from one copy of the blob. */
static hf_status unpack(struct hf_bytes packed, struct hf_arena *a, struct hf_list *out)
{
    struct hf_bytes copy;
    struct hf_reader r;
    size_t count = count_items(packed);
    struct hf_bytes *at;
    hf_status st;

    HF_TRY(hf_arena_copy(a, packed, &copy));
    at = hf_arena_take(a, count, sizeof *at);
    HF_TRY(at == NULL ? HF_ERR_STORE : HF_OK);
    r = hf_reader_over(copy);
    for (size_t i = 0; i < count; i++)
        at[i] = hf_get_u16_bytes(&r);
    HF_TRY(hf_reader_finish(&r));
    *out = (struct hf_list){at, count};
done:
    return st == HF_OK ? HF_OK : HF_ERR_STORE;
}

void hf_read_list(struct hf_query *q, struct hf_arena *a, struct hf_list *out)
{
    struct hf_bytes packed = hf_read_borrowed(q);

    *out = (struct hf_list){0};
    if (q->st == HF_OK && packed.len > 0)
        q->st = unpack(packed, a, out);
}
