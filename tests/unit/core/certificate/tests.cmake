# A chain and the authorities above it, built by the test that judges it.
add_library(test_chain STATIC ${CMAKE_SOURCE_DIR}/tests/support/chain.c)
target_include_directories(test_chain PUBLIC ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(test_chain PUBLIC hf_flags crypto base PkgConfig::CMOCKA)

hf_unit_test(core/certificate/judge USES test_chain core_certificate)
