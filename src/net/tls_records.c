#include "net/tls_records.h"

#include <string.h>

#include "base/memory.h"
#include "base/wire.h"

enum { TLS_MAJOR = 3 };

void hf_records_init(struct hf_records *r, uint8_t type, size_t max)
{
    *r = (struct hf_records){
        .expected_type = type, .message_max = max, .alert = HF_ALERT_NONE, .sentence = ""};
}

void hf_records_done(struct hf_records *r)
{
    hf_free(r->message);
    r->message = NULL;
}

struct hf_bytes hf_records_message(const struct hf_records *r)
{
    return hf_bytes_of(r->message, r->message_len);
}

static enum hf_records_result bad(struct hf_records *r, enum hf_alert alert, const char *sentence)
{
    r->alert = alert;
    r->sentence = sentence;
    return HF_RECORDS_BAD;
}

static bool is_begun(const struct hf_records *r)
{
    return r->header_len > 0;
}

static bool is_whole(const struct hf_records *r)
{
    return r->message != NULL && r->message_len == r->message_size;
}

/* Judges the next record's header; `octets` has it whole. */
static enum hf_records_result begin_record(struct hf_records *r, struct hf_bytes octets)
{
    struct hf_reader in = hf_reader_over(octets);
    uint8_t type = hf_get_u8(&in), major = hf_get_u8(&in);
    uint16_t len;

    (void)hf_get_u8(&in); /* The minor version of a record is any (RFC 5246, E.1). */
    len = hf_get_u16(&in);
    if (type != HF_RECORD_HANDSHAKE) {
        if (is_begun(r))
            return bad(r, HF_ALERT_UNEXPECTED_MESSAGE, "a handshake message is cut by another one");
        return HF_RECORDS_OTHER;
    }
    if (major != TLS_MAJOR)
        return bad(r, HF_ALERT_PROTOCOL_VERSION, "the record is not of TLS");
    if (len == 0)
        return bad(r, HF_ALERT_UNEXPECTED_MESSAGE, "an empty handshake record");
    if (len > HF_RECORD_MAX)
        return bad(r, HF_ALERT_RECORD_OVERFLOW, "the record is longer than TLS allows");
    r->record_left = len;
    return HF_RECORDS_MORE;
}

/* The handshake header is whole: judge it and make room for exactly that message. */
static enum hf_records_result begin_message(struct hf_records *r)
{
    struct hf_reader in = hf_reader_over(hf_bytes_of(r->header, sizeof r->header));
    uint8_t type = hf_get_u8(&in);
    size_t len = hf_get_u24(&in);

    if (type != r->expected_type)
        return bad(r, HF_ALERT_UNEXPECTED_MESSAGE, "another handshake message was due");
    if (len > r->message_max)
        return bad(r, HF_ALERT_ILLEGAL_PARAMETER, "the handshake message is longer than we allow");
    r->message_size = sizeof r->header + len;
    r->message = hf_alloc(1, r->message_size);
    if (r->message == NULL)
        return bad(r, HF_ALERT_INTERNAL_ERROR, "out of memory");
    memcpy(r->message, r->header, sizeof r->header);
    r->message_len = sizeof r->header;
    return HF_RECORDS_MORE;
}

/* Takes what belongs to the current record, up to the end of the message. */
static enum hf_records_result take_fragment(struct hf_records *r, struct hf_bytes octets,
                                            size_t *taken)
{
    struct hf_bytes some = hf_bytes_first(octets, r->record_left);
    size_t from = *taken;

    for (; some.len > 0 && r->header_len < sizeof r->header; (*taken)++) {
        r->header[r->header_len++] = some.at[0];
        some = hf_bytes_from(some, 1);
    }
    if (r->header_len == sizeof r->header && r->message == NULL
        && begin_message(r) == HF_RECORDS_BAD)
        return HF_RECORDS_BAD;
    if (r->message != NULL && some.len > 0) {
        some = hf_bytes_first(some, r->message_size - r->message_len);
        if (some.len > 0)
            memcpy(r->message + r->message_len, some.at, some.len);
        r->message_len += some.len;
        *taken += some.len;
    }
    r->record_left = (uint16_t)(r->record_left - (*taken - from));
    if (!is_whole(r))
        return HF_RECORDS_MORE;
    /* After either message the peer has to wait or to change keys: nothing may share its record. */
    if (r->record_left > 0)
        return bad(r, HF_ALERT_UNEXPECTED_MESSAGE, "something follows in the same record");
    return HF_RECORDS_MESSAGE;
}

enum hf_records_result hf_records_read(struct hf_records *r, struct hf_bytes octets, size_t *taken)
{
    enum hf_records_result result = HF_RECORDS_MORE;

    *taken = 0;
    if (r->alert != HF_ALERT_NONE)
        return HF_RECORDS_BAD;
    while (result == HF_RECORDS_MORE) {
        struct hf_bytes rest = hf_bytes_from(octets, *taken);

        if (r->record_left > 0) {
            if (rest.len == 0)
                break;
            result = take_fragment(r, rest, taken);
        } else if (rest.len < HF_RECORD_HEADER_LEN) {
            break;
        } else {
            result = begin_record(r, rest);
            if (result == HF_RECORDS_MORE)
                *taken += HF_RECORD_HEADER_LEN;
        }
    }
    return result;
}
