/*
 * Octets that gather. They may hold keys: rooms are wiped when the octets move or end.
 */
#ifndef HF_BINDING_HTTP_PILE_H
#define HF_BINDING_HTTP_PILE_H

#include "base/bytes.h"
#include "base/status.h"

struct hf_http_pile {
    uint8_t *at;
    size_t len, room;
};

/* HF_ERR_LIMIT: more than `limit` altogether. HF_ERR_SYSTEM: no memory. The pile is as it was. */
HF_CHECKED hf_status hf_http_pile_add(struct hf_http_pile *p, struct hf_bytes octets, size_t limit);
void hf_http_pile_done(struct hf_http_pile *p);

#endif
