#include "codec/forms.h"

#include <string.h>

#include "base/hex.h"
#include "codec/utf8.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "core/identity/key_id.h"

enum { HEX_ID_LEN = 2 * HF_RELATIVE_ID_LEN, WORD_MAX = 32 };

static const char *const methods[] = {"certificate", "psk"};
static const char *const capabilities[] = {"certificateEnrolment", "mafEnrolment",
                                           "remoteManagement"};

static bool is_name(struct hf_bytes text)
{
    if (hf_bytes_equal_text(text, ".") || hf_bytes_equal_text(text, ".."))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!hf_is_alnum(text.at[i]) && (text.at[i] == 0 || !strchr("-._~", text.at[i])))
            return false;
    return text.len > 0;
}

/* hexBinary is upper case where it is kept (design page, rulings). */
static hf_status copy_name(struct hf_bytes text, struct hf_arena *a, struct hf_bytes *out)
{
    uint8_t id[HF_RELATIVE_ID_LEN];

    if (text.len == HEX_ID_LEN && hf_hex_parse(text, id, sizeof id) == HF_OK)
        return hf_relative_id_of(id, a, out);
    return hf_arena_copy(a, text, out);
}

static hf_status copy_if(bool is_valid, struct hf_bytes text, struct hf_arena *a,
                         struct hf_bytes *out)
{
    return is_valid ? hf_arena_copy(a, text, out) : HF_ERR_MALFORMED;
}

static hf_status copy_name_if(bool is_valid, struct hf_bytes text, struct hf_arena *a,
                              struct hf_bytes *out)
{
    return is_valid ? copy_name(text, a, out) : HF_ERR_MALFORMED;
}

/* Words need no copy: the table's own is as good. */
static hf_status find_word(const char *const *words, size_t count, struct hf_bytes text,
                           struct hf_bytes *out)
{
    for (size_t i = 0; i < count; i++) {
        if (!hf_bytes_equal_text(text, words[i]))
            continue;
        *out = hf_text(words[i]);
        return HF_OK;
    }
    return HF_ERR_MALFORMED;
}

static hf_status read_node_entity(struct hf_bytes text, struct hf_arena *a, struct hf_bytes *out)
{
    struct hf_entity_id id;
    hf_status st;

    HF_TRY(hf_entity_id_parse(text, &id));
    if (id.kind == HF_ENTITY_FUNCTION)
        return HF_ERR_MALFORMED;
    HF_TRY(hf_entity_id_canonical(text, a, out));
done:
    return st;
}

hf_status hf_form_read(enum hf_text_form form, struct hf_bytes text, size_t max, struct hf_arena *a,
                       struct hf_bytes *out)
{
    if (text.len == 0 || text.len > max)
        return HF_ERR_MALFORMED;
    switch (form) {
    case HF_FORM_ANY:
        return hf_arena_copy(a, text, out);
    case HF_FORM_LABEL:
        return copy_if(hf_utf8_prints(text), text, a, out);
    case HF_FORM_NAME:
        return copy_name_if(is_name(text), text, a, out);
    case HF_FORM_RELATIVE_ID:
        return copy_name_if(hf_relative_id_is_valid(text), text, a, out);
    case HF_FORM_KEY_ID:
        return hf_key_id_canonical(text, a, out);
    case HF_FORM_FQDN:
        return hf_fqdn_canonical(text, a, out);
    case HF_FORM_ENTITY:
    case HF_FORM_TARGET:
        return hf_entity_id_canonical(text, a, out);
    case HF_FORM_NODE_ENTITY:
        return read_node_entity(text, a, out);
    case HF_FORM_NODE_ID:
        return copy_if(hf_node_id_is_valid(text), text, a, out);
    case HF_FORM_METHOD:
        return find_word(methods, HF_COUNT(methods), text, out);
    case HF_FORM_CAPABILITY:
        return find_word(capabilities, HF_COUNT(capabilities), text, out);
    case HF_FORM_NONE:
        break;
    }
    return HF_ERR_BUG;
}

hf_status hf_form_read_function(struct hf_bytes text, struct hf_arena *a, struct hf_bytes *out)
{
    uint8_t room[2 + HF_FQDN_MAX + 1];
    struct hf_writer w = hf_writer_over(room, sizeof room);
    struct hf_bytes whole;
    hf_status st;

    if (!hf_fqdn_is_valid(text))
        return HF_ERR_MALFORMED;
    hf_put_text(&w, "//");
    hf_put_bytes(&w, text);
    HF_TRY(hf_writer_finish(&w, &whole));
    HF_TRY(hf_entity_id_canonical(whole, a, out));
done:
    return st;
}

bool hf_form_is_word(struct hf_bytes text)
{
    if (text.len == 0 || text.len > WORD_MAX || !hf_is_alpha(text.at[0]))
        return false;
    for (size_t i = 1; i < text.len; i++)
        if (!hf_is_alnum(text.at[i]))
            return false;
    return true;
}
