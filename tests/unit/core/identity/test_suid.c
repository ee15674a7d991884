#include "core/identity/suid.h"
#include "support/hf_test.h"

enum { BEYOND = 1000 };

/* TS-0004, 6.3.4.2.39, in full. */
static const unsigned defined[] = {10, 11, 12, 13, 14, 15, 21, 22, 23, 24, 25,
                                   32, 33, 34, 35, 40, 41, 42, 43, 44, 45};

static bool has(const unsigned *list, size_t count, unsigned suid)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == suid)
            return true;
    return false;
}

static void assert_exactly(bool (*question)(unsigned suid), const unsigned *yes, size_t count)
{
    for (unsigned suid = 0; suid < BEYOND; suid++)
        assert_int_equal(question(suid), has(yes, count, suid));
    assert_false(question(0xffffffff));
}

HF_TEST(the_table_of_ts_0004_is_complete_and_nothing_else)
{
    assert_exactly(hf_suid_is_defined, defined, HF_COUNT(defined));
}

HF_TEST(a_mef_registers_21_to_25_and_a_maf_32_to_35)
{
    static const unsigned mef[] = {21, 22, 23, 24, 25}, maf[] = {32, 33, 34, 35};

    assert_exactly(hf_suid_is_for_mef_registration, mef, HF_COUNT(mef));
    assert_exactly(hf_suid_is_for_maf_registration, maf, HF_COUNT(maf));
}

HF_TEST(saef_keys_open_associations_and_master_credentials_open_the_maf)
{
    static const unsigned association[] = {12, 22, 32}, maf[] = {11, 21};

    assert_exactly(hf_suid_opens_association, association, HF_COUNT(association));
    assert_exactly(hf_suid_opens_maf, maf, HF_COUNT(maf));
}

HF_TEST(maf_saef_and_esprim_uses_have_exactly_one_target)
{
    static const unsigned one[] = {11, 12, 13, 21, 22, 23, 32, 33, 41, 42, 43};

    assert_exactly(hf_suid_wants_one_target, one, HF_COUNT(one));
}
