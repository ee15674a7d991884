#include "codec/options.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/wire.h"
#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "core/identity/key_id.h"

enum { PORT_MAX = 65535, MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

bool hf_option_is_list(enum hf_option_kind kind)
{
    return kind == HF_OPTION_LIST || kind == HF_OPTION_FQDN_LIST || kind == HF_OPTION_ID_LIST;
}

/* What each kind wants, for the second half of a fault. */
static const char *const wanted[] = {
    [HF_OPTION_SECTION] = "give a mapping",
    [HF_OPTION_TEXT] = "give a text",
    [HF_OPTION_FQDN] = "give a fully qualified domain name such as mef.example.com",
    [HF_OPTION_ENTITY_ID] = "give an absolute ID such as //sp.example/in-cse",
    [HF_OPTION_KEY_ID] = "give a key identifier such as kpm1@mef.example.com",
    [HF_OPTION_ADDRESS] = "give a numeric IPv4 or IPv6 address",
    [HF_OPTION_PATH] = "give a file name",
    [HF_OPTION_PORT] = "give a port from 1 to 65535",
    [HF_OPTION_NUMBER] = "give a number within the bounds that the manual page tells",
    [HF_OPTION_SECONDS] = "give a time such as 90s, 15m, 12h or 7d",
    [HF_OPTION_BOOL] = "give on or off",
    [HF_OPTION_LIST] = "give a list such as [one, two]",
    [HF_OPTION_FQDN_LIST] = "give a list of domain names",
    [HF_OPTION_ID_LIST] = "give a list of absolute IDs",
};

static void *place_of(const struct hf_option_row *row, void *values)
{
    return (uint8_t *)values + row->offset;
}

static hf_status copy_text(struct hf_arena *a, struct hf_bytes text, const char **out)
{
    char *copy;

    if (text.len > 0 && memchr(text.at, 0, text.len) != NULL)
        return HF_ERR_MALFORMED;
    copy = hf_arena_take(a, text.len + 1, 1);
    if (copy == NULL)
        return HF_ERR_LIMIT;
    if (text.len > 0)
        memcpy(copy, text.at, text.len);
    *out = copy;
    return HF_OK;
}

/* A relative file name is meant from the folder of the configuration file. */
static hf_status resolve(struct hf_arena *a, const char *file, struct hf_bytes text,
                         const char **out)
{
    struct hf_bytes folder, rest, whole;
    struct hf_writer w;
    uint8_t room[4096];

    if (text.at[0] == '/' || !hf_bytes_split_last(hf_text(file), '/', &folder, &rest))
        return copy_text(a, text, out);
    w = hf_writer_over(room, sizeof room);
    hf_put_bytes(&w, folder);
    hf_put_u8(&w, '/');
    hf_put_bytes(&w, text);
    if (hf_writer_finish(&w, &whole) != HF_OK)
        return HF_ERR_LIMIT;
    return copy_text(a, whole, out);
}

static bool is_address(struct hf_bytes text)
{
    char copy[INET6_ADDRSTRLEN];
    uint8_t octets[sizeof(struct in6_addr)];

    if (text.len >= sizeof copy || memchr(text.at, 0, text.len) != NULL)
        return false;
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return inet_pton(AF_INET, copy, octets) == 1 || inet_pton(AF_INET6, copy, octets) == 1;
}

/* Text of any kind, in the form that is kept. */
static hf_status read_text(enum hf_option_kind kind, struct hf_bytes text, const char *file,
                           struct hf_arena *a, const char **out)
{
    struct hf_bytes canonical = text;
    hf_status st = HF_OK;

    if (text.len == 0)
        return HF_ERR_MALFORMED;
    if (kind == HF_OPTION_PATH)
        return resolve(a, file, text, out);
    if (kind == HF_OPTION_FQDN || kind == HF_OPTION_FQDN_LIST)
        st = hf_fqdn_canonical(text, a, &canonical);
    else if (kind == HF_OPTION_ENTITY_ID || kind == HF_OPTION_ID_LIST)
        st = hf_entity_id_canonical(text, a, &canonical);
    else if (kind == HF_OPTION_KEY_ID)
        st = hf_key_id_canonical(text, a, &canonical);
    else if (kind == HF_OPTION_ADDRESS && !is_address(text))
        st = HF_ERR_MALFORMED;
    return st == HF_OK ? copy_text(a, canonical, out) : st;
}

static hf_status read_bool(struct hf_bytes text, bool *out)
{
    static const char *const yes[] = {"on", "yes", "true"}, *const no[] = {"off", "no", "false"};

    for (size_t i = 0; i < HF_COUNT(yes); i++) {
        if (hf_bytes_equal_text(text, yes[i]) || hf_bytes_equal_text(text, no[i])) {
            *out = hf_bytes_equal_text(text, yes[i]);
            return HF_OK;
        }
    }
    return HF_ERR_MALFORMED;
}

static uint32_t unit_of(uint8_t suffix)
{
    switch (suffix) {
    case 's':
        return 1;
    case 'm':
        return MINUTE_S;
    case 'h':
        return HOUR_S;
    case 'd':
        return DAY_S;
    default:
        return 0;
    }
}

static hf_status read_number(const struct hf_option_row *row, struct hf_bytes text, uint32_t *out)
{
    uint32_t max = row->max == 0 ? UINT32_MAX : row->max, unit = 1;
    uint64_t n;

    if (row->kind == HF_OPTION_SECONDS && text.len > 1 && unit_of(text.at[text.len - 1]) != 0) {
        unit = unit_of(text.at[text.len - 1]);
        text = hf_bytes_first(text, text.len - 1);
    }
    if (!hf_bytes_to_number(text, UINT32_MAX, &n) || n * unit > max || n * unit < row->min)
        return HF_ERR_MALFORMED;
    *out = (uint32_t)(n * unit);
    return HF_OK;
}

static hf_status read_port(struct hf_bytes text, uint16_t *out)
{
    uint64_t n;

    if (!hf_bytes_to_number(text, PORT_MAX, &n) || n == 0)
        return HF_ERR_MALFORMED;
    *out = (uint16_t)n;
    return HF_OK;
}

static hf_status add_item(const struct hf_option_row *row, struct hf_bytes text, const char *file,
                          struct hf_arena *a, struct hf_option_list *list)
{
    hf_status st;

    if (list->count == HF_OPTION_LIST_MAX)
        return HF_ERR_MALFORMED;
    st = read_text(row->kind, text, file, a, &list->at[list->count]);
    list->count += st == HF_OK;
    return st;
}

static hf_status set_value(const struct hf_option_row *row, struct hf_bytes text, const char *file,
                           struct hf_arena *a, void *at)
{
    switch (row->kind) {
    case HF_OPTION_TEXT:
    case HF_OPTION_FQDN:
    case HF_OPTION_ENTITY_ID:
    case HF_OPTION_KEY_ID:
    case HF_OPTION_ADDRESS:
    case HF_OPTION_PATH:
        return read_text(row->kind, text, file, a, at);
    case HF_OPTION_PORT:
        return read_port(text, at);
    case HF_OPTION_NUMBER:
    case HF_OPTION_SECONDS:
        return read_number(row, text, at);
    case HF_OPTION_BOOL:
        return read_bool(text, at);
    case HF_OPTION_LIST:
    case HF_OPTION_FQDN_LIST:
    case HF_OPTION_ID_LIST:
        return add_item(row, text, file, a, at);
    case HF_OPTION_SECTION:
        return HF_ERR_MALFORMED;
    }
    return HF_ERR_BUG;
}

hf_status hf_option_set(const struct hf_option_row *row, struct hf_bytes text, const char *path,
                        struct hf_arena *a, void *values, const char **what,
                        const char **what_to_do)
{
    hf_status st = set_value(row, text, path, a, place_of(row, values));

    if (st == HF_OK)
        return HF_OK;
    *what = st == HF_ERR_LIMIT ? "there is no room for the value" : "the value does not fit";
    *what_to_do = wanted[row->kind];
    return st;
}
