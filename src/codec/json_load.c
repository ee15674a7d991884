#include "codec/json_load.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/secret.h"
#include "codec/content.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *allocate(size_t size)
{
    return hf_alloc(1, size);
}

static void wipe_and_free(void *at)
{
    if (at != NULL)
        hf_wipe(at, malloc_usable_size(at));
    hf_free(at);
}

/* Values made before, with plain malloc, may be freed after: both sides are the C library's heap.
 */
static void install_allocator(void)
{
    json_malloc_t current_malloc;
    json_free_t current_free;

    json_get_alloc_funcs(&current_malloc, &current_free);
    if (current_malloc == malloc && current_free == free)
        json_set_alloc_funcs(allocate, wipe_and_free);
}

/* Brackets outside of strings; the grammar is jansson's concern. */
static bool is_too_deep(struct hf_bytes text)
{
    bool in_string = false;
    size_t depth = 0;

    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];

        if (in_string) {
            if (c == '\\')
                i++;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > HF_JSON_DEPTH_MAX)
                return true;
        } else if (c == ']' || c == '}') {
            depth -= depth > 0;
        }
    }
    return false;
}

hf_status hf_json_load(struct hf_bytes text, json_t **out, const char **fault)
{
    json_error_t error;
    json_t *value;

    if (text.len > HF_JSON_MAX) {
        *fault = "the document is longer than 64 KiB";
        return HF_ERR_LIMIT;
    }
    if (is_too_deep(text)) {
        *fault = "the document nests deeper than 16 levels";
        return HF_ERR_LIMIT;
    }
    (void)pthread_once(&once, install_allocator);
    value = json_loadb((const char *)text.at, text.len, JSON_REJECT_DUPLICATES, &error);
    if (value == NULL) {
        *fault = "the document is not JSON, or has a name twice";
        return HF_ERR_MALFORMED;
    }
    *out = value;
    return HF_OK;
}

struct hf_bytes hf_json_text(const json_t *value)
{
    return hf_bytes_of(json_string_value(value), json_string_length(value));
}

void hf_json_wipe_text(json_t *value)
{
    struct hf_bytes text = hf_json_text(value);

    if (text.len > 0)
        hf_wipe((void *)(uintptr_t)text.at, text.len);
}
