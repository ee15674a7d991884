#include "role/mef/method_list.h"

static struct hf_policy_answer refuse(const char *reason)
{
    return (struct hf_policy_answer){
        .rsc = HF_RSC_NO_PRIVILEGE, .reason = reason, .clause = "threat row CH-11", .close = true};
}

static bool is_same_list(const struct hf_mef_method *offered, size_t count, struct hf_list seen)
{
    if (seen.count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!hf_bytes_equal(seen.at[i], offered[i].method))
            return false;
    return true;
}

static struct hf_bytes name_of(enum hf_proof used)
{
    return used == HF_PROOF_CERTIFICATE ? HF_LITERAL("certificate") : HF_LITERAL("psk");
}

/* The first of ours that the node can do; none is not for us to judge: it came by some method. */
static bool is_best_common(const struct hf_mef_method *offered, size_t count, struct hf_list able,
                           struct hf_bytes used)
{
    for (size_t i = 0; i < count; i++)
        if (hf_list_has(able, offered[i].method))
            return hf_bytes_equal(offered[i].method, used);
    return true;
}

struct hf_policy_answer hf_method_list_judge(const struct hf_mef_method *offered, size_t count,
                                             enum hf_proof used, const struct hf_content *content)
{
    if (hf_content_has(content, HF_A_SMTH) && !is_same_list(offered, count, content->smth))
        return refuse("the node saw another list of methods: somebody in the middle stripped a "
                      "better method");
    if (hf_content_has(content, HF_A_NMTH)
        && !is_best_common(offered, count, content->nmth, name_of(used)))
        return refuse("the node can do a better method than it used: somebody in the middle "
                      "stripped a better method");
    return (struct hf_policy_answer){.rsc = HF_RSC_OK};
}
