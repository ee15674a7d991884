#include "net/tls_hello.h"

#include "base/wire.h"

#include "net/tls_records.h"

enum {
    RANDOM_LEN = 32,
    SESSION_ID_MAX = 32,
    EXTENSIONS_MAX = 64,
    HOST_NAME = 0,
    IDENTITY_MAX = 255,
};

enum extension {
    SERVER_NAME = 0,
    SUPPORTED_GROUPS = 10,
    ENCRYPT_THEN_MAC = 22,
    EXTENDED_MASTER_SECRET = 23,
    SUPPORTED_VERSIONS = 43,
};

/* A list of 16-bit numbers with at least one of them. */
static hf_status check_numbers(struct hf_bytes list)
{
    return list.len >= 2 && list.len % 2 == 0 ? HF_OK : HF_ERR_MALFORMED;
}

/* server_name_list with exactly one host_name (RFC 6066, 3: never two of a type; no other type). */
static hf_status read_server_name(struct hf_bytes body, struct hf_bytes *out)
{
    struct hf_reader in = hf_reader_over(body), list = hf_reader_over(hf_get_u16_bytes(&in));
    uint8_t type = hf_get_u8(&list);
    struct hf_bytes name = hf_get_u16_bytes(&list);
    hf_status st;

    HF_TRY(hf_reader_finish(&in));
    HF_TRY(hf_reader_finish(&list));
    if (type != HOST_NAME || name.len == 0)
        return HF_ERR_MALFORMED;
    *out = name;

done:
    return st;
}

static hf_status read_numbers(struct hf_bytes body, bool short_length, struct hf_bytes *out)
{
    struct hf_reader in = hf_reader_over(body);
    struct hf_bytes list = short_length ? hf_get_u8_bytes(&in) : hf_get_u16_bytes(&in);
    hf_status st;

    HF_TRY(hf_reader_finish(&in));
    HF_TRY(check_numbers(list));
    *out = list;

done:
    return st;
}

static hf_status read_extension(struct hf_client_hello *h, uint16_t type, struct hf_bytes body)
{
    switch (type) {
    case SERVER_NAME:
        return read_server_name(body, &h->server_name);
    case SUPPORTED_GROUPS:
        return read_numbers(body, false, &h->groups);
    case SUPPORTED_VERSIONS:
        return read_numbers(body, true, &h->versions);
    case ENCRYPT_THEN_MAC:
        h->has_etm = true;
        return body.len == 0 ? HF_OK : HF_ERR_MALFORMED;
    case EXTENDED_MASTER_SECRET:
        h->has_ems = true;
        return body.len == 0 ? HF_OK : HF_ERR_MALFORMED;
    default:
        return HF_OK; /* The library's business. */
    }
}

/* No type may come twice (RFC 5246, 7.4.1.4): we and the library must not read different ones. */
static hf_status read_extensions(struct hf_client_hello *h, struct hf_bytes octets)
{
    struct hf_reader in = hf_reader_over(octets);
    uint16_t seen[EXTENSIONS_MAX];
    hf_status st = HF_OK;

    for (size_t count = 0; !hf_reader_is_done(&in); count++) {
        uint16_t type = hf_get_u16(&in);
        struct hf_bytes body = hf_get_u16_bytes(&in);

        if (in.st != HF_OK || count == EXTENSIONS_MAX)
            return HF_ERR_MALFORMED;
        for (size_t i = 0; i < count; i++)
            if (seen[i] == type)
                return HF_ERR_MALFORMED;
        seen[count] = type;
        HF_TRY(read_extension(h, type, body));
    }
    st = hf_reader_finish(&in);

done:
    return st;
}

hf_status hf_client_hello_parse(struct hf_bytes message, struct hf_client_hello *out)
{
    struct hf_reader in = hf_reader_over(hf_bytes_from(message, HF_HANDSHAKE_HEADER_LEN));
    struct hf_client_hello h = {0};
    struct hf_bytes compressions, extensions = {0};
    hf_status st;

    h.legacy_version = hf_get_u16(&in);
    h.random = hf_get_bytes(&in, RANDOM_LEN);
    h.session_id = hf_get_u8_bytes(&in);
    h.suites = hf_get_u16_bytes(&in);
    compressions = hf_get_u8_bytes(&in);
    if (!hf_reader_is_done(&in))
        extensions = hf_get_u16_bytes(&in);
    HF_TRY(hf_reader_finish(&in));
    HF_TRY(check_numbers(h.suites));
    if (h.session_id.len > SESSION_ID_MAX || compressions.len == 0)
        return HF_ERR_MALFORMED;
    HF_TRY(read_extensions(&h, extensions));
    *out = h;

done:
    return st;
}

static bool has_number(struct hf_bytes list, uint16_t number)
{
    for (size_t i = 0; i + 1 < list.len; i += 2)
        if ((list.at[i] << 8 | list.at[i + 1]) == number)
            return true;
    return false;
}

bool hf_client_hello_offers_suite(const struct hf_client_hello *h, uint16_t suite)
{
    return has_number(h->suites, suite);
}

bool hf_client_hello_offers_version(const struct hf_client_hello *h, uint16_t version)
{
    if (h->versions.len > 0)
        return has_number(h->versions, version);
    return h->legacy_version >= version;
}

bool hf_client_hello_offers_group(const struct hf_client_hello *h)
{
    return has_number(h->groups, HF_GROUP_X25519) || has_number(h->groups, HF_GROUP_P256);
}

hf_status hf_psk_identity_parse(struct hf_bytes message, bool has_public_key, struct hf_bytes *out)
{
    struct hf_reader in = hf_reader_over(hf_bytes_from(message, HF_HANDSHAKE_HEADER_LEN));
    struct hf_bytes identity = hf_get_u16_bytes(&in);
    hf_status st;

    if (has_public_key)
        (void)hf_get_u8_bytes(&in); /* The library judges the point. */
    HF_TRY(hf_reader_finish(&in));
    if (identity.len == 0 || identity.len > IDENTITY_MAX)
        return HF_ERR_LIMIT;
    *out = identity;

done:
    return st;
}
