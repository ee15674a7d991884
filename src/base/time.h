/*
 * Points in time as seconds since 1970-01-01T00:00:00 UTC, and their oneM2M text,
 * YYYYMMDDThhmmss with an optional fraction, always UTC (TS-0004, 6.3.3). No clock here.
 */
#ifndef HF_BASE_TIME_H
#define HF_BASE_TIME_H

#include "base/bytes.h"
#include "base/status.h"
#include "base/wire.h"

#define HF_NEVER      UINT64_MAX
#define HF_TIME_MAX_S UINT64_C(253402300799) /* 99991231T235959 */

enum { HF_TIMESTAMP_LEN = 15 };

/* `,f{1,6}` is accepted and cut off. HF_ERR_MALFORMED: anything else, or a day that does not exist.
 */
HF_CHECKED hf_status hf_timestamp_parse(struct hf_bytes text, uint64_t *out_s);
/* 15 characters; a time past HF_TIME_MAX_S is written as that. */
void hf_put_timestamp(struct hf_writer *w, uint64_t time_s);

#endif
