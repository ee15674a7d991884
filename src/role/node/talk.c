#include "role/node/talk.h"

#include <stdio.h>

#include "base/wire.h"

static const struct hf_bytes base = {(const uint8_t *)"-", 1};

static void begin(struct hf_node_talk *t, enum hf_operation operation, struct hf_bytes from,
                  struct hf_bytes to)
{
    struct hf_writer w = hf_writer_over(t->id_room, sizeof t->id_room);

    hf_put_text(&w, "hf");
    hf_put_number(&w, ++t->id);
    t->request = (struct hf_request){.operation = operation,
                                     .to = to,
                                     .from = from,
                                     .request_id = hf_bytes_of(t->id_room, w.used),
                                     .release = HF_LITERAL("3"),
                                     .expires_s = HF_NEVER};
}

static void create(struct hf_node_talk *t, enum hf_resource_type type,
                   const struct hf_node_registration *r)
{
    begin(t, HF_CREATE, r->from, base);
    t->request.type = type;
    t->request.has_content = true;
    t->request.content.type = type;
    t->request.content.has = 1u << HF_A_ET | 1u << HF_A_ADFQ;
    t->request.content.et = r->expires_s;
    t->request.content.adfq = r->admin_fqdn;
}

void hf_node_ask_registration(struct hf_node_talk *t, const struct hf_node_registration *r)
{
    create(t, r->type, r);
}

void hf_node_ask_renewal(struct hf_node_talk *t, const struct hf_node_registration *r,
                         struct hf_bytes ri)
{
    begin(t, HF_UPDATE, r->from, ri);
    t->request.has_content = true;
    t->request.content.type = r->type;
    t->request.content.has = 1u << HF_A_ET;
    t->request.content.et = r->expires_s;
}

void hf_node_ask_configuration(struct hf_node_talk *t, struct hf_bytes from, struct hf_bytes ri)
{
    begin(t, HF_RETRIEVE, from, ri);
    t->request.wants_configuration = true;
}

void hf_node_ask_key(struct hf_node_talk *t, const struct hf_node_registration *r, unsigned suid,
                     struct hf_bytes target)
{
    create(t, HF_TYPE_SYMM_KEY_REG, r);
    t->targets[0] = target;
    t->request.content.has |= 1u << HF_A_SUID | 1u << HF_A_TGIS;
    t->request.content.suid = suid;
    t->request.content.tgis = (struct hf_list){t->targets, HF_COUNT(t->targets)};
}

void hf_node_ask_withdrawal(struct hf_node_talk *t, struct hf_bytes from, struct hf_bytes ri)
{
    begin(t, HF_DELETE, from, ri);
}

void hf_node_fail(struct hf_node_outcome *o, const struct hf_node_step *s, hf_status st,
                  const char *why, const char *what_to_do)
{
    o->st = st;
    o->clause = s->clause;
    o->what_to_do = what_to_do;
    snprintf(o->sentence, sizeof o->sentence, "%s%s%s: %s.", s->who, s->what == NULL ? "" : ", ",
             s->what == NULL ? "" : s->what, why != NULL ? why : hf_status_sentence(st));
}

static const struct answer_row {
    enum hf_rsc rsc;
    hf_status st;
    const char *sentence, *what_to_do;
} answers[] = {
    {HF_RSC_NOT_FOUND,                     HF_ERR_UNKNOWN,     "it knows no such thing (4004)",
     "Bootstrap again; if that does not help, ask the operator whether the node is known."                                                                                   },
    {HF_RSC_NO_PRIVILEGE,                  HF_ERR_DENIED,      "its rules do not allow it (4103)",
     "Ask the operator to allow this node, this target and this stakeholder."                                                                                                },
    {HF_RSC_ORIGINATOR_NOT_AUTHENTICATED,  HF_ERR_DENIED,
     "the node may not speak for that entity (4106)",                                                       "Use an entity ID of this node; `handfast node show` lists them."},
    {HF_RSC_SECURITY_ASSOCIATION_REQUIRED, HF_ERR_DENIED,
     "the credential has ended or was revoked (4107)",                                                      "Ask the operator for a new credential."                         },
    {HF_RSC_CONFLICT,                      HF_ERR_CONFLICT,    "the identifier is taken (4105)",            "Run the command again."                                         },
    {HF_RSC_ALREADY_REGISTERED,            HF_ERR_CONFLICT,    "it is registered already (4117)",
     "Ask the operator to end the old registration."                                                                                                                         },
    {HF_RSC_BAD_REQUEST,                   HF_ERR_MALFORMED,   "it does not understand the request (4000)",
     "Compare the versions of both ends."                                                                                                                                    },
    {HF_RSC_CONTENTS_UNACCEPTABLE,         HF_ERR_DENIED,      "it does not offer this use (4102)",
     "Compare the configuration of both ends."                                                                                                                               },
    {HF_RSC_INTERNAL_ERROR,                HF_ERR_UNREACHABLE, "it failed (5000)",
     "Try again later; the operator's log tells why."                                                                                                                        },
};

void hf_node_fail_with(struct hf_node_outcome *o, const struct hf_node_step *s, enum hf_rsc rsc)
{
    char why[48];

    for (size_t i = 0; i < HF_COUNT(answers); i++) {
        if (answers[i].rsc != rsc)
            continue;
        hf_node_fail(o, s, answers[i].st, answers[i].sentence, answers[i].what_to_do);
        return;
    }
    snprintf(why, sizeof why, "it answers %u", (unsigned)rsc);
    hf_node_fail(o, s, HF_ERR_UNEXPECTED, why, "Compare the versions of both ends.");
}

struct hf_bytes hf_node_resource(const struct hf_response *r)
{
    if (!hf_bytes_is_empty(r->location))
        return r->location;
    return r->has_content && hf_content_has(&r->content, HF_A_RI) ? r->content.ri : r->location;
}

hf_status hf_node_check_key(const struct hf_response *r, const struct hf_request *asked,
                            struct hf_bytes relative)
{
    const struct hf_content *got = &r->content, *want = &asked->content;
    const uint32_t needed = 1u << HF_A_RKID | 1u << HF_A_ET | 1u << HF_A_SUID | 1u << HF_A_TGIS;

    if (!r->has_content || got->type != HF_TYPE_SYMM_KEY_REG || (got->has & needed) != needed)
        return HF_ERR_MALFORMED;
    if (!hf_bytes_equal_ignoring_case(got->rkid, relative))
        return HF_ERR_CRYPTO;
    if (got->suid != want->suid || got->tgis.count != 1
        || !hf_bytes_equal(got->tgis.at[0], want->tgis.at[0]))
        return HF_ERR_MALFORMED;
    return HF_OK;
}
