/*
 * The one bounds-checked reader and the one bounds-checked writer.
 * Both remember their first failure, so a layout is written without a check per field and judged
 * once, at the end (hf_reader_finish, hf_writer_finish).
 */
#ifndef HF_BASE_WIRE_H
#define HF_BASE_WIRE_H

#include "base/bytes.h"
#include "base/status.h"

struct hf_reader {
    struct hf_bytes rest;
    hf_status st;
};

struct hf_reader hf_reader_over(struct hf_bytes b);
/* After a failure every get answers zero or none. */
uint8_t hf_get_u8(struct hf_reader *r);
uint16_t hf_get_u16(struct hf_reader *r); /* big-endian, as all of these */
uint32_t hf_get_u24(struct hf_reader *r);
uint32_t hf_get_u32(struct hf_reader *r);
uint64_t hf_get_u64(struct hf_reader *r);
struct hf_bytes hf_get_bytes(struct hf_reader *r, size_t len);
struct hf_bytes hf_get_u8_bytes(struct hf_reader *r);  /* one octet of length, then that many */
struct hf_bytes hf_get_u16_bytes(struct hf_reader *r); /* two octets of length */
struct hf_bytes hf_get_u24_bytes(struct hf_reader *r);
bool hf_reader_is_done(const struct hf_reader *r); /* nothing left, or failed */
/* HF_OK when all was read and nothing is left over; HF_ERR_MALFORMED otherwise. */
HF_CHECKED hf_status hf_reader_finish(const struct hf_reader *r);

struct hf_writer {
    uint8_t *room;
    size_t size, used;
    hf_status st;
};

struct hf_writer hf_writer_over(void *room, size_t size);
void hf_put_u8(struct hf_writer *w, uint8_t v);
void hf_put_u16(struct hf_writer *w, uint16_t v);
void hf_put_u24(struct hf_writer *w, uint32_t v);
void hf_put_u32(struct hf_writer *w, uint32_t v);
void hf_put_u64(struct hf_writer *w, uint64_t v);
void hf_put_bytes(struct hf_writer *w, struct hf_bytes b);
void hf_put_text(struct hf_writer *w, const char *text); /* without its terminator */
void hf_put_number(struct hf_writer *w, uint64_t n);     /* decimal digits */
void hf_put_hex(struct hf_writer *w, struct hf_bytes b); /* upper case */
void hf_put_len16(struct hf_writer *w, size_t len);      /* HF_ERR_LIMIT when it does not fit */
void hf_put_u8_bytes(struct hf_writer *w, struct hf_bytes b);
void hf_put_u16_bytes(struct hf_writer *w, struct hf_bytes b);
/* What was written, borrowed from the room. HF_ERR_LIMIT when the room was too small. */
HF_CHECKED hf_status hf_writer_finish(const struct hf_writer *w, struct hf_bytes *out);
/* The same as a C string: writes a terminator. */
HF_CHECKED hf_status hf_writer_finish_text(struct hf_writer *w);

#endif
