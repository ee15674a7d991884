# Chains with the authorities above them, built by the test that has them judged.
add_library(test_judging STATIC ${CMAKE_SOURCE_DIR}/tests/support/certificate_parts.c
                                ${CMAKE_SOURCE_DIR}/tests/support/chain.c
                                ${CMAKE_SOURCE_DIR}/tests/support/judging.c)
target_include_directories(test_judging PUBLIC ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(test_judging PUBLIC hf_flags test_support core_certificate crypto base
                                          PkgConfig::CMOCKA)

hf_unit_test(core/certificate/der USES core_certificate)
hf_unit_test(core/certificate/der_value USES core_certificate)
hf_unit_test(core/certificate/certificate USES test_judging)
hf_unit_test(core/certificate/extensions USES test_judging)
hf_unit_test(core/certificate/alt_names USES core_certificate)
hf_unit_test(core/certificate/name_constraints USES core_certificate)
hf_unit_test(core/certificate/judge USES test_judging)
hf_unit_test(core/certificate/judge_constraints USES test_judging)
hf_unit_test(core/certificate/judge_hostile USES test_judging)
hf_unit_test(core/certificate/judge_profile USES test_judging)
hf_unit_test(core/certificate/judge_revocation USES test_judging)
hf_unit_test(core/certificate/judge_time USES test_judging)
hf_unit_test(core/certificate/trust USES test_judging)
