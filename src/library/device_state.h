/* What an open device is made of: for the files of this folder. */
#ifndef HF_LIBRARY_DEVICE_STATE_H
#define HF_LIBRARY_DEVICE_STATE_H

#include <handfast/device.h>

#include "core/certificate/judge.h"
#include "library/connection.h"
#include "role/node/node.h"
#include "secure_environment/soft/sealed_file.h"

enum { HF_DEVICE_ARENA_MAX = 65536 };

struct hf_device {
    struct hf_arena arena; /* options and credentials: as long as the device */
    struct hf_arena facts; /* what was told last: until the next bootstrap or forget */
    struct hf_node_config config;
    struct hf_node_ports ports;
    struct hf_secret psk;
    struct hf_bytes certificate_pem, private_key_pem;
    struct hf_trust *trust;
    struct hf_sealed_file *sealed;
};

/* A file of at most 64 KiB, into `a`. `is_secret`: refused unless its mode is 0600 or 0400. */
HF_CHECKED hf_status hf_file_read(const char *path, bool is_secret, struct hf_arena *a,
                                  struct hf_bytes *out);
/* A key as hex digits in a secret file; white space at its end does not count. */
HF_CHECKED hf_status hf_key_file_read(const char *path, struct hf_secret *out);

struct hf_clock hf_library_clock(void);
struct hf_random hf_library_random(void);
struct hf_node_codec hf_library_codec(void);

/* The end that a task orders, with the device's own credentials. */
struct hf_connection_end hf_device_end(const struct hf_device *d, const struct hf_node_end *end);
/* poll's timeout for a deadline; -1: none. */
int hf_library_timeout_ms(uint64_t deadline_ms);

/* Fills a report, which may be NULL; returns `st`. */
hf_status hf_report_set(struct hf_report *r, hf_status st, const char *sentence, const char *clause,
                        const char *what_to_do);

#endif
