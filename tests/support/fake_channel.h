/* A channel whose peer and exporter a test sets. */
#ifndef HF_TESTS_SUPPORT_FAKE_CHANNEL_H
#define HF_TESTS_SUPPORT_FAKE_CHANNEL_H

#include "port/channel.h"

struct fake_channel {
    struct hf_channel channel;
    struct hf_peer peer;
    struct hf_bytes bound;
    struct hf_export secret; /* what the exporter gives, once */
    hf_status export_st;     /* HF_OK, or what it answers instead */
    bool has_exported;
    const char *label; /* asked for */
};

/* `number` makes its exporter's output its own. */
void fake_channel_init(struct fake_channel *c, const struct hf_peer *peer, uint8_t number);

#endif
