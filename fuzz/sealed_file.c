/*
 * What a stranger can put into a sealed file: its header, and, were he to know the passphrase, its
 * entries. The first octet of the input chooses.
 */
#include "secure_environment/soft/box.h"
#include "secure_environment/soft/entries.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_header(struct hf_bytes file)
{
    struct hf_box_header h;

    if (hf_box_header_read(file, &h) != HF_OK)
        return;
    /* The memory that scrypt would take stays within what we spend on a stranger. */
    if ((UINT64_C(128) << h.cost.log2_n) * h.cost.r > UINT64_C(256) << 20)
        __builtin_trap();
}

/* What was accepted can be walked, found and written again. */
static void read_entries(struct hf_bytes entries)
{
    static uint8_t room[1 << 20];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_se_entry e = {0}, same = {0};

    if (entries.len > sizeof room / 2 || hf_entries_check(entries) != HF_OK)
        return;
    for (size_t i = 0; hf_entries_at(entries, i, &e) == HF_OK; i++) {
        if (hf_entries_find(entries, e.name, &same) != HF_OK)
            __builtin_trap();
        if (!hf_secret_equal(&e.key, &same.key))
            __builtin_trap();
        hf_put_entry(&w, &e);
    }
    if (w.st != HF_OK || !hf_bytes_equal(hf_bytes_of(room, w.used), entries))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hf_bytes input = hf_bytes_of(data, size);

    if (size == 0)
        return 0;
    if (data[0] == 'E')
        read_entries(hf_bytes_from(input, 1));
    else
        read_header(hf_bytes_from(input, 1));
    return 0;
}
