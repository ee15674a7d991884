#include "role/tef/draw.h"

#include "role/tef/answer.h"

static bool draw_identifiers(struct hf_tef_exchange *e)
{
    hf_status st = hf_random_get(&e->tef->ports.random, e->random[0], sizeof e->random);

    if (st != HF_OK)
        hf_tef_fail(e, st);
    return st == HF_OK;
}

/*
 * TS-0003, 10.3.1. Only an authorised registration uses the channel's one export up: a refused
 * client may correct its request and ask again.
 */
static bool draw_exported(struct hf_tef_exchange *e)
{
    const struct hf_channel *channel = e->x->channel;
    hf_status st = channel->export_key(channel->self, e->tef->profile->label, &e->exported);

    if (st == HF_ERR_DENIED)
        hf_tef_refuse(e, HF_RSC_NO_PRIVILEGE,
                      "neither TLS 1.3 nor extended master secret: nothing may be exported",
                      "threat row CH-1");
    else if (st == HF_ERR_CONFLICT)
        hf_tef_refuse(e, HF_RSC_CONFLICT, "this channel's key was exported before",
                      "threat row CH-2");
    else if (st != HF_OK)
        hf_tef_fail(e, st);
    return st == HF_OK;
}

static bool draw_key(struct hf_tef_exchange *e)
{
    return hf_content_has(&e->x->request->content, HF_A_KV) ? draw_identifiers(e)
                                                            : draw_exported(e);
}

bool hf_tef_draw(struct hf_tef_exchange *e)
{
    switch (e->procedure->draws) {
    case HF_TEF_DRAW_NOTHING:
        return true;
    case HF_TEF_DRAW_IDENTIFIERS:
        return draw_identifiers(e);
    case HF_TEF_DRAW_KEY:
        return draw_key(e);
    }
    return false;
}
