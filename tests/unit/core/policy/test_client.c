#include "core/policy/client.h"

#include "support/hf_test.h"

#define CSE "//sp.example.com/CSE1"
#define APP "//sp.example.com/CSE1/Capp"

static const struct hf_bytes node[] = {
    {(const uint8_t *)CSE, sizeof CSE - 1},
    {(const uint8_t *)APP, sizeof APP - 1}
};

struct row {
    size_t entities;
    bool has_cse;
    const char *bound, *from, *expected; /* NULL: refused */
};

HF_TEST(from_selects_among_what_was_proven_and_never_beyond)
{
    static const struct row rows[] = {
        {2, true,  "",  CSE,                      CSE },
        {2, true,  "",  APP,                      APP },
        {2, true,  "",  "/CSE1",                  CSE },
        {2, true,  "",  "/CSE1/Capp",             APP },
        {2, true,  "",  "",                       CSE },
        {2, false, "",  "",                       NULL},
        {1, false, "",  "",                       CSE },
        {0, true,  "",  "",                       NULL},
        {0, false, "",  CSE,                      NULL},
        {2, true,  "",  "//sp.example.com/CSE2",  NULL},
        {2, true,  "",  "//sp2.example.com/CSE1", NULL},
        {2, true,  "",  "/CSE1/Capp2",            NULL},
        {1, true,  "",  APP,                      NULL},
        {2, true,  "",  "nonsense",               NULL},
        {2, true,  CSE, CSE,                      CSE },
        {2, true,  CSE, APP,                      NULL},
        {2, true,  APP, CSE,                      NULL},
        {2, true,  APP, "",                       APP },
        {2, true,  APP, "/CSE1/Capp",             APP },
    };

    for (size_t i = 0; i < HF_COUNT(rows); i++) {
        const struct row *r = &rows[i];
        struct hf_bytes out = HF_LITERAL("untouched");
        hf_status st = hf_policy_client((struct hf_list){node, r->entities}, r->has_cse,
                                        hf_text(r->bound), hf_text(r->from), &out);

        assert_status(st, r->expected == NULL ? HF_ERR_DENIED : HF_OK);
        assert_bytes_text(out, r->expected == NULL ? "untouched" : r->expected);
    }
}
