add_library(test_tls_pair STATIC ${CMAKE_SOURCE_DIR}/tests/unit/net/tls_pair.c
                                 ${CMAKE_SOURCE_DIR}/tests/unit/net/crafted.c)
target_include_directories(test_tls_pair PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(test_tls_pair PUBLIC net_tls crypto test_support PkgConfig::CMOCKA)
hf_unit_test(net/tls USES test_tls_pair net_tls)
hf_unit_test(net/tls_records USES test_tls_pair net_tls)
hf_unit_test(net/tls_hello USES test_tls_pair net_tls)
hf_unit_test(net/tls_deviant USES test_tls_pair net_tls)
hf_unit_test(net/link USES net_loop test_tls_pair)
