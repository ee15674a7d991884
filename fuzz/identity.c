/*
 * Every identity parser on the same octets. What is accepted has a canonical form, which is
 * accepted again and is its own canonical form; what is refused has none.
 */
#include <stdlib.h>

#include "core/identity/entity_id.h"
#include "core/identity/fqdn.h"
#include "core/identity/key_id.h"
#include "core/identity/oid.h"
#include "core/identity/public_key_id.h"

enum { ARENA_LIMIT = 1 << 14 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void try_fqdn(struct hf_bytes text, struct hf_arena *a)
{
    struct hf_bytes once, twice;
    bool is_valid = hf_fqdn_canonical(text, a, &once) == HF_OK;

    demand(is_valid == hf_fqdn_is_valid(text));
    if (!is_valid)
        return;
    demand(hf_fqdn_is_canonical(once) && hf_fqdn_equal(once, text));
    demand(hf_fqdn_canonical(once, a, &twice) == HF_OK && hf_bytes_equal(once, twice));
}

static void try_key_id(struct hf_bytes text, struct hf_arena *a)
{
    struct hf_bytes once, twice;
    struct hf_key_id id;
    bool is_valid = hf_key_id_canonical(text, a, &once) == HF_OK;

    demand(is_valid == (hf_key_id_parse(text, &id) == HF_OK));
    if (!is_valid)
        return;
    demand(hf_relative_id_is_valid(id.relative) && hf_fqdn_is_valid(id.fqdn));
    demand(hf_bytes_equal_ignoring_case(hf_bytes_first(text, once.len), once));
    demand(hf_key_id_canonical(once, a, &twice) == HF_OK && hf_bytes_equal(once, twice));
}

static void try_entity_id(struct hf_bytes text, struct hf_arena *a)
{
    struct hf_bytes once, twice, name;
    struct hf_entity_id e;
    bool is_valid = hf_entity_id_canonical(text, a, &once) == HF_OK;

    demand(is_valid == (hf_entity_id_parse(text, &e) == HF_OK));
    if (!is_valid)
        return;
    demand(hf_entity_id_is_canonical(once) && hf_entity_id_is_named_by(once, text));
    demand(hf_entity_id_is_named_by(text, once));
    demand(hf_entity_id_canonical(once, a, &twice) == HF_OK && hf_entity_id_equal(once, twice));
    if (hf_fqdn_of_target(text, HF_LITERAL(""), a, &name) == HF_OK)
        demand(hf_fqdn_is_canonical(name));
}

static void try_public_name(struct hf_bytes text, struct hf_arena *a)
{
    const struct hf_bytes in_cse = HF_LITERAL("//sp.example/IN-CSE");
    struct hf_bytes id, name;

    if (hf_cse_id_of_public_name(text, in_cse, a, &id) == HF_OK) {
        demand(hf_entity_id_is_canonical(id));
        demand(hf_public_name_of_cse(id, in_cse, a, &name) == HF_OK && hf_fqdn_equal(name, text));
    }
    if (hf_public_name_of_cse(text, in_cse, a, &name) == HF_OK)
        demand(hf_fqdn_is_canonical(name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hf_bytes text = {data, size};
    struct hf_arena a;

    hf_arena_init(&a, ARENA_LIMIT);
    try_fqdn(text, &a);
    try_key_id(text, &a);
    try_entity_id(text, &a);
    try_public_name(text, &a);
    if (hf_oid_is_valid(text) || hf_public_key_id_is_valid(text))
        demand(hf_node_id_is_valid(text));
    hf_arena_done(&a);
    return 0;
}
