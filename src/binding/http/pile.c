#include "binding/http/pile.h"

#include <string.h>

#include "base/memory.h"
#include "base/secret.h"

enum { PILE_MIN = 512 };

void hf_http_pile_done(struct hf_http_pile *p)
{
    if (p->at != NULL)
        hf_wipe(p->at, p->len);
    hf_free(p->at);
    *p = (struct hf_http_pile){0};
}

hf_status hf_http_pile_add(struct hf_http_pile *p, struct hf_bytes octets, size_t limit)
{
    size_t need = p->len + octets.len;

    if (octets.len > limit - p->len)
        return HF_ERR_LIMIT;
    if (need > p->room) {
        size_t room = p->len == 0 ? need : 2 * need;
        struct hf_http_pile bigger = {.room = room < PILE_MIN ? PILE_MIN : room, .len = p->len};

        bigger.at = hf_alloc(1, bigger.room);
        if (bigger.at == NULL)
            return HF_ERR_SYSTEM;
        if (p->len > 0)
            memcpy(bigger.at, p->at, p->len);
        hf_http_pile_done(p);
        *p = bigger;
    }
    if (octets.len > 0)
        memcpy(p->at + p->len, octets.at, octets.len);
    p->len = need;
    return HF_OK;
}
