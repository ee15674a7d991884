#include "unit/library/public_list.h"

#include "base/status.h"
#include "support/hf_test.h"

HF_TEST(the_installed_list_of_statuses_is_the_projects_own)
{
    assert_int_equal(public_status_count, HF_STATUS_COUNT);
    for (size_t i = 0; i < public_status_count; i++) {
        assert_int_equal(public_statuses[i].value, i);
        assert_string_equal(public_statuses[i].name, hf_status_name((hf_status)i));
    }
}
