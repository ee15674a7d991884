#include "support/fake_channel.h"

#include <string.h>

enum { KEY_LEN = 32 };

static hf_status export_key(void *self, const char *label, struct hf_export *out)
{
    struct fake_channel *c = self;

    c->label = label;
    if (c->export_st != HF_OK)
        return c->export_st;
    if (c->has_exported)
        return HF_ERR_CONFLICT;
    c->has_exported = true;
    *out = c->secret;
    return HF_OK;
}

void fake_channel_init(struct fake_channel *c, const struct hf_peer *peer, uint8_t number)
{
    uint8_t *key;

    memset(c, 0, sizeof *c);
    c->peer = *peer;
    c->channel = (struct hf_channel){.self = c,
                                     .peer = &c->peer,
                                     .suite = "TLS1.2 FAKE",
                                     .bound_client = &c->bound,
                                     .export_key = export_key};
    memset(c->secret.id, number, sizeof c->secret.id);
    key = hf_secret_room(&c->secret.key, KEY_LEN);
    for (uint8_t i = 0; i < KEY_LEN; i++)
        key[i] = (uint8_t)(number + i);
}
